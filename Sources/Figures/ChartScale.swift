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
    let place = if case .proportion = axis.scale { Self.logit(value, interior) } else { value }
    return high > low ? (place - low) / (high - low) : 0.5
  }

  private static func around(_ value: Double) -> (Double, Double) {
    value == 0 ? (-1, 1) : (value - 0.5 * value.magnitude, value + 0.5 * value.magnitude)
  }

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
