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
      throw foreign(
        word, "there are no loops", "give a list where one value is expected",
        help: "let C = train vgg5, on: fashion, seed: 1...5 trains five classifiers")
    case "if", "elif", "else", "switch", "with", "try", "except":
      guard !isName || word == "else" else { return }
      ownsIndentedLines = true
      throw foreign(
        word, "there are no branches", "a notebook runs from top to bottom",
        help: "'expect' checks a condition, 'where:' selects images")
    case "def", "func", "function", "class":
      guard case .word = next else { return }
      ownsIndentedLines = true
      throw foreign(
        word, "there are no definitions of functions or classes", "bind a value with 'let' instead",
        help: "let NAME = expression")
    case "from":
      guard case .word = next else { return }
      throw foreign(word, "there are no modules", "everything is built in", help: "remove the line")
    case "var", "const", "val", "auto", "int", "float", "set":
      guard case .word = next else { return }
      throw foreign(word, "a name is bound with 'let'", "write 'let'", help: "let NAME = value binds once")
    case "print":
      guard next == .symbol(.leftParenthesis) || !isName else { return }
      throw foreign(word, "a value is shown with 'show'", "write 'show', or the value alone", help: "show accuracy(C)")
    case "return":
      guard !isName else { return }
      throw foreign(word, "there is nothing to return from", "write the value alone", help: "a line's value is shown")
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
    throw abandon(
      .foreignStatement, "there are no modules to import", at: token.span.union(token(ahead: 1).span),
      "everything is built in", help: "networks and functions are there from the start; help lists them")
  }

  private mutating func foreign(_ word: String, _ title: String, _ label: String, help: String) -> Abandoned {
    abandon(.foreignStatement, title, at: token.span, label, help: help)
  }
}
