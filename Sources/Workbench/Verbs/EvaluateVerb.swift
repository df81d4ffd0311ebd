import Datasets
import Decoding
import Experiments
import Interpreter
import Networks
import Text

/// `evaluate [E, R], judge: vgg5, epochs: 5`: what the paper measures of autoencoders, one row for each of them.
func evaluateVerb(_ answers: Answers) -> Callable {
  let list = "; a list for several"
  return Callable(
    .verb, "evaluate",
    [
      .first("autoencoders", .object(AutoEncoderValue.self), reach: .whole, "an autoencoder, or a list of them"),
      .label(
        "on", .object(DatasetValue.self, ImagesValue.self), reach: .whole, .decided("the test split"),
        "the images to measure on" + list),
      .label(
        "judge", .object(NetworkValue.self), .decided("none"),
        "the network of the evaluation classifier, which learns from reconstructions only"),
      .label(
        "epochs", .integer(1...100_000), .decided("the classifier's"), "how often the judge sees every reconstruction"),
      .label(
        "seed", .natural, reach: .whole, .decided("the autoencoder's"),
        "where the judge's random numbers begin" + list),
      .label(
        "from", .object(ImagesValue.self), .decided("what the autoencoder learned from"),
        "the images whose reconstructions the judge learns from, such as some that the classifier never saw"),
      .label(
        "sees", .choice(JudgeView.allCases.map(\.rawValue)), reach: .whole,
        .decided("\"\(JudgeView.reconstructions.rawValue)\""),
        "what the judge sees: reconstructions, the images themselves, or both, as channels beside each other" + list),
      .label("by", .choice(["class"]), .decided("all images together"), "a row for each class of the images"),
    ],
    returns: "table", "Squared errors and accuracies of autoencoders, one row for each.",
    example: "let T = evaluate [E, R], judge: vgg5, epochs: 5"
  ) { call throws(Fault) in
    var entries: [Distinctions.Entry] = []
    for operand in call.value("autoencoders").map(\.operands) ?? [] {
      entries += Distinctions.Entry.all(of: operand)
    }
    return .table(try Evaluation(call, answers).table(entries))
  }
}

/// Measures autoencoders, all on the same images or each on the test split of its own data.
private struct Evaluation {
  /// One row of the table.
  private struct Row {
    let entry: Distinctions.Entry
    let place: [AxisPoint?]
    let images: ImagesValue
    var view = JudgeView.reconstructions
    /// Of the judge; the autoencoder's if none is asked for.
    var seed: UInt64?

    var value: AutoEncoderValue { entry.autoEncoder }
  }

  /// The numbers of a row; none where only running can tell, or where nothing was asked.
  private struct Numbers {
    var squaredError, classification, cycle, judged, accuracy, agreement, classifier: Double?
  }

  private let call: Call
  private let answers: Answers
  private let images: [ImagesValue]
  private let judge: Architecture?
  /// As many as the classifier's if none are asked for.
  private let epochs: Int?
  private let seeds: [UInt64]
  private let lessons: ImagesValue?
  private let views: [JudgeView]
  private let isByClass: Bool

  init(_ call: Call, _ answers: Answers) throws(Fault) {
    (self.call, self.answers) = (call, answers)
    images = call.elements("on").compactMap { element in
      guard case .object(let object) = element else { return nil }
      return object as? ImagesValue ?? (object as? DatasetValue)?.images(.test)
    }
    judge = call.object("judge", as: NetworkValue.self)?.architecture
    epochs = call.integer("epochs")
    seeds = call.elements("seed").compactMap { if case .number(let number) = $0 { UInt64(number) } else { nil } }
    lessons = call.object("from", as: ImagesValue.self)
    views = call.texts("sees").compactMap { JudgeView(rawValue: $0) }
    isByClass = call.has("by")
    for (label, count) in [("on", Set(images.map(\.inWords)).count), ("seed", Set(seeds).count)] {
      guard count == call.elements(label).count else {
        throw WorkbenchMistake.namedTwice("one of them").fault(at: .argument(label))
      }
    }
    guard Set(views).count == views.count else {
      throw WorkbenchMistake.namedTwice("one of them").fault(at: .argument("sees"))
    }
    guard judge == nil else { return }
    for label in ["seed", "from", "sees"] where call.has(label) {
      throw WorkbenchMistake.noJudge(label).fault(at: .argument(label))
    }
  }

