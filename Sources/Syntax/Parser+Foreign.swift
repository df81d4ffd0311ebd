import Diagnostics

/// Statements of other languages, answered in this one's terms.
extension Parser {
  mutating func rejectForeignStatement() throws(Abandoned) {
    guard case .word(let word) = token.kind else { return }
    let next = token(ahead: 1).kind
    // A name may be spelt so, as far as it is used as one.
    let isName = [.end, .symbol(.assign), .symbol(.dot), .symbol(.comma), .symbol(.equal)].contains(next)
    switch word {
    case "for", "while", "repeat":
      guard !isName else { return }
      ownsIndentedLines = true
      throw foreign(.loop)
    case "if", "elif", "else", "switch", "with", "try", "except":
      guard !isName || word == "else" else { return }
      ownsIndentedLines = true
      throw foreign(.branch)
    case "def", "func", "function", "class":
      guard case .word = next else { return }
      ownsIndentedLines = true
      throw foreign(.definition)
    case "from":
      guard case .word = next else { return }
      throw foreign(.module)
    case "var", "const", "val", "auto", "int", "float", "set":
      guard case .word = next else { return }
      throw foreign(.binding)
    case "print":
      guard next == .symbol(.leftParenthesis) || !isName else { return }
      let isCall = next == .symbol(.leftParenthesis)
      throw foreign(.printing(argumentsText(from: index + (isCall ? 2 : 1))?.text))
    case "save", "run":
      switch next {
      case .word, .string, .symbol(.leftParenthesis): throw foreign(word == "save" ? .saving : .running)
      default: return
      }
    case "return":
      guard !isName else { return }
      throw foreign(.returning)
    default: return
    }
  }

  /// `import numpy as np`: the verb imports files.
  mutating func rejectPythonImport(_ verb: Name) throws(Abandoned) {
    guard verb.text == "import", case .word(let module) = token(ahead: 1).kind else { return }
    let modules = [
      "numpy", "torch", "torchvision", "tensorflow", "keras", "matplotlib", "pandas", "sklearn", "os", "math",
    ]
    guard modules.contains(module) || token(ahead: 2).kind == .word("as") else { return }
    throw abandon(.foreignStatement(.module), at: token.span.union(token(ahead: 1).span))
  }

  private mutating func foreign(_ statement: ForeignStatement) -> Abandoned {
    abandon(.foreignStatement(statement), at: token.span)
  }
}
