import Tensors
import Text

/// What made a result, as everything that is kept states it: no time, host or path is among it.
public struct Origin: Hashable, Sendable {
  /// The notebook's file name; none for what was typed.
  public let notebook: String?
  /// Values of parameters that were given in place of those in the text.
  public let settings: [String: String]
  /// The program's.
  public let version: String

  /// - Parameter notebook: its path, of which only the file's name is taken.
  public init(notebook: String? = nil, settings: [String: String] = [:], version: String = "") {
    self.notebook = notebook.map { $0.split(separator: "/").last.map(String.init) ?? $0 }
    (self.settings, self.version) = (settings, version)
  }

  /// `cladec 0.1.0, numerics 2`: the same numbers come from the same numerics.
  public var program: String { (version.isEmpty ? "cladec" : "cladec \(version)") + ", numerics \(numericsVersion)" }

  /// `images = 48, seed = 3`; empty where nothing was given.
  public var given: String {
    settings.sorted { $0.key < $1.key }.map { printable("\($0.key) = \($0.value)") }.joined(separator: ", ")
  }

  /// All of it in a line.
  public var text: String {
    ([program] + (notebook.map { [printable($0)] } ?? []) + (given.isEmpty ? [] : ["with \(given)"]))
      .joined(separator: ", ")
  }
}
