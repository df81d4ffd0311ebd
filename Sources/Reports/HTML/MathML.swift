import Text

/// A formula in TeX as MathML, which browsers set by themselves. Notebooks use little of TeX: letters, numbers, indices,
/// fractions, roots, accents, sums, brackets and the common signs. What goes beyond that is shown as it was written.
func mathML(_ tex: String, isDisplay: Bool) -> String {
  guard let content = content(of: tex, isDisplay: isDisplay) else {
    return "<code class=\"tex\">\(markup(tex))</code>"
  }
  return "<math\(isDisplay ? " display=\"block\"" : "")><mrow>\(content)</mrow></math>"
}

/// Whether a formula is nothing but such TeX.
func isSimpleTeX(_ tex: String) -> Bool { content(of: tex, isDisplay: true) != nil }

private func content(of tex: String, isDisplay: Bool) -> String? {
  var formula = Formula(tex, isDisplay: isDisplay)
  guard let content = formula.row(until: nil), formula.isAtEnd else { return nil }
  return content
}

/// Reads a formula once, from left to right. A part that is not understood is nil.
private struct Formula {
  private let characters: [Character]
  private var index = 0
  private var depth = 0
  private let isDisplay: Bool

  init(_ tex: String, isDisplay: Bool) {
    characters = Array(tex)
    self.isDisplay = isDisplay
  }

  var isAtEnd: Bool { index == characters.count }

  private var next: Character? { isAtEnd ? nil : characters[index] }

  private mutating func skipSpace() {
    while let character = next, character.isWhitespace { index += 1 }
  }

  private mutating func take(_ character: Character) -> Bool {
    skipSpace()
    guard next == character else { return false }
    index += 1
    return true
  }

  /// Atoms with their indices, up to the closing brace or `\right`, which stays.
  mutating func row(until end: Character?) -> String? {
    depth += 1
    defer { depth -= 1 }
    guard depth < 32 else { return nil }
    var text = ""
    while true {
      skipSpace()
      guard let character = next else { return end == nil ? text : nil }
      if end == "\\" ? follows("\\right") : character == end { return text }
      guard character != "}", let part = scripted() else { return nil }
      text += part
    }
  }

  private func follows(_ command: String) -> Bool {
    let letters = Array(command)
    guard index + letters.count <= characters.count else { return false }
    let isWhole = index + letters.count == characters.count || !characters[index + letters.count].isLetter
    return Array(characters[index..<index + letters.count]) == letters && isWhole
  }

  /// An atom, with what stands above and below it.
  private mutating func scripted() -> String? {
    guard let base = atom() else { return nil }
    var (below, above): (String?, String?) = (nil, nil)
    while true {
      if below == nil, take("_") {
        guard let script = argument() else { return nil }
        below = script
      } else if above == nil, take("^") {
        guard let script = argument() else { return nil }
        above = script
      } else if above == nil, take("'") {
        above = "<mo>′</mo>"
      } else {
        break
      }
    }
    let hasLimits = isDisplay && base.hasLimits
    return switch (below, above) {
    case (nil, nil): base.text
    case (let below?, nil): element(hasLimits ? "munder" : "msub", base.text + below)
    case (nil, let above?): element(hasLimits ? "mover" : "msup", base.text + above)
    case (let below?, let above?): element(hasLimits ? "munderover" : "msubsup", base.text + below + above)
    }
  }

  /// A group in braces, or a single atom; of a number the first digit.
  private mutating func argument() -> String? {
    if take("{") {
      guard let content = row(until: "}"), take("}") else { return nil }
      return element("mrow", content)
    }
    if let digit = next, digit.isNumber {
      index += 1
      return element("mn", markup(String(digit)))
    }
    return atom()?.text
  }

  private struct Atom {
    let text: String
    var hasLimits = false
  }

  private mutating func atom() -> Atom? {
    skipSpace()
    guard let character = next else { return nil }
    index += 1
    switch character {
    case "\\": return command()
    case "{":
      guard let content = row(until: "}"), take("}") else { return nil }
      return Atom(text: element("mrow", content))
    case "-": return sign("−")
    case "*": return sign("∗")
    case "_", "^", "&", "%", "#", "$", "}": return nil
    case "~": return Atom(text: "<mspace width=\"0.33em\"/>")
    case _ where character.isNumber:
      var number = String(character)
      while let more = next,
        more.isNumber || more == "." && index + 1 < characters.count && characters[index + 1].isNumber
      {
        number.append(more)
        index += 1
      }
      return Atom(text: element("mn", markup(number)))
    case _ where character.isLetter: return Atom(text: element("mi", markup(String(character))))
    default: return sign(character)
    }
  }

