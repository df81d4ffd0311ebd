import Diagnostics
import Notebooks
import Syntax

extension Notebook {
  /// The file with every cell in the one canonical form and all prose as it is; the mistakes, where these prevent it.
  public func canonicalForm() -> Result<[UInt8], Mistakes> {
    let texts = cells.map { parse(source, range: $0.code) }
    let mistakes = diagnostics + texts.flatMap(\.diagnostics)
    guard !mistakes.contains(where: { $0.severity == .error }) else { return .failure(Mistakes(diagnostics: mistakes)) }
    var remaining = texts[...]
    return .success(replacingCode { _ in remaining.popFirst().map { format($0) } })
  }

  /// What is wrong with a notebook's form.
  public struct Mistakes: Error, Hashable, Sendable {
    public let diagnostics: [Diagnostic]
  }
}
