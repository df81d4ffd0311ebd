/// A word that the prompt understands on a line of its own, besides statements.
public enum PromptWord: String, CaseIterable, Sendable {
  case help, tour, vars, drop, undo, open, time, run, save, clear, quit

  /// The word that a name from here or from another shell stands for.
  static func named(_ name: String) -> PromptWord? {
    allCases.first { $0.rawValue == name || $0.habits.contains(name) }
  }

  /// What it is called elsewhere.
  private var habits: [String] {
    switch self {
    case .help: ["h", "man", "info", "doc"]
    case .tour: ["tutorial", "demo"]
    case .vars: ["ls", "who", "whos", "dir", "globals", "locals", "objects", "varinfo"]
    case .drop: ["del", "rm"]
    case .undo: []
    case .open: ["view", "xdg-open"]
    case .time: ["timeit", "system.time"]
    case .run: ["source", "include"]
    case .save: ["w"]
    case .clear: ["cls"]
    case .quit: ["exit", "q", "wq", "bye", "logout"]
    }
  }

  public var usage: String {
    switch self {
    case .help: "help WORD"
    case .tour, .vars, .undo, .clear, .quit: rawValue
    case .drop: "drop NAME"
    case .open: "open NAME"
    case .time: "time STATEMENT"
    case .run: "run \"NB\""
    case .save: "save \"NAME\""
    }
  }

  public var documentation: String {
    switch self {
    case .help: "explains a verb, an idea, or the code of a mistake (also ?WORD, WORD?)"
    case .tour: "five minutes from nothing to a decoded layer, typed by you; a later session goes on with it"
    case .vars: "lists what is bound (also ls, who)"
    case .drop: "frees names; what was made of their values stays (also del, rm)"
    case .undo: "takes back what the last entry did to the names"
    case .open: "shows a figure in the desktop's viewer"
    case .time: "runs a statement, and tells how long it took"
    case .run: "runs a notebook's cells, as if they had been typed"
    case .save: "writes NAME.cladec, a notebook that leads to the same names"
    case .clear: "empties the screen"
    case .quit: "leaves, and asks once where something is not saved; quit! does not ask"
    }
  }
}
