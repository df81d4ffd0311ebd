import Datasets
import Experiments
import Interpreter

/// `load "garments", train: 4000`
func loadVerb(_ answers: Answers) -> Callable {
  Callable(
    .verb, "load",
    [
      .first(
        "data", .string,
        "the data set: \(KnownDataset.allCases.map { "\"\($0.rawValue)\"" }.joined(separator: ", ")), or the path of a folder or archive with a folder of PNG or JPEG files for each class: train/CLASS and test/CLASS (or val/CLASS), or CLASS alone",
        suggesting: .datasets(in: answers.executor.library)),
      .label(
        "size", .integer(ImageSelection.sizes), .decided("\(defaultSize)"),
        "pixels along each side; of other images the square in the middle is scaled to it, bilinearly, and where it shrinks antialiased (a triangle filter)"
      ),
      .label(
        "train", .positive, .decided("all; 10000 garments, 1000 points"), "how many training images, the first ones"),
      .label("test", .positive, .decided("all; 2000 garments, 1000 points"), "how many test images, the first ones"),
      .label(
        "classes",
        .named(
          "a class or a list of classes, by name or number",
          .either([.string, .natural, .list(of: .either([.string, .natural]))])),
        .decided("all"), "which classes to keep; they are numbered anew, from 0",
        suggesting: .classes(in: answers.executor.library)),
      .label(
        "seed", .natural, .decided("1"),
        "which garments or points are drawn; which images of a folder without test images are held out"),
      .label(
        "shortcut", .choice(Garments.factors.filter(\.isShortcut).map(\.name)), .decided("none"),
        "a factor that tells the class of garments, in both splits: its range has a part for each class, in their order"
      ),
      .label(
        "holdout", .number(0.01...0.99), .decided("0.2"),
        "the share of each class that becomes the test images, in a folder that has none"),
    ],
    returns: "data set", "A data set: images in two splits, with their classes.",
    example: "let garments = load \"garments\", train: 4000, test: 1000"
  ) { call throws(Fault) in
    let text = call.text("data") ?? ""
    guard let name = DatasetName(text) else {
      throw WorkbenchMistake.unknownDataset(text, known: KnownDataset.allCases.map(\.rawValue)).fault(
        at: .argument("data"))
    }
    let seed = call.integer("seed").map { UInt64($0) } ?? Garments.defaultSeed
    let holdout = call.number("holdout") ?? DatasetName.usualHoldout
    let shortcut = call.text("shortcut")
    let executor = answers.executor
    let offer: DatasetOffer
    do throws(JobError) {
      offer = try executor.offer(DatasetRequest(name, seed: seed, shortcut: shortcut, holdout: holdout))
    } catch { throw error.fault() }
    try refuseNeedlessLabels(call, of: name, offer)
    var counts: [Split: Int] = [:]
    for split in Split.allCases { counts[split] = call.integer(split.rawValue) }
    let request = DatasetRequest(
      name, seed: seed, shortcut: shortcut, holdout: holdout, size: call.integer("size") ?? defaultSize,
      classes: try keptClasses(call, of: offer), counts: counts)
    do throws(JobError) {
      let dataset = DatasetValue(facts: try executor.facts(request), library: executor.library)
      answers.datasets.append(dataset)
      return .object(dataset)
    } catch { throw error.fault() }
  }
}

/// What the paper's networks take.
private let defaultSize = 32

/// What would mean nothing is refused: a seed or a shortcut where nothing is drawn, a share where nothing is held out, a
/// size where there are no pixels.
private func refuseNeedlessLabels(_ call: Call, of name: DatasetName, _ offer: DatasetOffer) throws(Fault) {
  let isDrawn = name == .known(.garments) || name == .known(.points)
  let means: [String: Bool] = [
    "seed": isDrawn || offer.isHeldOut, "shortcut": name == .known(.garments), "holdout": offer.isHeldOut,
    "size": name != .known(.points),
  ]
  for label in ["seed", "shortcut", "holdout", "size"] where call.has(label) && means[label] == false {
    let reason =
      switch name {
      case .known(.points) where label == "size": "a point has two coordinates and no pixels"
      case .known(.points) where label == "shortcut": "its class is told by its place"
      case .known(.garments), .known(.points): "as many \(name.word) as are wanted are drawn for testing"
      case .known: "only garments are drawn; these images are what they are"
      case .path where label == "shortcut": "only garments are drawn; these images are what they are"
      case .path: "it has test images of its own"
      }
    throw WorkbenchMistake.unknownLabelHere(label: label, dataset: name.word, reason: reason).fault(
      at: .argument(label))
  }
}

/// The numbers of the classes that `classes:` names; none where all are kept.
private func keptClasses(_ call: Call, of offer: DatasetOffer) throws(Fault) -> [Int]? {
  guard call.has("classes") else { return nil }
  let known = offer.classes
  var kept: [Int] = []
  for (index, element) in call.elements("classes").enumerated() {
    let number: Int?
    switch element {
    case .number(let value): number = value < Double(known.count) ? Int(value) : nil
    case .string(let name): number = known.firstIndex(of: name) ?? offer.identifiers.firstIndex(of: name)
    default: number = nil
    }
    guard let number else {
      throw WorkbenchMistake.noSuchClass(given: element, known: known).fault(at: .element("classes", index))
    }
    guard !kept.contains(number) else {
      throw WorkbenchMistake.namedTwice("the class \"\(known[number])\"").fault(at: .element("classes", index))
    }
    kept.append(number)
  }
  guard !kept.isEmpty else { throw WorkbenchMistake.noImages("'classes:'").fault(at: .argument("classes")) }
  return kept.count == known.count ? nil : kept.sorted()
}