  func table(_ entries: [Distinctions.Entry]) throws(Fault) -> Table {
    let distinctions = Distinctions(entries)
    // The same autoencoder named twice is measured once.
    var seen: Set<[AxisPoint?]> = []
    let distinct = zip(entries, distinctions.places).filter { seen.insert($1).inserted }
    let rows = distinct.flatMap { entry, place in self.rows(of: entry, place) }
    var jobs: [any Job] = []
    for row in rows { jobs += try self.jobs(of: row) }
    try answers.make(jobs)
    var table = Table(columns: columns(distinctions, entries), rows: [], contexts: [])
    var contexts: [Context: Int] = [:]
    var concerns: [(concern: Concern, place: String)] = []
    var words: [[Concern]] = []
    for row in rows {
      let found = try self.concerns(about: row)
      let names = row.place.compactMap { $0?.description } + (row.seed.map { ["judge seed \($0)"] } ?? [])
      let called = names.joined(separator: " ")
      concerns += found.map { ($0, called) }
      for (label, numbers) in try parts(of: row) {
        table.rows.append(cells(row, label, numbers, distinctions))
        words.append(found)
        let context = Context(digest: row.value.classifier.predictions(on: row.images).digest, label: label)
        let number = contexts[context] ?? contexts.count
        contexts[context] = number
        table.contexts.append(number)
      }
    }
    if !concerns.isEmpty {
      table.columns.append(Table.Column("concerns", .concern, meaning: "what is odd about a row"))
      for (index, found) in words.enumerated() {
        table.rows[index].append(found.isEmpty ? .none : .text(found.map(\.words).joined(separator: ", ")))
      }
      for fault in Concern.faults(concerns, of: rows.count, at: .whole) { call.warn(fault) }
    }
    return table
  }

  private struct Context: Hashable {
    let digest: SHA256.Digest
    let label: Int?
  }

  private func rows(of entry: Distinctions.Entry, _ place: [AxisPoint?]) -> [Row] {
    (images.isEmpty ? [entry.autoEncoder.testImages] : images).flatMap { images in
      (views.isEmpty ? [.reconstructions] : views).flatMap { view in
        (seeds.isEmpty ? [nil] : seeds.map { $0 }).map { seed in
          Row(entry: entry, place: place, images: images, view: view, seed: seed)
        }
      }
    }
  }

  // MARK: columns and cells

