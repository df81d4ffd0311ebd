import Diagnostics

/// Codes of values, sweeps, names of results, and expectations.
extension DiagnosticCode {
  public static let wrongOperands = DiagnosticCode(
    "E111", "operands that do not suit",
    "Arithmetic takes numbers, and and or take truth values, == takes two values of one kind.",
    wrong: "show 1 + \"2\"",
    right: "show 1 + 2")

  public static let axesDiffer = DiagnosticCode(
    "E112", "axes of one name with other points",
    "Two swept values meet along the axes that they share by name, so these must have the same points.",
    wrong: "show abs([1, 2]) - abs([1, 2, 3])",
    right: "show abs([1, 2, 3]) - abs([1, 2, 3])")

  public static let unknownAxis = DiagnosticCode(
    "E113", "an unknown axis",
    "mean, sd, min and max summarise along an axis that the value has: the label that was given a list. In brackets behind a "
      + "value stand its axes, too: C[seed: 1].",
    wrong: "show mean(abs([1, -2]), over: \"seed\")",
    right: "show mean(abs([1, -2]), over: \"x\")")

  public static let unknownMember = DiagnosticCode(
    "E114", "an unknown member",
    "After a dot stands what a value consists of: a data set has train, test, classes and name. A function of one value may "
      + "stand there, too: C.accuracy is accuracy(C).",
    wrong: "let garments = load \"garments\"\nshow garments.tset",
    right: "let garments = load \"garments\"\nshow garments.test")

  public static let badRange = DiagnosticCode(
    "E115", "a range that does not fit",
    "A range counts upward over whole numbers, both ends included. Elements are counted from 0.",
    wrong: "show [1, 2, 3][3]",
    right: "show [1, 2, 3][2]")

  public static let sweepTooLarge = DiagnosticCode(
    "E116", "a sweep that is too large",
    "A sweep has a point for each combination of the values of its axes, and at most a million; a verb takes at most 10,000.",
    wrong: "show 1...2000000",
    right: "show 1...2000")

  public static let outsideWhere = DiagnosticCode(
    "E117", "a question about an image, without an image",
    "class, predicted and confidence are asked of each image, in where: and sort:.",
    wrong: "show class",
    right: "let garments = load \"garments\"\ngrid [input], of: garments, where: class == \"Bag\"")

  public static let wrongSetting = DiagnosticCode(
    "E118", "a --set that does not fit",
    "--set NAME=VALUE replaces the value of a param of the notebook by another one of its kind.")

  public static let badSaveName = DiagnosticCode(
    "E119", "a name that cannot be a file's",
    "Results are saved in the output folder, under a plain name of letters, digits, - and _; the ending is added.",
    wrong: "let garments = load \"garments\"\ngrid [input], of: garments, save: \"../bags.png\"",
    right: "let garments = load \"garments\"\ngrid [input], of: garments, save: \"bags\"")

  public static let savedTwice = DiagnosticCode(
    "E120", "a name used for two results",
    "The second result would replace the first.",
    wrong: """
      let garments = load "garments"
      grid [input], of: garments, save: "a"
      grid [input], of: garments, save: "a"
      """,
    right: """
      let garments = load "garments"
      grid [input], of: garments, save: "a"
      grid [input], of: garments, save: "b"
      """)

  public static let expectationFailed = DiagnosticCode(
    "E501", "an expectation that does not hold",
    "expect compares what was measured with what the text claims, and shows both. In a sweep it must hold at every point, "
      + "unless it summarises with mean, sd, min or max.",
    wrong: "expect mean([1, 2, 3]) > 2", right: "expect mean([1, 2, 3]) ~ 2 ± 0.1")

  public static let noNumber = DiagnosticCode(
    "E122", "a calculation without a result",
    "A division by zero, or what grows beyond 1e308, is no number, and neither is the mean of nothing. Nothing can be "
      + "built on it, so it is a mistake where it arises.",
    wrong: "show 1 / (2 - 2)",
    right: "show 1 / (3 - 2)")

  public static let measuredArgument = DiagnosticCode(
    "E123", "an argument that depends on a measurement",
    "What a verb or a block is given must be known before anything runs, so that the whole notebook can be checked and "
      + "its trainings are known. A number that is measured can be shown, compared and put into tables.",
    wrong: "let garments = load \"garments\"\nlet C = train vgg5, on: garments\n"
      + "let D = train vgg5, on: garments, epochs: 10 * accuracy(C)",
    right: "let garments = load \"garments\"\nlet C = train vgg5, on: garments\n"
      + "let D = train vgg5, on: garments, epochs: 10 * 2")

  public static let unexplained = DiagnosticCode(
    "E124", "a failure without a reason",
    "Something failed and did not say why, which is a fault of the program and not of the text.")

  public static let noSuchPoint = DiagnosticCode(
    "E125", "nothing there to be chosen",
    "In brackets behind a swept value stands the point that is meant: the names of axes, each with one of its values. A "
      + "position, counted from 0, will do where there is one axis. From a table columns are chosen by their names in quotes, and "
      + "rows by what they have in a column.",
    wrong: "let a = abs([1, -2])\nshow a[x: 3]",
    right: "let a = abs([1, -2])\nshow a[x: -2]")

  /// All of them, in the order of the page.
  public static let valueCodes: [DiagnosticCode] = [
    .wrongOperands, .axesDiffer, .unknownAxis, .unknownMember, .badRange, .sweepTooLarge, .outsideWhere, .wrongSetting,
    .badSaveName, .savedTwice, .noNumber,
    .measuredArgument, .unexplained, .noSuchPoint, .expectationFailed,
  ]
}
