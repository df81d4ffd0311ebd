/// Codes of names, arguments and types.
extension DiagnosticCode {
  var nameExplanation: Explanation? {
    switch self {
    case .unknownName:
      Explanation(
        "an unknown name",
        "A name is bound above its first use, in the same text, and is written the same way: capitals count.",
        wrong: "let rate = 0.001\nshow rates",
        right: "let rate = 0.001\nshow rate")
    case .boundTwice:
      Explanation(
        "a name bound twice",
        "A name keeps its value, so that what a cell shows depends on nothing below it. Another value gets another name.",
        wrong: "let a = 1\nlet a = 2",
        right: "let a = 1\nlet a2 = 2")
    case .builtInName:
      Explanation(
        "a function as a name",
        "Functions and blocks keep their meaning everywhere, so their names cannot be bound.",
        wrong: "let mean = 3",
        right: "let average1 = 3")
    case .unknownVerb:
      Explanation(
        "an unknown verb or function",
        "help lists all verbs, functions and blocks. Some verbs are reserved for later versions: plot, probe, import, export.",
        wrong: "show avg([1, 2])",
        right: "show mean([1, 2])")
    case .unknownLabel:
      Explanation(
        "an unknown label",
        "Every verb and function has its own labels; the message lists them, and help explains them.",
        wrong: "let garments = load \"garments\"\nlet C = train vgg5, on: garments, epoch: 8",
        right: "let garments = load \"garments\"\nlet C = train vgg5, on: garments, epochs: 8")
    case .requiredArgument:
      Explanation(
        "a missing argument",
        "What has no default value must be given.",
        wrong: "let C = train vgg5, epochs: 8",
        right: "let garments = load \"garments\"\nlet C = train vgg5, on: garments, epochs: 8")
    case .repeatedArgument:
      Explanation(
        "an argument given twice",
        "A label stands at most once in a call. For several values give a list: it sweeps.",
        wrong: "let garments = load \"garments\", train: 100, train: 200",
        right: "let garments = load \"garments\", train: 200")
    case .wrongType:
      Explanation(
        "a value of another kind",
        "Each argument takes values of one kind: a number, a text in quotes, a network, …",
        wrong: "let garments = load \"garments\", train: \"many\"",
        right: "let garments = load \"garments\", train: 100")
    case .outOfRange:
      Explanation(
        "a value beyond its bounds",
        "Numbers have bounds, and some words are of a few: α lies between 0 and 1, and there is at least 1 epoch.",
        wrong: "let garments = load \"garments\"\nlet C = train vgg5, on: garments, epochs: 0",
        right: "let garments = load \"garments\"\nlet C = train vgg5, on: garments, epochs: 1")
    case .tooManyArguments:
      Explanation(
        "a value without its label",
        "Only first arguments stand without a label, so that a call can be read without knowing an order.",
        wrong: "let garments = load \"garments\"\nlet C = train vgg5, garments, on: garments",
        right: "let garments = load \"garments\"\nlet C = train vgg5, on: garments")
    default: operandExplanation
    }
  }

  private var operandExplanation: Explanation? {
    switch self {
    case .wrongOperands:
      Explanation(
        "operands that do not suit",
        "Arithmetic takes numbers, and and or take truth values, == takes two values of one kind.",
        wrong: "show 1 + \"2\"",
        right: "show 1 + 2")
    case .axesDiffer:
      Explanation(
        "axes of one name with other points",
        "Two swept values meet along the axes that they share by name, so these must have the same points.",
        wrong: "show abs([1, 2]) - abs([1, 2, 3])",
        right: "show abs([1, 2, 3]) - abs([1, 2, 3])")
    case .unknownAxis:
      Explanation(
        "an unknown axis",
        "mean, sd, min and max summarise along an axis that the value has: the label that was given a list.",
        wrong: "show mean(abs([1, -2]), over: \"seed\")",
        right: "show mean(abs([1, -2]), over: \"x\")")
    case .unknownMember:
      Explanation(
        "an unknown member",
        "After a dot stands what a value consists of: a data set has train, test, classes and name.",
        wrong: "let garments = load \"garments\"\nshow garments.tset",
        right: "let garments = load \"garments\"\nshow garments.test")
    case .badRange:
      Explanation(
        "a range that does not fit",
        "A range counts upward over whole numbers, both ends included. Elements are counted from 0.",
        wrong: "show [1, 2, 3][3]",
        right: "show [1, 2, 3][2]")
    case .sweepTooLarge:
      Explanation(
        "a sweep that is too large",
        "A sweep has a point for each combination of the values of its axes, and at most a million; a verb takes at most 10,000.",
        wrong: "show 1...2000000",
        right: "show 1...2000")
    case .outsideWhere:
      Explanation(
        "a question about an image, without an image",
        "class, predicted and confidence are asked of each image, in where: and sort:.",
        wrong: "show class",
        right: "let garments = load \"garments\"\ngrid [input], of: garments, where: class == \"Bag\"")
    case .wrongSetting:
      Explanation(
        "a --set that does not fit",
        "--set NAME=VALUE replaces the value of a param of the notebook by another one of its kind.",
        wrong: "", right: "")
    case .badSaveName:
      Explanation(
        "a name that cannot be a file's",
        "Results are saved in the output folder, under a plain name of letters, digits, - and _; the ending is added.",
        wrong: "let garments = load \"garments\"\ngrid [input], of: garments, save: \"../bags.png\"",
        right: "let garments = load \"garments\"\ngrid [input], of: garments, save: \"bags\"")
    case .savedTwice:
      Explanation(
        "a name used for two results",
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
    case .unknownColumn:
      Explanation(
        "an unknown column",
        "rows: and over: take the table's axes, columns: its axes and measures; show lists them.",
        wrong: Self.evaluation + "table T, columns: \"squared eror\"",
        right: Self.evaluation + "table T, columns: \"squared error\"")
    default: nil
    }
  }

  /// A text that ends with a table of measurements.
  static let evaluation =
    "let garments = load \"garments\"\nlet C = train vgg5, on: garments\nlet E = cladec C, layer: -1\nlet T = evaluate E\n"
}
