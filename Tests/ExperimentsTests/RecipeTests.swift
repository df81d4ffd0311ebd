import Datasets
import Decoding
import Experiments
import Images
import Networks
import Testing
import Text

/// What a recipe's bytes hold, and what they do not.
@Suite struct RecipeTests {
  let jobs = SmallJobs()

  /// The bytes with the digests of other jobs named as these are here.
  private func text(_ job: any Job) -> String {
    let names = [
      "images": jobs.images.digest, "test": jobs.test.digest, "classifier": jobs.classifier.digest,
      "tuned": jobs.tuned.digest, "cladec": jobs.cladec.digest, "refae": jobs.refae.digest,
      "pictures": Reconstructions(by: jobs.cladec, of: jobs.test).digest, "ranking": jobs.ranking.digest,
    ]
    return names.reduce(job.recipe.text) { $0.replacing($1.value.description, with: "<\($1.key)>") }
  }

  @Test("the bytes of each kind of job are pinned: whoever changes them raises a version") func pinned() {
    #expect(
      jobs.all.map(text) == [
        #"{"channels":1,"classes":4,"count":8,"height":8,"kind":"made-up images","version":1,"width":8}"#,
        #"{"channels":1,"classes":4,"count":5,"height":8,"kind":"made-up images","version":1,"width":8}"#,
        #"{"batch":3,"epochs":2,"images":"<images>","kind":"classifier","network":"[conv(4, stride: 4), dense(classes)]","numerics":2,"rate":0.01,"seed":7,"version":1}"#,
        #"{"batch":3,"classifier":"<classifier>","epochs":2,"images":"<images>","kind":"fine-tuning","numerics":2,"rate":0.01,"seed":7,"version":1}"#,
        #"{"alpha":0.25,"batch":3,"classifier":"<classifier>","decoder":null,"epochs":2,"images":"<images>","kind":"cladec","layer":-2,"numerics":2,"rate":0.01,"seed":7,"units":[0,2],"version":1}"#,
        #"{"batch":3,"decoder":null,"epochs":2,"images":"<images>","kind":"refae","layer":-1,"network":"[conv(4, stride: 4), dense(classes)]","numerics":2,"rate":0.01,"seed":7,"units":null,"version":1}"#,
        #"{"classifier":"<classifier>","images":"<test>","kind":"predictions","numerics":2,"version":1}"#,
        #"{"autoencoder":"<cladec>","chosen":[3,1],"images":"<test>","kind":"reconstructions","numerics":2,"version":1}"#,
        #"{"autoencoder":"<refae>","classifier":"<classifier>","images":"<test>","kind":"measurement","numerics":2,"version":1}"#,
        #"{"autoencoder":"<cladec>","batch":3,"epochs":2,"images":"<test>","judge":"[conv(4, stride: 4), dense(classes)]","kind":"judgement","numerics":2,"rate":0.01,"seed":7,"version":1}"#,
        #"{"classifier":"<classifier>","factors":["class","tone"],"images":"<test>","kind":"probe","layer":-2,"numerics":2,"version":2}"#,
        #"{"autoencoder":"<refae>","images":"<test>","kind":"intervention","numerics":2,"observer":"<classifier>","replacements":["<pictures>"],"version":1}"#,
        #"{"batch":3,"classifier":"<classifier>","images":"<images>","kind":"randomised classifier","layer":-1,"numerics":2,"seed":3,"version":1}"#,
        #"{"batch":3,"classifier":"<classifier>","code":"label","decoder":null,"epochs":2,"images":"<images>","kind":"decoded class","numerics":2,"rate":0.01,"seed":7,"version":1}"#,
        #"{"batch":3,"classifier":"<classifier>","code":"probabilities","decoder":null,"epochs":2,"images":"<images>","kind":"decoded class","numerics":2,"rate":0.01,"seed":7,"version":1}"#,
        #"{"classifier":"<classifier>","images":"<images>","kind":"class means","version":1}"#,
        #"{"autoencoder":"<refae>","kind":"smoothed reference","numerics":2,"other":"<cladec>","version":1}"#,
        #"{"autoencoder":"<cladec>","classifier":"<classifier>","images":"<test>","kind":"image measures","layer":-2,"numerics":2,"version":1}"#,
        #"{"autoencoder":"<cladec>","batch":3,"epochs":2,"images":"<test>","judge":"[conv(4, stride: 4), dense(classes)]","kind":"judged images","numerics":2,"rate":0.01,"seed":7,"version":1}"#,
        #"{"autoencoder":"<cladec>","batch":3,"epochs":2,"images":"<test>","judge":"[conv(4, stride: 4), dense(classes)]","kind":"judgement","lessons":"<test>","numerics":2,"rate":0.01,"seed":7,"version":1,"view":"both"}"#,
        #"{"aim":"least","classifier":"<classifier>","images":"<test>","kind":"perturbed images","layer":-2,"numerics":2,"seed":7,"size":1.5,"steps":3,"units":[1,3],"version":1}"#,
        #"{"classifier":"<classifier>","images":"<images>","kind":"unit ranking","layer":-2,"numerics":2,"version":1}"#,
        #"{"alpha":0,"batch":3,"classifier":"<classifier>","decoder":null,"epochs":2,"images":"<images>","kind":"cladec","layer":-2,"numerics":2,"rate":0.01,"seed":7,"units":{"count":2,"most":true,"ranking":"<ranking>"},"version":1}"#,
      ])
    for job in jobs.all { #expect(job.digest == SHA256.digest(of: job.recipe.text.utf8)) }
  }

