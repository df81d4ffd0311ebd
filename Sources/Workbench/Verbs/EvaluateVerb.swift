import Datasets
import Interpreter
import Networks

/// `evaluate [E, R], judge: vgg5, epochs: 5`: what the paper measures of autoencoders, one row for each of them.
func evaluateVerb(_ laboratory: Laboratory) -> Callable {
  Callable(
    .verb, "evaluate",
    [
      .first("autoencoders", .object("autoencoder"), reach: .whole, "an autoencoder, or a list of them"),
      .label("on", .object("data set", also: ["images"]), .decided("the test split"), "the images to measure on"),
      .label(
        "judge", .object("network"), .decided("none"),
        "the network of the evaluation classifier, which learns from reconstructions only"),
      .label("epochs", .integer(1...100_000), .value(.number(10)), "how often the judge sees every reconstruction"),
    ],
    returns: "table", "Squared errors and accuracies of autoencoders, one row for each.",
    example: "let T = evaluate [E, R], judge: vgg5, epochs: 5"
  ) { call throws(Fault) in
    let evaluation = Evaluation(
      laboratory: laboratory, images: call.images("on", of: .test),
      judge: call.object("judge", as: NetworkValue.self)?.architecture, epochs: call.integer("epochs") ?? 10)
    var entries: [Distinctions.Entry] = []
    for operand in call.value("autoencoders").map(\.operands) ?? [] {
      entries += Evaluation.entries(of: operand)
    }
    return .table(try evaluation.table(entries))
  }
}

/// Measures autoencoders one after the other.
private struct Evaluation {
  let laboratory: Laboratory
  let images: ImagesValue?
  let judge: Architecture?
  let epochs: Int

  static func entries(of operand: Value) -> [Distinctions.Entry] {
    operand.listed.enumerated().compactMap { index, element in
      guard case .object(let object) = element, let value = object as? AutoEncoderValue else { return nil }
      if case .array(let array) = operand { return Distinctions.Entry(autoEncoder: value, point: array.point(index)) }
      return Distinctions.Entry(autoEncoder: value, point: SweepPoint())
    }
  }

  func table(_ entries: [Distinctions.Entry]) throws(Fault) -> Table {
    let distinctions = Distinctions(entries)
    let keys = distinctions.keys
    var columns = keys.map { Table.Column($0, .key) }
    // What the paper's Table 2 prints as α.
    let weighs = keys.contains("alpha")
    if weighs { columns.append(Table.Column("1 - alpha", .setting, meaning: "the weight of the squared error")) }
    columns += [
      Table.Column("squared error", .measure, meaning: "sum over pixels, mean over images"),
      Table.Column("mse", .measure, meaning: "squared error, mean over pixels"),
      Table.Column(
        "classification", .measure, meaning: "cross-entropy of the explained classifier on the reconstructions"),
    ]
    if judge != nil {
      columns.append(
        Table.Column("judged accuracy", .measure, meaning: "of a classifier that learned from reconstructions"))
    }
    columns += [
      Table.Column("kept accuracy", .measure, meaning: "of the explained classifier on the reconstructions"),
      Table.Column("classifier accuracy", .context, meaning: "of the explained classifier on the images"),
    ]
    var rows: [[Table.Cell]] = []
    var contexts: [Int] = []
    var numbers: [Application<ClassifierRecipe>: Int] = [:]
    var seen: Set<[AxisPoint?]> = []
    for (entry, place) in zip(entries, distinctions.places) {
      // The same autoencoder named twice is measured once.
      guard seen.insert(place).inserted else { continue }
      let weight = entry.autoEncoder.alpha.map { Table.Cell.number(1 - $0) } ?? .none
      rows.append(
        place.map { $0.map { Table.Cell($0) } ?? .none } + (weighs ? [weight] : []) + (try measures(of: entry)))
      let value = entry.autoEncoder
      let context = Application(
        model: value.classifier.recipe, images: (self.images ?? value.testImages).recipe)
      let number = numbers[context] ?? numbers.count
      numbers[context] = number
      contexts.append(number)
    }
    return Table(columns: columns, rows: rows, contexts: contexts)
  }

  private func measures(of entry: Distinctions.Entry) throws(Fault) -> [Table.Cell] {
    let value = entry.autoEncoder
    let images = self.images ?? value.testImages
    try checkImages(images, fit: value.classifier, at: "on")
    let measured = try laboratory.measure(value, on: images)
    var cells = [measured.cell(\.squaredError), measured.cell(\.meanSquaredError), measured.cell(\.classification)]
    if let judge {
      _ = try classifyingLayers(
        of: judge, on: value.dataset, at: .argument("judge"), laboratory.store)
      // The judge learns as the classifier did, from reconstructions.
      var options = value.classifier.recipe.options
      options.epochs = epochs
      options.seed = value.recipe.options.seed
      cells.append(
        try laboratory.judge(value, by: judge, on: images, options: options, at: entry.point).map { .number($0) }
          ?? .unknown)
    }
    cells.append(measured.cell(\.accuracy))
    cells.append(try laboratory.accuracy(value.classifier, on: images).map { .number($0) } ?? .unknown)
    return cells
  }
}

extension Measurement? {
  fileprivate func cell(_ number: (Measurement) -> Double) -> Table.Cell {
    self.map { .number(number($0)) } ?? .unknown
  }
}

extension Value {
  /// What a list lays side by side: its elements; of another value, that value.
  var operands: [Value] {
    if case .list(let elements) = self { elements.flatMap(\.operands) } else { [self] }
  }
}
