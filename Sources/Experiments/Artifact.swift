import Text

/// What a job leaves: arrays and numbers by name. Whatever holds a value beyond the life of a process holds this.
public struct Artifact: Hashable, Sendable {
  public enum Elements: Hashable, Sendable {
    case bytes([UInt8])
    case floats([Float])
    case doubles([Double])

    public var count: Int {
      switch self {
      case .bytes(let values): values.count
      case .floats(let values): values.count
      case .doubles(let values): values.count
      }
    }
  }

  public struct Tensor: Hashable, Sendable {
    /// Outermost extent first; their product is the number of elements.
    public let shape: [Int]
    public let elements: Elements

    public init(_ elements: Elements, shape: [Int]? = nil) {
      self.elements = elements
      self.shape = shape ?? [elements.count]
    }
  }

  public var tensors: [String: Tensor]
  public var numbers: [String: Double]

  public init(tensors: [String: Tensor] = [:], numbers: [String: Double] = [:]) {
    (self.tensors, self.numbers) = (tensors, numbers)
  }

  /// SHA-256 of names, shapes and bits: equal for equal artifacts only.
  public var digest: SHA256.Digest {
    var hash = SHA256()
    func add(_ integer: Int) { hash.update(littleEndian(UInt64(truncatingIfNeeded: integer))) }
    for (name, tensor) in tensors.sorted(by: { $0.key < $1.key }) {
      let header = "\(name)\u{0}\(tensor.elements.kind.rawValue)\u{0}"
      add(header.utf8.count)
      hash.update(header.utf8)
      add(tensor.shape.count)
      for extent in tensor.shape { add(extent) }
      switch tensor.elements {
      case .bytes(let values): hash.update(values)
      case .floats(let values): hash.update(littleEndian(values.map(\.bitPattern)))
      case .doubles(let values): hash.update(littleEndian(values.map(\.bitPattern)))
      }
    }
    for (name, number) in numbers.sorted(by: { $0.key < $1.key }) {
      add(name.utf8.count)
      hash.update(name.utf8)
      hash.update(littleEndian(number.bitPattern))
    }
    return hash.digest
  }

  /// A number that must be there.
  func number(_ name: String) throws(JobError) -> Double {
    guard let number = numbers[name] else { throw .damaged("it lacks the number \(name)") }
    return number
  }

  func floats(_ name: String) throws(JobError) -> [Float] {
    guard case .floats(let values)? = tensors[name]?.elements else { throw .damaged("it lacks the array \(name)") }
    return values
  }

  func bytes(_ name: String) throws(JobError) -> [UInt8] {
    guard case .bytes(let values)? = tensors[name]?.elements else { throw .damaged("it lacks the array \(name)") }
    return values
  }

  func doubles(_ name: String) throws(JobError) -> [Double] {
    guard case .doubles(let values)? = tensors[name]?.elements else { throw .damaged("it lacks the array \(name)") }
    return values
  }
}

/// The bytes of whole numbers, lowest first.
func littleEndian<Word: FixedWidthInteger>(_ words: [Word]) -> [UInt8] {
  // The memory of a machine that is little-endian itself; it is many times faster.
  if Word(1).littleEndian == 1 { return words.withUnsafeBytes { Array($0) } }
  return words.flatMap { littleEndian($0) }
}

func littleEndian<Word: FixedWidthInteger>(_ word: Word) -> [UInt8] {
  withUnsafeBytes(of: word.littleEndian) { Array($0) }
}
