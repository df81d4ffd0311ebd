// Text for figures. Its widths are whole numbers of the font's own units, so that a layout is the same on every machine,
// whatever draws it.

import CCairo
import Synchronization
import Typefaces

/// A font as far as a layout needs it.
struct Typeface: Sendable {
  static let unitsPerSize = 2048.0
  /// The heights of capitals and of small letters without ascenders, in the font's units.
  static let capitalHeight = 1409.0
  static let smallHeight = 1082.0

  /// A glyph's number in the font and its measures in the font's units.
  struct Glyph: Sendable {
    let number: UInt32
    let advance: Int
    /// The middle of what is drawn, and its top, from the pen and the baseline.
    let middle: Double
    let top: Double
  }

  private let glyphs: [Character: Glyph]
  /// The box that stands for a character that the font lacks.
  private let missing: Glyph

  static let regular = Typeface(.regular)
  static let bold = Typeface(.bold)

  private init(_ file: FontFile) {
    (glyphs, missing) = FontFaces.withFace(file) { face in
      guard let face else { return ([:], Glyph(number: 0, advance: 1024, middle: 512, top: 1409)) }
      var glyphs: [Character: Glyph] = [:]
      var number: UInt32 = 0
      var code = FT_Get_First_Char(face, &number)
      while number != 0 {
        if let scalar = UInt32(exactly: code).flatMap({ Unicode.Scalar($0) }) {
          glyphs[Character(scalar)] = Self.glyph(number, face)
        }
        code = FT_Get_Next_Char(face, code, &number)
      }
      return (glyphs, Self.glyph(0, face))
    }
  }

  private static func glyph(_ number: UInt32, _ face: FT_Face) -> Glyph {
    guard ccairo_load(face, number) == 1 else { return Glyph(number: number, advance: 0, middle: 0, top: 0) }
    let metrics = face.pointee.glyph.pointee.metrics
    return Glyph(
      number: number, advance: Int(metrics.horiAdvance),
      middle: Double(metrics.horiBearingX) + Double(metrics.width) / 2, top: Double(metrics.horiBearingY))
  }

  /// Where the glyphs of a character stand, from the pen and the baseline, in the font's units, upward; and how far the pen
  /// goes on. A letter with a mark that the font has not as one glyph gets the mark over its middle.
  func glyphs(of character: Character) -> (placed: [(glyph: Glyph, x: Double, y: Double)], advance: Int, isKnown: Bool)
  {
    if let glyph = glyphs[character] { return ([(glyph, 0, 0)], glyph.advance, true) }
    if character.isWhitespace, let space = glyphs[" "] { return ([(space, 0, 0)], space.advance, true) }
    let scalars = Array(character.unicodeScalars)
    guard scalars.count > 1, let letter = glyphs[Character(scalars[0])] else {
      return ([(missing, 0, 0)], missing.advance, false)
    }
    var placed = [(glyph: letter, x: 0.0, y: 0.0)]
    for scalar in scalars.dropFirst() {
      guard let mark = glyphs[Character(scalar)], scalar.properties.generalCategory == .nonspacingMark else {
        return ([(missing, 0, 0)], missing.advance, false)
      }
      placed.append((mark, letter.middle - mark.middle, max(0, letter.top - Self.smallHeight)))
    }
    return (placed, letter.advance, true)
  }

  /// The width of a line in the font's units.
  func width(of text: some StringProtocol) -> Int { text.reduce(0) { $0 + glyphs(of: $1).advance } }
}

/// True where the figures' typeface has the character; others appear as a box.
public func hasGlyph(_ character: Character) -> Bool { Typeface.regular.glyphs(of: character).isKnown }

/// The fonts as FreeType has them, which only one may use at a time.
enum FontFaces {
  /// Fonts are never freed: cairo keeps them as long as it likes.
  private final class Faces {
    let faces: [(face: FT_Face, font: OpaquePointer)?]

    init() {
      faces = FontFile.allCases.map { file in
        let bytes = file.bytes
        let memory = UnsafeMutablePointer<UInt8>.allocate(capacity: bytes.count)
        memory.initialize(from: bytes, count: bytes.count)
        return ccairo_face(memory, bytes.count).flatMap { face in ccairo_font(face).map { (face, $0) } }
      }
    }
  }

  private static let faces = Mutex<Faces?>(nil)

  /// - Parameter body: given the font; none where FreeType does not take it.
  static func withFace<Result: Sendable>(_ file: FontFile, _ body: (FT_Face?) -> Result) -> Result {
    faces.withLock { faces in
      let known = faces ?? Faces()
      faces = known
      return body(known.faces[file.rawValue]?.face)
    }
  }

  /// - Parameter body: given cairo's fonts, in the order of the files.
  static func withFonts<Result: Sendable>(_ body: ([OpaquePointer?]) -> Result) -> Result {
    faces.withLock { faces in
      let known = faces ?? Faces()
      faces = known
      return body(known.faces.map { $0?.font })
    }
  }
}

/// A size and weight of the typeface, in a drawing's units.
struct TextStyle: Hashable, Sendable {
  enum Weight: Hashable, Sendable { case regular, bold }

  /// The size as fonts count it: capitals are about 0.7 of it high.
  let size: Double
  let weight: Weight
  let colour: Colour

  init(size: Double, weight: Weight = .regular, colour: Colour) {
    (self.size, self.weight, self.colour) = (size, weight, colour)
  }

  var typeface: Typeface { weight == .bold ? .bold : .regular }
  /// From one baseline to the next.
  var lineHeight: Int { Int((size * 1.32).rounded()) }
  /// From the top of the capitals to the baseline.
  var capitalHeight: Int { Int((size * Typeface.capitalHeight / Typeface.unitsPerSize).rounded()) }

  /// The width of a line.
  func advance(of text: some StringProtocol) -> Double {
    Double(typeface.width(of: text)) * size / Typeface.unitsPerSize
  }

  /// The same in whole units, enough for all of it.
  func width(of text: some StringProtocol) -> Int { Int(advance(of: text).rounded(.up)) }
}
