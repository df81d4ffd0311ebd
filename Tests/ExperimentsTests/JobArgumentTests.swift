import Datasets
import Decoding
import Experiments
import Host
import Images
import Networks
import Tensors
import Testing

/// That jobs hand on what their recipes name: which images, which layer, whose pictures.
@Suite struct JobArgumentTests {
  let executor = Executor(on: .here, library: Library(), threads: 1)
  let engine = Engine(.here, threads: 1)
  let network = Architecture(
    name: "tiny", blocks: [.convolution(channels: 4, kernel: 3, stride: 4), .dense(outputs: nil)])
  let options = TrainingOptions(epochs: 12, batchSize: 10, learningRate: 0.01, seed: 7)
  let train: SelectedImages
  let some: SelectedImages
  let test: SelectedImages

  init() throws {
    let facts = try executor.library.facts(
      DatasetRequest(.garments, size: 8, classes: [0, 1, 7], counts: [.train: 40, .test: 30]))
    train = executor.library.images(facts, .train, .range(0..<40))
    some = executor.library.images(facts, .train, .range(5..<25))
    test = executor.library.images(facts, .test, .range(0..<30))
  }

  var classifier: ClassifierTraining { ClassifierTraining(network, on: train, options) }
  var cladec: ClaDecTraining { ClaDecTraining(classifier, layer: -2, units: .numbered([0, 2]), on: train, options) }

  @Test("a judge learns from its lessons as it sees them, and is tested on the images", arguments: JudgeView.allCases)
  func judgement(_ view: JudgeView) throws {
    let autoEncoder = try executor.value(of: cladec)
    let images = try executor.value(of: test)
    for lessons in [train, some] {
      let job =
        lessons.digest == train.digest
        ? Judgement(of: cladec, by: network, seeing: view, on: test, options)
        : Judgement(of: cladec, by: network, seeing: view, from: lessons, on: test, options)
      let learned = try executor.value(of: lessons)
      let judge = try autoEncoder.judgeTraining(network, seeing: view, on: learned, options: options, engine: engine)
        .run()
      let said = try autoEncoder.judged(by: judge, seeing: view, on: images, engine: engine)
      #expect(try executor.value(of: job) == said.share(of: images.labels))
      #expect(try executor.value(of: JudgedImages(job)) == said)
    }
  }

  @Test("image and picture are compared at the layer that is named, and in the channels that are decoded")
  func comparison() throws {
    let (observer, images) = (try executor.value(of: classifier), try executor.value(of: test))
    let autoEncoder = try executor.value(of: cladec)
    for (layer, units) in [(-2, [0, 2]), (-1, [0, 2])] {
      let found = try executor.value(of: ImageMeasurement(of: cladec, observer: classifier, layer: layer, on: test))
      #expect(
        try found
          == autoEncoder.measureEach(on: images, observer: observer, layer: layer, units: units, engine: engine))
    }
    let means = ClassMeans(of: classifier, on: train)
    let found = try executor.value(of: ImageMeasurement(of: means, observer: classifier, layer: -2, on: test))
    #expect(
      try found == executor.value(of: means).measureEach(on: images, observer: observer, layer: -2, engine: engine))
  }

  @Test("a reference is smoothed on what it learned from, to the squared error that the other has there")
  func smoothing() throws {
    let reference = RefAETraining(network, layer: -2, on: train, options)
    let other = ClaDecTraining(classifier, layer: -1, on: some, options)
    let found = try executor.value(of: SmoothedReference(reference, to: other)).smoothing
    let (one, two) = (try executor.value(of: reference), try executor.value(of: other))
    func width(_ images: SelectedImages) throws -> Smoothing {
      try one.smoothing(toSquaredErrorOf: two, on: executor.value(of: images), engine: engine).smoothing
    }
    #expect(try found == width(train) && found != width(some) && found != Smoothing(width: 0))
  }
}
