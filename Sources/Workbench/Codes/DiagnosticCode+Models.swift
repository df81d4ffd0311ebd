import Diagnostics

/// Codes of networks, layers, shapes and tables.
extension DiagnosticCode {
  public static let noSuchLayer = DiagnosticCode(
    "E201", "a layer that the network does not have",
    "Layers count from the back, -1 is the logits; or they are called by name. inspect lists them.",
    wrong: classifierExample + "let E = cladec C, layer: -6",
    right: classifierExample + "let E = cladec C, layer: -5")

  public static let shapesDoNotFit = DiagnosticCode(
    "E202", "shapes that do not fit",
    "Each block of a network works on what the one before it makes. The message names the block and the shape.",
    wrong: "let garments = load \"garments\"\nlet N = network [conv(8), dense(7)]\nlet C = train N, on: garments",
    right:
      "let garments = load \"garments\"\nlet N = network [conv(8), dense(classes)]\nlet C = train N, on: garments")

  public static let imagesDoNotFit = DiagnosticCode(
    "E204", "images of another size or with other classes",
    "A classifier works on images of the size and with the number of classes that it was trained on.",
    wrong: classifierExample + "let small = load \"garments\", size: 16\nshow accuracy(C, on: small)",
    right: classifierExample + "let other = load \"garments\", seed: 2\nshow accuracy(C, on: other)")

  public static let networkIncomplete = DiagnosticCode(
    "E205", "a network that cannot classify",
    "A network that is trained ends with one output for each class: dense(classes).",
    wrong: "let garments = load \"garments\"\nlet N = network [conv(8)]\nlet C = train N, on: garments",
    right:
      "let garments = load \"garments\"\nlet N = network [conv(8), dense(classes)]\nlet C = train N, on: garments")

  public static let unknownColumn = DiagnosticCode(
    "E121", "an unknown column",
    "rows: and over: take the table's axes, columns: its axes and measures; show lists them.",
    wrong: evaluationExample + "table T, columns: \"squared eror\"",
    right: evaluationExample + "table T, columns: \"squared error\"")

  /// All of them, in the order of the page.
  public static let modelCodes: [DiagnosticCode] = [
    .noSuchLayer, .shapesDoNotFit, .imagesDoNotFit, .networkIncomplete, .unknownColumn,
  ]

  private static let classifierExample = "let garments = load \"garments\"\nlet C = train vgg5, on: garments\n"
  /// A text that ends with a table of measurements.
  private static let evaluationExample = classifierExample + "let E = cladec C, layer: -1\nlet T = evaluate E\n"
}
