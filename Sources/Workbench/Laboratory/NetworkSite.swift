import Images
import Networks
import Tensors

/// A network at its place: what goes in, and what must come out.
struct NetworkSite: Hashable, Sendable {
  var architecture: Architecture
  var input: Shape
  var classes: Int
  /// A decoder makes an image of this shape; none for a classifier.
  var image: Shape?

  /// The layers, after making sure that the shapes fit and the memory can hold them.
  func makeLayers() throws(ShapeError) -> [Layer] {
    guard let image else { return try architecture.layers(input: input, classes: classes) }
    return try architecture.layers(decoding: input, to: image, classes: classes)
  }

  /// The same, once for each store.
  func layers(_ store: Store) throws(ShapeError) -> [Layer] {
    if let known = store.layers[self] { return try known.get() }
    let result: Result<[Layer], ShapeError>
    do throws(ShapeError) { result = .success(try makeLayers()) } catch { result = .failure(error) }
    store.layers[self] = result
    return try result.get()
  }
}
