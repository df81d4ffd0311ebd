// Sizes in bytes, by powers of 2¹⁰.

/// Bytes as people read them: `38 MiB`, `1.2 GiB`.
/// - Parameter roundedUp: whether the text must not name less.
public func binarySize(_ bytes: Int, roundedUp: Bool = false) -> String {
  let units = [("GiB", 0x1p30), ("MiB", 0x1p20), ("KiB", 0x1p10)]
  for (unit, size) in units where Double(bytes) >= size {
    let value = Double(bytes) / size
    let scale: Double = value < 10 ? 10 : 1
    return formatted((value * scale).rounded(roundedUp ? .up : .toNearestOrEven) / scale, .shortest) + " " + unit
  }
  return "\(bytes) bytes"
}

/// The bytes that a text means: `512M`, `1.5G`, `2GiB`, `4096`. K, M and G are 2¹⁰, 2²⁰ and 2³⁰ whatever follows them;
/// none for anything else.
public func bytes(ofBinarySize text: String) -> Int? {
  let digits = text.prefix { $0.isASCII && $0.isNumber || $0 == "." }
  let units = ["": 1, "K": 1 << 10, "M": 1 << 20, "G": 1 << 30]
  var unit = text.dropFirst(digits.count).uppercased()
  for ending in ["IB", "B"] where unit.hasSuffix(ending) {
    unit.removeLast(ending.count)
    break
  }
  guard let factor = units[unit], let number = Double(digits), number > 0 else { return nil }
  let product = number * Double(factor)
  guard product >= 1, product < 0x1p62 else { return nil }
  return Int(product)
}
