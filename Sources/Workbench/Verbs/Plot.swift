import Datasets
import Experiments
import Figures
import Images
import Interpreter
import Text

/// A chart of one kind, made from what a call gives it.
struct Plot {
  let kind: PlotKind
  let call: Call
  let answers: Answers

  static let mostSeries = 8
  static let mostPanels = 24
  static let mostPlaces = 20_000

  /// In a check the figure is pending, and every mistake has been found.
  var figure: any DomainObject {
    get throws(Fault) {
      guard let value = call.value("of"), !value.leaves.isEmpty else { throw wrongSubject }
      switch kind {
      case .curves: return try curves(value.operands)
      case .lines, .bars: return try measures(numbers(of: value))
      case .scatter: return try scatter(value)
      case .histogram: return try histogram(value)
      case .confusion: return try confusion(value)
      }
    }
  }

  var wrongSubject: Fault {
    let value = call.value("of") ?? .nothing
    let other = PlotKind.drawing(value).first { $0 != kind }
    return WorkbenchMistake.notForPlot(kind, given: value.kindInWords, instead: other)
      .fault(at: .argument(other == nil ? "of" : "kind"))
  }

  func width(panels: Int) -> Chart.Width {
    call.text("width").flatMap { Chart.Width(rawValue: $0) } ?? (panels > 1 ? .page : .column)
  }

  /// The axis of something that is measured.
  func measured(_ title: String) -> Chart.Axis {
    isLogarithmic ? Chart.Axis(title: title + " (log scale)", scale: .logarithmic) : Chart.Axis(title: title)
  }

  private var isLogarithmic: Bool { call.text("scale") == "log" }

  /// Refuses a number that has no place on the scale.
  /// - Parameter place: where it was measured, in words; asked where it has none.
  func check(_ number: Double, of measure: String, at place: @autoclosure () -> String) throws(Fault) {
    guard isLogarithmic, number <= 0 else { return }
    throw WorkbenchMistake.notLogarithmic(measure, number, place: place()).fault(at: .argument("scale"))
  }

  /// What becomes of a spread that reaches beyond the scale.
  func noteOfCut(_ panels: [Chart.Panel]) -> [String] {
    let places = panels.flatMap(\.series).flatMap(\.places)
    guard isLogarithmic, places.contains(where: { $0.y - ($0.spread ?? 0) <= 0 }) else { return [] }
    return ["What would reach down to 0 ends at the axis."]
  }

  func finished(
    _ figure: some Figure, _ title: String, provenance: [String]
  ) -> any DomainObject {
    FigureValue(
      figure, title: printable(title), provenance: provenance.map { printable($0) }.joined(separator: "\n"))
  }

  /// What is too much for one chart is told before anything is drawn.
  func check(series: Int, panels: Int, places: Int) throws(Fault) {
    if series > Self.mostSeries {
      throw WorkbenchMistake.tooManyInPlot("\(series) series", limit: Self.mostSeries).fault(at: .argument("of"))
    }
    if panels > Self.mostPanels {
      throw WorkbenchMistake.tooManyInPlot("\(panels) panels", limit: Self.mostPanels)
        .fault(at: .argument(call.has("panels") ? "panels" : "of"))
    }
    if places > Self.mostPlaces {
      throw WorkbenchMistake.tooManyInPlot("\(places) points", limit: Self.mostPlaces).fault(at: .argument("of"))
    }
  }

  // MARK: curves

