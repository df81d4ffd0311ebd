import Diagnostics
import Experiments
import Figures
import Interpreter
import Networks
import Syntax
import Tensors
import Text

/// The facts of a mistake about networks, data or a run.
enum WorkbenchMistake: Sendable {
  case noSuchLayer(given: String, network: String, layers: [String], names: [String])
  case noSuchUnit(given: Int, layer: String, channels: Int)
  case noSuchClass(given: Value, known: [String])
  case noUnits
  case silentLayer(layer: String)
  case sameForAll(label: String)
  case ranksOfReference(count: Int)
  /// Neither or both of two labels.
  case oneOfTwo(String, String, verb: String)
  /// "the class \"Bag\"", "unit 3"
  case namedTwice(String)
  case shape(ShapeError, network: String)
  case wrongOutputs(network: String, outputs: Int, classes: Int, dataset: String)
  case otherImages(expected: String, given: String, classifier: String, differs: String)
  case emptyNetwork
  case layerName(String)
  case noLogits(network: String, last: String)
  case unknownDataset(String, known: [String])
  case unknownLabelHere(label: String, dataset: String, reason: String)
  case noImages(String)
  case interrupted
  case diverged(epoch: Int, step: Int)
  /// `all` is what the largest job of the text takes.
  case tooMuchMemory(least: Int, limit: Int, all: Int)
  case engine(String)
  case notStored(String)
  case tooMuchWork(asked: Int, limit: Int)
  case tooManyImages(bytes: Int, limit: Int)
  case noImageMatches(count: Int)
  case severalAnswers(axes: [String])
  case notACondition(given: String)
  case notSortable(given: String)
  case noSuchFactor(String, dataset: String, known: [String])
  case notRedrawn(dataset: String)
  /// `instead`: a kind that can.
  case notForPlot(PlotKind, given: String, instead: PlotKind?)
  case labelNotForPlot(String, kind: PlotKind)
  case notLogarithmic(String, Double, place: String)
  case unknownPlotAxis(String, known: [String])
  /// "12 series"
  case tooManyInPlot(String, limit: Int)
  case differentLosses
  case differentClasses
  case severalClassifiers
  case measureOfNumbers
  case oneMeasure(String)
  case unknownGridAxis(String, known: [String])
  case unknownColumn(String, label: String, known: [String])
  case tooManyCells(Int, limit: Int)
  case noAutoEncoder
  case nothingToLookAt(verb: String)
  case noImagesNamed(verb: String)
  case notAReference(given: String)
  /// "class mean"
  case notTrained(String)
  case noJudge(String)
  case emptyGrid
  case reportIsTaken
  case figure(String)
}

extension WorkbenchMistake {
  /// What tables call the numbers that functions give.
  private static let columnsOfFunctions = ["loss": "squared error", "accuracy": "accuracy on reconstructions"]

  /// The mistake in the user's terms.
  func fault(at place: Fault.Place) -> Fault {
    let (code, title, label, help) = wording
    return Fault(code, title, label: label, help: help, at: place)
  }

