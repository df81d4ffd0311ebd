/// Random numbers of one purpose: a seed and a path such as `train/shuffle` key a counter-based generator, so that
/// drawing more for one purpose never moves another's numbers, and any element can be computed alone.
public struct RandomStream: Sendable {
  /// The generator's four key words: the seed, then the path's 64-bit FNV-1a hash.
  let key: InlineArray<4, UInt32>

  package init(key: InlineArray<4, UInt32>) { self.key = key }

  public init(seed: UInt64, purpose: String) {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in purpose.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    key = [
      UInt32(truncatingIfNeeded: seed), UInt32(truncatingIfNeeded: seed >> 32), UInt32(truncatingIfNeeded: hash),
      UInt32(truncatingIfNeeded: hash >> 32),
    ]
  }

  /// The first `count` words of a step's stream.
  public func words(count: Int, step: UInt64 = 0, engine: Engine) -> [UInt32] {
    let groups = (count + 63) / 64
    var words = [UInt32](repeating: 0, count: groups * 64)
    words.withUnsafeMutableBufferPointer { words in
      withKey { key in if let out = words.baseAddress { engine.kernels.random(key, step, 0, out, groups) } }
    }
    words.removeLast(words.count - count)
    return words
  }

  /// Numbers uniform in −bound ..< bound, on a grid of 2²⁴ values.
  package func uniform(count: Int, bound: Float, engine: Engine) -> [Float] {
    words(count: count, engine: engine).map { word in (Float(word >> 8) * 0x1p-23 - 1) * bound }
  }

  /// A permutation of 0 ..< count (Fisher and Yates; each index from one 32-bit word by multiplication, a bias below
  /// count / 2³²).
  public func permutation(count: Int, step: UInt64, engine: Engine) -> [Int] {
    let words = words(count: count, step: step, engine: engine)
    var order = Array(0..<count)
    for i in stride(from: count - 1, to: 0, by: -1) {
      order.swapAt(i, Int((UInt64(words[i]) * UInt64(i + 1)) >> 32))
    }
    return order
  }

  func withKey<Result>(_ body: (UnsafePointer<UInt32>) -> Result) -> Result {
    var key = key
    return withUnsafePointer(to: &key) { pointer in
      pointer.withMemoryRebound(to: UInt32.self, capacity: 4) { body($0) }
    }
  }
}
