import Datasets
import Experiments
import Figures
import Images
import Interpreter
import Networks
import Text

// Charts of counts: histograms and confusion matrices.

extension Plot {
  func histogram(_ value: Value) throws(Fault) -> any DomainObject {
    let models = value.operands.flatMap(\.leaves).compactMap { $0.presentable as? ClassifierValue }
    if !models.isEmpty {
      guard models.count == 1, value.operands.flatMap(\.leaves).count == 1 else {
        throw WorkbenchMistake.severalClassifiers.fault(at: .argument("of"))
      }
      if let label = ["y", "series", "panels"].first(where: { call.has($0) }) {
        throw WorkbenchMistake.labelNotForPlot(label, kind: kind).fault(at: .argument(label))
      }
      return try confidences(models[0])
    }
    if call.has("on") { throw WorkbenchMistake.labelNotForPlot("on", kind: kind).fault(at: .argument("on")) }
    let source = try numbers(of: value)
    let entries = source.entries
    var axes = try PlotAxes(call, keys: entries.keys, varying: entries.varying, preferred: nil)
    axes.over = []
    if !call.has("series") {
      axes.series = [.model, .quantity].filter { entries.varying.contains($0) && !axes.panels.contains($0) }
    }
    let (names, panels) = (self.names(entries, axes), self.panels(entries, axes))
    try check(series: names.count, panels: panels.count * source.measures.count, places: entries.entries.count)
    guard answers.isRunning, !entries.entries.contains(where: \.content.isUnknown) else { return PendingFigure() }
    var charts: [Chart.Panel] = []
    for measure in source.measures.indices {
      let bins = Bins(of: entries.entries.compactMap { $0.content.numbers[measure] })
      for panel in panels {
        let groups = grouped(panel.members) { axes.seriesName(entries.entries[$0].place) }
        charts.append(
          Chart.Panel(
            title: panel.title, x: Chart.Axis(title: source.measures[measure].name),
            y: Chart.Axis(title: "number", isWhole: true),
            series: groups.map { name, members in
              bins.series(
                names.firstIndex(of: name) ?? 0, members.compactMap { entries.entries[$0].content.numbers[measure] })
            }))
      }
    }
    let count = entries.entries.count
    let meanings = source.measures.filter { !$0.meaning.isEmpty }.map { "\($0.name): \($0.meaning)." }
    let chart = Chart(
      panels: charts, legend: names,
      caption: caption(spread: ("", ""), axes, [], entries.constants, ["\(count) values."] + meanings),
      width: width(panels: charts.count))
    return finished(
      chart, title(source.measures.map(\.name).joined(separator: ", "), names), provenance: entries.provenance)
  }

  /// How sure a classifier is of what it decides rightly, and of the rest.
  private func confidences(_ classifier: ClassifierValue) throws(Fault) -> any DomainObject {
    let images = call.images("on", of: .test) ?? classifier.testImages
    try checkImages(images, fit: classifier, at: "on")
    try checkNotEmpty(images, at: "on")
    try answers.make([images.job, classifier.predictions(on: images)])
    let predictions = try answers.value(of: classifier.predictions(on: images))
    guard let predictions, let labels = try answers.value(of: images.job)?.labels else { return PendingFigure() }
    let sure = predictions.confidences.map { Double($0) }
    let isRight = zip(predictions.classes, labels).map { $0 == $1 }
    let bins = Bins(from: 0, to: 1, step: 0.05)
    let series = [true, false].enumerated().map { number, wanted in
      bins.series(number, zip(sure, isRight).filter { $1 == wanted }.map(\.0))
    }
    let chart = Chart(
      panels: [
        Chart.Panel(
          title: "", x: Chart.Axis(title: "confidence"), y: Chart.Axis(title: "images", isWhole: true), series: series)
      ], legend: ["right", "wrong"],
      caption: printable(
        "How sure \(classifier.description) is of the class that it names, on \(images.inWords); "
          + "\(isRight.count { !$0 }) of them are wrong."), width: width(panels: 1))
    return finished(
      chart, title("the confidence of \(classifier.label)", ["right", "wrong"]),
      provenance: ["\(classifier.summary); recipe \(classifier.job.digest)", "on \(images.inWords)"])
  }

  // MARK: confusion

  /// Who decides on what.
  private enum Decisions {
    case predictions(Predictions)
    case judged(JudgedImages)

    var job: any Job {
      switch self {
      case .predictions(let job): job
      case .judged(let job): job
      }
    }

    func value(_ answers: Answers) throws(Fault) -> Classifier.Predictions? {
      switch self {
      case .predictions(let job): try answers.value(of: job)
      case .judged(let job): try answers.value(of: job)
      }
    }
  }

