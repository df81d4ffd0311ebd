import Diagnostics
import Syntax
import Text

/// Evaluates statements one after the other. Checking and running are this same code: what differs is the vocabulary,
/// whose functions give unknown numbers as long as nothing may be trained. A mistake is reported once, where it is.
public final class Evaluator {
  public let vocabulary: Vocabulary
  public var environment: Environment { names.environment }
  /// Values of parameters from outside the text, as they were written there.
  public let overrides: [String: String]

  /// No statement computes more single values, and all names together hold no more, so that no text exhausts the memory.
  public static let mostValues = 5_000_000

  /// Whether a name could not be bound because all of them together would have held too much.
  public private(set) var isFull = false

  private let mostValues: Int
  /// All statements of a text together compute no more, if there is such a limit.
  private let mostInText: Int?
  private var computed = 0
  private let names: NameTable
  private let saveNames = SaveNames()
  private let interruption: () -> Fault?
  private let finish: (Value) throws(Fault) -> Void

  /// - Parameters:
  ///   - mostValues: no statement computes more single values, and all names together hold no more.
  ///   - mostInText: all statements of a text together compute no more; none for any number.
  ///   - interruption: asked now and then while a statement is evaluated; what it answers ends the statement.
  ///   - finish: does what must be done for a statement's value to be had; where it fails, the statement fails.
  public init(
    vocabulary: Vocabulary, environment: Environment = Environment(), overrides: [String: String] = [:],
    mostValues: Int = Evaluator.mostValues, mostInText: Int? = nil, interruption: @escaping () -> Fault? = { nil },
    finish: @escaping (Value) throws(Fault) -> Void = { _ in }
  ) {
    self.vocabulary = vocabulary
    self.overrides = overrides
    self.mostValues = mostValues
    self.mostInText = mostInText
    self.interruption = interruption
    self.finish = finish
    names = NameTable(environment)
  }

  /// Evaluates a statement and binds its name. Where it fails, the name is bound to nothing if `poisons`, so that
  /// statements below stay silent about it; otherwise it stays free for another attempt.
  public func execute(_ statement: Statement, in source: SourceFile, poisons: Bool = true) -> Outcome {
    let left = mostInText.map { max(0, $0 - computed) } ?? mostValues
    let log = StatementLog(source: source, mostValues: min(left, mostValues), interruption: interruption)
    defer { computed += log.count }
    let evaluator = ExpressionEvaluator(vocabulary: vocabulary, names: names, saveNames: saveNames, log: log)
    var result: Outcome.Result?
    guard log.mayCompute(0, at: statement.span) else {
      return Outcome(result: nil, diagnostics: log.diagnostics, kept: [])
    }
    switch statement.kind {
    case .bind(let name, let expression):
      result = bind(name, statement, log, poisons) {
        self.finished(evaluator.evaluate(expression, binding: name.text), expression, log)
      }
      .map { .bound(name: name.text, $0) }
    case .parameter(let name, let expression):
      result = bind(name, statement, log, poisons) { self.parameterValue(name, expression, evaluator) }
        .map { .parameter(name: name.text, $0) }
    case .expect(let expression, let message):
      var judge = ExpectationJudge(evaluator)
      result = judge.judge(expression, message: message).map { .expected($0) }
    case .show(let expression):
      result = finished(evaluator.evaluate(expression), expression, log).map { .shown($0) }
    }
    // Nothing fails without a word: what has no result has a mistake, its own or one above.
    if result == nil, log.diagnostics.isEmpty, !log.buildsOnMistake { log.report(.unexplained, at: statement.span) }
    return Outcome(
      result: log.diagnostics.isEmpty ? result : nil, diagnostics: log.diagnostics, warnings: log.warnings,
      kept: log.kept)
  }

  /// The value of an expression by itself, which binds and keeps nothing; none where it has a mistake.
  /// - Parameter subject: what conditions are asked about.
  public func evaluate(
    _ expression: Expression, in source: SourceFile, about subject: (any DomainObject)? = nil
  ) -> Value? {
    let log = StatementLog(source: source, mostValues: mostValues, interruption: interruption)
    let evaluator = ExpressionEvaluator(
      vocabulary: vocabulary, names: names, saveNames: SaveNames(), log: log, subject: subject)
    let value = evaluator.evaluate(expression)
    return log.diagnostics.isEmpty ? value : nil
  }

  /// Takes a name whose definition could not be read: statements below stay silent about it.
  public func poison(_ name: Name, in source: SourceFile) {
    if names[name.text] == nil { names.environment.bind(name.text, to: nil, source: source, span: name.span) }
  }

  /// Another text begins, such as a cell.
  public func beginText() { computed = 0 }

  /// What was bound before may be bound again, and results saved again under names that were used.
  public func beginEntry() {
    saveNames.free()
    names.environment = names.environment.replaceable
  }

  /// Lets what a statement has shown be read as `_`.
  public func keepShown(_ value: Value, _ statement: Statement, in source: SourceFile) {
    if case .nothing = value { return }
    names.environment.bind(
      Environment.last, to: value, using: statement.usedNames.map(\.text), source: source, span: statement.span)
  }

  /// Takes other names in place of those that were bound.
  public func replace(_ environment: Environment) { names.environment = environment }

  /// The value of a whole statement, with all that it stands for.
  private func finished(_ value: Value?, _ expression: Expression, _ log: StatementLog) -> Value? {
    guard let value else { return nil }
    do throws(Fault) {
      try finish(value)
      return value
    } catch {
      log.report(error, at: expression.span)
      return nil
    }
  }

  private func bind(
    _ name: Name, _ statement: Statement, _ log: StatementLog, _ poisons: Bool, _ evaluate: () -> Value?
  ) -> Value? {
    let isFree = self.isFree(name, log)
    var value = evaluate()
    if let extent = value?.extent, names.environment.extent + extent > mostValues {
      log.report(.bindingsTooLarge(limit: mostValues), at: name.span)
      isFull = true
      value = nil
    }
    if isFree, value != nil && log.diagnostics.isEmpty || poisons {
      names.environment.bind(
        name.text, to: value, using: statement.usedNames.map(\.text), source: log.source, span: name.span)
    }
    return value
  }

  private func isFree(_ name: Name, _ log: StatementLog) -> Bool {
    if let callable = vocabulary[name.text] {
      log.report(.reserved(name.text, kind: callable.kind), at: name.span)
      return false
    }
    guard let earlier = names[name.text], !earlier.mayBeReplaced else { return true }
    let isHere = earlier.source == log.source
    let place = isHere ? "defined in line \(earlier.source.location(of: earlier.span.start).line)" : "defined before"
    log.report(.boundTwice(name.text, where: earlier.isBuiltIn ? nil : place), at: name.span)
    return false
  }

  private func parameterValue(_ name: Name, _ expression: Expression, _ evaluator: ExpressionEvaluator) -> Value? {
    guard let value = evaluator.evaluate(expression) else { return nil }
    guard let text = overrides[name.text] else { return value }
    guard let override = value.replaced(by: text) else {
      evaluator.log.report(
        .parameterType(name: name.text, expected: value.kindInWords, given: printable(text)), at: expression.span)
      return nil
    }
    return override
  }
}

/// The names as statements find them.
final class NameTable {
  var environment: Environment

  init(_ environment: Environment) { self.environment = environment }

  subscript(name: String) -> Environment.Binding? { environment[name] }

  var all: [String] { environment.names }

  func nearest(to name: String) -> String? { Text.nearest(name, among: environment.names) }
}