  private func columns(_ distinctions: Distinctions, _ entries: [Distinctions.Entry]) -> [Table.Column] {
    var columns = distinctions.keys.map { key in
      Table.Column(key.name, .key, isAxis: entries.contains { $0.point[key] != nil })
    }
    if images.count > 1 { columns.append(Table.Column(Self.measuredOn, .key)) }
    if views.count > 1 { columns.append(Table.Column(Self.sees, .key)) }
    if seeds.count > 1 { columns.append(Table.Column(Self.judgeSeed, .key)) }
    if isByClass { columns.append(Table.Column("class", .key)) }
    // What the paper's Table 2 prints as α.
    columns.append(Table.Column("1 - alpha", .setting, meaning: "the weight of the squared error"))
    columns += [
      Table.Column("squared error", .measure, meaning: "sum over pixels, mean over images"),
      Table.Column("mse", .measure, meaning: "squared error, mean over pixels"),
      Table.Column(
        "classification", .measure, meaning: "cross-entropy of the explained classifier on the reconstructions"),
      Table.Column(
        "cycle", .measure,
        meaning: "distance of the explained layer on reconstructions to that on the images, by its spread"),
    ]
    if judge != nil {
      let meaning = "of a classifier that learned from reconstructions"
      columns.append(Table.Column("judged accuracy", .measure, meaning: views.isEmpty ? meaning : "of the judge"))
    }
    columns += [
      Table.Column(
        "accuracy on reconstructions", .measure, meaning: "of the explained classifier on the reconstructions"),
      Table.Column(
        "agreement", .measure,
        meaning: "how often the explained classifier decides the same on image and reconstruction"),
      Table.Column("classifier accuracy", .context, meaning: "of the explained classifier on the images"),
    ]
    columns += distinctions.constants.map { Table.Column($0.key.name, .constant(isSaid: !$0.isUsual)) }
    if judge != nil {
      let isUsual = entries.allSatisfy {
        judgeEpochs(of: $0.autoEncoder) == $0.autoEncoder.classifier.job.options.epochs
      }
      columns += [
        Table.Column("judge", .constant(isSaid: true)), Table.Column("judge epochs", .constant(isSaid: !isUsual)),
      ]
      if views.count == 1 { columns.append(Table.Column(Self.sees, .constant(isSaid: true))) }
      if seeds.count == 1 { columns.append(Table.Column(Self.judgeSeed, .constant(isSaid: true))) }
      if lessons != nil { columns.append(Table.Column("judge learned from", .constant(isSaid: true))) }
    }
    if images.count <= 1 { columns.append(Table.Column(Self.measuredOn, .constant(isSaid: !images.isEmpty))) }
    return columns + [Table.Column("recipe", .recipe)]
  }

  private static let measuredOn = "measured on"
  private static let sees = "judge sees"
  private static let judgeSeed = "judge seed"

  private func cells(
    _ row: Row, _ label: Int?, _ numbers: Numbers, _ distinctions: Distinctions
  ) -> [Table.Cell] {
    let value = row.value
    func cell(_ number: Double?) -> Table.Cell { number.map { .number($0) } ?? .unknown }
    let (measuredOn, sees) = (Table.Cell.text(row.images.inWords), Table.Cell.text(row.view.rawValue))
    let seed = Table.Cell.number(Double(row.seed ?? value.job.options.seed))
    var cells = row.place.map { $0.map { Table.Cell($0) } ?? .none }
    if images.count > 1 { cells.append(measuredOn) }
    if views.count > 1 { cells.append(sees) }
    if seeds.count > 1 { cells.append(seed) }
    if let label { cells.append(.text(row.images.dataset.classes[label])) }
    let pixels = Double(row.images.dataset.shape.count)
    cells += [
      value.alpha.map { .number(1 - $0) } ?? .none, cell(numbers.squaredError),
      cell(numbers.squaredError.map { $0 / pixels }), cell(numbers.classification),
      // Of a layer that says the same of all images there is none.
      numbers.squaredError == nil ? .unknown : numbers.cycle.map { .number($0) } ?? .none,
    ]
    if judge != nil { cells.append(cell(numbers.judged)) }
    cells += [cell(numbers.accuracy), cell(numbers.agreement), cell(numbers.classifier)]
    cells += distinctions.constants.map { Table.Cell($0.point) }
    if let judge {
      cells += [.text(judge.name), .number(Double(judgeEpochs(of: value)))]
      if views.count == 1 { cells.append(sees) }
      if seeds.count == 1 { cells.append(seed) }
      if let lessons { cells.append(.text(lessons.inWords)) }
    }
    if images.count <= 1 { cells.append(measuredOn) }
    let recipe = judgement(of: row)?.digest ?? value.measurement(on: row.images).digest
    return cells + [.text(recipe.description)]
  }

  // MARK: jobs

  private func judgeEpochs(of value: AutoEncoderValue) -> Int { epochs ?? value.classifier.job.options.epochs }

  private func judgement(of row: Row) -> Judgement? {
    guard let judge else { return nil }
    return row.value.judgement(
      by: judge, epochs: epochs, seed: row.seed, seeing: row.view, from: lessons, on: row.images)
  }

