import Diagnostics

/// What was asked for at the prompt on a line of its own, besides statements. A script understands the first two.
public enum Command: Equatable, Sendable {
  case help([String])
  /// `isCertain`: whatever is not saved may be lost.
  case quit(isCertain: Bool)
  case tour(Beginning)
  case variables
  case drop([String])
  case undo
  case clear
  /// The notebook's name, with or without its ending.
  case save(String)
  /// The notebook's path.
  case run(String)
  /// The name of a figure that the desktop is to show.
  case open(String)
  /// A statement whose time is told.
  case time(String)
  /// It lacks what it needs, or has what it does not take.
  case misused(Misuse)

  /// Where a tour begins.
  public enum Beginning: String, CaseIterable, Sendable {
    /// Where the session is, or where the tour was left in it.
    case here = ""
    /// From its beginning.
    case again
    /// Where it was left in an earlier session.
    case on
  }

  /// A word with what cannot stand behind it.
  public struct Misuse: Equatable, Sendable {
    public let line: String
    /// None for a program of the shell.
    public let word: PromptWord?
    /// What stands behind the word.
    public let given: String
  }

  /// Understands what people type who know other shells, too: `ls()`, `rm(C)`, `:q`, `%time`, `train?`, `?train`.
  /// - Parameter isBound: whether a word is a name, which then is meant.
  public init?(_ line: some StringProtocol, isBound: (String) -> Bool = { _ in false }) {
    var text = Self.trimmed(line)
    if let words = Self.wordsToExplain(text, isBound) {
      self = .help(words)
      return
    }
    if Self.isForShell(text, isBound) {
      self = .misused(Misuse(line: text, word: nil, given: ""))
      return
    }
    // `cladec run NB` is for the shell.
    for word in [PromptWord.run, .help] where text.hasPrefix("cladec \(word.rawValue) ") {
      text = String(text.dropFirst("cladec ".count))
    }
    let signs = text.prefix { ":%@\\".contains($0) }
    text = String(text.dropFirst(signs.count))
    let name = text.prefix { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "." }
    guard !isBound(String(name)), let word = PromptWord.named(String(name)) else { return nil }
    let behind = text.dropFirst(name.count)
    if word == .quit, behind == "!" {
      self = .quit(isCertain: true)
      return
    }
    var given = Self.trimmed(behind)
    let isCall = behind.first == "(" && behind.last == ")"
    if isCall {
      given = Self.trimmed(behind.dropFirst().dropLast())
    } else if !behind.isEmpty, behind.first?.isWhitespace != true || Self.beginsOperator(given) {
      // What goes on as an expression does is one.
      return nil
    }
    self = Self.understood(word, given, isCall: isCall) ?? .misused(Misuse(line: text, word: word, given: given))
  }

  private static func understood(_ word: PromptWord, _ given: String, isCall: Bool) -> Command? {
    switch word {
    case .help: return .help(words(given))
    case .quit: return given.isEmpty || isCall ? .quit(isCertain: false) : nil
    case .tour: return Beginning(rawValue: given).map { .tour($0) }
    case .vars: return given.isEmpty ? .variables : nil
    case .undo: return given.isEmpty ? .undo : nil
    case .clear: return given.isEmpty ? .clear : nil
    case .time: return given.isEmpty ? nil : .time(given)
    case .drop:
      let names = words(given)
      let areNames = names.allSatisfy { name in
        name.first?.isNumber == false && name.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" }
      }
      return names.isEmpty || !areNames ? nil : .drop(names)
    case .open:
      let names = words(given)
      return names.count == 1 ? names.first.map { .open($0) } : nil
    case .save: return quoted(given).map { .save($0) }
    case .run: return quoted(given).map { .run($0) }
    }
  }

  /// `?train`, `train?`, `train --help`: the words that are asked for.
  private static func wordsToExplain(_ text: String, _ isBound: (String) -> Bool) -> [String]? {
    if text.hasPrefix("?") { return words(String(text.drop { $0 == "?" })) }
    let words = words(text)
    guard let last = words.last else { return nil }
    if words.count == 2, last == "--help" || last == "-h" { return [words[0]] }
    if words.count == 1, text.hasSuffix("?") { return [String(text.prefix { $0 != "?" })] }
    return text == "history" && !isBound(text) ? ["keys"] : nil
  }