  private func sign(_ character: Character) -> Atom { Atom(text: element("mo", markup(String(character)))) }

  private mutating func command() -> Atom? {
    guard let first = next else { return nil }
    var name = String(first)
    index += 1
    while first.isLetter, let more = next, more.isASCII, more.isLetter {
      name.append(more)
      index += 1
    }
    if let letter = Self.letters[name] { return Atom(text: element("mi", letter)) }
    if let sign = Self.signs[name] { return Atom(text: element("mo", markup(sign))) }
    if let sign = Self.largeSigns[name] { return Atom(text: element("mo", sign), hasLimits: true) }
    if let width = Self.spaces[name] { return Atom(text: "<mspace width=\"\(width)em\"/>") }
    if let accent = Self.accents[name] {
      return argument().map {
        Atom(text: element("mover", $0 + "<mo stretchy=\"false\">\(accent)</mo>", " accent=\"true\""))
      }
    }
    if Self.functions.contains(name) {
      let text = name == "argmin" || name == "argmax" ? "arg " + name.dropFirst(3) : name
      return Atom(text: element("mi", text), hasLimits: Self.functionsWithLimits.contains(name))
    }
    switch name {
    case "frac", "tfrac", "dfrac":
      guard let above = argument(), let below = argument() else { return nil }
      return Atom(text: element("mfrac", above + below))
    case "sqrt":
      if take("[") {
        guard let degree = row(until: "]"), take("]"), let radicand = argument() else { return nil }
        return Atom(text: element("mroot", radicand + element("mrow", degree)))
      }
      return argument().map { Atom(text: element("msqrt", $0)) }
    case "text", "mathrm", "operatorname", "textrm", "mathit", "mathbf", "textbf", "textit", "mathsf", "texttt":
      guard let text = words() else { return nil }
      let style = name.hasSuffix("bf") ? " style=\"font-weight:bold\"" : ""
      return Atom(
        text: element(name.hasPrefix("text") ? "mtext" : "mi", markup(text), style + " mathvariant=\"normal\""))
    case "mathbb": return words().flatMap { doubleStruck($0) }
    case "mathcal", "mathscr": return words().flatMap { script($0) }
    case "left":
      guard let open = delimiter(), let content = row(until: "\\"), follows("\\right") else { return nil }
      index += "\\right".count
      guard let close = delimiter() else { return nil }
      return Atom(text: element("mrow", open + content + close))
    case "bigl", "bigr", "Bigl", "Bigr", "big", "Big": return delimiter().map { Atom(text: $0) }
    case "limits", "nolimits", "displaystyle": return Atom(text: "")
    default: return nil
    }
  }

  /// The letters in braces, as they are.
  private mutating func words() -> String? {
    guard take("{") else { return nil }
    var text = ""
    while let character = next, character != "}" {
      guard !"\\{$".contains(character) else { return nil }
      text.append(character)
      index += 1
    }
    return take("}") ? text : nil
  }

  private mutating func delimiter() -> String? {
    skipSpace()
    guard let character = next else { return nil }
    index += 1
    if character == "." { return "" }
    if character != "\\" { return "()[]|/<>".contains(character) ? element("mo", markup(String(character))) : nil }
    var name = ""
    while let more = next, more.isLetter || (name.isEmpty && "{}|".contains(more)) {
      name.append(more)
      index += 1
      if "{}|".contains(more) { break }
    }
    return Self.signs[name].map { element("mo", $0) }
  }

  private func element(_ name: String, _ content: String, _ attributes: String = "") -> String {
    "<\(name)\(attributes)>\(content)</\(name)>"
  }

  private func doubleStruck(_ text: String) -> Atom? {
    let known: [Character: String] = ["C": "ℂ", "E": "𝔼", "N": "ℕ", "P": "ℙ", "Q": "ℚ", "R": "ℝ", "Z": "ℤ", "1": "𝟙"]
    let letters = text.compactMap { known[$0] }
    return letters.count == text.count && !text.isEmpty ? Atom(text: element("mi", letters.joined())) : nil
  }

