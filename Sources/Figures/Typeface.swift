// Text for figures, from our own single-line drawings: the same pixels everywhere, and no font to be installed.
//
// Small text is fitted to the pixels: baseline, x-height and capital height lie on whole pixels, and so do the left and
// right edges of each letter, so that stems are sharp.

/// Finds the drawing of a character.
enum Typeface {
  private static let glyphs: [Character: Glyph] = {
    var glyphs = [Character: Glyph]()
    for line in glyphTable.split(separator: "\n") {
      if let character = line.first { glyphs[character] = Glyph(drawing: line.dropFirst(2)) }
    }
    return glyphs
  }()

  private static let marks: [Unicode.Scalar: [[Point]]] = {
    var marks = [Unicode.Scalar: [[Point]]]()
    for line in markLines { marks[line.mark] = Glyph.strokes(line.strokes) }
    return marks
  }()

  /// A letter and its mark for letters with marks, however they are encoded: equal characters are equal keys.
  private static let composed: [Character: (letter: Character, mark: Unicode.Scalar)] = {
    var composed = [Character: (letter: Character, mark: Unicode.Scalar)]()
    for line in markLines {
      for letter in line.letters {
        composed[Character(String(letter) + String(Character(line.mark)))] = (letter, line.mark)
      }
    }
    return composed
  }()

  private static let markLines: [(mark: Unicode.Scalar, letters: Substring, strokes: Substring)] =
    markTable.split(separator: "\n").compactMap { line in
      let parts = line.split(separator: " ", maxSplits: 2)
      guard parts.count == 3, let mark = UInt32(parts[0], radix: 16).flatMap({ Unicode.Scalar($0) }) else { return nil }
      return (mark, parts[1], parts[2])
    }

  /// The drawing of a character, nil where the typeface has none.
  static func drawing(of character: Character) -> Glyph? {
    if let glyph = glyphs[character] { return glyph }
    if character.isWhitespace { return Glyph(left: 3, right: 3.1, strokes: []) }
    if let (letter, mark) = composed[character] { return composition(of: letter, [mark]) }
    let scalars = character.unicodeScalars
    guard let letter = scalars.first, scalars.count > 1 else { return nil }
    return composition(of: Character(letter), scalars.dropFirst())
  }

  private static func composition(of letter: Character, _ wanted: some Sequence<Unicode.Scalar>) -> Glyph? {
    guard var glyph = glyphs[letter == "i" ? "ı" : letter] else { return nil }
    for scalar in wanted {
      guard let mark = marks[scalar] else { return nil }
      glyph = glyph.marked(with: mark)
    }
    return glyph
  }
}

/// True where the figures' typeface has a drawing for the character; others appear as a box.
public func hasGlyph(_ character: Character) -> Bool { Typeface.drawing(of: character) != nil }

/// A size and weight of the typeface, in pixels.
struct TextStyle: Hashable, Sendable {
  enum Weight: Hashable, Sendable { case regular, bold }

  /// The size as fonts count it: capitals are about 0.7 of it high.
  let size: Double
  let weight: Weight
  let colour: Colour

  init(size: Double, weight: Weight = .regular, colour: Colour) {
    (self.size, self.weight, self.colour) = (size, weight, colour)
  }

  private var unit: Double { size / 22 }
  private var thickness: Double { max(1, size * (weight == .bold ? 0.125 : 0.082)) }
  /// Pixels from one baseline to the next.
  var lineHeight: Int { Int((size * 1.32).rounded()) }
  /// Pixels from the top of the capitals to the baseline.
  var capitalHeight: Int { Int((14 * unit).rounded()) + Int(thickness.rounded()) }

  /// The width of a line in whole pixels.
  func width(of text: some StringProtocol) -> Int {
    text.reduce(0) { $0 + advance(Typeface.drawing(of: $1) ?? .missing) }
  }

  /// Draws one line; `baseline` is the row just under the letters.
  func draw(_ text: some StringProtocol, x: Int, baseline: Int, on canvas: inout Canvas) {
    var pen = x
    // A line as thick as an even number of pixels is sharp on the edge between two of them, else in the middle of one.
    let offset = Int(thickness.rounded()).isMultiple(of: 2) ? 0 : 0.5
    let bottom = Double(baseline) - (thickness.rounded() / 2).rounded(.down) - offset
    for character in text {
      let glyph = Typeface.drawing(of: character) ?? .missing
      let start = Double(pen) + space(glyph.left) + offset
      let stretch = glyph.width > 0 ? inkWidth(glyph) / (glyph.width * unit) : 1
      for stroke in glyph.strokes {
        let line = stroke.map { Point(x: start + $0.x * unit * stretch, y: bottom - fitted($0.y)) }
        canvas.stroke(line, thickness: line.count == 1 ? thickness * 1.35 : thickness, colour)
      }
      pen += advance(glyph)
    }
  }

  private func inkWidth(_ glyph: Glyph) -> Double { max(glyph.width > 0 ? 1 : 0, (glyph.width * unit).rounded()) }

  private func advance(_ glyph: Glyph) -> Int {
    Int(space(glyph.left) + inkWidth(glyph) + max(1, space(glyph.right)))
  }

  /// A bearing in whole pixels; thicker lines need more room.
  private func space(_ bearing: Double) -> Double {
    (bearing * unit + (weight == .bold ? size * 0.02 : 0)).rounded()
  }

  /// A height above the baseline in pixels, with x-height and capital height on whole pixels.
  private func fitted(_ y: Double) -> Double {
    let small = (10 * unit).rounded()
    let capital = max(small + 1, (14 * unit).rounded())
    if y <= 0 { return y * unit }
    if y <= 10 { return y / 10 * small }
    return small + (y - 10) / 4 * (capital - small)
  }
}
