import Datasets
import Experiments
import Figures
import Interpreter
import Text

/// What a chart is of.
enum PlotKind: String, CaseIterable {
  case curves, lines, bars, scatter, histogram, confusion

  /// What `of:` takes.
  var subject: String {
    switch self {
    case .curves: "classifiers or autoencoders, for their training losses"
    case .lines, .bars: "a table of evaluate, or numbers along an axis such as loss(E)"
    case .scatter: "a table of evaluate, or input and autoencoders of points"
    case .histogram: "numbers, a table of evaluate, or a classifier, for how sure it is"
    case .confusion: "a classifier, or an autoencoder, for what its pictures are taken for"
    }
  }

  /// Those that draw such a value, the likeliest first.
  static func drawing(_ value: Value) -> [PlotKind] {
    let leaves = value.operands.flatMap(\.leaves)
    let objects = leaves.compactMap(\.presentable)
    if case .table = value { return [.lines, .bars, .scatter, .histogram] }
    if leaves.isEmpty { return [] }
    if leaves.allSatisfy(\.isNumber) { return [.lines, .bars, .histogram] }
    guard objects.count == leaves.count else { return [] }
    if objects.allSatisfy({ $0 is ClassifierValue }) {
      return leaves.count == 1 ? [.curves, .histogram, .confusion] : [.curves, .confusion]
    }
    return objects.allSatisfy { $0 is AutoEncoderValue } ? [.curves, .confusion] : []
  }

  var example: String {
    switch self {
    case .curves: "plot \"curves\", of: C"
    case .lines: "plot \"lines\", of: T, x: \"layer\", y: \"squared error\""
    case .bars: "plot \"bars\", of: T, x: \"layer\", y: \"mse\""
    case .scatter: "plot \"scatter\", of: T, x: \"mse\", y: \"classification\""
    case .histogram: "plot \"histogram\", of: C"
    case .confusion: "plot \"confusion\", of: C"
    }
  }

  /// The labels beside `of:`, `width:` and `save:` that it takes.
  var labels: [String] {
    switch self {
    case .curves: ["series", "panels", "over", "scale"]
    case .lines: ["x", "y", "series", "panels", "over", "scale"]
    case .bars: ["x", "y", "series", "panels", "over"]
    case .scatter: ["x", "y", "series", "panels", "over", "scale", "on"]
    case .histogram: ["y", "series", "panels", "on"]
    case .confusion: ["on", "judge", "epochs"]
    }
  }
}

/// `plot "lines", of: T, x: "layer", y: "mse", over: "seed", save: "errors"`
func plotVerb(_ answers: Answers) -> Callable {
  let list = "; a list for several"
  return Callable(
    .verb, "plot",
    [
      .first(
        "kind", .choice(PlotKind.allCases.map(\.rawValue)), "what kind of chart",
        suggesting: Suggestions { value in value.map { PlotKind.drawing($0).map { .quoted($0.rawValue) } } ?? [] }),
      .label(
        "of", .named("models, a table or numbers", .anything), reach: .whole, .required,
        "what is drawn: for curves classifiers or autoencoders, for lines and bars a table or numbers along an axis, for "
          + "scatter a table, or input and autoencoders of points, for a histogram either or a classifier, for confusion a classifier"
      ),
      .label(
        "x", .string, reach: .whole, .decided("what varies"), "the axis that runs to the right; of scatter, a measure"),
      .label("y", .string, reach: .whole, .decided("the first measure"), "the measure of a table" + list),
      .label("series", .string, reach: .whole, .decided("what is left"), "the axis told apart by colour" + list),
      .label("panels", .string, reach: .whole, .decided("none"), "the axis with a panel for each value" + list),
      .label(
        "over", .string, reach: .whole, .decided("\"seed\", where it varies and nothing else shows it"),
        "the axis to summarise as mean ± sd" + list),
      .label(
        "scale", .choice(["linear", "log"]), .decided("\"linear\""),
        "of curves and lines, the scale of what is measured; of a scatter, of both measures. A logarithmic one takes positive "
          + "numbers only"),
      .label(
        "on", .object(DatasetValue.self, ImagesValue.self), .decided("the test split"),
        "of confusion, of points and of a classifier's histogram, the images"),
      .label(
        "judge", .object(NetworkValue.self), .decided("the classifier that is explained"),
        "of confusion of autoencoders, the network of an evaluation classifier, which learns from their pictures and decides"
      ),
      .label("epochs", .integer(1...100_000), .decided("the classifier's"), "how often the judge sees every picture"),
      .label(
        "width", .choice(Chart.Width.allCases.map(\.rawValue)), .decided("a column; with several panels the page"),
        "how wide it is printed: a column is 3.3 inches, a page 6.9"),
      .label(
        "save", .saveName(endings: FigureValue.endings), reach: .whole, .decided("not saved"),
        "the name under which the chart is written, as PNG, SVG and PDF"),
    ],
    returns: "figure",
    "A chart: training curves, a measure along an axis, bars, a scatter, a histogram, a confusion matrix.",
    example: "plot \"curves\", of: C, save: \"curves\""
  ) { call throws(Fault) in
    guard let kind = call.text("kind").flatMap({ PlotKind(rawValue: $0) }) else { return .unknown(.anything) }
    let all = ["x", "y", "series", "panels", "over", "scale", "on", "judge", "epochs"]
    let odd = all.filter { call.has($0) && !kind.labels.contains($0) }
    for label in odd.dropLast() {
      call.alsoReport(WorkbenchMistake.labelNotForPlot(label, kind: kind).fault(at: .argument(label)))
    }
    if let label = odd.last { throw WorkbenchMistake.labelNotForPlot(label, kind: kind).fault(at: .argument(label)) }
    let figure = try Plot(kind: kind, call: call, answers: answers).figure
    if let name = call.text("save") { call.keep(figure, as: name) }
    return .object(figure)
  }
}
