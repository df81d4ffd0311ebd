import Datasets
import Images
import Interpreter
import Networks
import Tensors

extension Laboratory {
  /// The data set's facts. Garments are not drawn for this; files are read, so that a missing or broken one is found by
  /// a check.
  func describe(_ recipe: DatasetRecipe) throws(Fault) -> DatasetValue {
    let name = recipe.name
    guard let known = KnownDataset(rawValue: name) else {
      throw LabMistake.unknownDataset(name, known: KnownDataset.allCases.map(\.rawValue)).fault(at: .argument("data"))
    }
    let shape = Shape(channels: 1, height: recipe.size, width: recipe.size)
    let classes = recipe.classes?.map { known.classes[$0] } ?? known.classes
    switch recipe.source {
    case .garments:
      for (split, count) in [(Split.train, recipe.drawn.train), (.test, recipe.drawn.test)] {
        let limit = Dataset.maximumPixels / shape.count
        guard count <= limit else {
          throw DatasetError.tooMuchMemory(split: split, images: count, size: recipe.size, limit: Dataset.maximumPixels)
            .fault
        }
      }
      // Each class comes once in every ten garments.
      let counts = Dataset.garmentCounts
      return DatasetValue(
        recipe: recipe, name: name, classes: classes, shape: shape,
        trainCount: recipe.train ?? counts.train / known.classes.count * classes.count,
        testCount: recipe.test ?? counts.test / known.classes.count * classes.count)
    case .idx:
      let dataset = try make(recipe)
      return DatasetValue(
        recipe: recipe, name: name, classes: classes, shape: shape, trainCount: dataset.train.count,
        testCount: dataset.test.count)
    }
  }

  private func make(_ recipe: DatasetRecipe) throws(Fault) -> Dataset {
    if let made = store.datasets[recipe] { return made }
    var dataset: Dataset
    let counts = recipe.drawn
    switch recipe.source {
    case .garments(let seed):
      dataset = Garments.dataset(
        train: counts.train, test: counts.test, seed: seed, size: recipe.size)
    case .idx(let name):
      do throws(DatasetError) {
        dataset = try Dataset.load(
          name: name, searching: store.dataFolders, train: recipe.classes == nil ? recipe.train : nil,
          test: recipe.classes == nil ? recipe.test : nil, size: recipe.size, read: store.readFile)
      } catch {
        throw error.fault
      }
    }
    if let classes = recipe.classes {
      do throws(DatasetError) {
        dataset = try dataset.keeping(classes, train: recipe.train, test: recipe.test)
      } catch {
        throw error.fault
      }
    }
    store.datasets[recipe] = dataset
    return dataset
  }

  /// The images as the engine reads them, also in a check: they cost no training.
  func samples(_ images: ImagesValue) throws(Fault) -> LabelledImages {
    if let made = store.samples[images.recipe] { return made }
    let dataset = try make(images.recipe.dataset)
    let split = images.recipe.split == .train ? dataset.train : dataset.test
    let samples = images.recipe.range == 0..<split.count ? split : split.selecting(images.recipe.range)
    store.samples[images.recipe] = samples
    return samples
  }
}

extension DatasetRecipe {
  /// How many garments are drawn, so that as many of the classes that are kept are among them as are asked for: each
  /// class comes once in every ten.
  var drawn: (train: Int, test: Int) {
    let all = Garments.classes.count
    let kept = classes?.count ?? all
    func count(_ asked: Int?, _ fallback: Int) -> Int {
      guard let asked else { return fallback }
      return kept == all ? asked : ((asked - 1) / kept + 1) * all
    }
    return (count(train, Dataset.garmentCounts.train), count(test, Dataset.garmentCounts.test))
  }

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
