import Datasets
import Interpreter
import Networks
import Tensors

extension Laboratory {
  /// The data set's facts. Garments are not drawn for this; files are read, so that a missing or broken one is found by a check.
  func describe(_ recipe: DatasetRecipe) throws(Fault) -> DatasetValue {
    let name = recipe.name
    guard let known = KnownDataset(rawValue: name) else {
      throw LabMistake.unknownDataset(name, known: KnownDataset.allCases.map(\.rawValue)).fault(at: .argument("data"))
    }
    let shape = Shape(channels: 1, height: recipe.size, width: recipe.size)
    switch recipe.source {
    case .garments:
      let counts = (
        train: recipe.train ?? Dataset.garmentCounts.train, test: recipe.test ?? Dataset.garmentCounts.test
      )
      for (split, count) in [(Split.train, counts.train), (.test, counts.test)] {
        let limit = Dataset.maximumPixels / shape.count
        guard count <= limit else {
          throw DatasetError.tooMuchMemory(split: split, images: count, size: recipe.size, limit: Dataset.maximumPixels)
            .fault
        }
      }
      return DatasetValue(
        recipe: recipe, name: name, classes: known.classes, shape: shape, trainCount: counts.train,
        testCount: counts.test)
    case .idx:
      let dataset = try make(recipe)
      return DatasetValue(
        recipe: recipe, name: name, classes: known.classes, shape: shape, trainCount: dataset.train.count,
        testCount: dataset.test.count)
    }
  }

  private func make(_ recipe: DatasetRecipe) throws(Fault) -> Dataset {
    if let made = store.datasets[recipe] { return made }
    let dataset: Dataset
    switch recipe.source {
    case .garments(let seed):
      dataset = Garments.dataset(
        train: recipe.train ?? Dataset.garmentCounts.train, test: recipe.test ?? Dataset.garmentCounts.test, seed: seed,
        size: recipe.size)
    case .idx(let name):
      do throws(DatasetError) {
        dataset = try Dataset.load(
          name: name, searching: store.dataFolders, train: recipe.train, test: recipe.test, size: recipe.size,
          read: store.readFile)
      } catch {
        throw error.fault
      }
    }
    store.datasets[recipe] = dataset
    return dataset
  }

  /// The images as the engine reads them, also in a check: they cost no training.
  func samples(_ images: ImagesValue) throws(Fault) -> Samples {
    if let made = store.samples[images.recipe] { return made }
    let dataset = try make(images.recipe.dataset)
    let split = images.recipe.split == .train ? dataset.train : dataset.test
    let chosen = images.recipe.range == 0..<split.count ? split : split.selecting(images.recipe.range)
    let samples = Samples(
      shape: Shape(channels: chosen.channels, height: chosen.height, width: chosen.width),
      pixels: .bytes(chosen.pixels), labels: chosen.labels, classes: dataset.classes.count)
    store.samples[images.recipe] = samples
    return samples
  }
}

extension DatasetRecipe {
  /// What `load` calls it.
  var name: String {
    switch source {
    case .garments: KnownDataset.garments.rawValue
    case .idx(let name): name
    }
  }
}

extension DatasetError {
  /// The error at the argument of `load` that it is about.
  var fault: Fault {
    switch self {
    case .unknownName: Fault(.unknownDataset, message, label: "unknown", help: help, at: .argument("data"))
    case .notFound, .incomplete: Fault(.missingFile, message, label: "not found", help: help, at: .argument("data"))
    case .tooFewImages(_, let split, _, _), .unusableCount(let split, _), .tooMuchMemory(let split, _, _, _):
      Fault(.notEnoughImages, message, label: "too many", help: help, at: .argument(split.rawValue))
    case .unusableSize: Fault(.outOfRange, message, label: "not offered", help: help, at: .argument("size"))
    default: Fault(.brokenFile, message, label: "broken file", help: help, at: .argument("data"))
    }
  }
}
