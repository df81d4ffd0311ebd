import Diagnostics

/// A fenced block whose info string begins with the word `cladec`.
public struct Cell: Hashable, Sendable {
  /// `key=value`, or a flag alone.
  public struct Attribute: Hashable, Sendable {
    public let name: String
    public let value: String?
    public let span: SourceSpan
  }

  /// What follows `#`.
  public let id: String?
  public let attributes: [Attribute]
  /// The lines between the fences.
  public let code: SourceSpan
  /// The lines with the fences.
  public let span: SourceSpan
  /// The number of the opening fence's line, from 1.
  public let line: Int
  /// The spaces before the opening fence, at most 3.
  public let indentation: Int

  /// Whether a fence ends the cell. Without one it goes on to the end of the text, or to the next cell, prose and all.
  public var isClosed: Bool { code.end < span.end }

  public func attribute(_ name: String) -> Attribute? { attributes.first { $0.name == name } }
}
