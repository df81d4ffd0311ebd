/// A text within LaTeX in which nothing is a command, for pdfLaTeX with the encoding T1 and for LuaLaTeX alike: signs that
/// mean something there are escaped, and what fonts lack is made of commands. A letter that neither has is named by its
/// number, for the engine would refuse it or leave it out. Line breaks stay as they are.
public func latex(_ text: some StringProtocol) -> String {
  var result = ""
  var last: Character = " "
  for character in text {
    let scalars = character.unicodeScalars
    guard let first = scalars.first else { continue }
    // Two of these would become another sign.
    if character == last, character == "-" || character == "," { result += "{}" }
    last = character
    var letter = scalars.count > 1 && character.isNewline ? "\n" : latex(first)
    for scalar in scalars.dropFirst() {
      if let accent = accents[scalar] {
        letter = "\(accent){\(letter)}"
      } else if !character.isNewline, !isUnseen(scalar) {
        letter += latex(scalar)
      }
    }
    result += letter
  }
  return result
}

/// A number or a short text in a table: the sign of a number is a minus.
public func latexCell(_ text: some StringProtocol) -> String {
  var result = ""
  var last: Character = " "
  let characters = Array(text)
  for (index, character) in characters.enumerated() {
    let isSign =
      character == "-" && " ([".contains(last) && index + 1 < characters.count
      && characters[index + 1].isNumber
    result += isSign ? "\\ensuremath{-}" : character.isNewline ? " " : latex(String(character))
    last = character
  }
  return result
}

private func latex(_ scalar: Unicode.Scalar) -> String {
  if let known = signs[scalar] { return known }
  switch scalar.value {
  case 0x20...0x7E, 0x0A: return String(scalar)
  case 0x09: return " "
  case 0x00...0x1F, 0x7F...0x9F: return "[U+\(hexadecimal(scalar))]"
  case _ where lettersOfFonts.contains(scalar): return String(scalar)
  default: return "[U+\(hexadecimal(scalar))]"
  }
}

/// What joins or varies the characters beside it.
private func isUnseen(_ scalar: Unicode.Scalar) -> Bool {
  scalar.value == 0x200C || scalar.value == 0x200D || scalar.properties.isVariationSelector
}

private let accents: [Unicode.Scalar: String] = [
  "\u{300}": "\\`", "\u{301}": "\\'", "\u{302}": "\\^", "\u{303}": "\\~", "\u{304}": "\\=", "\u{306}": "\\u",
  "\u{307}": "\\.", "\u{308}": "\\\"", "\u{30A}": "\\r", "\u{30B}": "\\H", "\u{30C}": "\\v", "\u{327}": "\\c",
]

/// Letters that both kinds of fonts have.
private let lettersOfFonts: Set<Unicode.Scalar> = Set(
  ("ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖØÙÚÛÜÝÞßàáâãäåæçèéêëìíîïðñòóôõöøùúûüýþÿ"
    + "ĂăĄąĆćČčĎďĐđĘęĚěĞğİıĹĺŁłŃńŇňŐőŒœŔŕŘřŚśŞşŠšŢţŤťŮůŰűŸŹźŻżŽž").unicodeScalars)

