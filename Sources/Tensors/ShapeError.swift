import Images

/// A layer that cannot work on what it is given.
public struct ShapeError: Error, Hashable, Sendable {
  /// The layer's name in its network, or empty where the operation stands alone.
  public var layer: String
  /// What was to be done: "convolution 3×3, stride 2".
  public var operation: String
  public var input: Shape
  /// Why it cannot be, in the user's terms: a fragment that follows "because".
  public var reason: String
  /// A way out, where a particular one is known.
  public var remedy: String?

  public init(layer: String = "", operation: String, input: Shape, reason: String, remedy: String? = nil) {
    self.layer = layer
    self.operation = operation
    self.input = input
    self.reason = reason
    self.remedy = remedy
  }
}
