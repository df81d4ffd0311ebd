import KernelTypes

/// Numbers that training changes: the weights of one layer, a bias, or statistics that are kept beside them.
public final class Parameter: @unchecked Sendable {
  /// A path in its network: `conv1/weight`.
  public let name: String
  /// The logical extents, slowest first: [taps, input channels, output channels] for weights, [channels] for vectors.
  public let extents: [Int]
  /// Extents as stored: channels padded to a multiple of 16 with zeros that stay zero. The image's channels are not
  /// padded.
  package let storedExtents: [Int]
  /// How other programs keep the same numbers; as `extents` says if none.
  package let interchange: InterchangeLayout?
  package let values: FloatBuffer

  /// Numbers that the network really has: padding is not counted.
  public var count: Int { extents.reduce(1, *) }

  package init(name: String, extents: [Int], stored: [Int], interchange: InterchangeLayout? = nil) {
    self.name = name
    self.interchange = interchange
    self.extents = extents
    storedExtents = stored
    values = FloatBuffer(count: stored.reduce(1, *))
  }

  /// The logical values, padding left out, in the order of `extents`.
  public var logicalValues: [Float] { logical(values.floats) }

  /// Sets the logical values.
  package func set(_ logical: [Float]) { place(logical, in: values.start) }

  /// The logical values of a buffer that lies as this parameter's values do: its gradient, or Adam's moments.
  func logical(_ buffer: Floats) -> [Float] {
    var result: [Float] = []
    result.reserveCapacity(count)
    forEachPlace { result.append(buffer[$0]) }
    return result
  }

  /// Puts logical values in their places in such a buffer.
  package func place(_ logical: [Float], in buffer: MutableFloats) {
    precondition(logical.count == count)
    var i = 0
    forEachPlace { place in
      buffer[place] = logical[i]
      i += 1
    }
  }

  /// Sets the values to those of another parameter.
  /// - Precondition: it has the same extents.
  package func set(_ other: Parameter) {
    precondition(storedExtents == other.storedExtents)
    values.start.update(from: other.values.start, count: values.count)
  }

  private func forEachPlace(_ body: (Int) -> Void) {
    let inner = extents[extents.count - 1]
    let storedInner = storedExtents[extents.count - 1]
    let middle = extents.count > 1 ? extents[extents.count - 2] : 1
    let storedMiddle = extents.count > 1 ? storedExtents[extents.count - 2] : 1
    let outer = extents.dropLast(2).reduce(1, *)
    for o in 0..<outer {
      for m in 0..<middle { for i in 0..<inner { body((o * storedMiddle + m) * storedInner + i) } }
    }
  }
}
