// Numbers as text: the same on every machine, in every locale, and correctly rounded.

/// How many digits a number is shown with.
public enum Digits: Hashable, Sendable {
  /// So many digits after the point.
  case decimals(Int)
  /// So many digits from the first that is not zero. Digits before the point are never cut: 28563 with three is 28563.
  case significant(Int)
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
  var number = DecimalExpansion(value)
  switch digits {
  case .decimals(let wanted):
    let decimals = max(0, wanted)
    number.round(toDigits: number.exponent + decimals)
    return (number.digits.isEmpty ? "" : sign) + plain(number, decimals: decimals)
  case .significant(let wanted):
    let count = max(1, wanted)
    guard !number.digits.isEmpty else { return plain(number, decimals: count - 1) }
    let exact = number
    number.round(toDigits: max(count, 1))
    if number.exponent < -3 || exact.exponent > 15 { return sign + scientific(number, digits: count) }
    if number.exponent >= count {
      number = exact
      number.round(toDigits: exact.exponent)
    }
    return sign + plain(number, decimals: max(0, count - number.exponent))
  case .shortest:
    guard value != 0 else { return "0" }
    // The fewest digits that read back as the same number; 17 always do.
    for count in 1...17 {
      number = DecimalExpansion(value)
      number.round(toDigits: count)
      guard Double(sign + scientific(number, digits: number.digits.count)) == value else { continue }
      if number.exponent < -3 || number.exponent > 15 {
        return sign + scientific(number, digits: number.digits.count)
      }
      return sign + plain(number, decimals: max(0, number.digits.count - number.exponent))
    }
    return sign + scientific(DecimalExpansion(value), digits: 17)
  }
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
