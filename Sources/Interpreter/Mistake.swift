import Diagnostics

/// The facts of a mistake in names, arguments and types. The wording stands in `Mistake+Wording.swift`.
enum Mistake: Hashable, Sendable {
  /// `ofEach`: the words that a condition may ask of each thing, where the name stands in one.
  case unknownName(String, known: [String], ofEach: [String])
  /// A blank of an exercise.
  case blank
  /// A word where a text is taken.
  case missingQuotes(String)
  /// The name of a function where a text is taken.
  case functionForText(String)
  case boundTwice(String, where: String?)
  case reserved(String, kind: Callable.Kind)
  case unknownVerb(String, known: [String], habit: String?)
  case laterVerb(String, known: [String])
  case notCallable(String, isA: String)
  case needsArguments(String, kind: Callable.Kind, example: String)
  case unknownLabel(callable: String, label: String, known: [String], habit: String?)
  case labelOnFirst(callable: String, label: String, example: String)
  case missing(callable: String, parameter: String, isPositional: Bool, takes: String, example: String)
  case repeatedArgument(callable: String, label: String)
  case tooMany(callable: String, allowed: Int, labels: [String], way: String?)
  /// `missing`: the labels that are missing, too.
  case wrongType(
    callable: String, argument: String, isPositional: Bool, takes: String, given: String, way: String?,
    missing: [String])
  case outOfRange(
    callable: String, argument: String, isPositional: Bool, takes: String, given: String, choices: [String])
  /// An argument that only running can tell.
  case measuredArgument(callable: String, argument: String, isPositional: Bool)
  case operands(operator: String, takes: String, left: String, right: String?, way: String?)
  case condition(given: String)
  case unknownWord(String, Words)
  case divisionByZero
  /// A sign or a function whose result is beyond what numbers can be.
  case beyondNumbers(String)
  case tooFewValues(String)
  case negativeTolerance(String)
  /// `areNumbers`: so that one of them may be summarised.
  case axesDiffer(name: String, left: String, right: String, areNumbers: Bool)
  case unknownAxis(String, known: [String], of: String = "a single value")
  /// A value that is not on the axis, or in no row of the column.
  case noSuchPoint(axis: String, given: String, points: [String])
  /// A position, or a text, where only an axis's name says what is meant.
  case needsAxis(axes: [String], example: String)
  case noSuchColumn(String, known: [String])
  /// The rows of a table in which a column has no value.
  case emptyCells(column: String)
  /// `takers` are the verbs and functions that take such a value.
  case unknownMember(String, of: ValueKind?, known: [String], way: String?, takers: [String])
  case notSliceable(String)
  case badRange(String)
  case outOfBounds(lower: Int, upper: Int, count: Int, noun: String, what: String)
  case sweepTooLarge([String], limit: Int)
  case listTooLarge(limit: Int)
  case statementTooLarge(limit: Int)
  case bindingsTooLarge(limit: Int)
  case outsideWhere(String, example: String)
  case parameterType(name: String, expected: String, given: String)
  case badSaveName(String)
  case savedTwice(String, line: Int)
  /// Two points of a sweep that make the same thing.
  case samePoint(String, String)
  /// Something failed and did not say why.
  case unexplained
}
