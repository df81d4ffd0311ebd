import Diagnostics
import Figures
import Interpreter

/// What a statement asks its driver to show or to write. The driver decides where: a terminal, a report.
public enum Effect: Sendable {
  case text(String)
  case table(TextTable, caption: String)
  case pictures([GridImage])
  /// With the name under which it is saved, if it is.
  case figure(FigureValue, name: String?)
  /// Files of a result that was to be saved, without a folder.
  case save([SavedFile])
  case expectation(Expectation)
  case diagnostic(Diagnostic)
}

/// A file to be written into the output folder.
public struct SavedFile: Hashable, Sendable {
  public let name: String
  public let bytes: [UInt8]
}