  private var wording: (DiagnosticCode, String, String, String?) {
    switch self {
    case .noSuchLayer(let given, let network, let layers, let names):
      (
        .noSuchLayer, "'\(network)' has no layer \(given)",
        nearest(given.filter { $0 != "\"" }, among: names).map { "did you mean \"\($0)\"?" } ?? "no such layer",
        "its layers are \(layers.joined(separator: ", "))"
      )
    case .noSuchUnit(let given, let layer, let channels):
      (
        .noSuchLayer, "the layer \(layer) has no unit \(given)", "no such unit",
        "its units are 0 to \(channels - 1), the numbers of its channels"
      )
    case .noUnits:
      (.outOfRange, "a decoder needs at least one unit to see", "no units", "for example: units: 0...15")
    case .silentLayer(let layer):
      (
        .noNumber, "what is decoded of \(layer) is the same for all of these images", "nothing that could be kept",
        "measure on more images, or decode units that vary: units: varying(most: 8)"
      )
    case .sameForAll(let label):
      (
        .outOfRange, "'\(label):' asks nothing of the images", "the same for each of them",
        "for example: \(label): \(label == "where" ? "class == \"Bag\"" : "confidence(C)")"
      )
    case .ranksOfReference(let count):
      (
        .outOfRange, "the units of a reference have no ranks among the classifier's", "these are the reference's own",
        "write as many by number: units: 0...\(count - 1)"
      )
    case .oneOfTwo(let one, let other, let verb):
      (
        .requiredArgument, "'\(verb)' takes '\(one):' or '\(other):', one of them", "which?",
        "for example: \(verb)(\(one): 16)"
      )
    case .shape(let error, let network):
      (
        .shapesDoNotFit,
        "'\(network)' does not fit: \(error.operation)\(error.layer.isEmpty ? "" : " (\(error.layer))") cannot work on \(error.input)",
        error.reason,
        error.remedy ?? "inspect \(network.isTypeable ? network : "NETWORK") lists the layers with their shapes"
      )
    case .wrongOutputs(let network, let outputs, let classes, let dataset):
      (
        .shapesDoNotFit, "'\(network)' ends with \(outputs) outputs, but \(dataset) has \(classes) classes",
        "\(outputs) are not \(classes)", "end the network with dense(classes), which takes the data set's number"
      )
    case .otherImages(let expected, let given, let classifier, let differs):
      (
        .imagesDoNotFit, "'\(classifier)' was trained on images of \(expected), these are \(given)", "other images",
        "load both with the same \(differs):"
      )
    case .emptyNetwork:
      (
        .networkIncomplete, "a network needs at least one block", "no blocks",
        "network [conv(32, stride: 2), dense(classes)]"
      )
    case .layerName(let name):
      (
        .outOfRange, "a layer cannot be called \"\(printable(name))\"", "not a name",
        "letters, digits and _, a letter first, as in name: \"stem\""
      )
    case .noLogits(let network, let last):
      (
        .networkIncomplete, "'\(network)' cannot classify: it ends with \(last)", "no logits",
        "end the network with dense(classes)"
      )
    case .emptyGrid:
      (
        .outOfRange, "a grid needs something to show", "an empty list",
        "for example: grid [input, E], of: garments.test"
      )
    case .reportIsTaken:
      (
        .badSaveName, "a table cannot be saved as \"report\": report.md is the notebook's report", "taken",
        "choose another name: save: \"table-1\""
      )
    case .noAutoEncoder:
      (
        .requiredArgument, "the grid does not know which images to show", "'of:' is missing",
        "for example: of: garments.test"
      )
    case .nothingToLookAt(let verb):
      (
        .outOfRange, "\(verb) needs something to look at", "an empty list",
        "for example: \(verb) [input, C, E], on: garments.test"
      )
    case .noImagesNamed(let verb):
      (
        .requiredArgument, "\(verb) does not know which images to look at", "'on:' is missing",
        "for example: on: garments.test"
      )
    case .noJudge(let label):
      (
        .requiredArgument, "'\(label):' is about a judge, and none is named", "'judge:' is missing",
        "for example: evaluate(E, judge: vgg5)"
      )
    case .notTrained(let model):
      (
        .wrongType, "\(model) has no training losses", "nothing was trained",
        "history(C) and history(E) are of trainings"
      )
    case .notAReference(let given):
      (
        .wrongType, "smooth takes what refae returned, not \(given)", "this is \(given)",
        "for example: smooth R, to: E"
      )
    case .unknownDataset(let name, let known):
      (
        .unknownDataset, "there is no data set \"\(name)\"",
        nearest(name, among: known).map { "did you mean \"\($0)\"?" } ?? "unknown",
        "load takes \(known.map { "\"\($0)\"" }.joined(separator: ", ")), or a folder by its path, such as \"./NAME\""
      )
    case .noSuchClass(let given, let known):
      (
        .unknownClass, "there is no class \(given.shortText)",
        given.word.flatMap { nearest($0, among: known) }.map { "did you mean \"\($0)\"?" }
          ?? "not a class of this data set",
        "the classes are "
          + known.enumerated().prefix(30).map { "\($0.offset) \"\($0.element)\"" }.joined(separator: ", ")
          + (known.count > 30 ? " and \(known.count - 30) others, which show D.classes lists for a data set D" : "")
      )
    case .namedTwice(let thing): (.outOfRange, "\(thing) is named twice", "a second time", "name each once")
    case .unknownLabelHere(let label, let dataset, let reason):
      (.outOfRange, "'\(label):' does not apply to \(dataset)", "not here", reason)
    case .noImages(let what): (.notEnoughImages, "there are no images in \(what)", "empty", "choose at least one")
    case .interrupted: (.interrupted, "interrupted", "stopped here", nil)
    case .diverged(let epoch, let step):
      (
        .diverged, "the training diverged in epoch \(epoch + 1), step \(step + 1)", "the loss is no longer a number",
        "a smaller rate: helps, such as rate: 0.0003"
      )
    case .tooMuchMemory(let least, let limit, let all):
      (
        .tooMuchMemory,
        "this training takes at least \(binarySize(least)) of memory, more than the \(binarySize(limit)) it may",
        "too large",
        "--memory \(binarySize(all, roundedUp: true).filter { $0 != " " }) allows all of it; a batch: below 128 or smaller images take less"
      )
    case .notStored(let job):
      (.notComputed, "'\(job)' has not been computed", "not in the store", "cladec run computes it, and keeps it")
    case .tooMuchWork(let asked, let limit):
      (
        .tooMuchWork,
        "this makes the answer's work \(formatted(Double(asked) / Double(max(1, limit)), .short(2))) times what it may be",
        "too much work", "fewer epochs, images, seeds or values in a list take less; nothing of it was begun"
      )
    case .tooManyImages(let bytes, let limit):
      (
        .tooMuchWork,
        "the images take \(binarySize(bytes)), more than the \(binarySize(limit)) that an answer may have",
        "too many", "train: and test: of load take fewer"
      )
    case .engine(let reason): (.shapesDoNotFit, "this cannot be trained", reason, nil)
    case .noImageMatches(let count):
      (
        .noImageMatches, "none of the \(count) images meets the condition", "no image is left",
        "ask for less in 'where:'"
      )
    case .severalAnswers(let axes):
      (
        .axesDiffer, "the condition has several answers for each image", "varies along \(axes.joined(separator: ", "))",
        "name a single model in it, one that was made without a list"
      )
    case .notACondition(let given):
      (
        .wrongType, "'where:' takes a condition, not \(given)", "this is \(given)",
        "for example: where: class == \"Bag\""
      )
    case .notSortable(let given):
      (
        .wrongType, "'sort:' takes a number or a text of each image, not \(given)", "this is \(given)",
        "for example: sort: confidence(C)"
      )
    case .notRedrawn(let dataset):
      (
        .outOfRange, "the images of \(dataset) cannot be drawn again with another factor", "not garments",
        "only garments can: on: garments.test"
      )
    case .noSuchFactor(_, let dataset, let known) where known.isEmpty:
      (
        .unknownName, "nothing is known of the images of \(dataset) besides their classes", "has no factors",
        "those of \"garments\" have factors; a folder of your own has those of its file factors.csv: help factors"
      )
    case .noSuchFactor(let name, let dataset, let known):
      (
        .unknownName, "the images of \(dataset) have no factor \"\(name)\"",
        nearest(name, among: known).map { "did you mean \"\($0)\"?" } ?? "not one of its factors",
        "its factors are \(known.map { "\"\($0)\"" }.joined(separator: ", "))"
      )
    case .notForPlot(let kind, let given, let instead):
      (
        .wrongType, "plot \"\(kind.rawValue)\" cannot draw \(given)",
        instead.map { "write \"\($0.rawValue)\"" } ?? "this is \(given)",
        "it takes \(kind.subject), for example: \(kind.example)"
      )
    case .labelNotForPlot(let label, let kind):
      (
        .outOfRange, "'\(label):' does not apply to plot \"\(kind.rawValue)\"", "not here",
        "it takes of:, \((kind.labels + ["width", "save"]).map { $0 + ":" }.joined(separator: ", ")); "
          + "for example: \(kind.example)"
      )
    case .notLogarithmic(let measure, let number, let place):
      (
        .outOfRange, "a logarithmic scale has no place for \(formatted(number, .short(4)))",
        "\(measure) is \(formatted(number, .short(4)))" + (place.isEmpty ? "" : " at \(place)"),
        "without scale: the axis is linear; a table may be drawn without the rows where it is 0: T[layer: -1]"
      )
    case .unknownPlotAxis(let name, let known):
      (
        .unknownAxis, "there is no axis '\(name)' in this chart",
        nearest(name, among: known).map { "did you mean \"\($0)\"?" } ?? "not an axis of it",
        known.isEmpty ? "what is drawn has no axes" : "its axes are \(known.joined(separator: ", "))"
      )
    case .tooManyInPlot(let things, let limit):
      (
        .outOfRange, "a chart of \(things) is too much; \(limit) are possible", "too many",
        "panels: gives each value of an axis a panel, over: summarises along one"
      )
    case .differentLosses:
      (
        .wrongType, "the losses of classifiers and of autoencoders have different units", "both in one chart",
        "make two charts"
      )
    case .differentClasses:
      (.wrongType, "these classifiers have different classes", "not in one chart", "make a chart for each")
    case .severalClassifiers:
      (
        .wrongType, "plot \"histogram\" shows one classifier", "several",
        "name one; plot \"confusion\" shows several side by side"
      )
    case .measureOfNumbers:
      (
        .outOfRange, "'y:' names a measure of a table, and these are numbers", "not here",
        "leave it out, or give a table: let T = evaluate E"
      )
    case .oneMeasure(let label):
      (.outOfRange, "'\(label):' of a scatter takes one measure", "a second one", "make a chart for each")
    case .unknownGridAxis(let name, let known):
      (
        .unknownAxis, "there is no axis '\(name)' in this grid",
        nearest(name, among: known).map { "did you mean \"\($0)\"?" } ?? "not an axis of it",
        "its axes are \(known.joined(separator: ", "))"
      )
    case .unknownColumn(let name, let label, let known):
      (
        .unknownColumn,
        "the table has no \(label == "columns" ? "column" : ["x", "y"].contains(label) ? "measure" : "axis") '\(name)'",
        (Self.columnsOfFunctions[name] ?? nearest(name, among: known)).map { "did you mean \"\($0)\"?" }
          ?? "not in this table",
        name == "judged accuracy"
          ? "evaluate measures it where it is given a judge: evaluate(E, judge: vgg5)"
          : "'\(label):' takes \(known.map { "\"\($0)\"" }.joined(separator: ", "))"
      )
    case .tooManyCells(let count, let limit):
      (
        .outOfRange, "a table of \(count) cells is too large; \(limit) are possible", "too large",
        "over: summarises along an axis, rows: and columns: name others"
      )
    case .figure(let reason): (.outOfRange, reason, "cannot be drawn", nil)
    }
  }
}

