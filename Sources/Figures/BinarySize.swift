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
