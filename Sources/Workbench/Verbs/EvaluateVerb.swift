import Datasets
import Experiments
import Interpreter
import Networks
import Text

/// `evaluate [E, R], judge: vgg5, epochs: 5`: what the paper measures of autoencoders, one row for each of them.
func evaluateVerb(_ answers: Answers) -> Callable {
  Callable(
    .verb, "evaluate",
    [
      .first("autoencoders", .object(AutoEncoderValue.self), reach: .whole, "an autoencoder, or a list of them"),
      .label(
        "on", .object(DatasetValue.self, ImagesValue.self), .decided("the test split"), "the images to measure on"),
      .label(
        "judge", .object(NetworkValue.self), .decided("none"),
        "the network of the evaluation classifier, which learns from reconstructions only"),
      .label(
        "epochs", .integer(1...100_000), .decided("the classifier's"), "how often the judge sees every reconstruction"),
    ],
    returns: "table", "Squared errors and accuracies of autoencoders, one row for each.",
    example: "let T = evaluate [E, R], judge: vgg5, epochs: 5"
  ) { call throws(Fault) in
    let evaluation = Evaluation(
      answers: answers, images: call.images("on", of: .test),
      judge: call.object("judge", as: NetworkValue.self)?.architecture, epochs: call.integer("epochs"))
    var entries: [Distinctions.Entry] = []
    for operand in call.value("autoencoders").map(\.operands) ?? [] {
      entries += Distinctions.Entry.all(of: operand)
    }
    return .table(try evaluation.table(entries))
  }
}

/// Measures autoencoders, all on the same images or each on the test split of its own data.
private struct Evaluation {
  let answers: Answers
  let images: ImagesValue?
  let judge: Architecture?
  /// As many as the classifier's if none are asked for.
  let epochs: Int?

  func table(_ entries: [Distinctions.Entry]) throws(Fault) -> Table {
    let distinctions = Distinctions(entries)
    let keys = distinctions.keys
    var columns = keys.map { Table.Column($0.name, .key) }
    // What the paper's Table 2 prints as α.
    columns.append(Table.Column("1 - alpha", .setting, meaning: "the weight of the squared error"))
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
      Table.Column(
        "accuracy on reconstructions", .measure, meaning: "of the explained classifier on the reconstructions"),
      Table.Column("classifier accuracy", .context, meaning: "of the explained classifier on the images"),
    ]
    columns += distinctions.constants.map { Table.Column($0.key.name, .constant(isSaid: !$0.isUsual)) }
    let constants = distinctions.constants.map { Table.Cell($0.point) }
    if judge != nil {
      let isUsual = entries.allSatisfy { judgeEpochs(of: $0) == $0.autoEncoder.classifier.job.options.epochs }
      columns += [
        Table.Column("judge", .constant(isSaid: true)), Table.Column("judge epochs", .constant(isSaid: !isUsual)),
      ]
    }
    columns += [Table.Column("measured on", .constant(isSaid: images != nil)), Table.Column("recipe", .recipe)]
    // The same autoencoder named twice is measured once.
    var seen: Set<[AxisPoint?]> = []
    let distinct = zip(entries, distinctions.places).filter { seen.insert($1).inserted }
    var jobs: [any Job] = []
    for (entry, _) in distinct { jobs += try self.jobs(of: entry) }
    try answers.make(jobs)
    var rows: [[Table.Cell]] = []
    var contexts: [Int] = []
    var numbers: [SHA256.Digest: Int] = [:]
    for (entry, place) in distinct {
      let weight = entry.autoEncoder.alpha.map { Table.Cell.number(1 - $0) } ?? .none
      let settings = (judge.map { [.text($0.name), .number(Double(judgeEpochs(of: entry)))] } ?? []) as [Table.Cell]
      let recipe = judgement(of: entry)?.digest ?? entry.autoEncoder.measurement(on: images(of: entry)).digest
      rows.append(
        place.map { $0.map { Table.Cell($0) } ?? .none } + [weight] + (try measures(of: entry)) + constants + settings
          + [.text(images(of: entry).inWords), .text(recipe.description)])
      let context = entry.autoEncoder.classifier.predictions(on: images(of: entry)).digest
      let number = numbers[context] ?? numbers.count
      numbers[context] = number
      contexts.append(number)
    }
    return Table(columns: columns, rows: rows, contexts: contexts)
  }

  private func images(of entry: Distinctions.Entry) -> ImagesValue { images ?? entry.autoEncoder.testImages }

  private func judgeEpochs(of entry: Distinctions.Entry) -> Int {
    epochs ?? entry.autoEncoder.classifier.job.options.epochs
  }

  private func judgement(of entry: Distinctions.Entry) -> Judgement? {
    guard let judge else { return nil }
    let value = entry.autoEncoder
    // The judge learns as the classifier did, from reconstructions.
    var options = value.classifier.job.options
    options.epochs = judgeEpochs(of: entry)
    options.seed = value.job.options.seed
    return Judgement(of: value.job, by: judge, on: images(of: entry).job, options)
  }

  /// All that is measured of an autoencoder, after making sure that it can be.
  private func jobs(of entry: Distinctions.Entry) throws(Fault) -> [any Job] {
    let value = entry.autoEncoder
    try checkImages(images(of: entry), fit: value.classifier, at: "on")
    if let judge { _ = try classifyingLayers(of: judge, on: value.dataset, at: .argument("judge")) }
    let measurement = value.measurement(on: images(of: entry))
    answers.names.name(measurement, "measure \(value.name ?? value.label)", at: entry.point)
    guard let judgement = judgement(of: entry) else { return [measurement] }
    answers.names.name(judgement, "judge \(value.name ?? value.label)", at: entry.point)
    return [measurement, judgement]
  }

  private func measures(of entry: Distinctions.Entry) throws(Fault) -> [Table.Cell] {
    let value = entry.autoEncoder
    let measured = try answers.value(of: value.measurement(on: images(of: entry)))
    func cell(_ number: Double?) -> Table.Cell { number.map { .number($0) } ?? .unknown }
    var cells = [cell(measured?.squaredError), cell(measured?.meanSquaredError), cell(measured?.classification)]
    if let judgement = judgement(of: entry) { cells.append(cell(try answers.value(of: judgement))) }
    return cells + [
      cell(measured?.accuracy), cell(try value.classifier.accuracy(on: images(of: entry), answers)),
    ]
  }
}

extension Distinctions.Entry {
  /// The autoencoders of a value, each with its place along the value's axes.
  static func all(of operand: Value) -> [Distinctions.Entry] {
    operand.listed.enumerated().compactMap { index, element in
      guard case .object(let object) = element, let value = object as? AutoEncoderValue else { return nil }
      if case .array(let array) = operand { return Distinctions.Entry(autoEncoder: value, point: array.point(index)) }
      return Distinctions.Entry(autoEncoder: value, point: SweepPoint())
    }
  }
}

extension Value {
  /// What a list lays side by side: its elements; of another value, that value.
  var operands: [Value] {
    if case .list(let elements) = self { elements.flatMap(\.operands) } else { [self] }
  }
}
