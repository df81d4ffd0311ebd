import Datasets
import Decoding
import Experiments
import Figures
import Interpreter

/// `grid [input, R, E], of: garments.test, where: class == "Bag", count: 8, save: "handbags"`
func gridVerb(_ answers: Answers) -> Callable {
  return Callable(
    .verb, "grid",
    [
      .first(
        "models", .object(InputWord.self, AutoEncoderValue.self), reach: .whole,
        "what to show: input, autoencoders, a list of these"),
      .label(
        "of", .object(DatasetValue.self, ImagesValue.self), .decided("the test split"),
        "the images; of a data set, its test split"),
      .label("where", .condition, .decided("all images"), "a condition that is asked of each image"),
      .label(
        "count", .integer(1...ImageChoice.most),
        .decided("8 of a whole split; of a selection all, up to \(ImageChoice.most)"),
        "how many images, the first ones that meet the condition"),
      .label("sort", .condition, .decided("as they come"), "a number or text asked of each image, least first"),
      .label(
        "rows", .string, reach: .whole, .decided("what is left"),
        "the axis, or list of axes, that runs downward: \"image\", \"model\", \"layer\", \"alpha\" or another one",
        suggesting: .gridAxes),
      .label(
        "columns", .string, reach: .whole, .decided("\"image\""), "the axis, or list of axes, that runs to the right",
        suggesting: .gridAxes),
    ] + perturbationParameters(reach: .whole) + [
      .label(
        "save", .saveName(endings: FigureValue.endings), reach: .whole, .decided("not saved"),
        "the name under which the figure is written, as PNG, SVG and PDF")
    ],
    returns: "figure", "Images and their reconstructions on one shared grey scale, laid out by axes.",
    example: "grid [input, R, E], of: garments.test, where: class == \"Bag\", count: 8, save: \"handbags\""
  ) { call throws(Fault) in
    var entries = GridEntries(of: call.value("models") ?? .nothing)
    if entries.all.isEmpty, call.value("models").map({ !$0.isUnknown }) ?? false {
      throw WorkbenchMistake.emptyGrid.fault(at: .argument("models"))
    }
    guard let images = call.images("of", of: .test) ?? entries.autoEncoders.first?.testImages else {
      throw WorkbenchMistake.noAutoEncoder.fault(at: .name)
    }
    var faults: [Fault] = []
    let aims = call.texts("perturb").compactMap { Perturbation.Aim(rawValue: $0) }
    for (index, aim) in aims.enumerated() where aims.firstIndex(of: aim) != index {
      faults.append(WorkbenchMistake.namedTwice("\"\(aim.rawValue)\"").fault(at: .element("perturb", index)))
    }
    if call.has("size"), !call.has("perturb") {
      faults.append(
        WorkbenchMistake.unknownLabelHere(
          label: "size", dataset: "images as they are",
          reason: "it is that of a perturbation: perturb: \"least\", size: 1"
        ).fault(at: .argument("size")))
    }
    do throws(Fault) {
      entries = try entries.perturbed(aims, size: call.number("size") ?? 1, of: images)
    } catch { faults.append(error) }
    for autoEncoder in entries.autoEncoders {
      do throws(Fault) {
        try checkImages(images, fit: autoEncoder.classifier, at: "of")
      } catch {
        if !faults.contains(error) { faults.append(error) }
      }
    }
    let known = ["image"] + entries.keys.map(\.name)
    for label in ["rows", "columns"] {
      faults += call.texts(label).enumerated().filter { !known.contains($0.element) }.map {
        WorkbenchMistake.unknownGridAxis($0.element, known: known).fault(at: .element(label, $0.offset))
      }
    }
    for fault in faults { call.alsoReport(fault) }
    let chosen = try ImageChoice(call: call, images: images, answers: answers).indices
    guard faults.isEmpty, !entries.all.isEmpty else { return .nothing }
    let rows = call.texts("rows").map { ModelKey($0) }
    let plan = try GridPlan(
      images: images, entries: entries, count: max(1, chosen.count), rows: rows,
      columns: call.has("columns")
        ? call.texts("columns").map { ModelKey($0) } : [.image].filter { !rows.contains($0) })
    let drawing = GridDrawing(answers: answers, plan: plan, chosen: chosen)
    let figure: any DomainObject
    if answers.isRunning {
      figure = try drawing.figure
    } else {
      try answers.make(drawing.jobs)
      try answers.make(drawing.jobsOfChosen, isOpen: call.has("where") || call.has("sort"))
      figure = PendingFigure()
    }
    if let name = call.text("save") { call.keep(figure, as: name) }
    return .object(figure)
  }
}
