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
