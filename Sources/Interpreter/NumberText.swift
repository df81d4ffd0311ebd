// Numbers as text, the same on every machine and in every locale: only +, -, *, / and comparisons, no C library.

/// The shortest text that reads back as the same number, with no needless `.0`: -1, 0.001, 4000.
public func exactText(_ value: Double) -> String {
  if value.isNaN { return "not a number" }
  if value.isInfinite { return value < 0 ? "-∞" : "∞" }
  let magnitude = value.magnitude
  let text = magnitude < 1e15 && magnitude == magnitude.rounded() ? String(Int(magnitude)) : magnitude.description
  return (value < 0 ? "-" : "") + text
}

/// About four significant digits, for measured numbers, without needless zeros: 0.9312, 28.6, 1234.
public func shortText(_ value: Double, digits: Int = 4) -> String {
  let magnitude = value.magnitude
  guard value.isFinite, magnitude < 1e15, magnitude == 0 || magnitude >= 1e-6 else { return exactText(value) }
  if magnitude == magnitude.rounded() { return exactText(value) }
  var whole = 0
  var bound = 1.0
  while magnitude >= bound {
    whole += 1
    bound *= 10
  }
  var decimals = max(0, digits - whole)
  if whole == 0 {
    var leading = 0.1
    while magnitude < leading {
      decimals += 1
      leading /= 10
    }
  }
  var text = fixedText(value, decimals: decimals)
  guard text.contains(".") else { return text }
  while text.hasSuffix("0") { text.removeLast() }
  return text.hasSuffix(".") ? String(text.dropLast()) : text
}

/// Exactly so many decimals, rounded half away from zero.
public func fixedText(_ value: Double, decimals: Int) -> String {
  var scale = 1.0
  for _ in 0..<decimals { scale *= 10 }
  let scaled = (value.magnitude * scale).rounded(.toNearestOrAwayFromZero)
  guard scaled.isFinite, scaled < 9e15 else { return exactText(value) }
  var digits = String(Int(scaled))
  if decimals > 0 {
    if digits.count <= decimals { digits = String(repeating: "0", count: decimals + 1 - digits.count) + digits }
    digits.insert(".", at: digits.index(digits.endIndex, offsetBy: -decimals))
  }
  return (value < 0 && scaled > 0 ? "-" : "") + digits
}
