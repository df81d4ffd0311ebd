/// What the prompt and a script understand besides statements, on a line of its own.
enum Command: Equatable {
  case help([String])
  case quit

  init?(_ line: some StringProtocol) {
    let words = line.split { $0.isWhitespace }.map { String($0) }
    switch words.first {
    case "quit", "exit", "quit()", "exit()": if words.count > 1 { return nil } else { self = .quit }
    case "help", "help()": self = .help(Array(words.dropFirst()))
    default: return nil
    }
  }
}
