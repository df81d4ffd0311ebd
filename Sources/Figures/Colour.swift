/// An opaque colour.
struct Colour: Hashable, Sendable {
  let red: UInt8
  let green: UInt8
  let blue: UInt8

  init(_ red: UInt8, _ green: UInt8, _ blue: UInt8) { (self.red, self.green, self.blue) = (red, green, blue) }
  init(grey: UInt8) { self.init(grey, grey, grey) }

  static let white = Colour(grey: 255)

  /// `#c8381e`
  var hexadecimal: String {
    "#" + [red, green, blue].map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }

  /// The colour between this one and another, from 0 to 1.
  func mixed(_ other: Colour, _ share: Double) -> Colour {
    let between = { (from: UInt8, to: UInt8) in
      UInt8((Double(from) + (Double(to) - Double(from)) * min(1, max(0, share))).rounded())
    }
    return Colour(between(red, other.red), between(green, other.green), between(blue, other.blue))
  }

  /// 0…255, as bright as a grey of that value.
  var luminance: Int { (54 * Int(red) + 183 * Int(green) + 19 * Int(blue)) / 256 }
}
