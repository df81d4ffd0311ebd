import Images
import Networks
import Tensors

// The paper's sanity check (section 4): a fresh classifier, the judge, is trained on reconstructions of the training
// images, and its accuracy on reconstructions of the test images tells how much of what matters for the classes they
// have kept.

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

  /// The training of a judge on reconstructions of these images. They are computed once and kept if the engine has the
  /// memory for it, else anew for each batch: the same bits.
  /// - Parameters:
  ///   - judge: its architecture; by default the explained classifier's.
  ///   - snapshot: where the training goes on; its beginning if there is none.
  ///   - monitor: asked while reconstructions are computed.
  public func judgeTraining(
    _ judge: Architecture? = nil, on images: LabelledImages, options: TrainingOptions = TrainingOptions(),
    from snapshot: TrainingSnapshot? = nil, engine: Engine, monitor: WorkMonitor? = nil
  ) throws(TrainingError) -> TrainingState<Classifier> {
    try check(images)
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

  /// Names the random streams: a judge starts from other weights than the classifier.
  fileprivate static let judgeRole = "judge"
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
