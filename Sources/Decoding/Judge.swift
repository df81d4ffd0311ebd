import Images
import Networks
import Tensors

// The paper's sanity check (section 4): a fresh classifier, the judge, is trained on reconstructions of the training
// images, and its accuracy on reconstructions of the test images tells how much of what matters for the classes they
// have kept.

/// What a judge sees of an image.
public enum JudgeView: String, Hashable, Sendable, CaseIterable {
  /// Its reconstruction.
  case reconstructions
  /// The image itself: what such a judge makes of the same images without any explanation.
  case inputs
  /// The image with its reconstruction, as further channels: whether an explanation adds to the image (section 4).
  case both
}

/// The accuracy of a judge that learned from reconstructions of `train`, on reconstructions of `test`.
/// - Parameter judge: its architecture; by default the explained classifier's.
public func judgedAccuracy(
  of autoEncoder: AutoEncoder, judge: Architecture? = nil, train: LabelledImages, test: LabelledImages,
  options: TrainingOptions = TrainingOptions(), engine: Engine, monitor: WorkMonitor? = nil
) throws(TrainingError) -> Double {
  let judge = try autoEncoder.judgeTraining(judge, on: train, options: options, engine: engine, monitor: monitor)
    .run(monitor)
  return try autoEncoder.judgedAccuracy(by: judge, on: test, engine: engine, monitor: monitor)
}

extension AutoEncoder {
  /// The accuracy of a judge that has learned, on reconstructions of these images.
  public func judgedAccuracy(
    by judge: Classifier, on images: LabelledImages, engine: Engine, monitor: WorkMonitor? = nil
  ) throws(TrainingError) -> Double {
    try measure(on: images, observer: judge, decisions: images.labels, engine: engine, monitor: monitor).accuracy
  }

  /// What a judge that has learned says of each of these images, as it sees them.
  public func judged(
    by judge: Classifier, seeing view: JudgeView, on images: LabelledImages, engine: Engine,
    monitor: WorkMonitor? = nil
  ) throws(TrainingError) -> Classifier.Predictions {
    try judge.classify(seen(images, as: view, engine, monitor), engine: engine, monitor: monitor)
  }

  /// What a judge sees of images.
  private func seen(
    _ images: LabelledImages, as view: JudgeView, _ engine: Engine, _ monitor: WorkMonitor?
  ) throws(TrainingError) -> LabelledImages {
    switch view {
    case .inputs: images
    case .reconstructions: try reconstruct(images, engine: engine, monitor: monitor)
    case .both: images.joined(with: try reconstruct(images, engine: engine, monitor: monitor))
    }
  }

  /// The training of a judge on reconstructions of these images. They are computed once and kept if the engine has the
  /// memory for it, else anew for each batch: the same bits.
  /// - Parameters:
  ///   - judge: its architecture; by default the explained classifier's.
  ///   - snapshot: where the training goes on; its beginning if there is none.
  ///   - monitor: asked while reconstructions are computed.
  public func judgeTraining(
    _ judge: Architecture? = nil, seeing view: JudgeView = .reconstructions, on images: LabelledImages,
    options: TrainingOptions = TrainingOptions(), from snapshot: TrainingSnapshot? = nil, engine: Engine,
    monitor: WorkMonitor? = nil
  ) throws(TrainingError) -> TrainingState<Classifier> {
    try check(images)
    if view != .reconstructions {
      let memory = try Self.judgeMemory(
        judge ?? architecture, seeing: view, input: input, classes: classes, count: images.count, options: options,
        engine: engine)
      guard memory.total + memory.threads <= engine.memory else {
        throw .memory(needed: memory.total + memory.threads, limit: engine.memory)
      }
      return try Classifier.training(
        judge ?? architecture, on: seen(images, as: view, engine, monitor), options: options, role: Self.judgeRole,
        from: snapshot, engine: engine)
    }
    let network = Network(
      try .forTraining(judge ?? architecture, input: images.shape, classes: images.classes))
    network.initialise(seed: options.seed, purpose: Self.judgeRole, engine: engine)
    let (work, memory) = try site.chooseJudge(network, count: images.count, options, engine)
    let seen = memory.kept > 0 ? try reconstruct(images, engine: engine, monitor: monitor) : images
    return try Classifier.training(of: network, work, on: seen, options, Self.judgeRole, snapshot, engine)
  }

  /// What training a judge on so many images takes in memory, before anything is taken.
  /// - Parameter architecture: the explained classifier's.
  public static func judgeMemory(
    _ judge: Architecture, of architecture: Architecture, input: Shape, classes: Int, layer: Int, units: [Int]? = nil,
    decoder: Architecture? = nil, count: Int, options: TrainingOptions, engine: Engine
  ) throws(TrainingError) -> TrainingMemory {
    let site = try Site(
      of: architecture, input: input, classes: classes, layer: layer, units: units, decoder: decoder)
    let network = Network(try .forTraining(judge, input: input, classes: classes))
    return try site.chooseJudge(network, count: count, options, engine).memory
  }

  /// The same for one that sees the images themselves: what it sees is kept as a whole.
  public static func judgeMemory(
    _ judge: Architecture, seeing view: JudgeView, input: Shape, classes: Int, count: Int, options: TrainingOptions,
    engine: Engine
  ) throws(TrainingError) -> TrainingMemory {
    var memory = try Classifier.memory(
      judge, input: input.seen(as: view), classes: classes, count: count, options: options, engine: engine)
    if view == .both { memory.kept = count * input.seen(as: view).count * MemoryLayout<Float>.stride }
    return memory
  }

  /// Names the random streams: a judge starts from other weights than the classifier.
  fileprivate static let judgeRole = "judge"
}

extension Shape {
  /// Of what a judge sees.
  public func seen(as view: JudgeView) -> Shape {
    Shape(channels: view == .both ? 2 * channels : channels, height: height, width: width)
  }
}

extension LabelledImages {
  /// The images with others of the same shape, whose channels stand behind their own.
  func joined(with others: LabelledImages) -> LabelledImages {
    let channels = shape.channels
    var values: [Float] = []
    values.reserveCapacity(2 * count * shape.count)
    for index in 0..<count {
      let (first, second) = (image(index), others.image(index))
      for pixel in 0..<shape.pixels {
        values += first[pixel * channels..<(pixel + 1) * channels]
        values += second[pixel * channels..<(pixel + 1) * channels]
      }
    }
    return LabelledImages(
      shape: shape.seen(as: .both), pixels: .floats(values), labels: labels, classes: classes, factors: factors)
  }
}

extension Site {
  /// Keeps the reconstructions of so many images if there is the memory for it.
  fileprivate func chooseJudge(
    _ judge: Network, count: Int, _ options: TrainingOptions, _ engine: Engine
  ) throws(TrainingError) -> (work: TrainingGraph, memory: TrainingMemory) {
    let role = AutoEncoder.judgeRole
    return try TrainingGraph.choose(
      keeping: count * encoder.input.count * MemoryLayout<Float>.stride,
      TrainingGraph(classifying: judge, options, role),
      or: {
        TrainingGraph(classifying: judge, options, role) { graph, images in
          appendReconstruction(to: &graph, after: images)
        }
      }, count: count, batchSize: options.batchSize, engine: engine)
  }
}
