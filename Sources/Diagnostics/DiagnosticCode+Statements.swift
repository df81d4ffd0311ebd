/// Codes of statements.
extension DiagnosticCode {
  var statementExplanation: Explanation? {
    switch self {
    case .missingLet:
      Explanation(
        "a name without let",
        "A name is bound by let, or by param if it can be set from outside.",
        wrong: "a = 3",
        right: "let a = 3")
    case .changedName:
      Explanation(
        "a name that changes",
        "A name is bound once. So what a cell shows depends on nothing below it.",
        wrong: "a += 1",
        right: "let b = a + 1")
    case .reservedName:
      Explanation(
        "a reserved word as a name",
        "Verbs and the words of the language cannot be names.",
        wrong: "let train = 3",
        right: "let training = 3")
    case .missingName:
      Explanation(
        "a binding without name",
        "let and param bind a name: letters, digits and _, beginning with a letter.",
        wrong: "let = 3",
        right: "let a = 3")
    case .missingEquals:
      Explanation(
        "a binding without =",
        "let NAME = value binds one name, with a single =.",
        wrong: "let a 3",
        right: "let a = 3")
    case .notLiteral:
      Explanation(
        "a parameter that is computed",
        "A param can be replaced by --set NAME=VALUE before anything runs, so its value is written out: "
          + "a number, a string, true, false, or a list or range of such.",
        wrong: "param images = 2 * n",
        right: "param images = 2000")
    case .foreignStatement:
      Explanation(
        "a statement of another language",
        "There are no loops, branches, definitions of functions or modules. A list where one value is "
          + "expected does what a loop would: every combination is computed, and the result has an axis for "
          + "it.",
        wrong: "for s in [1, 2]:",
        right: "let C = train vgg5, on: garments, seed: [1, 2]")
    default: nil
    }
  }
}
