/// Bytes as letters, as data URIs have them (RFC 4648, section 4).
public func base64(_ bytes: some Collection<UInt8>) -> String {
  let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
  var letters: [UInt8] = []
  letters.reserveCapacity((bytes.count + 2) / 3 * 4)
  var group: UInt32 = 0
  var count = 0
  func append(_ digits: Int) {
    for digit in 0..<4 {
      letters.append(digit < digits ? alphabet[Int(group >> (18 - 6 * digit)) & 63] : UInt8(ascii: "="))
    }
  }
  for byte in bytes {
    group |= UInt32(byte) << (16 - 8 * count)
    count += 1
    if count == 3 {
      append(4)
      (group, count) = (0, 0)
    }
  }
  if count > 0 { append(count + 1) }
  return String(decoding: letters, as: UTF8.self)
}

/// The bytes that such letters stand for; none where they are not what `base64` writes.
public func bytes(ofBase64 text: String) -> [UInt8]? {
  let letters = Array(text.utf8)
  guard letters.count.isMultiple(of: 4) else { return nil }
  let padding = letters.suffix(2).count { $0 == UInt8(ascii: "=") }
  var bytes: [UInt8] = []
  bytes.reserveCapacity(letters.count / 4 * 3)
  var (group, count) = (UInt32(0), 0)
  for letter in letters.dropLast(padding) {
    let digit: UInt8
    switch letter {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): digit = letter - UInt8(ascii: "A")
    case UInt8(ascii: "a")...UInt8(ascii: "z"): digit = letter - UInt8(ascii: "a") + 26
    case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = letter - UInt8(ascii: "0") + 52
    case UInt8(ascii: "+"): digit = 62
    case UInt8(ascii: "/"): digit = 63
    default: return nil
    }
    group = group << 6 | UInt32(digit)
    count += 1
    if count == 4 {
      bytes += [
        UInt8(truncatingIfNeeded: group >> 16), UInt8(truncatingIfNeeded: group >> 8), UInt8(truncatingIfNeeded: group),
      ]
      (group, count) = (0, 0)
    }
  }
  if count == 3 { bytes += [UInt8(truncatingIfNeeded: group >> 10), UInt8(truncatingIfNeeded: group >> 2)] }
  if count == 2 { bytes.append(UInt8(truncatingIfNeeded: group >> 4)) }
  return bytes
}
