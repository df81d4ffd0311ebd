import Decoding
import Networks
import Tensors
import Text

/// A reference whose pictures are smoothed until they are as far from the images as another's are, on the images that the
/// reference learned from: whether a judge rewards blur.
public struct SmoothedReference: AutoEncoderJob {
  public static let kind = "smoothed reference"
  public static let version = 1
  public static let model = "smoothed " + RefAETraining.model

  public let reference: any AutoEncoderJob
  public let other: any AutoEncoderJob
  public let recipe: Recipe

  /// - Parameter other: whose squared error is wanted.
  public init(_ reference: any AutoEncoderJob, to other: any AutoEncoderJob) {
    (self.reference, self.other) = (reference, other)
    recipe = Recipe(Self.self, .numerics, ["autoencoder": reference.fact, "other": other.fact])
  }

  public var layer: Int { reference.layer }
  public var units: Units { reference.units }
  public var decoder: Architecture? { reference.decoder }
  public var alpha: Double? { nil }
  public var kind: AutoEncoder.Kind { .smoothed }
  public var modelName: String { Self.model }
  public var architecture: Architecture { reference.architecture }
  public var images: any ImagesJob { reference.images }
  public var options: TrainingOptions { reference.options }
  public var dependencies: [any Job] { [reference, other, images] }
  public var ingredients: [any Job] { [reference] }
  public var title: String { "smooth \(reference.modelName)" }
  public var extent: Extent {
    Extent(images: images.count, passes: 4 + AutoEncoder.halvings / 2, batch: Extent.evaluationBatch)
  }

  public var miniature: any Job {
    let images = images.madeUpForEvaluation
    let reference = reference.untrained(on: images)
    return SmoothedReference(reference, to: reference)
  }

  public func cost(_ engine: Engine) throws(JobError) -> Cost {
    // A pass of smoothing has about sixteen products for each value.
    let smoothing = 16 * AutoEncoder.halvings / 2 * images.shape.count
    return Cost(
      multiplyAdds: images.count
        * (try reference.reconstructionMultiplyAdds(judged: false)
          + other.reconstructionMultiplyAdds(judged: false) + smoothing),
      memory: images.bytes + images.count * images.shape.count * MemoryLayout<Float>.stride)
  }

  public func run(_ context: JobContext) throws(JobError) -> AutoEncoder {
    let (reference, other) = (try reference.autoEncoder(context), try other.autoEncoder(context))
    let images = try images.images(context)
    return try context.working(with: network) { () throws(TrainingError) in
      let found = try reference.smoothing(
        toSquaredErrorOf: other, on: images, engine: context.engine, monitor: context.monitor)
      return reference.smoothed(found.smoothing)
    }
  }

  public func artifact(of autoEncoder: AutoEncoder) -> Artifact {
    Artifact(numbers: ["width": autoEncoder.smoothing?.width ?? 0])
  }

  public func value(of artifact: Artifact, _ context: JobContext) throws(JobError) -> AutoEncoder {
    let (reference, width) = (try reference.autoEncoder(context), try artifact.number("width"))
    guard width >= 0, width <= Double(max(images.shape.height, images.shape.width)) else {
      throw .damaged("no image is smoothed over \(width) pixels")
    }
    return reference.smoothed(Smoothing(width: width))
  }
}
