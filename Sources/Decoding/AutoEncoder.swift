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
  }

  public let kind: Kind
  /// The layer whose activations are decoded.
  public let layer: Layer
  /// The channels of it that the decoder sees; none for all of them.
  public let units: [Int]?
  /// Mean loss of each epoch: of Equation 1 for ClaDec, the squared error per image for RefAE.
  public let history: [Double]
  public let classifier: Classifier
  package let encoder: Network
  package let decoder: Network

  public var decoderArchitecture: Architecture { decoder.architecture }
  /// The decoder's layers, the image last.
  public var decoderLayers: [Layer] { decoder.layers }

  init(
    kind: Kind, layer: Layer, units: [Int]?, history: [Double], classifier: Classifier, encoder: Network,
    decoder: Network
  ) {
    self.kind = kind
    self.layer = layer
    self.units = units
    self.history = history
    self.classifier = classifier
    self.encoder = encoder
    self.decoder = decoder
  }

  /// All numbers of encoder and decoder, statistics included.
  public var parameters: [(name: String, values: [Float])] {
    (encoder.parameters + decoder.parameters).map { ($0.name, $0.logicalValues) }
  }

  /// Reconstructions X̂ of images, in floats, with the images' own labels.
  public func reconstruct(_ samples: LabelledImages, engine: Engine) throws(TrainingError) -> LabelledImages {
    try classifier.check(samples)
    let shape = samples.shape
    var result = [Float](repeating: 0, count: samples.count * shape.count)
    guard samples.count > 0 else { return samples }
    var graph = Graph()
    let images = graph.add(.images(shape))
    let code = encoder.append(to: &graph, after: images, through: layer.index, keeping: units, mode: .fixed)
    let output = decoder.append(to: &graph, after: code, mode: .fixed)
    let plan = Plan(graph, batch: min(128, samples.count), keep: [output], engine: engine)
    let stride = (plan.batch + 15) / 16 * 16
    result.withUnsafeMutableBufferPointer { result in
      guard let target = result.baseAddress else { return }
      evaluate(
        count: samples.count, plan: plan, filling: BatchFilling(samples, images: images), engine: engine,
        read: { first, count in
          let values = plan.values(of: output)
          engine.parallel(count) { slot in
            let image = target + (first + slot) * shape.count
            for i in 0..<shape.count { image[i] = values[i * stride + slot] }
          }
        })
    }
    return LabelledImages(shape: shape, pixels: .floats(result), labels: samples.labels, classes: samples.classes)
  }

  /// How far reconstructions are from their images: Σ over pixels and channels of (X − X̂)², the mean over the images.
  public func squaredError(on samples: LabelledImages, engine: Engine) throws(TrainingError) -> Double {
    guard samples.count > 0 else { throw .noImages }
    return try Decoding.squaredError(samples, reconstruct(samples, engine: engine))
  }
}

/// Σ over pixels and channels of (X − X̂)², the mean over the images. The two must be of the same number and shape.
public func squaredError(_ images: LabelledImages, _ reconstructions: LabelledImages) -> Double {
  precondition(images.count == reconstructions.count && images.shape == reconstructions.shape)
  var total = 0.0
  for i in 0..<images.count {
    let (x, y) = (images.image(i), reconstructions.image(i))
    var sum = 0.0
    for j in x.indices {
      let difference = Double(x[j]) - Double(y[j])
      sum += difference * difference
    }
    total += sum
  }
  return images.count == 0 ? 0 : total / Double(images.count)
}
