/// Codes of expressions, arguments and limits.
extension DiagnosticCode {
  var expressionExplanation: Explanation? {
    switch self {
    case .missingValue:
      Explanation(
        "a missing value",
        "An operator stands between two values, a comma between two elements, and = before a value.",
        wrong: "let a = 3 +",
        right: "let a = 3 + 4")
    case .missingArgument:
      Explanation(
        "a label without value",
        "The value of an argument follows its label and a colon.",
        wrong: "train vgg5, on:",
        right: "train vgg5, on: garments")
    case .missingComma:
      Explanation(
        "a missing comma",
        "Arguments and elements are separated by commas; spaces never change a meaning.",
        wrong: "train vgg5 on: garments",
        right: "train vgg5, on: garments")
    case .equalsInArgument:
      Explanation(
        "= after a label",
        "A label is followed by a colon.",
        wrong: "train vgg5, epochs=8",
        right: "train vgg5, epochs: 8")
    case .equalsInCondition:
      Explanation(
        "= for a comparison",
        "A single = binds a name. Two values are compared with ==.",
        wrong: "expect a = 3",
        right: "expect a == 3")
    case .chainedComparison:
      Explanation(
        "three in a comparison",
        "A comparison has two sides and a range two ends. Join two comparisons with and.",
        wrong: "expect 1 < a < 3",
        right: "expect 1 < a and a < 3")
    case .missingTolerance:
      Explanation(
        "~ without tolerance",
        "x ~ 0.87 ± 0.01 holds if x is between 0.86 and 0.88. What is near enough depends on the matter, "
          + "so it is always written. On a keyboard without ± write +-.",
        wrong: "expect a ~ 0.87",
        right: "expect a ~ 0.87 ± 0.01")
    case .strayTolerance:
      Explanation(
        "± without ~",
        "The tolerance ± belongs to the approximate test ~.",
        wrong: "expect a == 0.87 ± 0.01",
        right: "expect a ~ 0.87 ± 0.01")
    case .commandInExpression:
      Explanation(
        "a command inside an expression",
        "Without parentheses, a command stands alone on its line or right of let NAME =. Elsewhere its "
          + "arguments need parentheses, so that their end is clear.",
        wrong: "expect accuracy(train vgg5) > 0.9",
        right: "expect accuracy(train(vgg5)) > 0.9")
    case .unexpectedText:
      Explanation(
        "too much on a line",
        "A line holds one statement, and a statement one command or expression.",
        wrong: "let a = 3 4",
        right: "let a = [3, 4]")
    case .missingParentheses:
      Explanation(
        "an unknown verb, or a function without parentheses",
        "Only verbs take arguments without parentheses. A function is written accuracy(C).",
        wrong: "accuracy C",
        right: "accuracy(C)")
    case .notCallable:
      Explanation(
        "a call of a value",
        "Values have no methods: a function takes the value as its argument.",
        wrong: "C.accuracy()",
        right: "accuracy(C)")
    case .twoDots:
      Explanation(
        "a range with two dots",
        "A range is written with three dots, and includes both ends.",
        wrong: "let a = 1..5",
        right: "let a = 1...5")
    case .misplacedNot:
      Explanation(
        "not within a comparison",
        "not stands before a whole comparison. Inside one it needs parentheses.",
        wrong: "expect a == not b",
        right: "expect a == (not b)")
    case .misplacedLabel:
      Explanation(
        "a label outside of arguments",
        "A label is one word followed by a colon, among the arguments of a verb, function or block.",
        wrong: "let a = [b: 3]",
        right: "let a = [3]")
    case .danglingComma:
      Explanation(
        "a comma that nothing follows",
        "After a comma a command goes on in the next line. In brackets the last comma does no harm.",
        wrong: "train vgg5, on: garments,",
        right: "train vgg5, on: garments")
    case .missingMember:
      Explanation(
        "a dot without name",
        "After a dot stands the name of a part, as in garments.test.",
        wrong: "let a = garments.",
        right: "let a = garments.test")
    case .wrongSlice:
      Explanation(
        "a slice by none or several",
        "A slice is asked for by one number or one range.",
        wrong: "show images[]",
        right: "show images[0...7]")
    case .tooDeep:
      Explanation(
        "too many levels",
        "An expression has at most 100 levels of brackets and operators. Parts of a larger one get names "
          + "of their own.",
        wrong: String(repeating: "(", count: 120) + "1" + String(repeating: ")", count: 120),
        right: "let a = (1 + 2)")
    case .tooLong:
      Explanation(
        "too long a text",
        "Statements and notebooks have at most a million bytes.",
        wrong: String(repeating: "# data\n", count: 150_000),
        right: "# data")
    case .tooManyMistakes:
      Explanation(
        "too many mistakes",
        "The first 50 mistakes are shown. Often many of them have one cause.",
        wrong: String(repeating: "let a =\n", count: 60),
        right: "let a = 3")
    default: nil
    }
  }
}
