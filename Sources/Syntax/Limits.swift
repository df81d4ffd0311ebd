/// What the parser takes, so that no text exhausts the stack or anyone's patience.
public enum Limits {
  /// Levels of an expression: brackets in brackets, and operators in a row.
  public static let depth = 100
  /// Bytes of a text.
  public static let bytes = 1_000_000
  /// Mistakes that are reported of one text.
  public static let mistakes = 50
}
