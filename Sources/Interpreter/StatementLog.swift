import Diagnostics

/// What one statement has come to so far: its mistakes, the results that are to be kept, how much it has computed.
final class StatementLog {
  let source: SourceFile
  private(set) var diagnostics: [Diagnostic] = []
  /// What is odd, and no mistake.
  private(set) var warnings: [Diagnostic] = []
  var kept: [(name: String, object: any DomainObject)] = []
  /// Whether it builds on a name whose definition failed.
  var buildsOnMistake = false
  /// Nothing is gained by going on: the user has interrupted the work, or it cannot succeed.
  private(set) var isHalted = false

  private struct Site: Hashable {
    let code: DiagnosticCode
    let span: SourceSpan
  }

  private var sites: Set<Site> = []
  /// How many single values it has computed.
  private(set) var count = 0
  private let mostValues: Int
  private let interruption: () -> Fault?

  /// - Parameters:
  ///   - mostValues: no statement computes more, so that none exhausts the memory.
  ///   - interruption: asked now and then; what it answers is reported and ends the statement.
  init(source: SourceFile, mostValues: Int = Evaluator.mostValues, interruption: @escaping () -> Fault? = { nil }) {
    self.source = source
    self.mostValues = mostValues
    self.interruption = interruption
  }

  /// Of many mistakes, as many are worded as are shown.
  func report(_ mistake: @autoclosure () -> Mistake, at span: SourceSpan) {
    guard diagnostics.count <= Diagnostic.mostShown else { return }
    report(mistake().fault(), at: span)
  }

  /// One mistake of a kind is reported at a place, however many points of a sweep make it.
  func report(_ fault: Fault, at span: SourceSpan) {
    guard case .found(let finding) = fault else { return }
    isHalted = isHalted || finding.code.endsSweep
    guard diagnostics.count <= Diagnostic.mostShown, sites.insert(Site(code: finding.code, span: span)).inserted else {
      return
    }
    diagnostics.append(finding.diagnostic(in: source, at: span))
  }

  /// Of many, as many are told as mistakes are shown.
  func warn(_ finding: Fault.Finding, at span: SourceSpan) {
    guard warnings.count < Diagnostic.mostShown else { return }
    warnings.append(finding.diagnostic(.warning, in: source, at: span))
  }

  /// Whether so many more values may be computed; if not, that is reported.
  func mayCompute(_ more: Int, at span: SourceSpan) -> Bool {
    count += more
    if count > mostValues {
      report(.statementTooLarge(limit: mostValues), at: span)
      return false
    }
    if let fault = interruption() {
      report(fault, at: span)
      return false
    }
    return !isHalted
  }

  /// The text of an expression on one line.
  func text(_ span: SourceSpan) -> String {
    source.text(span).split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }
}
