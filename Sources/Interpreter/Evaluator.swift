import Diagnostics
import Syntax

/// Evaluates statements one after the other. Checking and running are this same code: what differs is the vocabulary,
/// whose verbs give unknown numbers as long as nothing may be trained. A mistake is reported once, where it is;
/// whatever builds on it (`nil` here) stays silent.
public final class Evaluator {
  public let vocabulary: Vocabulary
  public private(set) var environment: Environment
  /// Values of parameters from outside the text, as they were written there.
  public let overrides: [String: String]
  /// Where results have been kept so far, by kind and name: files of two kinds have different endings.
  public var keptNames: [KeptName: SourceSpan] = [:]

  public struct KeptName: Hashable, Sendable {
    let kind: String
    let name: String
  }

  // The statement at hand.
  var source = SourceFile(name: "", bytes: [])
  var diagnostics: [Diagnostic] = []
  var kept: [(name: String, object: any DomainObject)] = []
  var binding: String?
  var subject: (any DomainObject)?

  /// What must be done for a value to be had; where it fails, the statement fails.
  private let finish: (Value) throws(Fault) -> Void

  public init(
    vocabulary: Vocabulary, environment: Environment = Environment(), overrides: [String: String] = [:],
    finish: @escaping (Value) throws(Fault) -> Void = { _ in }
  ) {
    self.vocabulary = vocabulary
    self.environment = environment
    self.overrides = overrides
    self.finish = finish
  }

  /// Evaluates a statement and binds its name. Where it fails, the name is bound to nothing if `poisons`, so that
  /// statements below stay silent about it; otherwise it stays free for another attempt.
  public func execute(_ statement: Statement, in source: SourceFile, poisons: Bool = true) -> Outcome {
    self.source = source
    (diagnostics, kept, binding, subject) = ([], [], nil, nil)
    let result = self.result(of: statement, poisons: poisons)
    return Outcome(result: diagnostics.isEmpty ? result : nil, diagnostics: diagnostics, kept: kept)
  }

  private func result(of statement: Statement, poisons: Bool) -> Outcome.Result? {
    switch statement.kind {
    case .bind(let name, let expression):
      let isFree = self.isFree(name)
      binding = name.text
      let value = finished(expression)
      if isFree, value != nil || poisons { bind(name, to: value) }
      return value.map { .bound(name: name.text, $0) }
    case .parameter(let name, let expression):
      let isFree = self.isFree(name)
      let value = parameterValue(name, expression)
      if isFree, value != nil || poisons { bind(name, to: value) }
      return value.map { .parameter(name: name.text, $0) }
    case .expect(let expression): return expectation(expression).map { .expected($0) }
    case .show(let expression): return finished(expression).map { .shown($0) }
    }
  }

  /// The value of a whole statement, with all that it stands for.
  private func finished(_ expression: Expression) -> Value? {
    guard let value = evaluate(expression) else { return nil }
    do throws(Fault) {
      try finish(value)
      return value
    } catch {
      report(error, at: expression.span)
      return nil
    }
  }

  /// Takes a name whose definition could not be read: statements below stay silent about it.
  public func poison(_ name: Name, in source: SourceFile) {
    if environment[name.text] == nil { environment.bind(name.text, to: nil, source: source, span: name.span) }
  }

  private func bind(_ name: Name, to value: Value?) {
    environment.bind(name.text, to: value, source: source, span: name.span)
  }

  private func isFree(_ name: Name) -> Bool {
    if let callable = vocabulary[name.text] {
      report(.reserved(name.text, kind: callable.kind), at: name.span)
      return false
    }
    guard let earlier = environment[name.text] else { return true }
    let place: String? =
      earlier.source.name == "<prelude>"
      ? nil
      : earlier.source == source ? "defined in line \(source.location(of: earlier.span.start).line)" : "defined before"
    report(.boundTwice(name.text, where: place), at: name.span)
    return false
  }

  private func parameterValue(_ name: Name, _ expression: Expression) -> Value? {
    guard expression.isLiteral else {
      report(.parameterNotLiteral, at: expression.span)
      return nil
    }
    guard let value = evaluate(expression) else { return nil }
    guard let text = overrides[name.text] else { return value }
    guard let override = value.sameKind(from: text) else {
      report(.parameterType(name: name.text, expected: value.typeName, given: text), at: expression.span)
      return nil
    }
    return override
  }

  func report(_ mistake: Mistake, at span: SourceSpan) { report(mistake.fault(), at: span) }

  /// One mistake of a kind is reported at a place, however many points of a sweep make it.
  func report(_ fault: Fault, at span: SourceSpan) {
    let diagnostic = Diagnostic(
      fault.code, fault.title, source: source, span: span, label: fault.label, help: fault.help)
    if !diagnostics.contains(where: { $0.code == diagnostic.code && $0.span == span }) {
      diagnostics.append(diagnostic)
    }
  }

  /// The text of an expression on one line.
  func text(_ span: SourceSpan) -> String {
    source.text(span).split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }
}

extension Expression {
  var isLiteral: Bool {
    switch kind {
    case .number, .string, .boolean: true
    case .unary(.minus, let inner): inner.isLiteral
    case .list(let elements): elements.allSatisfy(\.isLiteral)
    case .range(let lower, let upper): lower.isLiteral && upper.isLiteral
    default: false
    }
  }
}
