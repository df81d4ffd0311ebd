import Decoding
import Experiments
import Host
import Images
import Networks
import Tensors
import Testing

/// That each kind of job does what its recipe says, with all of its arguments.
@Suite struct JobTests {
  let executor = Executor(on: .here, library: Library(), threads: 1)
  let small = SmallJobs()

  @Test("a classifier is trained as the options say; a fine-tuned one goes on from it") func classifiers() throws {
    let first = try executor.value(of: small.classifier)
    #expect(first.architecture == small.network && first.classes == 4 && first.history.count == 2)
    let longer = try executor.value(of: ClassifierTraining(small.network, on: small.images, TrainingOptions()))
    #expect(longer.history.count == 10 && first.arrays != longer.arrays)
    let tuned = try executor.value(of: small.tuned)
    #expect(tuned.history.count == 4 && Array(tuned.history.prefix(2)) == first.history && tuned.arrays != first.arrays)
    // From fresh weights the first epoch would begin where the classifier's did.
    #expect(tuned.history[2] < first.history[0])
    #expect(small.classifier.extent.steps == 2 * 3 && small.predictions.extent.steps == 1)
  }

  @Test("auto-encoders have the layer, the units, the weight and the decoder that they were asked for")
  func autoEncoders() throws {
    let cladec = try executor.value(of: small.cladec)
    #expect(cladec.kind == .cladec(alpha: 0.25) && cladec.layer.index == -2 && cladec.units == [0, 2])
    #expect(cladec.decoderArchitecture.blocks.count == 2)
    let refae = try executor.value(of: small.refae)
    #expect(refae.kind == .refae && refae.layer.index == -1 && refae.units == nil)
    let own = Architecture(name: "own", blocks: [.deconvolution(channels: nil, stride: 4)])
    for job in [
      ClaDecTraining(small.classifier, layer: -2, decoder: own, on: small.images, small.options),
      RefAETraining(small.network, layer: -2, units: .numbered([1]), decoder: own, on: small.images, small.options),
    ] as [any AutoEncoderJob] {
      let made = try value(job)
      #expect(
        made.decoderArchitecture == own && made.layer.index == -2 && made.units == (job.units == .all ? nil : [1]))
    }
  }

  private func value<Kind: AutoEncoderJob>(_ job: Kind) throws -> AutoEncoder { try executor.value(of: job) }

  @Test("reconstructions are those of the images that are chosen, in their order") func reconstructions() throws {
    let all = try executor.value(of: Reconstructions(by: small.cladec, of: small.test))
    let some = try executor.value(of: small.reconstructions)
    #expect(some.pixels == all.selecting([3, 1]).pixels && some.labels == [3, 1] && all.count == 5)
  }

  @Test("a measurement is what predictions on images and on their reconstructions say") func measurement() throws {
    let many = MadeUpImages(small.images.shape, classes: 4, count: 150)
    let measures = try executor.value(of: Measurement(of: small.refae, observer: small.classifier, on: many))
    let images = try executor.value(of: many)
    let copies = Reconstructions(by: small.refae, of: many)
    let before = try executor.value(of: Predictions(of: small.classifier, on: many)).classes
    let after = try executor.value(of: Predictions(of: small.classifier, on: copies))
    func share(_ others: [UInt8]) -> Double { Double(zip(after.classes, others).count { $0 == $1 }) / 150 }
    #expect(measures.accuracy == share(images.labels) && measures.agreement == share(before))
    #expect(measures.accuracy != measures.agreement)
    let crossEntropy = after.crossEntropies.reduce(0) { $0 + Double($1) } / 150
    #expect((measures.classification - crossEntropy).magnitude < 1e-9)
    let pictures = try executor.value(of: copies)
    let errors = (0..<150).map { index in
      zip(images.image(index), pictures.image(index)).reduce(0) { sum, pair in
        sum + (Double(pair.0) - Double(pair.1)) * (Double(pair.0) - Double(pair.1))
      }
    }
    #expect((measures.squaredError - errors.reduce(0, +) / 150).magnitude < 1e-6)
    #expect((measures.squaredError / 64 - measures.meanSquaredError).magnitude < 1e-9)
  }

  @Test("the judge is the network that is named, and learns from as many images as the auto-encoder did") func judge()
    throws
  {
    let unfit = Architecture(name: "unfit", blocks: [.dense(outputs: 5)])
    let judgement = Judgement(of: small.cladec, by: unfit, on: small.test, small.options)
    do throws(JobError) {
      _ = try executor.value(of: judgement)
      Issue.record("a judge with five outputs for four classes")
    } catch {
      guard case .training(.shape, let network) = error else {
        Issue.record("\(error)")
        return
      }
      #expect(network == "unfit")
    }
    #expect(small.judgement.extent == Extent(images: 8, passes: 2, batch: 3))
  }

  @Test("perturbed images are those of the layer and the units that are named, by the steps that are asked for")
  func perturbed() throws {
    let (images, classifier) = (try executor.value(of: small.test), try executor.value(of: small.classifier))
    let perturbation = Perturbation(.least, size: 1.5, seed: 7, steps: 3)
    let engine = Engine(.here, threads: 1)
    let expected = try classifier.perturb(images, perturbation, layer: -2, units: [1, 3], engine: engine)
    #expect(try executor.value(of: small.perturbed).pixels == expected.pixels)
    for (layer, units) in [(-1, nil), (-2, nil), (-2, [1])] as [(Int, [Int]?)] {
      #expect(
        try classifier.perturb(images, perturbation, layer: layer, units: units, engine: engine).pixels
          != expected.pixels)
    }
    // Each counts as changed, whatever it was drawn from.
    let effects = try executor.value(
      of: Intervention(of: .pixels, on: small.test, replacing: [small.perturbed], observer: nil))
    #expect(effects.map(\.images) == [5])
    #expect(small.perturbed.extent == Extent(images: 5, passes: 3, batch: 128))
  }
}
