// From values to places on an axis, and the numbers that stand at it.

import Text

/// An axis with its range.
struct ChartScale {
  let axis: Chart.Axis
  /// On the axis's own scale.
  private let low: Double
  private let high: Double
  /// The least and greatest proportion that is neither 0 nor 1.
  private let interior: ClosedRange<Double>
  /// Where numbers or names stand, with their texts.
  let ticks: [(value: Double, text: String)]
  /// Where short marks without numbers stand, which show a logarithmic scale.
  private(set) var minorTicks: [Double] = []

  /// - Parameters:
  ///   - values: all that is to be shown.
  ///   - isMeasured: whether the axis ends at round numbers, and begins at zero where that is near.
  ///   - most: how many numbers there is room for.
  init(_ axis: Chart.Axis, values: [Double], isMeasured: Bool, most: Int) {
    self.axis = axis
    let values = values.filter(\.isFinite)
    var (least, greatest) = (values.min() ?? 0, values.max() ?? 1)
    let inner = values.filter { $0 > 0 && $0 < 1 }
    interior = (inner.min() ?? 0.5)...(inner.max() ?? 0.5)
    switch axis.scale {
    case .categories(let names):
      (low, high) = (-0.5, Double(max(1, names.count)) - 0.5)
      ticks = names.enumerated().map { (Double($0), $1) }
    case .proportion:
      let places = values.map { [interior] in Self.logit($0, interior) }
      let (first, last) = (places.min() ?? -1, places.max() ?? 1)
      (low, high) = (first - 0.03 * (last - first) - 0.05, last + 0.03 * (last - first) + 0.05)
      ticks = Set(axis.places).sorted().map { ($0, number($0)) }
    case .logarithmic:
      let decades = Decades(covering: values.filter { $0 > 0 }, most: most)
      (low, high) = (Self.decade(decades.ends.lowerBound), Self.decade(decades.ends.upperBound))
      ticks = decades.ticks.map { ($0, number($0)) }
      minorTicks = decades.minorTicks
    case .linear:
      if isMeasured, least > 0, least < 0.4 * greatest { least = 0 }
      if least == greatest { (least, greatest) = Self.around(least) }
      let round = Self.step(greatest - least, most: most)
      let step = axis.isWhole ? max(1, round == 2.5 ? 5 : round) : round
      if isMeasured {
        least = (least / step).rounded(.down) * step
        greatest = (greatest / step).rounded(.up) * step
      }
      let room = isMeasured ? 0 : 0.045 * (greatest - least)
      (low, high) = (least - room, greatest + room)
      let distinct = Set(axis.places.filter(\.isFinite)).sorted()
      if !distinct.isEmpty, distinct.count <= most + 2 {
        ticks = distinct.map { ($0, number($0)) }
      } else {
        ticks = Self.multiples(of: step, from: least, to: greatest)
      }
    }
  }

  /// Where a value is, from 0 to 1.
  func share(_ value: Double) -> Double {
    let place: Double
    switch axis.scale {
    case .proportion: place = Self.logit(value, interior)
    case .logarithmic: place = value > 0 ? Self.decade(value) : low
    case .linear, .categories: place = value
    }
    return high > low ? (place - low) / (high - low) : 0.5
  }

  private static func around(_ value: Double) -> (Double, Double) {
    value == 0 ? (-1, 1) : (value - 0.5 * value.magnitude, value + 0.5 * value.magnitude)
  }

  private static func decade(_ value: Double) -> Double { logarithm(value) / logarithm(10) }

  private static func logit(_ value: Double, _ interior: ClosedRange<Double>) -> Double {
    let own = { (share: Double) in (logarithm(share) - logarithm(1 - share)) / logarithm(10) }
    if value <= 0 { return own(interior.lowerBound) - 0.6 }
    if value >= 1 { return own(interior.upperBound) + 0.6 }
    return own(value)
  }

  /// 1, 2, 2.5 or 5 times a power of ten: the least of which at most so many fit.
  static func step(_ range: Double, most: Int) -> Double {
    guard range > 0, range.isFinite else { return 1 }
    var power = 1.0
    while power > range { power /= 10 }
    while power * 10 < range { power *= 10 }
    power /= 100
    while true {
      for factor in [1, 2, 2.5, 5] where range / (factor * power) <= Double(max(1, most)) { return factor * power }
      power *= 10
    }
  }