  private func curves(_ operands: [Value]) throws(Fault) -> any DomainObject {
    let values = operands.flatMap(\.leaves)
    let autoEncoders = values.compactMap { $0.presentable as? AutoEncoderValue }
    let classifiers = values.compactMap { $0.presentable as? ClassifierValue }
    guard autoEncoders.count + classifiers.count == values.count else { throw wrongSubject }
    guard autoEncoders.isEmpty || classifiers.isEmpty else {
      throw WorkbenchMistake.differentLosses.fault(at: .argument("of"))
    }
    if let model = autoEncoders.first(where: { !$0.job.isTrained }) {
      throw WorkbenchMistake.notTrained(model.kindName).fault(at: .argument("of"))
    }
    if classifiers.contains(where: { $0.job.randomisation != nil }) {
      throw WorkbenchMistake.notTrained("a classifier with fresh weights").fault(at: .argument("of"))
    }
    let entries = autoEncoders.isEmpty ? entriesOfClassifiers(operands) : entriesOfAutoEncoders(operands)
    let axes = try PlotAxes(call, keys: entries.keys, varying: entries.varying, preferred: nil)
    let panels = self.panels(entries, axes)
    let names = self.names(entries, axes)
    try check(series: names.count, panels: panels.count, places: 0)
    let jobs = entries.entries.map(\.content)
    try answers.make(jobs)
    var histories: [[Double]] = []
    for entry in entries.entries { histories.append(try history(of: entry.content)) }
    guard answers.isRunning else { return PendingFigure() }
    try check(series: 0, panels: 0, places: histories.reduce(0) { $0 + $1.count })
    let loss = lossTitle(autoEncoders)
    for (entry, history) in zip(entries.entries, histories) {
      for (epoch, number) in history.enumerated() {
        try check(number, of: loss, at: placeText(entry.place, "epoch \(epoch + 1)"))
      }
    }
    var counts: Set<Int> = []
    let charts = panels.map { panel in
      let series = grouped(panel.members) { axes.seriesName(entries.entries[$0].place) }.map { name, members in
        let longest = members.reduce(0) { max($0, histories[$1].count) }
        let places = (0..<longest).map { epoch in
          summary(
            members.compactMap { histories[$0].indices.contains(epoch) ? histories[$0][epoch] : nil },
            at: Double(epoch + 1), counting: &counts)
        }
        return Chart.Series(number: names.firstIndex(of: name) ?? 0, form: .curve, places: places)
      }
      return Chart.Panel(
        title: panel.title, x: Chart.Axis(title: "epoch", isWhole: true), y: measured(loss),
        series: series)
    }
    let chart = Chart(
      panels: charts, legend: names,
      caption: caption(spread: ("Line", "band"), axes, counts, entries.constants, noteOfCut(charts)),
      width: width(panels: panels.count))
    return finished(chart, title("training loss by epoch", names), provenance: entries.provenance)
  }

  /// What the loss is of, where it is the same for all.
  private func lossTitle(_ autoEncoders: [AutoEncoderValue]) -> String {
    if autoEncoders.isEmpty { return "training loss (cross-entropy)" }
    return autoEncoders.allSatisfy { ($0.alpha ?? 0) == 0 } ? "training loss (squared error)" : "training loss"
  }

  private func history(of job: any Job) throws(Fault) -> [Double] {
    if let job = job as? any AutoEncoderJob { return try losses(of: job) }
    if let job = job as? any ClassifierJob { return try losses(of: job) }
    return []
  }

  private func losses(of job: some AutoEncoderJob) throws(Fault) -> [Double] {
    try answers.value(of: job)?.history ?? []
  }
  private func losses(of job: some ClassifierJob) throws(Fault) -> [Double] {
    try answers.value(of: job)?.history ?? []
  }

  private func entriesOfAutoEncoders(_ operands: [Value]) -> PlotEntries<any Job> {
    let all = operands.flatMap { Distinctions.Entry.all(of: $0) }
    let distinctions = Distinctions(all)
    let places = distinctions.places.map { place in
      Dictionary(zip(distinctions.keys, place).compactMap { key, point in point.map { (key, $0) } }) { first, _ in first
      }
    }
    var entries = PlotEntries<any Job>(
      keys: distinctions.keys, entries: zip(places, all).map { .init(place: $0, content: $1.autoEncoder.job) },
      constants: distinctions.constants.filter { !$0.isUsual }.map { $0.key.text($0.point) },
      provenance: all.map {
        "\($0.autoEncoder.summary); \($0.autoEncoder.classifier.summary); recipe \($0.autoEncoder.job.digest)"
      })
    entries.tellConstants()
    return entries
  }

