import Diagnostics

/// Codes of names and arguments.
extension DiagnosticCode {
  public static let unknownLabel = DiagnosticCode(
    "E021", "an unknown label",
    "Every verb and function has its own labels; the message lists them, and help explains them.",
    wrong: "let garments = load \"garments\"\nlet C = train vgg5, on: garments, epoch: 8",
    right: "let garments = load \"garments\"\nlet C = train vgg5, on: garments, epochs: 8")

  public static let unknownName = DiagnosticCode(
    "E101", "an unknown name",
    "A name is bound above its first use, in the same text, and is written the same way: capitals count.",
    wrong: "let rate = 0.001\nshow rates",
    right: "let rate = 0.001\nshow rate")

  public static let blank = DiagnosticCode(
    "E126", "a blank",
    "___ stands where an answer of an exercise goes. What uses it does not run until a value is written in its place; "
      + "everything else does.",
    wrong: "show 1 + ___",
    right: "show 1 + 1")

  public static let boundTwice = DiagnosticCode(
    "E102", "a name bound twice",
    "A name keeps its value, so that what a cell shows depends on nothing below it. Another value gets another name.",
    wrong: "let a = 1\nlet a = 2",
    right: "let a = 1\nlet a2 = 2")

  public static let builtInName = DiagnosticCode(
    "E103", "a function as a name",
    "Functions and blocks keep their meaning everywhere, so their names cannot be bound.",
    wrong: "let mean = 3",
    right: "let average1 = 3")

  public static let unknownVerb = DiagnosticCode(
    "E104", "an unknown verb or function",
    "help lists all verbs, functions and blocks. Some verbs are reserved for later versions: import, export.",
    wrong: "show avg([1, 2])",
    right: "show mean([1, 2])")

  public static let requiredArgument = DiagnosticCode(
    "E105", "a missing argument",
    "What has no default value must be given.",
    wrong: "let C = train vgg5, epochs: 8",
    right: "let garments = load \"garments\"\nlet C = train vgg5, on: garments, epochs: 8")

  public static let repeatedArgument = DiagnosticCode(
    "E107", "an argument given twice",
    "A label stands at most once in a call. For several values give a list: it sweeps.",
    wrong: "let garments = load \"garments\", train: 100, train: 200",
    right: "let garments = load \"garments\", train: 200")

  public static let wrongType = DiagnosticCode(
    "E108", "a value of another kind",
    "Each argument takes values of one kind: a number, a text in quotes, a network, …",
    wrong: "let garments = load \"garments\", train: \"many\"",
    right: "let garments = load \"garments\", train: 100")

  public static let outOfRange = DiagnosticCode(
    "E109", "a value beyond its bounds",
    "Numbers have bounds, and some words are of a few: α lies between 0 and 1, and there is at least 1 epoch.",
    wrong: "let garments = load \"garments\"\nlet C = train vgg5, on: garments, epochs: 0",
    right: "let garments = load \"garments\"\nlet C = train vgg5, on: garments, epochs: 1")

  public static let tooManyArguments = DiagnosticCode(
    "E110", "a value without its label",
    "Only first arguments stand without a label, so that a call can be read without knowing an order.",
    wrong: "let garments = load \"garments\"\nlet C = train vgg5, garments, on: garments",
    right: "let garments = load \"garments\"\nlet C = train vgg5, on: garments")

  /// All of them, in the order of the page.
  public static let nameCodes: [DiagnosticCode] = [
    .unknownLabel, .unknownName, .boundTwice, .builtInName, .unknownVerb, .requiredArgument, .repeatedArgument,
    .wrongType, .outOfRange, .tooManyArguments, .blank,
  ]
}
