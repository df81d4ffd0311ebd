import Tensors

/// Numbers with a name and a shape, slowest extent first and without padding: what models and trainings are kept as. Names
/// and order are those that PyTorch's users expect: `conv1.weight` is [output channels, input channels, height, width].
public struct NamedArray: Hashable, Sendable {
  public let name: String
  public let shape: [Int]
  public let values: [Float]

  /// - Precondition: there are as many values as the shape says.
  public init(name: String, shape: [Int], values: [Float]) {
    precondition(values.count == shape.reduce(1, *), "values do not match the shape")
    self.name = name
    self.shape = shape
    self.values = values
  }
}

/// Why arrays are not what is to be made of them.
public enum ArrayError: Error, Hashable, Sendable {
  case missing(String)
  case unexpected(String)
  case twice(String)
  case wrongShape(String, expected: [Int], found: [Int])
  /// Numbers beside the arrays that cannot be.
  case senseless(String)
}

/// A parameter under a name that no other of its model has.
package struct NamedParameter {
  /// Its layer's name before its own: `conv1.weight`.
  package let name: String
  package let parameter: Parameter

  /// - Parameter prefix: of what part of a model it is, such as `decoder`.
  package init(_ parameter: Parameter, of prefix: String? = nil) {
    self.parameter = parameter
    let parts = (prefix.map { [$0] } ?? []) + parameter.name.split(separator: "/").map(String.init)
    name = parts.map { Self.names[$0] ?? $0 }.joined(separator: ".")
  }

  /// What PyTorch calls the numbers of a batch normalisation.
  private static let names = [
    "gamma": "norm.weight", "beta": "norm.bias", "mean": "norm.running_mean", "variance": "norm.running_var",
  ]

  package var array: NamedArray { array(parameter.logicalValues) }

  private var shape: [Int] { parameter.interchange?.shape ?? parameter.extents }

  /// Numbers that lie as the parameter's logical values do, such as its moments.
  func array(_ values: [Float]) -> NamedArray {
    NamedArray(name: name, shape: shape, values: parameter.interchange?.exported(values) ?? values)
  }

  /// Such numbers out of a collection.
  func take(from arrays: inout ArrayCollection) throws(ArrayError) -> [Float] {
    let values = try arrays.take(name, shape: shape)
    return parameter.interchange?.imported(values) ?? values
  }
}

extension [Parameter] {
  package func named(_ prefix: String? = nil) -> [NamedParameter] { map { NamedParameter($0, of: prefix) } }
}

/// Arrays by name, each to be taken once.
package struct ArrayCollection {
  private var arrays: [String: NamedArray] = [:]

  package init(_ arrays: [NamedArray]) throws(ArrayError) {
    for array in arrays {
      guard self.arrays.updateValue(array, forKey: array.name) == nil else { throw .twice(array.name) }
    }
  }

  fileprivate mutating func take(_ name: String, shape: [Int]) throws(ArrayError) -> [Float] {
    guard let array = arrays.removeValue(forKey: name) else { throw .missing(name) }
    guard array.shape == shape else { throw .wrongShape(name, expected: shape, found: array.shape) }
    return array.values
  }

  /// Nothing may be left when all is taken.
  package func finish() throws(ArrayError) {
    if let name = arrays.keys.min() { throw .unexpected(name) }
  }
}

extension [NamedParameter] {
  package var arrays: [NamedArray] { map(\.array) }

  /// Sets all of them, and nothing if an array is missing, too many or of another shape.
  package func set(_ arrays: [NamedArray]) throws(ArrayError) {
    var collection = try ArrayCollection(arrays)
    var values: [[Float]] = []
    for each in self { values.append(try each.take(from: &collection)) }
    try collection.finish()
    for (each, values) in zip(self, values) { each.parameter.set(values) }
  }
}
