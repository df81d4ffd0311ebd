import Images

/// Files made for the tests: IDX, and gzip without compression ("stored"), so that every byte's meaning is known.
enum Files {
  static func images(_ pixels: [UInt8], height: Int, width: Int, count: Int? = nil, magic: UInt32 = 0x803) -> [UInt8] {
    word(magic) + word(UInt32(count ?? pixels.count / (height * width))) + word(UInt32(height)) + word(UInt32(width))
      + pixels
  }

  static func labels(_ labels: [UInt8], count: Int? = nil, magic: UInt32 = 0x801) -> [UInt8] {
    word(magic) + word(UInt32(count ?? labels.count)) + labels
  }

  static func word(_ value: UInt32) -> [UInt8] { (0..<4).map { UInt8(truncatingIfNeeded: value >> (24 - 8 * $0)) } }

  static func gzipped(_ content: [UInt8]) -> [UInt8] {
    var file: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255]
    var rest = content[...]
    repeat {
      let part = rest.prefix(0xFFFF)
      rest = rest.dropFirst(0xFFFF)
      let length = UInt16(part.count)
      file += [rest.isEmpty ? 1 : 0] + bytes(length) + bytes(~length) + part
    } while !rest.isEmpty
    return file + word(checksum(content)).reversed() + word(UInt32(content.count)).reversed()
  }

  private static func bytes(_ value: UInt16) -> [UInt8] { [UInt8(value & 0xFF), UInt8(value >> 8)] }

  private static func checksum(_ content: [UInt8]) -> UInt32 {
    var sum: UInt32 = 0xFFFF_FFFF
    for byte in content {
      sum ^= UInt32(byte)
      for _ in 0..<8 { sum = sum & 1 == 1 ? (sum >> 1) ^ 0xEDB8_8320 : sum >> 1 }
    }
    return ~sum
  }
}

extension LabelledImages {
  /// Data sets hold bytes.
  var bytes: [UInt8] { if case .bytes(let bytes) = pixels { bytes } else { [] } }

  func bytes(of image: Int) -> [UInt8] { Array(bytes[image * shape.count..<(image + 1) * shape.count]) }
}
