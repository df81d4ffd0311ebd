import Images
import Networks
import Tensors

extension AutoEncoder {
  /// The training of a decoder on the activations of one layer of a classifier, which itself does not change by one
  /// bit: its running statistics are used, and no dropout. The activations of all images are computed once and kept if
  /// the engine has the memory for it, else anew for each batch: the same bits.
  /// - Parameters:
  ///   - layer: its index, counted from the back: −1 is the logits.
  ///   - alpha: α of Equation 1, from 0 (reconstruction only) to 1 (classification only).
  ///   - units: the layer's channels that the decoder sees; all of them if none are named.
  ///   - decoder: by default the paper's.
  ///   - snapshot: where the training goes on; its beginning if there is none.
  ///   - monitor: asked while activations are computed.
  public static func cladecTraining(
    _ classifier: Classifier, layer index: Int, alpha: Double = AutoEncoder.defaultAlpha, units: [Int]? = nil,
    decoder: Architecture? = nil,
    on images: LabelledImages, options: TrainingOptions = TrainingOptions(), from snapshot: TrainingSnapshot? = nil,
    engine: Engine, monitor: WorkMonitor? = nil
  ) throws(TrainingError) -> TrainingState<AutoEncoder> {
    try classifier.check(images)
    guard alpha >= 0, alpha <= 1 else { throw .badOptions("alpha must be from 0 to 1") }
    let site = try Site(classifier.network, classes: classifier.classes, layer: index, units: units, decoder: decoder)
    return try training(
      .cladec(alpha: alpha), of: classifier, at: site, role: "cladec", alpha: alpha, on: images, options, snapshot,
      engine, monitor)
  }

  /// The training of a decoder that sees nothing of an image but its label, or the probabilities that the classifier
  /// gives to the classes: a control, since what it restores is what the class alone tells. It is the decoder that the
  /// logits have, trained as ClaDec is on the squared error.
  public static func decodedClassTraining(
    _ code: ClassCode, of classifier: Classifier, decoder: Architecture? = nil, on images: LabelledImages,
    options: TrainingOptions = TrainingOptions(), from snapshot: TrainingSnapshot? = nil, engine: Engine,
    monitor: WorkMonitor? = nil
  ) throws(TrainingError) -> TrainingState<AutoEncoder> {
    try classifier.check(images)
    let site = try Site(
      classifier.network, classes: classifier.classes, layer: -1, units: nil, decoder: decoder, code: code)
    return try training(
      .decodedClass(code), of: classifier, at: site, role: code.rawValue, alpha: 0, on: images, options, snapshot,
      engine, monitor)
  }

  /// The training of a decoder behind what does not change.
  private static func training(
    _ kind: Kind, of classifier: Classifier, at site: Site, role name: String, alpha: Double,
    on images: LabelledImages, _ options: TrainingOptions, _ snapshot: TrainingSnapshot?, _ engine: Engine,
    _ monitor: WorkMonitor?
  ) throws(TrainingError) -> TrainingState<AutoEncoder> {
    let role = site.role(name)
    site.decoder.initialise(seed: options.seed, purpose: role + "/decoder", engine: engine)
    let work = try site.chooseCladec(alpha: alpha, count: images.count, options, engine).work
    let activations =
      work.activations == nil ? nil : try site.activations(for: images, engine: engine, monitor: monitor)
    return try TrainingState(
      work, on: images, activations: activations, options: options, role: role, from: snapshot, engine: engine
    ) { history, isDone in
      AutoEncoder(kind: kind, isDone ? site : site.copy(encoder: classifier.network), history: history)
    }
  }

  /// The training of the reference: an encoder of a classifier's architecture and a decoder, from fresh weights, jointly
  /// on the squared error. The encoder uses batch statistics while it learns, as the classifier did; it has no dropout,
  /// which serves classification and would only blur the reference.
  public static func refaeTraining(
    _ architecture: Architecture, layer index: Int, units: [Int]? = nil, decoder: Architecture? = nil,
    on images: LabelledImages, options: TrainingOptions = TrainingOptions(), from snapshot: TrainingSnapshot? = nil,
    engine: Engine
  ) throws(TrainingError) -> TrainingState<AutoEncoder> {
    let site = try Site(
      of: architecture, input: images.shape, classes: images.classes, layer: index, units: units, decoder: decoder)
    let role = site.role("refae")
    site.decoder.initialise(seed: options.seed, purpose: role + "/decoder", engine: engine)
    site.encoder.initialise(seed: options.seed, purpose: role + "/encoder", engine: engine)
    return try TrainingState(
      site.refae(), on: images, options: options, role: role, from: snapshot, engine: engine
    ) { history, isDone in
      AutoEncoder(kind: .refae, isDone ? site : site.copy(), history: history)
    }
  }

  /// Trains ClaDec.
  public static func cladec(
    _ classifier: Classifier, layer: Int, alpha: Double = AutoEncoder.defaultAlpha, units: [Int]? = nil,
    decoder: Architecture? = nil,
    on images: LabelledImages, options: TrainingOptions = TrainingOptions(), engine: Engine,
    monitor: WorkMonitor? = nil
  ) throws(TrainingError) -> AutoEncoder {
    try cladecTraining(
      classifier, layer: layer, alpha: alpha, units: units, decoder: decoder, on: images, options: options,
      engine: engine, monitor: monitor
    ).run(monitor)
  }

  /// Trains RefAE.
  public static func refae(
    _ architecture: Architecture, layer: Int, units: [Int]? = nil, decoder: Architecture? = nil,
    on images: LabelledImages, options: TrainingOptions = TrainingOptions(), engine: Engine,
    monitor: WorkMonitor? = nil
  ) throws(TrainingError) -> AutoEncoder {
    try refaeTraining(
      architecture, layer: layer, units: units, decoder: decoder, on: images, options: options, engine: engine
    ).run(monitor)
  }

  /// What training an auto-encoder on so many images takes in memory, before anything is taken.
  public static func memory(
    _ kind: Kind, of architecture: Architecture, input: Shape, classes: Int, layer: Int, units: [Int]? = nil,
    decoder: Architecture? = nil, count: Int, options: TrainingOptions, engine: Engine
  ) throws(TrainingError) -> TrainingMemory {
    let site = try Site(
      of: architecture, input: input, classes: classes, layer: layer, units: units, decoder: decoder, code: kind.code)
    switch kind {
    case .cladec(let alpha): return try site.chooseCladec(alpha: alpha, count: count, options, engine).memory
    case .decodedClass, .classMean: return try site.chooseCladec(alpha: 0, count: count, options, engine).memory
    case .refae, .smoothed: return try site.refae().memory(count: count, batchSize: options.batchSize, engine: engine)
    }
  }
}
