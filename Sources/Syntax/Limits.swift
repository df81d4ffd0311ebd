import Diagnostics

/// What the parser takes, so that no text exhausts the stack or anyone's patience.
public enum Limits {
  /// Levels of an expression: brackets in brackets, and operators in a row.
  public static let depth = 64
  /// Bytes of a text.
  public static let bytes = SourceFile.maximumBytes
}