  func confusion(_ value: Value) throws(Fault) -> any DomainObject {
    let judge = call.object("judge", as: NetworkValue.self)?.architecture
    if judge == nil, call.has("epochs") {
      throw WorkbenchMistake.noJudge("epochs").fault(at: .argument("epochs"))
    }
    var subjects: [(title: String, decisions: Decisions, images: ImagesValue, summary: String)] = []
    for operand in value.operands {
      for (index, leaf) in operand.leaves.enumerated() {
        var place = ""
        if case .array(let array) = operand { place = array.point(index).description }
        if let classifier = leaf.presentable as? ClassifierValue {
          if judge != nil {
            throw WorkbenchMistake.unknownLabelHere(
              label: "judge", dataset: "classifiers", reason: "a judge learns from the pictures of an autoencoder"
            ).fault(at: .argument("judge"))
          }
          let images = call.images("on", of: .test) ?? classifier.testImages
          try checkImages(images, fit: classifier, at: "on")
          let name = place.isEmpty ? classifier.label : "\(classifier.label), \(place)"
          subjects.append((name, .predictions(classifier.predictions(on: images)), images, classifier.summary))
        } else if let model = leaf.presentable as? AutoEncoderValue {
          let images = call.images("on", of: .test) ?? model.testImages
          try checkImages(images, fit: model.classifier, at: "on")
          var name = place.isEmpty ? model.label : "\(model.kindName), \(place)"
          var decisions = Decisions.predictions(
            Predictions(of: model.classifier.job, on: Reconstructions(by: model.job, of: images.job)))
          if let judge {
            _ = try classifyingLayers(
              of: judge, on: model.dataset, input: model.dataset.shape, at: .argument("judge"))
            let judgement = model.judgement(by: judge, epochs: call.integer("epochs"), on: images)
            name += ", judged by \(judge.name)"
            decisions = .judged(JudgedImages(judgement))
          }
          subjects.append((name, decisions, images, model.summary))
        } else {
          throw wrongSubject
        }
      }
    }
    guard let first = subjects.first else { throw wrongSubject }
    for subject in subjects { try checkNotEmpty(subject.images, at: "on") }
    let classes = first.images.dataset.classes
    guard subjects.allSatisfy({ $0.images.dataset.classes == classes }) else {
      throw WorkbenchMistake.differentClasses.fault(at: .argument("of"))
    }
    guard classes.count <= ConfusionChart.mostClasses else {
      throw WorkbenchMistake.tooManyInPlot("\(classes.count) classes", limit: ConfusionChart.mostClasses)
        .fault(at: .argument("of"))
    }
    try check(series: 0, panels: subjects.count, places: 0)
    try answers.make(subjects.flatMap { [$0.images.job, $0.decisions.job] as [any Job] })
    var matrices: [ConfusionChart.Matrix] = []
    for subject in subjects {
      let predictions = try subject.decisions.value(answers)
      guard let predictions, let labels = try answers.value(of: subject.images.job)?.labels else { continue }
      var counts = [[Int]](repeating: [Int](repeating: 0, count: classes.count), count: classes.count)
      for (label, decision) in zip(labels, predictions.classes) { counts[Int(label)][Int(decision)] += 1 }
      var matrix = ConfusionChart.Matrix(title: "", counts: counts)
      matrix.title = printable("\(subject.title): accuracy \(formatted(matrix.accuracy, .decimals(4)))")
      matrices.append(matrix)
    }
    guard matrices.count == subjects.count else { return PendingFigure() }
    let images = Set(subjects.map(\.images.inWords)).count == 1 ? " (\(first.images.inWords))" : ""
    let chart = ConfusionChart(
      classes: classes.map { printable($0) }, matrices: matrices,
      caption: printable("Numbers of images\(images); shaded by their share of the row."),
      width: width(panels: matrices.count))
    return finished(
      chart, "confusion matrix of " + subjects.map(\.title).joined(separator: "; "),
      provenance: subjects.map { "\($0.summary); on \($0.images.inWords); recipe \($0.decisions.job.digest)" })
  }
}

/// Intervals of equal width, ends at round numbers.
private struct Bins {
  let start: Double
  let step: Double
  let count: Int

  init(from start: Double, to end: Double, step: Double) {
    (self.start, self.step) = (start, step)
    count = max(1, Int(((end - start) / step).rounded()))
  }

  /// About as many as the square root of the number of values, at most 40.
  init(of values: [Double]) {
    let finite = values.filter(\.isFinite)
    let (least, greatest) = (finite.min() ?? 0, finite.max() ?? 1)
    guard greatest > least else {
      self.init(from: least - 0.5, to: least + 0.5, step: 1)
      return
    }
    let wanted = min(40, max(5, Int(Double(finite.count).squareRoot().rounded(.up))))
    let step = roundStep(greatest - least, most: wanted)
    let from = (least / step).rounded(.down) * step
    let steps = ((greatest - from) / step).rounded(.down) + 1
    self.init(from: from, to: from + steps * step, step: step)
  }

  /// What lies on a limit belongs to the interval above it; the last one has both its ends.
  func series(_ number: Int, _ values: [Double]) -> Chart.Series {
    var counts = [Int](repeating: 0, count: count)
    for value in values where value.isFinite {
      counts[max(0, min(count - 1, Int(((value - start) / step + 1e-9).rounded(.down))))] += 1
    }
    return Chart.Series(
      number: number, form: .blocks(width: step),
      places: counts.enumerated().map { Chart.Place(x: start + Double($0) * step, y: Double($1)) })
  }
}
