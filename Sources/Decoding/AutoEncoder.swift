import Images
import Networks
import Tensors

/// What turns an image into the activations of one layer and those back into an image: ClaDec, whose encoder is the
/// classifier itself, or RefAE, whose encoder has the same architecture and learns only to reconstruct (Schneider and
/// Vlachos 2021, section 2).
public final class AutoEncoder: Sendable {
  public enum Kind: Hashable, Sendable {
    /// Trained on (1 − α) · squared error + α · cross-entropy of the classifier on the reconstruction (Equation 1).
    case cladec(alpha: Double)
    case refae
    /// A decoder that sees nothing of an image but its label, or the probabilities that the classifier gives to the
    /// classes: trained on the squared error.
    case decodedClass(ClassCode)
    /// The mean of the training images of the class that the classifier decides on; nothing is trained.
    case classMean
    /// RefAE's pictures, smoothed.
    case smoothed

    /// What is known of the class in place of a layer's activations, if that is all.
    var code: ClassCode? {
      switch self {
      case .decodedClass(let code): code
      case .classMean: .decision
      case .cladec, .refae, .smoothed: nil
      }
    }
  }

  /// α where none is asked for: images are reconstructed for their own sake.
  public static let defaultAlpha = 0.0

  public let kind: Kind
  /// Mean loss of each epoch: of Equation 1 for ClaDec, the squared error per image for what learns from that; of what is
  /// not trained there is none.
  public let history: [Double]
  let site: Site

  /// The layer whose activations are decoded; the logits where it is not one that the decoder sees.
  public var layer: Layer { site.layer }
  /// The channels of it that the decoder sees; none for all of them.
  public var units: [Int]? { site.units }
  /// Of the images that it was trained on.
  public var classes: Int { site.classes }
  package var encoder: Network { site.encoder }
  package var decoder: Network { site.decoder }
  /// What smooths its pictures, if anything does.
  public var smoothing: Smoothing? { site.smoothing }

  /// The shape of its images.
  public var input: Shape { encoder.input }
  /// The network whose first layers are the encoder.
  public var architecture: Architecture { encoder.architecture }
  public var decoderArchitecture: Architecture { decoder.architecture }

  init(kind: Kind, _ site: Site, history: [Double]) {
    (self.kind, self.site, self.history) = (kind, site, history)
  }

  /// The ClaDec that has these arrays, with the same bits.
  public convenience init(
    cladec alpha: Double, of classifier: Classifier, layer: Int, units: [Int]? = nil, decoder: Architecture? = nil,
    history: [Double], arrays: [NamedArray]
  ) throws(TrainingError) {
    let site = try Site(classifier.network, classes: classifier.classes, layer: layer, units: units, decoder: decoder)
    try self.init(kind: .cladec(alpha: alpha), site, history: history, arrays: arrays)
  }

  /// The RefAE that has these arrays, with the same bits.
  public convenience init(
    refae architecture: Architecture, input: Shape, classes: Int, layer: Int, units: [Int]? = nil,
    decoder: Architecture? = nil, history: [Double], arrays: [NamedArray]
  ) throws(TrainingError) {
    let site = try Site(
      of: architecture, input: input, classes: classes, layer: layer, units: units, decoder: decoder)
    try self.init(kind: .refae, site, history: history, arrays: arrays)
  }

  /// The decoder of what is known of the class that has these arrays, with the same bits.
  public convenience init(
    decodedClass code: ClassCode, of classifier: Classifier, decoder: Architecture? = nil, history: [Double],
    arrays: [NamedArray]
  ) throws(TrainingError) {
    let site = try Site(
      classifier.network, classes: classifier.classes, layer: -1, units: nil, decoder: decoder, code: code)
    try self.init(kind: .decodedClass(code), site, history: history, arrays: arrays)
  }

  /// The class means that these arrays are, with the same bits.
  public convenience init(classMeansOf classifier: Classifier, arrays: [NamedArray]) throws(TrainingError) {
    try self.init(kind: .classMean, Site(classMeansOf: classifier), history: [], arrays: arrays)
  }

  private convenience init(kind: Kind, _ site: Site, history: [Double], arrays: [NamedArray]) throws(TrainingError) {
    do throws(ArrayError) { try site.learnt(kind).set(arrays) } catch { throw .arrays(error) }
    self.init(kind: kind, site, history: history)
  }

  /// All numbers that it has learnt, statistics included: the decoder's, and the encoder's if that is not the
  /// classifier.
  public var arrays: [NamedArray] { site.learnt(kind).arrays }

  func check(_ images: LabelledImages) throws(TrainingError) {
    try images.check(shape: input, classes: classes)
  }

  /// Reconstructions X̂ of images, in floats, with the images' own labels.
  public func reconstruct(
    _ images: LabelledImages, engine: Engine, monitor: WorkMonitor? = nil
  ) throws(TrainingError) -> LabelledImages {
    try check(images)
    var values: [Float] = []
    values.reserveCapacity(images.count * images.shape.count)
    var graph = Graph()
    let node = graph.add(.images(images.shape))
    let output = site.appendReconstruction(to: &graph, after: node)
    try evaluate(graph, images: node, on: images, keep: [output], engine: engine, monitor: monitor) { plan, range in
      values += plan.values(of: output, count: range.count)
    }
    return LabelledImages(
      shape: images.shape, pixels: .floats(values), labels: images.labels, classes: images.classes,
      factors: images.factors)
  }
}

extension Site {
  /// What a training of this kind changes.
  fileprivate func learnt(_ kind: AutoEncoder.Kind) -> [NamedParameter] {
    switch kind {
    case .refae, .smoothed: encoderParameters + decoderParameters
    case .cladec, .decodedClass, .classMean: decoderParameters
    }
  }
}