  private func script(_ text: String) -> Atom? {
    let exceptions: [Character: String] = [
      "B": "ℬ", "E": "ℰ", "F": "ℱ", "H": "ℋ", "I": "ℐ", "L": "ℒ", "M": "ℳ", "R": "ℛ",
    ]
    var letters = ""
    for character in text {
      if let known = exceptions[character] {
        letters += known
      } else if let value = character.asciiValue, (65...90).contains(value),
        let scalar = Unicode.Scalar(0x1D49C + UInt32(value) - 65)
      {
        letters.unicodeScalars.append(scalar)
      } else {
        return nil
      }
    }
    return letters.isEmpty ? nil : Atom(text: element("mi", letters))
  }

  private static let letters: [String: String] = [
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ϵ", "varepsilon": "ε", "zeta": "ζ", "eta": "η",
    "theta": "θ", "vartheta": "ϑ", "iota": "ι", "kappa": "κ", "lambda": "λ", "mu": "μ", "nu": "ν", "xi": "ξ", "pi": "π",
    "rho": "ρ", "sigma": "σ", "tau": "τ", "upsilon": "υ", "phi": "ϕ", "varphi": "φ", "chi": "χ", "psi": "ψ",
    "omega": "ω",
    "Gamma": "Γ", "Delta": "Δ", "Theta": "Θ", "Lambda": "Λ", "Xi": "Ξ", "Pi": "Π", "Sigma": "Σ", "Upsilon": "Υ",
    "Phi": "Φ", "Psi": "Ψ", "Omega": "Ω", "ell": "ℓ", "infty": "∞", "partial": "∂", "nabla": "∇", "emptyset": "∅",
    "hbar": "ℏ", "ldots": "…", "dots": "…", "cdots": "⋯", "top": "⊤", "bot": "⊥", "%": "%", "#": "#", "&": "&amp;",
    "_": "_", "$": "$",
  ]

  private static let signs: [String: String] = [
    "cdot": "⋅", "times": "×", "div": "÷", "pm": "±", "mp": "∓", "ast": "∗", "circ": "∘", "odot": "⊙", "oplus": "⊕",
    "otimes": "⊗", "le": "≤", "leq": "≤", "ge": "≥", "geq": "≥", "ne": "≠", "neq": "≠", "ll": "≪", "gg": "≫",
    "approx": "≈", "sim": "∼", "simeq": "≃", "equiv": "≡", "propto": "∝", "in": "∈", "notin": "∉", "ni": "∋",
    "subset": "⊂", "subseteq": "⊆", "cup": "∪", "cap": "∩", "setminus": "∖", "to": "→", "rightarrow": "→",
    "leftarrow": "←", "mapsto": "↦", "Rightarrow": "⇒", "Leftrightarrow": "⇔", "iff": "⇔", "forall": "∀", "exists": "∃",
    "neg": "¬", "land": "∧", "lor": "∨", "mid": "∣", "vert": "|", "lvert": "|", "rvert": "|", "Vert": "‖",
    "lVert": "‖", "rVert": "‖", "|": "‖", "{": "{", "}": "}", "langle": "⟨", "rangle": "⟩", "lfloor": "⌊",
    "rfloor": "⌋",
    "lceil": "⌈", "rceil": "⌉", "colon": ":",
  ]

  private static let largeSigns: [String: String] = [
    "sum": "∑", "prod": "∏", "int": "∫", "bigcup": "⋃", "bigcap": "⋂",
  ]

  private static let spaces: [String: String] = [
    ",": "0.17", ":": "0.22", ";": "0.28", " ": "0.33", "!": "-0.17", "quad": "1", "qquad": "2",
  ]

  private static let accents: [String: String] = [
    "hat": "^", "widehat": "^", "bar": "¯", "overline": "¯", "tilde": "~", "widetilde": "~", "vec": "→", "dot": "˙",
    "ddot": "¨",
  ]

  private static let functionsWithLimits: Set<String> = ["min", "max", "argmin", "argmax", "lim", "sup", "inf"]

  private static let functions: Set<String> = functionsWithLimits.union([
    "log", "ln", "exp", "sin", "cos", "tan", "tanh", "sinh", "cosh", "det", "dim", "ker", "deg", "Pr",
  ])
}
