/// What each image of a drawn data set was drawn from: the ground truth that tells whether an explanation is right.
///
/// A factor that an image's class does not have (the heel of a T-shirt) is NaN, so that every comparison with it is
/// false.
public struct FactorTable: Sendable {
  public let names: [String]
  /// Image after image, a value for each name.
  public let values: [Float]

  /// Traps where the values do not fill whole rows.
  public init(names: [String], values: [Float]) {
    precondition(!names.isEmpty && values.count.isMultiple(of: names.count), "a value for each name of each image")
    self.names = names
    self.values = values
  }

  /// How many images there are.
  public var count: Int { values.count / names.count }

  /// The values of one image, in the order of `names`.
  public subscript(image: Int) -> ArraySlice<Float> { values[image * names.count..<(image + 1) * names.count] }

  /// One factor's value in every image; `nil` where no factor has this name.
  public func column(_ name: String) -> [Float]? {
    guard let column = names.firstIndex(of: name) else { return nil }
    return stride(from: column, to: values.count, by: names.count).map { values[$0] }
  }

  /// The rows at these indices, in this order.
  public func selecting(_ indices: some Collection<Int>) -> FactorTable {
    FactorTable(names: names, values: indices.flatMap { self[$0] })
  }
}