extension String {
  /// Whether it can be typed as a name: what `name:` gives may hold anything, and a network without a name is called
  /// "network".
  var isTypeable: Bool {
    (first?.isLetter ?? false) && allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" }
      && !(Verbs.names + Verbs.keywords).contains(self)
  }
}

extension Value {
  fileprivate var word: String? { if case .string(let word) = self { word } else { nil } }
}

extension JobError {
  /// The error in the user's terms.
  /// - Parameter needed: how much memory the largest job takes, where one is known to be larger than this one's.
  func fault(allowing needed: Int = 0) -> Fault {
    switch self {
    case .interrupted: WorkbenchMistake.interrupted.fault(at: .whole)
    case .training(let error, let network): error.mistake(network: network, allowing: needed).fault(at: .whole)
    case .data(let error): error.fault
    case .damaged(let reason): WorkbenchMistake.engine(reason).fault(at: .whole)
    case .notStored(let job): WorkbenchMistake.notStored(job).fault(at: .whole)
    case .tooMuchWork(let asked, let limit): WorkbenchMistake.tooMuchWork(asked: asked, limit: limit).fault(at: .whole)
    case .tooManyImages(let bytes, let limit):
      WorkbenchMistake.tooManyImages(bytes: bytes, limit: limit).fault(at: .whole)
    }
  }
}

extension TrainingError {
  fileprivate func mistake(network: String, allowing needed: Int) -> WorkbenchMistake {
    switch self {
    case .interrupted: .interrupted
    case .diverged(let epoch, let step): .diverged(epoch: epoch, step: step)
    case .shape(let error): .shape(error, network: network)
    case .noImages: .noImages("what it should learn from")
    case .wrongImages(let expected, let found):
      .otherImages(expected: expected.description, given: found.description, classifier: network, differs: "size")
    case .wrongClasses(let expected, let found):
      .otherImages(
        expected: "\(expected) classes", given: "\(found) classes", classifier: network, differs: "classes")
    case .memory(let least, let limit): .tooMuchMemory(least: least, limit: limit, all: max(least, needed))
    case .badOptions(let reason): .engine(reason)
    case .arrays: .engine("what was kept of it belongs to something else")
    }
  }
}
