// The exact decimal digits of a Double, in whole numbers only: every finite Double is m · 2^e, and m · 2^e has finitely
// many decimals. Rounding such digits is rounding the number itself.

/// A non-negative number as decimal digits: `0.d₁d₂d₃… · 10^exponent`, with d₁ ≠ 0. Zero has no digits.
struct DecimalExpansion {
  private(set) var digits: [UInt8]
  private(set) var exponent: Int

  /// The digits of a finite number's magnitude.
  init(_ value: Double) {
    let magnitude = value.magnitude
    guard magnitude > 0, magnitude.isFinite else {
      (digits, exponent) = ([], 0)
      return
    }
    // magnitude = whole · 2^power; with power < 0 that is whole · 5^-power · 10^power.
    let isNormal = magnitude.isNormal
    let whole = magnitude.significandBitPattern | (isNormal ? 1 << 52 : 0)
    let power = (isNormal ? Int(magnitude.exponentBitPattern) : 1) - 1075
    var limbs = [whole % Self.base, whole / Self.base]
    Self.multiply(&limbs, by: power < 0 ? 5 : 2, times: abs(power))
    var text = [UInt8]()
    for limb in limbs.reversed() {
      var divisor = Self.base / 10
      while divisor > 0 {
        text.append(UInt8(limb / divisor % 10))
        divisor /= 10
      }
    }
    digits = Array(text.drop { $0 == 0 })
    exponent = digits.count + min(0, power)
  }

  /// Rounds to the nearest number with `count` digits, to the even one of two equally near; a negative or zero count
  /// leaves zero or the single digit that rounding up gives.
  mutating func round(toDigits count: Int) {
    guard count < digits.count else { return }
    guard count >= 0 else {
      (digits, exponent) = ([], 0)
      return
    }
    let rest = digits[count...]
    let isTie = rest.first == 5 && rest.dropFirst().allSatisfy { $0 == 0 }
    let isUp = isTie ? count > 0 && !digits[count - 1].isMultiple(of: 2) : (rest.first ?? 0) >= 5
    digits.removeSubrange(count...)
    guard isUp else {
      if digits.isEmpty { exponent = 0 }
      return
    }
    while digits.last == 9 { digits.removeLast() }
    if digits.isEmpty {
      digits = [1]
      exponent += 1
    } else {
      digits[digits.count - 1] += 1
    }
  }

  private static let base: UInt64 = 1_000_000_000

  /// Multiplies a number in base 10^9, lowest limb first.
  private static func multiply(_ limbs: inout [UInt64], by factor: UInt64, times: Int) {
    var left = times
    while left > 0 {
      var step: UInt64 = 1
      while left > 0, step < 1_000_000_000 {
        step *= factor
        left -= 1
      }
      var carry: UInt64 = 0
      for index in limbs.indices {
        let product = limbs[index] * step + carry
        limbs[index] = product % base
        carry = product / base
      }
      while carry > 0 {
        limbs.append(carry % base)
        carry /= base
      }
    }
  }
}
