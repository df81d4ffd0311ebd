/// What each image of a data set was drawn from, or what else is known of it: the ground truth that tells whether an
/// explanation is right.
///
/// A factor that an image does not have (the heel of a T-shirt) is NaN, so that every comparison with it is false.
public struct FactorTable: Sendable {
  /// One of what is known of images.
  public struct Factor: Hashable, Sendable {
    public let name: String
    public let scale: Scale

    public init(_ name: String, _ scale: Scale) { (self.name, self.scale) = (name, scale) }
  }

  /// What a factor's values are.
  public enum Scale: Hashable, Sendable {
    case numbers
    /// Kinds from 0 on.
    case kinds(count: Int)
    /// Kinds that have names, by their places in this list.
    case words([String])
    /// Numbers from -1 to 1 that wrap around: 1 is where -1 is.
    case directions
  }

  public let factors: [Factor]
  /// Image after image, a value for each factor.
  public let values: [Float]

  /// Traps where the values do not fill whole rows.
  public init(_ factors: [Factor], values: [Float]) {
    precondition(
      !factors.isEmpty && values.count.isMultiple(of: factors.count), "a value for each factor of each image")
    self.factors = factors
    self.values = values
  }

  /// How many images there are.
  public var count: Int { values.count / factors.count }

  /// The values of one image, in the order of `factors`.
  public subscript(image: Int) -> ArraySlice<Float> { values[image * factors.count..<(image + 1) * factors.count] }

  /// One factor's scale, and its value in every image; `nil` where no factor has this name.
  public func column(_ name: String) -> (scale: Scale, values: [Float])? {
    guard let column = factors.firstIndex(where: { $0.name == name }) else { return nil }
    return (factors[column].scale, stride(from: column, to: values.count, by: factors.count).map { values[$0] })
  }

  /// The rows at these indices, in this order.
  public func selecting(_ indices: some Collection<Int>) -> FactorTable {
    FactorTable(factors, values: indices.flatMap { self[$0] })
  }
}