private let signs: [Unicode.Scalar: String] = {
  var signs: [Unicode.Scalar: String] = [
    "\\": "\\textbackslash{}", "{": "\\{", "}": "\\}", "$": "\\$", "&": "\\&", "#": "\\#", "%": "\\%", "_": "\\_",
    "^": "\\textasciicircum{}", "~": "\\textasciitilde{}", "<": "\\textless{}", ">": "\\textgreater{}",
    "|": "\\textbar{}", "\"": "{\\char34}", "'": "\\textquotesingle{}", "`": "\\textasciigrave{}",
    "\u{A0}": "\\nobreakspace{}", "\u{AD}": "\\-", "\u{2009}": "\\,", "\u{202F}": "\\,", "\u{200B}": "", "\u{FEFF}": "",
    "‐": "-", "‑": "-", "‒": "\\textendash{}", "–": "\\textendash{}", "—": "\\textemdash{}",
    "‘": "\\textquoteleft{}", "’": "\\textquoteright{}", "“": "\\textquotedblleft{}", "”": "\\textquotedblright{}",
    "„": "\\quotedblbase{}", "‚": "\\quotesinglbase{}", "«": "\\guillemotleft{}", "»": "\\guillemotright{}",
    "‹": "\\guilsinglleft{}", "›": "\\guilsinglright{}",
    "…": "\\textellipsis{}", "•": "\\textbullet{}", "§": "\\S{}", "¶": "\\P{}", "©": "\\textcopyright{}",
    "®": "\\textregistered{}", "™": "\\textsuperscript{TM}", "°": "\\textdegree{}", "€": "\\texteuro{}",
    "£": "\\pounds{}", "¡": "\\textexclamdown{}", "¿": "\\textquestiondown{}", "ª": "\\textordfeminine{}",
    "º": "\\textordmasculine{}", "‰": "\\textperthousand{}", "†": "\\dag{}", "‡": "\\ddag{}",
    "█": "\\rule{0.5em}{1.6ex}",
  ]
  for (height, bar) in "▁▂▃▄▅▆▇".unicodeScalars.enumerated() {
    let tenths = 2 * (height + 1)
    signs[bar] = "\\rule{0.5em}{\(tenths / 10).\(tenths % 10)ex}"
  }
  for (grey, shade) in zip(["0.8", "0.6", "0.35"], "░▒▓".unicodeScalars) {
    signs[shade] = "{\\color[gray]{\(grey)}\\rule{0.5em}{1.6ex}}"
  }
  let mathematics: [(String, String)] = [
    (
      "αβγδεζηθικλμνξπρστυφχψω",
      "alpha beta gamma delta varepsilon zeta eta theta iota kappa lambda mu nu xi pi rho "
        + "sigma tau upsilon varphi chi psi omega"
    ),
    ("ϵϑϕς", "epsilon vartheta phi varsigma"),
    ("ΓΔΘΛΞΠΣΥΦΨΩ", "Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega"),
    ("×÷±∓·⋅∗∘⊙⊕⊗", "times div pm mp cdot cdot ast circ odot oplus otimes"),
    ("≤≥≠≪≫≈∼≃≡∝", "leq geq neq ll gg approx sim simeq equiv propto"),
    ("∈∉∋⊂⊆∪∩∖∅∀∃", "in notin ni subset subseteq cup cap setminus emptyset forall exists"),
    ("→←↔⇒⇐⇔↦↑↓", "rightarrow leftarrow leftrightarrow Rightarrow Leftarrow Leftrightarrow mapsto uparrow downarrow"),
    ("¬∧∨∑∏∫√∞∂∇ℓ", "neg land lor sum prod int surd infty partial nabla ell"),
    ("⋯⟨⟩⌊⌋⌈⌉‖∣", "cdots langle rangle lfloor rfloor lceil rceil Vert mid"),
  ]
  for (letters, names) in mathematics {
    for (letter, name) in zip(letters.unicodeScalars, names.split(separator: " ")) {
      signs[letter] = "\\ensuremath{\\\(name)}"
    }
  }
  let others: [Unicode.Scalar: String] = [
    "−": "\\textminus{}", "✓": "\\ensuremath{\\surd}", "✗": "\\ensuremath{\\times}", "✔": "\\ensuremath{\\surd}",
    "✘": "\\ensuremath{\\times}", "′": "\\textquotesingle{}", "µ": "\\ensuremath{\\mu}", "ο": "o",
    "Ω": "\\ensuremath{\\Omega}", "½": "\\textonehalf{}", "¼": "\\textonequarter{}", "¾": "\\textthreequarters{}",
    "ℝ": "\\textbf{R}", "ℕ": "\\textbf{N}", "ℤ": "\\textbf{Z}", "𝔼": "\\textbf{E}",
  ]
  signs.merge(others) { $1 }
  // Indices are no mathematics here, for in blocks of code `^` and `_` are letters.
  for (index, digit) in zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁻".unicodeScalars, "0123456789-") {
    signs[index] = "\\textsuperscript{\(digit)}"
  }
  for (index, digit) in zip("₀₁₂₃₄₅₆₇₈₉₋".unicodeScalars, "0123456789-") { signs[index] = "\\textsubscript{\(digit)}" }
  // Frames of mistakes.
  for letter in "─━═┄".unicodeScalars { signs[letter] = "\\textendash{}" }
  for letter in "│┃║".unicodeScalars { signs[letter] = "\\textbar{}" }
  for letter in "┌┐└┘├┤┬┴┼╭╮╰╯".unicodeScalars { signs[letter] = "+" }
  return signs
}()
