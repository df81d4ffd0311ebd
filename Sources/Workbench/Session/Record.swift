import Diagnostics
import Text

/// A fact of a run that every run of the same text must give again, to the bit: what a replay compares.
public struct Record: Hashable, Sendable {
  public enum Kind: Hashable, Sendable {
    /// A parameter's value, all of it.
    case parameter
    case result
  }

  public let kind: Kind
  /// What it is of: `accuracy(C)`, `E, layer -1`.
  public let subject: String
  /// In short.
  public let value: String
  /// Of all of it; none where `value` is all.
  public let digest: SHA256.Digest?
  /// The statement, in its text.
  public let span: SourceSpan

  init(_ subject: String, _ value: String, _ digest: SHA256.Digest?, at span: SourceSpan, kind: Kind = .result) {
    (self.kind, self.digest, self.span) = (kind, digest, span)
    (self.subject, self.value) = (printable(subject), printable(value))
  }
}

/// The images of one split of a data set, known by their content: labels, and pixels of the size that was asked for.
public struct DataRecord: Hashable, Sendable {
  /// `garments.train, 4000 images`
  public let name: String
  public let digest: SHA256.Digest
}