  @Test("names make no difference") func names() {
    var renamed = SmallJobs()
    renamed.network.name = "another name"
    #expect(renamed.all.map(\.digest) == jobs.all.map(\.digest))
  }

  @Test("each fact makes a difference to what depends on it, and to nothing else") func facts() {
    func changed(_ change: (inout SmallJobs) -> Void) -> [Int] {
      var other = SmallJobs()
      change(&other)
      return zip(other.all, jobs.all).enumerated().filter { $1.0.digest != $1.1.digest }.map(\.offset)
    }
    let trained = Array(2..<jobs.all.count)
    #expect(changed { $0.options.seed = 8 } == trained)
    #expect(changed { $0.options.epochs = 3 } == trained)
    #expect(changed { $0.options.batchSize = 4 } == trained)
    #expect(changed { $0.options.learningRate = 0.02 } == trained)
    #expect(changed { $0.network.blocks[0] = .convolution(channels: 5, kernel: 3, stride: 4) } == trained)
    #expect(changed { $0.images = MadeUpImages($0.images.shape, classes: 4, count: 9) } == [0] + trained)
    #expect(
      changed { $0.test = MadeUpImages($0.test.shape, classes: 4, count: 6) } == [
        1, 6, 7, 8, 9, 10, 11, 17, 18, 19, 20,
      ])
  }

  @Test("every argument of an auto-encoder, a measurement and a judgement is in its recipe") func arguments() {
    let (c, n, i, o) = (jobs.classifier, jobs.network, jobs.images, jobs.options)
    let decoder = Architecture(name: "d", blocks: [.deconvolution(channels: nil, stride: 4)])
    func ranked(_ count: Int, isMost: Bool, on images: MadeUpImages? = nil) -> Units {
      .ranked(UnitRanking(of: c, layer: -2, channels: 4, on: images ?? i), count: count, isMost: isMost)
    }
    let all: [any Job] =
      [
        ClaDecTraining(c, layer: -2, on: i, o), ClaDecTraining(c, layer: -1, on: i, o),
        ClaDecTraining(c, layer: -2, alpha: 0.5, on: i, o),
        ClaDecTraining(c, layer: -2, units: .numbered([1]), on: i, o),
        ClaDecTraining(c, layer: -2, decoder: decoder, on: i, o), ClaDecTraining(c, layer: -2, on: jobs.test, o),
        ClaDecTraining(c, layer: -2, units: ranked(1, isMost: true), on: i, o),
        ClaDecTraining(c, layer: -2, units: ranked(2, isMost: true), on: i, o),
        ClaDecTraining(c, layer: -2, units: ranked(1, isMost: false), on: i, o),
        ClaDecTraining(c, layer: -2, units: ranked(1, isMost: true, on: jobs.test), on: i, o),
        jobs.ranking, UnitRanking(of: jobs.tuned, layer: -2, channels: 4, on: i),
        UnitRanking(of: c, layer: -1, channels: 4, on: i),
        RefAETraining(n, layer: -2, on: i, o), RefAETraining(n, layer: -1, on: i, o),
        RefAETraining(n, layer: -2, units: .numbered([1]), on: i, o),
        RefAETraining(n, layer: -2, decoder: decoder, on: i, o),
        Measurement(of: jobs.cladec, observer: c, on: i), Measurement(of: jobs.cladec, observer: jobs.tuned, on: i),
        Reconstructions(by: jobs.cladec, of: i), Reconstructions(by: jobs.cladec, of: i, chosen: [0]),
        ImageMeasurement(of: jobs.cladec, observer: c, layer: -2, on: i),
        ImageMeasurement(of: jobs.cladec, observer: c, layer: -1, on: i),
        ImageMeasurement(of: jobs.cladec, observer: jobs.tuned, layer: -2, on: i),
        ImageMeasurement(of: jobs.refae, observer: c, layer: -2, on: i),
        Randomisation(c, from: -1, seed: 1), Randomisation(c, from: -2, seed: 1), Randomisation(c, from: -1, seed: 2),
        Randomisation(jobs.tuned, from: -1, seed: 1), ClassMeans(of: c, on: i), ClassMeans(of: c, on: jobs.test),
        ClassMeans(of: jobs.tuned, on: i), DecodedClassTraining(.label, of: c, on: i, o),
        DecodedClassTraining(.probabilities, of: c, on: i, o), DecodedClassTraining(.label, of: c, on: jobs.test, o),
        DecodedClassTraining(.label, of: jobs.tuned, on: i, o),
        DecodedClassTraining(.label, of: c, decoder: decoder, on: i, o),
        SmoothedReference(jobs.refae, to: jobs.cladec), SmoothedReference(jobs.cladec, to: jobs.cladec),
        SmoothedReference(jobs.refae, to: jobs.refae),
        Judgement(of: jobs.refae, by: jobs.network, seeing: .both, on: i, o),
        Judgement(of: jobs.refae, by: jobs.network, seeing: .inputs, on: i, o),
        Judgement(of: jobs.refae, by: jobs.network, seeing: .inputs, from: jobs.test, on: i, o),
        Judgement(of: jobs.refae, by: jobs.network, from: jobs.test, on: i, o),
        Judgement(of: jobs.refae, by: decoder, on: i, o), Judgement(of: jobs.refae, by: jobs.network, on: i, o),
        Probe(of: .pixels, on: i, factors: ["class"]),
        Probe(of: .pixels, on: i, factors: ["class"], values: i.digest),
        Probe(of: .pixels, on: i, factors: ["class"], values: jobs.test.digest),
        Probe(of: .pixels, on: i, factors: ["class", "tone"]),
        Probe(of: .activations(c, layer: -1), on: i, factors: ["class"]),
        Probe(of: .activations(c, layer: -2), on: i, factors: ["class"]),
        Probe(of: .pictures(jobs.cladec), on: i, factors: ["class"]),
        Intervention(of: .pixels, on: i, replacing: [jobs.test], observer: nil),
        Intervention(of: .pixels, on: i, replacing: [jobs.test], observer: c),
        Intervention(of: .pixels, on: i, replacing: [jobs.test, i], observer: c),
      ] + [
        PerturbedImages(i, for: c, layer: -1, Perturbation(.least, size: 1, seed: 1)),
        PerturbedImages(i, for: c, layer: -2, Perturbation(.least, size: 1, seed: 1)),
        PerturbedImages(i, for: c, layer: -2, units: .numbered([1]), Perturbation(.least, size: 1, seed: 1)),
        PerturbedImages(i, for: jobs.tuned, layer: -1, Perturbation(.least, size: 1, seed: 1)),
        PerturbedImages(jobs.test, for: c, layer: -1, Perturbation(.least, size: 1, seed: 1)),
        PerturbedImages(i, for: c, layer: -1, Perturbation(.most, size: 1, seed: 1)),
        PerturbedImages(i, for: c, layer: -1, Perturbation(.least, size: 2, seed: 1)),
        PerturbedImages(i, for: c, layer: -1, Perturbation(.least, size: 1, seed: 2)),
        PerturbedImages(i, for: c, layer: -1, Perturbation(.least, size: 1, seed: 1, steps: 5)),
      ]
    #expect(Set(all.map(\.digest)).count == all.count)
    // A judge of the images themselves knows no auto-encoder, but what it learns from.
    let other = RefAETraining(n, layer: -1, on: jobs.test, o)
    #expect(
      Judgement(of: other, by: n, seeing: .inputs, on: i, o).digest
        == Judgement(of: jobs.refae, by: n, seeing: .inputs, from: jobs.test, on: i, o).digest)
  }

  @Test("a decay is in every training's recipe, and leaves recipes as they were where there is none") func decay() {
    var other = SmallJobs()
    other.options.decay = 0.01
    for (job, without) in zip(other.all.dropFirst(2), jobs.all.dropFirst(2)) {
      #expect(job.digest != without.digest, "\(job.title)")
    }
    #expect(!jobs.classifier.recipe.text.contains("decay"))
    #expect(other.classifier.recipe.text.contains(#""decay":0.01"#))
  }

  @Test("a miniature is the same for what differs in seeds, data, epochs and rates only") func miniatures() {
    var other = SmallJobs()
    other.options = TrainingOptions(epochs: 9, batchSize: 3, learningRate: 0.5, seed: 1)
    #expect(other.all.dropFirst(2).map(\.miniature.digest) == jobs.all.dropFirst(2).map(\.miniature.digest))
    other.options.batchSize = 2
    #expect(other.classifier.miniature.digest != jobs.classifier.miniature.digest)
    #expect(Set(jobs.all.dropFirst(2).map(\.miniature.digest)).count == 21)
  }
}