  /// `cd ..`, `!ls`
  private static func isForShell(_ text: String, _ isBound: (String) -> Bool) -> Bool {
    let name = String(text.prefix { $0.isLetter })
    let programs = ["cd", "pwd", "cat", "mkdir", "git", "sudo", "pip", "python", "less", "vim"]
    if programs.contains(name), !isBound(name) {
      let behind = text.dropFirst(name.count)
      return behind.isEmpty || behind.first == " " && !(beginsOperator(trimmed(behind)) && !behind.contains(".."))
    }
    return text.first == "!" && text.dropFirst().first?.isLetter == true
  }

  private static func beginsOperator(_ text: String) -> Bool {
    guard let first = text.first else { return false }
    // `ls -l` is no difference.
    if first == "-", let next = text.dropFirst().first { return !next.isLetter && !next.isNumber }
    return "=+*/<>.,~!±:-".contains(first)
  }

  private static func words(_ text: String) -> [String] {
    text.split { $0.isWhitespace || $0 == "," || $0 == "\"" || $0 == "'" }.map(String.init)
  }

  /// What stands in quotes, where nothing else does.
  private static func quoted(_ text: String) -> String? {
    guard text.count > 2, text.first == "\"", text.last == "\"" else { return nil }
    let inside = text.dropFirst().dropLast()
    return inside.contains("\"") ? nil : String(inside)
  }

  private static func trimmed(_ text: some StringProtocol) -> String {
    let start = text.drop { $0.isWhitespace }
    return String(start.prefix(start.count - start.reversed().prefix { $0.isWhitespace }.count))
  }
}

extension Command.Misuse {
  /// What to write instead.
  /// - Parameter names: those that are bound, the latest last.
  public func diagnostic(names: [String]) -> Diagnostic {
    let source = SourceFile(name: "<prompt>", text: line)
    let start = line.utf8.count - given.utf8.count
    let isInside = line.hasSuffix(given) && !given.isEmpty
    let span = SourceSpan(start: isInside ? start : 0, end: line.utf8.count)
    let (title, label, help) = wording(names)
    return Diagnostic(.promptCommand, title, source: source, span: span, label: label, help: help)
  }

  private func wording(_ names: [String]) -> (title: String, label: String, help: String?) {
    let plain = given.filter { !"\"'()".contains($0) }
    guard let word else {
      return ("the prompt runs no programs of the shell", "not from here", "quit leads back to the shell")
    }
    let alone = "'\(word.rawValue)' stands alone"
    switch word {
    case .vars:
      return (
        alone, names.contains(plain) ? "write 'show \(plain)'" : "write '\(word.rawValue)'", "it lists what is bound"
      )
    case .undo, .clear, .quit, .help: return (alone, "write '\(word.rawValue)'", nil)
    case .tour:
      return (
        alone, "write 'tour'", "tour again begins from its beginning, tour on where it was left in an earlier session"
      )
    case .drop:
      guard let last = names.last else { return ("'drop' frees names", "no name is bound yet", nil) }
      return ("'drop' frees names", "write 'drop \(last)'", "bound are \(names.joined(separator: ", "))")
    case .open:
      return (
        "'open' shows one figure", "write 'open \(names.last ?? "G")'", "a figure is what grid or plot returns"
      )
    case .time:
      return ("'time' stands before a statement", "write 'time \(names.last ?? "1 + 1")'", nil)
    case .save:
      let name = plain.prefix { $0.isLetter || $0.isNumber || "_-./".contains($0) }
      return (
        "'save' writes the session as a notebook, whose name stands in quotes",
        "write 'save \"\(name.isEmpty ? "session" : name)\"'", "figures and tables have a save: of their own"
      )
    case .run:
      let path = plain.isEmpty ? "session.cladec" : plain.hasSuffix(".cladec") ? plain : plain + ".cladec"
      return ("'run' takes a notebook's name in quotes", "write 'run \"\(path)\"'", nil)
    }
  }
}
