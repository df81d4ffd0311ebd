/// Codes of networks, data, running and expectations.
extension DiagnosticCode {
  var runningExplanation: Explanation? {
    switch self {
    case .noSuchLayer:
      Explanation(
        "a layer that the network does not have",
        "Layers count from the back, -1 is the logits; or they are called by name. inspect lists them.",
        wrong: Self.classifier + "let E = cladec C, layer: -6",
        right: Self.classifier + "let E = cladec C, layer: -5")
    case .shapesDoNotFit:
      Explanation(
        "shapes that do not fit",
        "Each block of a network works on what the one before it makes. The message names the block and the shape.",
        wrong: "let garments = load \"garments\"\nlet N = network [conv(8), dense(7)]\nlet C = train N, on: garments",
        right:
          "let garments = load \"garments\"\nlet N = network [conv(8), dense(classes)]\nlet C = train N, on: garments")
    case .imagesDoNotFit:
      Explanation(
        "images of another size or with other classes",
        "A classifier works on images of the size and with the number of classes that it was trained on.",
        wrong: Self.classifier + "let small = load \"garments\", size: 16\nshow accuracy(C, on: small)",
        right: Self.classifier + "let other = load \"garments\", seed: 2\nshow accuracy(C, on: other)")
    case .networkIncomplete:
      Explanation(
        "a network that cannot classify",
        "A network that is trained ends with one output for each class: dense(classes).",
        wrong: "let garments = load \"garments\"\nlet N = network [conv(8)]\nlet C = train N, on: garments",
        right:
          "let garments = load \"garments\"\nlet N = network [conv(8), dense(classes)]\nlet C = train N, on: garments")
    default: dataExplanation
    }
  }

  private var dataExplanation: Explanation? {
    switch self {
    case .unknownDataset:
      Explanation(
        "an unknown data set", "load knows a few data sets by name.",
        wrong: "let g = load \"garment\"",
        right: "let g = load \"garments\"")
    case .missingFile:
      Explanation(
        "a missing file",
        "Data sets other than garments are files, found in the folder that --data or CLADEC_DATA names.",
        wrong: "", right: "")
    case .brokenFile:
      Explanation(
        "a broken file", "The file is there, but it is cut off, damaged, or not what its name says.", wrong: "",
        right: "")
    case .notEnoughImages:
      Explanation(
        "more images than there are",
        "train: and test: take the first so many images of a split, and a split must fit into memory.",
        wrong: "let garments = load \"garments\", train: 2000000000",
        right: "let garments = load \"garments\", train: 2000")
    case .unknownClass:
      Explanation(
        "an unknown class", "Classes are called as the data set calls them; show garments.classes lists them.",
        wrong: "let garments = load \"garments\"\ngrid [input], of: garments, where: class == \"Bags\"",
        right: "let garments = load \"garments\"\ngrid [input], of: garments, where: class == \"Bag\"")
    case .interrupted:
      Explanation(
        "interrupted", "Ctrl-C stopped the work. At the prompt, what was bound before is still there.", wrong: "",
        right: "")
    case .diverged:
      Explanation(
        "a training that diverged",
        "The loss grew until it was no longer a number. A smaller learning rate helps, or a larger batch.",
        wrong: Self.linear + ", rate: 10", right: Self.linear + ", rate: 0.001")
    case .cannotWrite:
      Explanation("a file that cannot be written", "--output names another folder.", wrong: "", right: "")
    case .noImageMatches:
      Explanation(
        "no image meets the condition", "A figure needs at least one image. Ask for less in where:, or of more images.",
        wrong: Self.fewGarments + "grid [input], of: garments, where: class == \"Bag\" and class == \"Coat\"",
        right: Self.fewGarments + "grid [input], of: garments, where: class == \"Bag\" or class == \"Coat\"")
    case .tooMuchMemory:
      Explanation(
        "a training larger than the memory it may take",
        "--memory says how much that is, a quarter of the machine's if it is not given. A large batch is worked on in pieces that need "
          + "little at a time, so that it is mostly the images' size and the network's width that are too large.",
        wrong: "", right: "")
    case .expectationFailed:
      Explanation(
        "an expectation that does not hold",
        "expect compares what was measured with what the text claims, and shows both. In a sweep it must hold at every point, "
          + "unless it summarises with mean, sd, min or max.",
        wrong: "expect mean([1, 2, 3]) > 2", right: "expect mean([1, 2, 3]) ~ 2 ± 0.1")
    default: nil
    }
  }

  private static let fewGarments = "let garments = load \"garments\", train: 20, test: 20\n"
  private static let linear =
    fewGarments
    + "let N = network [\(String(repeating: "dense(64), ", count: 32))dense(classes)]\n"
    + "let C = train N, on: garments, epochs: 20"
  private static let classifier = "let garments = load \"garments\"\nlet C = train vgg5, on: garments\n"
}