  /// All that is measured for a row, after making sure that it can be.
  private func jobs(of row: Row) throws(Fault) -> [any Job] {
    let value = row.value
    try checkImages(row.images, fit: value.classifier, at: "on")
    let (comparison, name) = (value.imageMeasurement(on: row.images), value.name ?? value.label)
    answers.names.name(comparison, "compare \(name)", at: row.entry.point)
    var jobs: [any Job] = [comparison]
    if isByClass {
      jobs += [value.classifier.predictions(on: row.images), row.images.job]
    } else {
      let measurement = value.measurement(on: row.images)
      answers.names.name(measurement, "measure \(name)", at: row.entry.point)
      jobs.insert(measurement, at: 0)
    }
    guard let judge, let judgement = judgement(of: row) else { return jobs }
    _ = try classifyingLayers(
      of: judge, on: value.dataset, input: value.dataset.shape.seen(as: row.view), at: .argument("judge"))
    if let lessons {
      try checkImages(lessons, fit: value.classifier, at: "from")
      try checkNotEmpty(lessons, at: "from")
    }
    let job: any Job = isByClass ? JudgedImages(judgement) : judgement
    answers.names.name(job, "judge \(name)", at: row.entry.point)
    return jobs + [job]
  }

  // MARK: numbers

  /// The numbers of a row, or of each class that has images.
  private func parts(of row: Row) throws(Fault) -> [(label: Int?, numbers: Numbers)] {
    let value = row.value
    let each = try answers.value(of: value.imageMeasurement(on: row.images))
    guard isByClass else {
      var numbers = Numbers()
      let measured = try answers.value(of: value.measurement(on: row.images))
      (numbers.squaredError, numbers.classification) = (measured?.squaredError, measured?.classification)
      (numbers.accuracy, numbers.agreement) = (measured?.accuracy, measured?.agreement)
      numbers.cycle = each?.cycle()
      if let judgement = judgement(of: row) { numbers.judged = try answers.value(of: judgement) }
      numbers.classifier = try value.classifier.accuracy(on: row.images, answers)
      return [(nil, numbers)]
    }
    let before = try answers.value(of: value.classifier.predictions(on: row.images))
    let judged = try judgement(of: row).flatMap { judgement throws(Fault) in
      try answers.value(of: JudgedImages(judgement))
    }
    guard let each, let before, let labels = try answers.value(of: row.images.job)?.labels else {
      // Which classes there are is not known before the images are.
      return row.images.dataset.classes.indices.map { ($0, Numbers()) }
    }
    return row.images.dataset.classes.indices.compactMap { label in
      let members = labels.indices.filter { Int(labels[$0]) == label }
      guard !members.isEmpty else { return nil }
      func mean(_ number: (Int) -> Double) -> Double {
        members.reduce(0) { $0 + number($1) } / Double(members.count)
      }
      var numbers = Numbers()
      numbers.squaredError = mean { each.squaredErrors[$0] }
      numbers.classification = mean { Double(each.crossEntropies[$0]) }
      numbers.cycle = each.cycle(members)
      numbers.accuracy = mean { Int(each.classes[$0]) == label ? 1 : 0 }
      numbers.agreement = mean { each.classes[$0] == before.classes[$0] ? 1 : 0 }
      numbers.classifier = mean { Int(before.classes[$0]) == label ? 1 : 0 }
      numbers.judged = judged.map { judged in mean { Int(judged.classes[$0]) == label ? 1 : 0 } }
      return (label, numbers)
    }
  }

  /// What is odd about a row; nothing in a check.
  private func concerns(about row: Row) throws(Fault) -> [Concern] {
    let value = row.value
    var concerns = [try value.concern(answers)].compactMap { $0 }
    if let each = try answers.value(of: value.imageMeasurement(on: row.images)), each.isCollapsed {
      concerns.append(.collapsed)
    }
    guard let judgement = judgement(of: row), let labels = try answers.value(of: row.images.job)?.labels else {
      return concerns
    }
    let accuracy =
      isByClass
      ? try answers.value(of: JudgedImages(judgement))?.share(of: labels) : try answers.value(of: judgement)
    return concerns + [accuracy.flatMap { Concern(judged: $0, on: labels) }].compactMap { $0 }
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
