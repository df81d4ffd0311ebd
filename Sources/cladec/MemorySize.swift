import ArgumentParser

/// A number of bytes as it is typed: `512M`, `1.5G`, `2GiB`. K, M and G are 2¹⁰, 2²⁰ and 2³⁰.
struct MemorySize: ExpressibleByArgument {
  let bytes: Int

  init?(argument: String) {
    let digits = argument.prefix { $0.isASCII && $0.isNumber || $0 == "." }
    let units = ["": 1, "K": 1 << 10, "M": 1 << 20, "G": 1 << 30]
    var unit = argument.dropFirst(digits.count).uppercased()
    for ending in ["IB", "B"] where unit.hasSuffix(ending) {
      unit.removeLast(ending.count)
      break
    }
    guard let factor = units[unit], let number = Double(digits), number > 0 else { return nil }
    let product = number * Double(factor)
    guard product >= 1, product < 0x1p62 else { return nil }
    bytes = Int(product)
  }
}
