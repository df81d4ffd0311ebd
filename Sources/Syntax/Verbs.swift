/// The words that have a meaning of their own and cannot be names.
public enum Verbs {
  /// What a command begins with, in the order in which help and completion list them.
  public static let names = [
    "load", "network", "train", "cladec", "refae", "evaluate", "table", "grid", "plot", "probe", "inspect", "import",
    "export", "show",
  ]

  /// The other reserved words.
  public static let keywords = ["let", "param", "expect", "and", "or", "not", "true", "false"]

  static func contains(_ word: String) -> Bool { names.contains(word) }
}
