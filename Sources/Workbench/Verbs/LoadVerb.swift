import Datasets
import Interpreter

/// `load "garments", train: 4000`
func loadVerb(_ laboratory: Laboratory) -> Callable {
  Callable(
    .verb, "load",
    [
      .first(
        "data", .string, "the data set: \(KnownDataset.allCases.map { "\"\($0.rawValue)\"" }.joined(separator: ", "))"),
      .label(
        "size", .integer(Dataset.sizes), .value(.number(32)), "pixels along each side; other images are scaled to it"),
      .label("train", .positive, .decided("all; 10000 garments"), "how many training images, the first ones"),
      .label("test", .positive, .decided("all; 2000 garments"), "how many test images, the first ones"),
      .label("seed", .natural, .decided("1"), "which garments are drawn"),
    ],
    returns: "data set", "A data set: images in two splits, with their classes.",
    example: "let garments = load \"garments\", train: 4000, test: 1000"
  ) { call throws(Fault) in
    let name = call.text("data") ?? ""
    let source: DatasetRecipe.Source
    if name == KnownDataset.garments.rawValue {
      source = .garments(seed: UInt64(call.integer("seed") ?? Int(Garments.defaultSeed)))
    } else {
      source = .idx(name: name)
      if call.has("seed"), KnownDataset(rawValue: name) != nil {
        throw LabMistake.unknownLabelHere(
          label: "seed", dataset: name, reason: "only garments are drawn; these images are what they are"
        ).fault(at: .argument("seed"))
      }
    }
    let recipe = DatasetRecipe(
      source: source, size: call.integer("size") ?? 32, train: call.integer("train"), test: call.integer("test"))
    return .object(try laboratory.describe(recipe))
  }
}
