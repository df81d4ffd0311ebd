// Numbers as text: the same on every machine, in every locale, and correctly rounded.

/// How many digits a number is shown with.
public enum Digits: Hashable, Sendable {
  /// So many digits after the point.
  case decimals(Int)
  /// So many digits from the first that is not zero. Digits before the point are never cut: 28563 with three is 28563.
  case significant(Int)
  /// The same without needless zeros, and with all digits of a whole number: 0.9312, 28.6, 100.
  case short(Int)
  /// As few as tell the number from every other one.
  case shortest
}

/// The number as text with a point and no grouping, rounded to nearest (an exact tie to even). Numbers below 1e-4 and
/// from 1e15 are written as 1.5e-7 unless decimals are asked for. What rounds to zero has no sign. Others: nan, inf,
/// -inf.
public func formatted(_ value: Double, _ digits: Digits = .significant(4)) -> String {
  if value.isNaN { return "nan" }
  let sign = value < 0 ? "-" : ""
  if value.isInfinite { return sign + "inf" }
  switch digits {
  case .decimals(let wanted):
    let decimals = max(0, wanted)
    var number = DecimalExpansion(value)
    number.round(toDigits: number.exponent + decimals)
    return (number.digits.isEmpty ? "" : sign) + plain(number, decimals: decimals)
  case .significant(let wanted): return sign + significant(DecimalExpansion(value), digits: max(1, wanted))
  case .short(let wanted):
    if value == value.rounded() { return formatted(value, .shortest) }
    return sign + withoutNeedlessZeros(significant(DecimalExpansion(value), digits: max(1, wanted)))
  case .shortest:
    guard value != 0 else { return "0" }
    // The fewest digits that read back as the same number; 17 always do.
    var number = DecimalExpansion(value)
    for count in 1..<17 {
      var rounded = number
      rounded.round(toDigits: count)
      guard Double(sign + scientific(rounded, digits: rounded.digits.count)) == value else { continue }
      number = rounded
      break
    }
    number.round(toDigits: 17)
    let count = number.digits.count
    if number.exponent < -3 || number.exponent > 15 { return sign + scientific(number, digits: count) }
    return sign + plain(number, decimals: max(0, count - number.exponent))
  }
}

private func significant(_ exact: DecimalExpansion, digits count: Int) -> String {
  guard !exact.digits.isEmpty else { return plain(exact, decimals: count - 1) }
  var number = exact
  number.round(toDigits: count)
  if number.exponent < -3 || exact.exponent > 15 { return scientific(number, digits: count) }
  if number.exponent >= count {
    number = exact
    number.round(toDigits: exact.exponent)
  }
  return plain(number, decimals: max(0, count - number.exponent))
}

/// `0.9310` as `0.931`, `1.500e-7` as `1.5e-7`.
private func withoutNeedlessZeros(_ text: String) -> String {
  let parts = text.split(separator: "e", maxSplits: 1)
  guard var mantissa = parts.first, mantissa.contains(".") else { return text }
  while mantissa.last == "0" { mantissa.removeLast() }
  if mantissa.last == "." { mantissa.removeLast() }
  return ([mantissa] + parts.dropFirst()).joined(separator: "e")
}

/// `0.d₁d₂… · 10^exponent` with a point at its place.
private func plain(_ number: DecimalExpansion, decimals: Int) -> String {
  var text = ""
  for place in 0..<max(1, number.exponent) { text += digit(number, number.exponent > 0 ? place : -1) }
  guard decimals > 0 else { return text }
  text += "."
  for place in 0..<decimals { text += digit(number, number.exponent + place) }
  return text
}

private func scientific(_ number: DecimalExpansion, digits: Int) -> String {
  let rest = (1..<max(1, digits)).map { digit(number, $0) }.joined()
  return digit(number, 0) + (rest.isEmpty ? "" : "." + rest) + "e\(number.exponent - 1)"
}

private func digit(_ number: DecimalExpansion, _ place: Int) -> String {
  number.digits.indices.contains(place) ? String(number.digits[place]) : "0"
}
