import Tensors

/// Numbers with a name and a shape, slowest extent first and without padding: what models and trainings are kept as.
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
  package let name: String
  package let parameter: Parameter

  package var array: NamedArray { array(named: name, parameter.logicalValues) }

  /// Numbers of the parameter's shape, such as its moments.
  func array(named name: String, _ values: [Float]) -> NamedArray {
    NamedArray(name: name, shape: parameter.extents, values: values)
  }
}

extension [Parameter] {
  /// With what comes before each name.
  package func named(_ prefix: String = "") -> [NamedParameter] {
    map { NamedParameter(name: prefix + $0.name, parameter: $0) }
  }
}

/// Arrays by name, each to be taken once.
package struct ArrayCollection {
  private var arrays: [String: NamedArray] = [:]

  package init(_ arrays: [NamedArray]) throws(ArrayError) {
    for array in arrays {
      guard self.arrays.updateValue(array, forKey: array.name) == nil else { throw .twice(array.name) }
    }
  }

  package mutating func take(_ name: String, shape: [Int]) throws(ArrayError) -> [Float] {
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
    for each in self { values.append(try collection.take(each.name, shape: each.parameter.extents)) }
    try collection.finish()
    for (each, values) in zip(self, values) { each.parameter.set(values) }
  }
}
