/// The words that have a meaning of their own and cannot be names.
public enum Verbs {
  /// What a command begins with, in the order in which help and completion list them.
  public static let available = [
    "load", "network", "train", "cladec", "refae", "randomise", "baseline", "smooth", "evaluate", "probe", "intervene",
    "table", "grid", "plot", "inspect", "show",
  ]

  /// Verbs of later versions, whose names are kept free.
  public static let later = ["import", "export"]

  /// All of them.
  public static let names = available + later

  /// The other reserved words.
  public static let keywords = ["let", "param", "expect", "and", "or", "not", "true", "false"]

  /// The functions, which other languages have as methods of values.
  public static let functions = [
    "accuracy", "layers", "loss", "mse", "classification", "cycle", "agreement", "distance", "history", "predicted",
    "confidence", "factor", "mean", "sd", "min", "max", "abs", "varying",
  ]

  private static let all = Set(names)

  static func contains(_ word: String) -> Bool { all.contains(word) }
}
