/// The facts of a mistake in names, arguments and types. The wording stands in `Mistake+Wording.swift`.
enum Mistake: Hashable, Sendable {
  case unknownName(String, known: [String])
  /// A word where a text is taken.
  case missingQuotes(String)
  case boundTwice(String, where: String?)
  case reserved(String, kind: Callable.Kind)
  case unknownVerb(String, known: [String], habit: String?)
  case laterVerb(String, known: [String])
  case notCallable(String, isA: String)
  case needsArguments(String, kind: Callable.Kind, signature: String)
  case takesNoArguments(String)
  case unknownLabel(callable: String, label: String, known: [String], habit: String?)
  case labelOnFirst(callable: String, label: String)
  case missing(callable: String, parameter: String, isPositional: Bool, takes: String, example: String)
  case repeatedArgument(callable: String, label: String)
  case tooMany(callable: String, allowed: Int, labels: [String], way: String?)
  case wrongType(callable: String, argument: String, isPositional: Bool, takes: String, given: String, way: String?)
  case outOfRange(
    callable: String, argument: String, isPositional: Bool, takes: String, given: String, choices: [String])
  case operands(operator: String, takes: String, left: String, right: String?)
  case condition(given: String)
  case unknownWord(String, known: [String])
  case axesDiffer(name: String, left: String, right: String)
  case unknownAxis(String, known: [String])
  case unknownMember(String, of: String, known: [String], way: String?)
  case notSliceable(String)
  case badRange(String)
  case outOfBounds(lower: Int, upper: Int, count: Int, what: String)
  case sweepTooLarge([String], limit: Int)
  case listTooLarge(limit: Int)
  case outsideWhere(String)
  case parameterNotLiteral
  case parameterType(name: String, expected: String, given: String)
  case badSaveName(String)
  case savedTwice(String, line: Int)
  /// Two points of a sweep that make the same thing.
  case samePoint(String, String)
}
