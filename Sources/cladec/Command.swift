/// What the prompt understands besides statements, on a line of its own. A script understands the first two.
enum Command: Equatable {
  case help([String])
  /// `isCertain`: whatever is not saved may be lost.
  case quit(isCertain: Bool)
  case variables
  case drop([String])
  case undo
  case clear
  /// The notebook's name, without its ending.
  case save(String)
  /// The notebook's path.
  case run(String)
  /// A statement whose time is told.
  case time(String)

  /// - Parameter isBound: whether a word is a name, which then is meant.
  init?(_ line: some StringProtocol, isBound: (String) -> Bool = { _ in false }) {
    let words = line.split { $0.isWhitespace }.map { String($0) }
    guard let first = words.first, !isBound(first) else { return nil }
    let rest = Array(words.dropFirst())
    switch (first, rest.count) {
    case ("quit", 0), ("exit", 0), ("quit()", 0), ("exit()", 0): self = .quit(isCertain: false)
    case ("quit!", 0), ("exit!", 0): self = .quit(isCertain: true)
    case ("help", _), ("help()", _), ("?", _): self = .help(rest)
    case (_, 0) where first.hasPrefix("?"): self = .help([first.filter { $0 != "?" }])
    case (_, 0) where first.hasSuffix("?"): self = .help([first.filter { $0 != "?" }])
    case ("vars", 0), ("ls", 0), ("who", 0), ("vars()", 0), ("ls()", 0), ("who()", 0): self = .variables
    case ("undo", 0), ("undo()", 0): self = .undo
    case ("clear", 0), ("clear()", 0), ("cls", 0): self = .clear
    case ("drop", 1...), ("del", 1...), ("rm", 1...):
      self = .drop(rest.flatMap { $0.split(separator: ",").map(String.init) })
    case ("time", 1...): self = .time(line.drop { $0.isWhitespace }.dropFirst("time".count).description)
    case ("save", _): if let name = Self.quoted(line, after: "save") { self = .save(name) } else { return nil }
    case ("run", _): if let path = Self.quoted(line, after: "run") { self = .run(path) } else { return nil }
    default: return nil
    }
  }

  /// The only text in quotes behind a word.
  private static func quoted(_ line: some StringProtocol, after word: String) -> String? {
    let rest = line.drop { $0.isWhitespace }.dropFirst(word.count)
    guard let open = rest.firstIndex(of: "\""), rest[..<open].allSatisfy(\.isWhitespace) else { return nil }
    let text = rest[rest.index(after: open)...]
    guard let close = text.firstIndex(of: "\""), text[text.index(after: close)...].allSatisfy(\.isWhitespace) else {
      return nil
    }
    return close == text.startIndex ? nil : String(text[..<close])
  }
}