  private static func multiples(of step: Double, from low: Double, to high: Double) -> [(Double, String)] {
    let first = (low / step - 1e-9).rounded(.up)
    let count = Int(min(100, max(0, (high / step + 1e-9).rounded(.down) - first)))
    var decimals = 0
    var scaled = step
    while decimals < 12, (scaled - scaled.rounded()).magnitude > 1e-6 * scaled {
      (decimals, scaled) = (decimals + 1, scaled * 10)
    }
    return (0...count).map { index in
      let value = (first + Double(index)) * step
      let text =
        decimals > 6 || value.magnitude >= 1e7 ? formatted(value, .short(3)) : formatted(value, .decimals(decimals))
      return (value, withMinus(text))
    }
  }
}

/// The round numbers of a logarithmic axis: 1, 2 and 5 times the powers of ten, fewer where the range is wide, and equal
/// steps where it is narrow. The axis begins and ends at such numbers.
private struct Decades {
  let ends: ClosedRange<Double>
  let ticks: [Double]
  /// All digits of all powers, where the powers alone have numbers.
  let minorTicks: [Double]

  init(covering values: [Double], most: Int) {
    let (least, greatest) = (values.min() ?? 0.1, values.max() ?? 1)
    let powers = Self.exponent(of: least)...max(Self.exponent(of: least), Self.exponent(of: greatest))
    if greatest > least, greatest < 1.8 * least {
      let step = ChartScale.step(greatest - least, most: max(2, most - 2))
      let (first, last) = ((least / step).rounded(.down), (greatest / step).rounded(.up))
      // The last step below the least may be none.
      let steps = (0...Int(min(100, last - first))).map { (first + Double($0)) * step }.filter { $0 > 0 }
      if steps.count > 1 {
        (ticks, minorTicks) = (steps, [])
        ends = steps[0]...steps[steps.count - 1]
        return
      }
    }
    func multiples(_ factors: [Double]) -> [Double] {
      let all = (powers.lowerBound...powers.upperBound + 1).flatMap { power in
        factors.map { $0 * Self.power(power) }
      }
      let first = all.lastIndex { $0 <= least } ?? 0
      let last = all.firstIndex { $0 >= greatest } ?? all.count - 1
      return Array(all[first...max(first, last)])
    }
    let choices = [[1, 2, 5], [1, 3], [1.0]].map(multiples)
    var chosen = choices.first { $0.count <= most } ?? choices[2]
    // A single number is no axis.
    if chosen.count == 1 { chosen = [chosen[0] / 10, chosen[0], chosen[0] * 10] }
    ends = chosen[0]...chosen[chosen.count - 1]
    let stride = (chosen.count + most - 1) / most
    let isOfPowers = chosen == choices[2]
    ticks = isOfPowers ? chosen.enumerated().filter { $0.offset.isMultiple(of: stride) }.map(\.element) : chosen
    let digits = multiples([1, 2, 3, 4, 5, 6, 7, 8, 9])
    minorTicks =
      powers.count > 8 ? chosen : digits.filter { [ends] in ends.contains($0) }
  }

  private static func power(_ exponent: Int) -> Double {
    // Whole powers are exact, and so their reciprocals are as near as can be.
    let whole = (0..<abs(exponent)).reduce(1.0) { power, _ in power * 10 }
    return exponent < 0 ? 1 / whole : whole
  }

  /// That of the greatest power of ten which is not above it.
  private static func exponent(of value: Double) -> Int {
    var exponent = Int((logarithm(value) / logarithm(10)).rounded(.down))
    while power(exponent) > value { exponent -= 1 }
    while power(exponent + 1) <= value { exponent += 1 }
    return exponent
  }
}

/// 1, 2, 2.5 or 5 times a power of ten: the least of which at most so many cover the range.
public func roundStep(_ range: Double, most: Int) -> Double { ChartScale.step(range, most: most) }

/// A number at an axis.
private func number(_ value: Double) -> String { withMinus(formatted(value, .short(6))) }

/// With a minus sign in place of the hyphen.
private func withMinus(_ text: String) -> String { text.replacing("-", with: "−") }

/// The natural logarithm of a positive number by + − × ÷ alone: the same on every machine.
func logarithm(_ value: Double) -> Double {
  guard value > 0, value.isFinite else { return value > 0 ? .infinity : -.infinity }
  let ratio = (value.significand - 1) / (value.significand + 1)
  let (square, ln2) = (ratio * ratio, 0.6931471805599453)
  var (term, sum) = (ratio, 0.0)
  for odd in stride(from: 1.0, through: 41, by: 2) {
    sum += term / odd
    term *= square
  }
  return Double(value.exponent) * ln2 + 2 * sum
}
