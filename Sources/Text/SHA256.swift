/// SHA-256 (FIPS 180-4): 32 bytes that tell whether two texts, files or recipes are the same.
public struct SHA256: Sendable {
  /// The 256 bits, written as 64 hexadecimal digits.
  public struct Digest: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// Eight words, the first one first.
    fileprivate let words: SIMD8<UInt32>

    fileprivate init(words: SIMD8<UInt32>) { self.words = words }

    /// The digest that is written with these 64 digits, small letters among them; none for any other text.
    public init?(_ text: some StringProtocol) {
      let digits = Array(text.utf8)
      guard digits.count == 64 else { return nil }
      var words = SIMD8<UInt32>()
      for (place, digit) in digits.enumerated() {
        let value: UInt8
        switch digit {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): value = digit - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): value = digit - UInt8(ascii: "a") + 10
        default: return nil
        }
        words[place / 8] = words[place / 8] << 4 | UInt32(value)
      }
      self.words = words
    }

    public var bytes: [UInt8] {
      words.indices.flatMap { index in
        stride(from: 24, through: 0, by: -8).map { UInt8(truncatingIfNeeded: words[index] >> $0) }
      }
    }

    public var description: String {
      let digits = Array("0123456789abcdef".utf8)
      return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }

    public static func < (left: Digest, right: Digest) -> Bool { left.bytes.lexicographicallyPrecedes(right.bytes) }
  }

  private var state: SIMD8<UInt32> = [
    0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a, 0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19,
  ]
  /// What has come since the last whole block of 64 bytes.
  private var rest: [UInt8] = []
  /// How many bytes have come.
  private var count: UInt64 = 0

  public init() {}

  /// The digest of some bytes.
  public static func digest(of bytes: some Sequence<UInt8>) -> Digest {
    var hash = SHA256()
    hash.update(bytes)
    return hash.digest
  }

  public mutating func update(_ bytes: some Sequence<UInt8>) {
    let taken: Void? = bytes.withContiguousStorageIfAvailable { update($0) }
    if taken == nil { Array(bytes).withUnsafeBufferPointer { update($0) } }
  }

  /// Of everything that has come; more may follow.
  public var digest: Digest {
    var padded = self
    let length = count << 3
    padded.update([0x80] + [UInt8](repeating: 0, count: (119 - rest.count) & 63))
    padded.update(stride(from: 56, through: 0, by: -8).map { UInt8(truncatingIfNeeded: length >> UInt64($0)) })
    return Digest(words: padded.state)
  }

  private mutating func update(_ bytes: UnsafeBufferPointer<UInt8>) {
    count &+= UInt64(bytes.count)
    var next = 0
    if !rest.isEmpty {
      next = min(64 - rest.count, bytes.count)
      rest.append(contentsOf: bytes[..<next])
      guard rest.count == 64 else { return }
      rest.withUnsafeBufferPointer { state = compressed(state, $0) }
      rest.removeAll(keepingCapacity: true)
    }
    let whole = (bytes.count - next) / 64 * 64
    state = compressed(state, UnsafeBufferPointer(rebasing: bytes[next..<next + whole]))
    rest.append(contentsOf: bytes[(next + whole)...])
  }
}

