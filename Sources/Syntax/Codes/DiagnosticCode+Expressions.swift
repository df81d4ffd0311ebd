import Diagnostics

/// Codes of expressions, arguments and their depth.
extension DiagnosticCode {
  public static let missingValue = DiagnosticCode(
    "E020", "a missing value",
    "An operator stands between two values, a comma between two elements, and = before a value.",
    wrong: "let a = 3 +",
    right: "let a = 3 + 4")

  public static let missingArgument = DiagnosticCode(
    "E038", "a label without value",
    "The value of an argument follows its label and a colon.",
    wrong: "train vgg5, on:",
    right: "train vgg5, on: garments")

  public static let missingComma = DiagnosticCode(
    "E022", "a missing comma",
    "Arguments and elements are separated by commas; spaces never change a meaning.",
    wrong: "train vgg5 on: garments",
    right: "train vgg5, on: garments")

  public static let equalsInArgument = DiagnosticCode(
    "E023", "= after a label",
    "A label is followed by a colon.",
    wrong: "train vgg5, epochs=8",
    right: "train vgg5, epochs: 8")

  public static let equalsInCondition = DiagnosticCode(
    "E024", "= for a comparison",
    "A single = binds a name. Two values are compared with ==.",
    wrong: "expect a = 3",
    right: "expect a == 3")

  public static let chainedComparison = DiagnosticCode(
    "E025", "three in a comparison",
    "A comparison has two sides and a range two ends. Join two comparisons with and.",
    wrong: "expect 1 < a < 3",
    right: "expect 1 < a and a < 3")

  public static let missingTolerance = DiagnosticCode(
    "E026", "~ without tolerance",
    "x ~ 0.87 ± 0.01 holds if x is between 0.86 and 0.88. What is near enough depends on the matter, "
      + "so it is always written. On a keyboard without ± write +-.",
    wrong: "expect a ~ 0.87",
    right: "expect a ~ 0.87 ± 0.01")

  public static let strayTolerance = DiagnosticCode(
    "E027", "± without ~",
    "The tolerance ± belongs to the approximate test ~.",
    wrong: "expect a == 0.87 ± 0.01",
    right: "expect a ~ 0.87 ± 0.01")

  public static let commandInExpression = DiagnosticCode(
    "E028", "a command inside an expression",
    "Without parentheses, a command stands alone on its line or right of let NAME =. Elsewhere its "
      + "arguments need parentheses, so that their end is clear.",
    wrong: "expect accuracy(train vgg5) > 0.9",
    right: "expect accuracy(train(vgg5)) > 0.9")

  public static let unexpectedText = DiagnosticCode(
    "E029", "too much on a line",
    "A line holds one statement, and a statement one command or expression.",
    wrong: "let a = 3 4",
    right: "let a = [3, 4]")

  public static let missingParentheses = DiagnosticCode(
    "E030", "an unknown verb, or a function without parentheses",
    "Only verbs take arguments without parentheses. A function is written accuracy(C).",
    wrong: "accuracy C",
    right: "accuracy(C)")

  public static let notCallable = DiagnosticCode(
    "E031", "a call of a value",
    "Values have no methods: a function takes the value as its argument.",
    wrong: "C.accuracy()",
    right: "accuracy(C)")

  public static let twoDots = DiagnosticCode(
    "E032", "a range with two dots",
    "A range is written with three dots, and includes both ends.",
    wrong: "let a = 1..5",
    right: "let a = 1...5")

  public static let misplacedNot = DiagnosticCode(
    "E033", "not within a comparison",
    "not stands before a whole comparison. Inside one it needs parentheses.",
    wrong: "expect a == not b",
    right: "expect a == (not b)")

  public static let misplacedLabel = DiagnosticCode(
    "E034", "a label outside of arguments",
    "A label is one word followed by a colon, among the arguments of a verb, function or block.",
    wrong: "let a = [b: 3]",
    right: "let a = [3]")

  public static let danglingComma = DiagnosticCode(
    "E035", "a comma that nothing follows",
    "After a comma a command goes on in the next line. In brackets the last comma does no harm.",
    wrong: "train vgg5, on: garments,",
    right: "train vgg5, on: garments")

  public static let missingMember = DiagnosticCode(
    "E036", "a dot without name",
    "After a dot stands the name of a part, as in garments.test.",
    wrong: "let a = garments.",
    right: "let a = garments.test")

  public static let wrongSlice = DiagnosticCode(
    "E037", "a slice by none or several",
    "A slice is asked for by one number or one range, a point of a sweep by the names of its axes.",
    wrong: "show images[]",
    right: "show images[0...7]")

  public static let tooDeep = DiagnosticCode(
    "E040", "too many levels",
    "An expression has at most \(Limits.depth) levels of brackets and operators. Parts of a larger one get names "
      + "of their own.",
    wrong: String(repeating: "(", count: 120) + "1" + String(repeating: ")", count: 120),
    right: "let a = (1 + 2)")

  /// All of them, in the order of the page.
  public static let expressionCodes: [DiagnosticCode] = [
    .missingValue, .missingArgument, .missingComma, .equalsInArgument, .equalsInCondition, .chainedComparison,
    .missingTolerance, .strayTolerance, .commandInExpression, .unexpectedText, .missingParentheses, .notCallable,
    .twoDots, .misplacedNot, .misplacedLabel, .danglingComma, .missingMember, .wrongSlice, .tooDeep,
  ]
}
