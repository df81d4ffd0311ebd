import Images
import Tensors

/// What gives images: a selection of a data set, or what an auto-encoder makes of one.
public protocol ImagesJob: Job where Value == LabelledImages {
  /// Of one image.
  var shape: Shape { get }
  /// How many classes there are.
  var classes: Int { get }
  var count: Int { get }
}

extension ImagesJob {
  func images(_ context: JobContext) throws(JobError) -> LabelledImages { try context.value(of: self) }

  public func artifact(of images: LabelledImages) -> Artifact {
    let elements: Artifact.Elements =
      switch images.pixels {
      case .bytes(let values): .bytes(values)
      case .floats(let values): .floats(values)
      }
    return Artifact(
      tensors: [
        "pixels": .init(elements, shape: [images.count, shape.height, shape.width, shape.channels]),
        "labels": .init(.bytes(images.labels)),
      ])
  }

  public func value(of artifact: Artifact, _ context: JobContext) throws(JobError) -> LabelledImages {
    let labels = try artifact.bytes("labels")
    guard let elements = artifact.tensors["pixels"]?.elements, labels.count == count,
      elements.count == count * shape.count, labels.allSatisfy({ Int($0) < classes })
    else { throw .damaged("its images are not those of the recipe") }
    let pixels: LabelledImages.Pixels
    switch elements {
    case .bytes(let values): pixels = .bytes(values)
    case .floats(let values): pixels = .floats(values)
    case .doubles: throw .damaged("its pixels are neither bytes nor floats")
    }
    return LabelledImages(shape: shape, pixels: pixels, labels: labels, classes: classes)
  }
}