/// The state after some whole blocks: the standard's section 6.2.2. Data sets of many megabytes go through here, so that
/// the rounds are written out in eights, whose variables need not be moved, and nothing is checked within them.
private func compressed(_ state: SIMD8<UInt32>, _ blocks: UnsafeBufferPointer<UInt8>) -> SIMD8<UInt32> {
  var state = state
  withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 64) { schedule in
    roundConstants.withUnsafeBufferPointer { constants in
      guard let schedule = schedule.baseAddress, let constants = constants.baseAddress else { return }
      for block in stride(from: 0, to: blocks.count, by: 64) {
        for t in 0..<16 {
          schedule[t] =
            UnsafeRawBufferPointer(blocks).loadUnaligned(fromByteOffset: block &+ 4 &* t, as: UInt32.self)
            .bigEndian
        }
        for t in 16..<64 {
          let (early, late) = (schedule[t &- 15], schedule[t &- 2])
          let small0 = rotated(early, 7) ^ rotated(early, 18) ^ early &>> 3
          let small1 = rotated(late, 17) ^ rotated(late, 19) ^ late &>> 10
          schedule[t] = small1 &+ schedule[t &- 7] &+ small0 &+ schedule[t &- 16]
        }
        var (a, b, c, d) = (state[0], state[1], state[2], state[3])
        var (e, f, g, h) = (state[4], state[5], state[6], state[7])
        for t in stride(from: 0, to: 64, by: 8) {
          let (words, constants) = (schedule + t, constants + t)
          round(a, b, c, &d, e, f, g, &h, words[0] &+ constants[0])
          round(h, a, b, &c, d, e, f, &g, words[1] &+ constants[1])
          round(g, h, a, &b, c, d, e, &f, words[2] &+ constants[2])
          round(f, g, h, &a, b, c, d, &e, words[3] &+ constants[3])
          round(e, f, g, &h, a, b, c, &d, words[4] &+ constants[4])
          round(d, e, f, &g, h, a, b, &c, words[5] &+ constants[5])
          round(c, d, e, &f, g, h, a, &b, words[6] &+ constants[6])
          round(b, c, d, &e, f, g, h, &a, words[7] &+ constants[7])
        }
        state &+= SIMD8(a, b, c, d, e, f, g, h)
      }
    }
  }
  return state
}

/// One round. What the standard moves from variable to variable stays where it is: the next round has other names for it.
@inline(__always) private func round(
  _ a: UInt32, _ b: UInt32, _ c: UInt32, _ d: inout UInt32, _ e: UInt32, _ f: UInt32, _ g: UInt32, _ h: inout UInt32,
  _ word: UInt32
) {
  let large1 = rotated(e, 6) ^ rotated(e, 11) ^ rotated(e, 25)
  let first = h &+ large1 &+ (g ^ e & (f ^ g)) &+ word
  let large0 = rotated(a, 2) ^ rotated(a, 13) ^ rotated(a, 22)
  d = d &+ first
  h = first &+ large0 &+ (a & b ^ c & (a ^ b))
}

@inline(__always) private func rotated(_ word: UInt32, _ count: UInt32) -> UInt32 {
  word &>> count | word &<< (32 &- count)
}

/// The first 32 bits of the fractional parts of the cube roots of the first 64 primes.
private let roundConstants: [UInt32] = [
  0x428a_2f98, 0x7137_4491, 0xb5c0_fbcf, 0xe9b5_dba5, 0x3956_c25b, 0x59f1_11f1, 0x923f_82a4, 0xab1c_5ed5,
  0xd807_aa98, 0x1283_5b01, 0x2431_85be, 0x550c_7dc3, 0x72be_5d74, 0x80de_b1fe, 0x9bdc_06a7, 0xc19b_f174,
  0xe49b_69c1, 0xefbe_4786, 0x0fc1_9dc6, 0x240c_a1cc, 0x2de9_2c6f, 0x4a74_84aa, 0x5cb0_a9dc, 0x76f9_88da,
  0x983e_5152, 0xa831_c66d, 0xb003_27c8, 0xbf59_7fc7, 0xc6e0_0bf3, 0xd5a7_9147, 0x06ca_6351, 0x1429_2967,
  0x27b7_0a85, 0x2e1b_2138, 0x4d2c_6dfc, 0x5338_0d13, 0x650a_7354, 0x766a_0abb, 0x81c2_c92e, 0x9272_2c85,
  0xa2bf_e8a1, 0xa81a_664b, 0xc24b_8b70, 0xc76c_51a3, 0xd192_e819, 0xd699_0624, 0xf40e_3585, 0x106a_a070,
  0x19a4_c116, 0x1e37_6c08, 0x2748_774c, 0x34b0_bcb5, 0x391c_0cb3, 0x4ed8_aa4a, 0x5b9c_ca4f, 0x682e_6ff3,
  0x748f_82ee, 0x78a5_636f, 0x84c8_7814, 0x8cc7_0208, 0x90be_fffa, 0xa450_6ceb, 0xbef9_a3f7, 0xc671_78f2,
]