  private func entriesOfClassifiers(_ operands: [Value]) -> PlotEntries<any Job> {
    var keys: [ModelKey] = []
    var all: [(value: ClassifierValue, place: [ModelKey: AxisPoint])] = []
    for operand in operands {
      for (index, leaf) in operand.leaves.enumerated() {
        guard let value = leaf.presentable as? ClassifierValue else { continue }
        var place: [ModelKey: AxisPoint] = [
          ModelKey("network"): .text(value.label), .seed: .number(Double(value.job.options.seed)),
        ]
        if case .array(let array) = operand {
          for coordinate in array.point(index).coordinates { place[ModelKey(coordinate.axis)] = coordinate.point }
        }
        for key in place.keys.sorted(by: { $0.name < $1.name }) where !keys.contains(key) { keys.append(key) }
        all.append((value, place))
      }
    }
    // What still has the same place is told apart by all that it was made by.
    let clashes = grouped(all) { $0.place }.contains { Set($0.elements.map(\.value.job.digest)).count > 1 }
    if clashes {
      let key = ModelKey("classifier")
      keys.append(key)
      for index in all.indices {
        let others = all.indices.filter { all[$0].value.description == all[index].value.description }
        let number = (others.firstIndex(of: index) ?? 0) + 1
        let isOne = Set(others.map { all[$0].value.job.digest }).count == 1
        all[index].place[key] = .text(all[index].value.description + (isOne ? "" : " (\(number))"))
      }
    }
    var entries = PlotEntries<any Job>(
      keys: keys, entries: all.map { .init(place: $0.place, content: $0.value.job) }, constants: [],
      provenance: all.map { "\($0.value.summary); recipe \($0.value.job.digest)" })
    entries.tellConstants()
    return entries
  }

  // MARK: what the kinds share

  /// The panels with the entries of each; what a key of the panels does not apply to is in all of them.
  func panels<Content>(
    _ entries: PlotEntries<Content>, _ axes: PlotAxes
  ) -> [(title: String, members: [Int])] {
    guard !axes.panels.isEmpty else { return [("", Array(entries.entries.indices))] }
    let places = entries.entries.map { entry in axes.panels.map { entry.place[$0] } }
    let grouping = Grouping(places, ordering: axes.panels.count)
    return grouping.groups.enumerated().map { number, place in
      let title = zip(axes.panels, place).compactMap { $0.plotText($1) }.joined(separator: ", ")
      return (title, entries.entries.indices.filter { grouping.members[$0].contains(number) })
    }
  }

  /// `seed 2, layer −1, epoch 3`
  func placeText(_ place: [ModelKey: AxisPoint], _ more: String? = nil) -> String {
    let parts = place.keys.sorted { $0.name < $1.name }.compactMap { $0.plotText(place[$0]) }
    return printable((parts + [more].compactMap { $0 }).joined(separator: ", "))
  }

  func names<Content>(_ entries: PlotEntries<Content>, _ axes: PlotAxes) -> [String] {
    grouped(entries.entries) { axes.seriesName($0.place) }.map(\.key)
  }

  func summary(_ values: [Double], at x: Double, counting counts: inout Set<Int>) -> Chart.Place {
    counts.insert(values.count)
    return Chart.Place(
      x: x, y: values.isEmpty ? .nan : mean(values), spread: values.count > 1 ? standardDeviation(values) : nil)
  }

  /// What the spread is, of how many, and what holds for all.
  func caption(
    spread: (mean: String, sd: String), _ axes: PlotAxes, _ counts: Set<Int>, _ constants: [String],
    _ meanings: [String] = []
  ) -> String {
    var sentences: [String] = []
    if let most = counts.max(), most > 1 {
      let least = counts.min() ?? most
      let over = axes.over.map(\.symbol).joined(separator: ", ")
      sentences.append(
        "\(spread.mean): mean; \(spread.sd): ± 1 sd (divided by n − 1)\(over.isEmpty ? "" : " over \(over)"), "
          + "n = \(least == most ? "\(most)" : "\(least)–\(most)").")
    }
    sentences += meanings
    if !constants.isEmpty { sentences.append("For all: \(constants.joined(separator: ", ")).") }
    return printable(sentences.joined(separator: " "))
  }

  func title(_ what: String, _ names: [String]) -> String {
    let shown = names.filter { !$0.isEmpty }
    return shown.isEmpty
      ? "\(kind.rawValue) of \(what)" : "\(kind.rawValue) of \(what): \(shown.joined(separator: "; "))"
  }
}

extension PlotEntries {
  /// Keys with one value for all are no keys, but said.
  mutating func tellConstants() {
    let constant = keys.filter { key in points(key).count == 1 && entries.allSatisfy { $0.place[key] != nil } }
    constants = constant.compactMap { key in points(key).first.map { key.text($0) } } + constants
  }
}
