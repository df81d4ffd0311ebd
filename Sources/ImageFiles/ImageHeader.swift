/// What the beginning of a picture file says of it, without decoding.
///
///     PNG    8 bytes of signature, length and name of IHDR, width and height as big-endian words, depth, kind of colour
///     JPEG   segments FF, kind, length (two bytes, itself included); the frame's (C0 to CF, but for C4, C8 and CC) has
///            precision, height, width and the number of components
public struct ImageHeader: Hashable, Sendable {
  public let width: Int
  public let height: Int
  /// A palette counts as colour, whatever is in it.
  public let isColour: Bool

  /// None where these bytes do not reach to the facts, or are no such file's.
  public init?(_ bytes: [UInt8]) {
    func word(_ place: Int, _ count: Int) -> Int { bytes[place..<place + count].reduce(0) { $0 << 8 | Int($1) } }
    switch ImageFormat(of: bytes) {
    case .png:
      guard bytes.count >= 26 else { return nil }
      (width, height, isColour) = (word(16, 4), word(20, 4), bytes[25] & 2 != 0)
    case .jpeg:
      var place = 2
      while true {
        // Any number of FF may stand before the kind of a segment.
        while place + 1 < bytes.count, bytes[place] == 0xFF, bytes[place + 1] == 0xFF { place += 1 }
        guard place + 10 <= bytes.count, bytes[place] == 0xFF else { return nil }
        let (kind, length) = (bytes[place + 1], word(place + 2, 2))
        if (0xC0...0xCF).contains(kind), ![0xC4, 0xC8, 0xCC].contains(kind) {
          (height, width, isColour) = (word(place + 5, 2), word(place + 7, 2), bytes[place + 9] != 1)
          return
        }
        guard length >= 2 else { return nil }
        place += 2 + length
      }
    case nil: return nil
    }
  }
}
