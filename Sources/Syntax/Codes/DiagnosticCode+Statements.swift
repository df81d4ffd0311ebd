import Diagnostics

/// Codes of statements.
extension DiagnosticCode {
  public static let missingLet = DiagnosticCode(
    "E013", "a name without let",
    "A name is bound by let, or by param if it can be set from outside.",
    wrong: "a = 3",
    right: "let a = 3")

  public static let changedName = DiagnosticCode(
    "E014", "a name that changes",
    "In a notebook a name is bound once. So what a cell shows depends on nothing below it.",
    wrong: "a += 1",
    right: "let b = a + 1")

  public static let reservedName = DiagnosticCode(
    "E015", "a reserved word as a name",
    "Verbs and the words of the language cannot be names.",
    wrong: "let train = 3",
    right: "let training = 3")

  public static let missingName = DiagnosticCode(
    "E016", "a binding without name",
    "let and param bind a name: letters, digits and _, beginning with a letter.",
    wrong: "let = 3",
    right: "let a = 3")

  public static let missingEquals = DiagnosticCode(
    "E017", "a binding without =",
    "let NAME = value binds one name, with a single =.",
    wrong: "let a 3",
    right: "let a = 3")

  public static let notLiteral = DiagnosticCode(
    "E018", "a parameter that is computed",
    "A param can be replaced by --set NAME=VALUE before anything runs, so its value is written out: "
      + "a number, a string, true, false, or a list or range of such.",
    wrong: "param images = 2 * n",
    right: "param images = 2000")

  public static let foreignStatement = DiagnosticCode(
    "E019", "a statement of another language",
    "There are no loops, branches, definitions of functions or modules. A list where one value is "
      + "expected does what a loop would: every combination is computed, and the result has an axis for "
      + "it.",
    wrong: "for s in [1, 2]:",
    right: "let C = train vgg5, on: garments, seed: [1, 2]")

  /// All of them, in the order of the page.
  public static let statementCodes: [DiagnosticCode] = [
    .missingLet, .changedName, .reservedName, .missingName, .missingEquals, .notLiteral, .foreignStatement,
  ]
}
