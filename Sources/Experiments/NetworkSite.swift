import Images
import Networks
import Synchronization
import Tensors

/// A network at its place: what goes in, and what must come out.
public struct NetworkSite: Hashable, Sendable {
  public var architecture: Architecture
  public var input: Shape
  public var classes: Int
  /// A decoder makes an image of this shape; none for a classifier.
  public var image: Shape?

  public init(_ architecture: Architecture, input: Shape, classes: Int, image: Shape? = nil) {
    (self.architecture, self.input, self.classes, self.image) = (architecture, input, classes, image)
  }

  /// The layers, after making sure that the shapes fit and the memory can hold them. They are asked for at every point of
  /// a sweep, and are the same at most of them: they are followed once.
  public func layers() throws(ShapeError) -> [Layer] {
    if let known = Self.known.withLock({ $0[self] }) { return try known.get() }
    let result: Result<[Layer], ShapeError>
    do throws(ShapeError) { result = .success(try followed()) } catch { result = .failure(error) }
    Self.known.withLock { $0[self] = result }
    return try result.get()
  }

  private func followed() throws(ShapeError) -> [Layer] {
    guard let image else { return try architecture.layers(input: input, classes: classes) }
    return try architecture.layers(decoding: input, to: image, classes: classes)
  }

  private static let known = Mutex<[NetworkSite: Result<[Layer], ShapeError>]>([:])
}
