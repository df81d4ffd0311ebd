import Datasets
import Experiments
import Interpreter

/// `load "garments", train: 4000`
func loadVerb(_ answers: Answers) -> Callable {
  Callable(
    .verb, "load",
    [
      .first(
        "data", .string, "the data set: \(KnownDataset.allCases.map { "\"\($0.rawValue)\"" }.joined(separator: ", "))",
        suggesting: .datasets(in: answers.executor.library)),
      .label(
        "size", .integer(ImageSelection.sizes), .value(.number(Double(defaultSize))),
        "pixels along each side; other images are scaled to it"),
      .label("train", .positive, .decided("all; 10000 garments"), "how many training images, the first ones"),
      .label("test", .positive, .decided("all; 2000 garments"), "how many test images, the first ones"),
      .label(
        "classes",
        .named(
          "a class or a list of classes, by name or number",
          .either([.string, .natural, .list(of: .either([.string, .natural]))])),
        .decided("all"), "which classes to keep; they are numbered anew, from 0", suggesting: .classesOfDataset),
      .label("seed", .natural, .decided("1"), "which garments are drawn"),
    ],
    returns: "data set", "A data set: images in two splits, with their classes.",
    example: "let garments = load \"garments\", train: 4000, test: 1000"
  ) { call throws(Fault) in
    let name = call.text("data") ?? ""
    guard let known = KnownDataset(rawValue: name) else {
      throw WorkbenchMistake.unknownDataset(name, known: KnownDataset.allCases.map(\.rawValue)).fault(
        at: .argument("data"))
    }
    guard known == .garments || !call.has("seed") else {
      throw WorkbenchMistake.unknownLabelHere(
        label: "seed", dataset: name, reason: "only garments are drawn; these images are what they are"
      ).fault(at: .argument("seed"))
    }
    var counts: [Split: Int] = [:]
    for split in Split.allCases { counts[split] = call.integer(split.rawValue) }
    let request = DatasetRequest(
      known, seed: call.integer("seed").map { UInt64($0) } ?? Garments.defaultSeed,
      size: call.integer("size") ?? defaultSize, classes: try keptClasses(call, of: known.classes), counts: counts)
    do throws(JobError) {
      let dataset = DatasetValue(facts: try answers.executor.facts(request), library: answers.executor.library)
      answers.datasets.append(dataset)
      return .object(dataset)
    } catch { throw error.fault() }
  }
}

/// What the paper's networks take.
private let defaultSize = 32

/// The numbers of the classes that `classes:` names; none where all are kept.
private func keptClasses(_ call: Call, of known: [String]) throws(Fault) -> [Int]? {
  guard call.has("classes") else { return nil }
  var kept: [Int] = []
  for (index, element) in call.elements("classes").enumerated() {
    let number: Int?
    switch element {
    case .number(let value): number = value < Double(known.count) ? Int(value) : nil
    case .string(let name): number = known.firstIndex(of: name)
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
