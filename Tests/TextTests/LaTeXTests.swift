import Testing
import Text

@Suite struct `Text within LaTeX` {
  @Test(arguments: [
    ("--set ,, -", "-{}-set ,{}, -"),
    ("a_b & 50% #1 {x} \\y", "a\\_b \\& 50\\% \\#1 \\{x\\} \\textbackslash{}y"),
    (
      "^~$<>|\"'`",
      "\\textasciicircum{}\\textasciitilde{}\\$\\textless{}\\textgreater{}\\textbar{}{\\char34}"
        + "\\textquotesingle{}\\textasciigrave{}"
    ),
    ("größer ≤ α", "größer \\ensuremath{\\leq} \\ensuremath{\\alpha}"), ("X\u{302}", "\\^{X}"),
    ("漢🙂", "[U+6F22][U+1F642]"),
    ("▁█", "\\rule{0.5em}{0.2ex}\\rule{0.5em}{1.6ex}"), ("R² x₁", "R\\textsuperscript{2} x\\textsubscript{1}"),
    ("a\r\nb\u{1B}[0m", "a\nb[U+001B][0m"),
  ])
  func `Nothing in it is a command`(text: String, expected: String) { #expect(latex(text) == expected) }

  @Test func `Signs of numbers are minuses, and what is between words stays`() {
    #expect(latexCell("-0.5 ± 0.1") == "\\ensuremath{-}0.5 \\ensuremath{\\pm} 0.1")
    #expect(latexCell("layer -3, a-3, (-1) -x -") == "layer \\ensuremath{-}3, a-3, (\\ensuremath{-}1) -x -")
  }

  /// Whatever comes out is letters that fonts have, braces that match, and escapes.
  @Test func `Every character of the first planes comes out as something that an engine reads`() {
    let letters = "ÄÖÜäöüßÅåØøÆæŒœŠšŽžŁłÇçÑñ"
    for value in (UInt32(0x20)..<0x3000) {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let text = latex(String(scalar))
      if letters.unicodeScalars.contains(scalar) { #expect(text == String(scalar)) }
      var (depth, last): (Int, Character) = (0, " ")
      for character in text {
        if last != "\\" {
          if character == "{" { depth += 1 }
          if character == "}" { depth -= 1 }
          #expect(!"$&#%_^~".contains(character), "\(value)")
        }
        #expect(character.isASCII || character.isLetter, "\(value)")
        // A backslash escapes one character, also another backslash.
        last = last == "\\" && character == "\\" ? " " : character
      }
      #expect(depth == 0, "\(value)")
    }
  }
}
