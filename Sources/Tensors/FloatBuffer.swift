import KernelTypes

/// Floats in memory that does not move: aligned to a cache line, zeroed, and padded so that sixteen lanes may be read
/// anywhere in it.
package final class FloatBuffer: @unchecked Sendable {
  package let count: Int
  package let start: MutableFloats

  /// - Parameter isReal: if not, there is no memory behind it.
  package init(count: Int, isReal: Bool = true) {
    self.count = count
    let capacity = isReal ? padded(count) + 16 : 16
    let raw = UnsafeMutableRawPointer.allocate(byteCount: capacity * 4, alignment: 64)
    start = raw.initializeMemory(as: Float.self, repeating: 0, count: capacity)
  }

  package convenience init(_ values: [Float]) {
    self.init(count: values.count)
    for (i, value) in values.enumerated() { start[i] = value }
  }

  deinit { UnsafeMutableRawPointer(start).deallocate() }

  package var floats: Floats { Floats(start) }
  package var values: [Float] { Array(UnsafeBufferPointer(start: start, count: count)) }
}
