import Diagnostics
import Notebooks

extension Tour {
  /// How far a tour has come, for a later session: a notebook that leads to the same names, and which step is next.
  public struct Kept: Hashable, Sendable {
    public let step: Step
    public let notebook: String

    public init(_ step: Step, notebook: String) { (self.step, self.notebook) = (step, notebook) }

    /// As text: the notebook, in whose second line the step stands.
    public var text: String {
      let first = notebook.prefix { !$0.isNewline }
      return first + "\n" + Self.mark + step.word + Self.end + notebook.dropFirst(first.count)
    }

    /// None of a text that is another one, was changed, or comes from a version with other steps.
    public init?(text: String) {
      let lines = text.split(separator: "\n", maxSplits: 2, omittingEmptySubsequences: false).map(String.init)
      guard lines.count == 3, lines[0] == Notebook.firstLine, lines[1].hasPrefix(Self.mark),
        lines[1].hasSuffix(Self.end)
      else { return nil }
      let word = lines[1].dropFirst(Self.mark.count).dropLast(Self.end.count)
      guard let step = Step.allCases.first(where: { $0.word == word }), step > .load else { return nil }
      let notebook = lines[0] + "\n" + lines[2]
      guard Notebook(parsing: SourceFile(name: "", text: notebook)).diagnostics.isEmpty else { return nil }
      self.init(step, notebook: notebook)
    }

    private static let mark = "<!-- tour "
    private static let end = " -->"
  }

  /// What is kept of it in a session; none where there is nothing to go on from.
  public func kept(of session: Session) -> Kept? {
    guard step > .load, !isOver else { return nil }
    return session.notebook().map { Kept(step, notebook: $0) }
  }

  /// What is said where a tour was left that may be gone on with.
  public static func offer(_ kept: Kept) -> String {
    """
    A tour was left at step \(kept.step.rawValue + 1) of \(Step.allCases.count), \(kept.step.text.title). tour on does again what led there, which is kept, and goes \
    on; tour again begins it anew.
    """
  }
}

extension Tour.Step {
  /// As files name it.
  fileprivate var word: String { "\(self)" }
}
