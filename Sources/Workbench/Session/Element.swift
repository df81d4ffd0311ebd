import Diagnostics
import Figures
import Interpreter

/// A piece of what a statement shows, as data. Where and how it is shown is a renderer's: the terminal, a report.
public enum Element: Sendable {
  case text(String)
  case table(TextTable, caption: String)
  case pictures([GridImage])
  /// With the name under which it is saved, if it is.
  case figure(FigureValue, name: String?)
  /// Files of a result that is kept, without a folder.
  case saved([SavedFile])
  case expectation(Expectation)
  /// What a replay compares; not shown.
  case record(Record)
  /// What a statement has given, as data; not shown.
  case value(ShownValue)
  case diagnostic(Diagnostic)
}

/// A file to be written into the output folder.
public struct SavedFile: Hashable, Sendable {
  public let name: String
  public let bytes: [UInt8]

  public init(name: String, bytes: [UInt8]) { (self.name, self.bytes) = (name, bytes) }
}
