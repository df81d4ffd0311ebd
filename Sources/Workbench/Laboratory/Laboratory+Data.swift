import Datasets
import Images
import Interpreter
import Networks
import Tensors

extension Laboratory {
  /// The data set's facts. Nothing is drawn or decoded for them; files are found and their headers read, so that a
  /// missing or broken one is noticed by a check.
  func describe(_ recipe: DatasetRecipe) throws(Fault) -> DatasetValue {
    do throws(DatasetError) {
      let source = try source(recipe)
      return DatasetValue(
        recipe: recipe, name: recipe.known.rawValue,
        classes: recipe.classes?.map { source.classes[$0] } ?? source.classes,
        shape: Shape(channels: source.channels, height: recipe.size, width: recipe.size),
        trainCount: try source.count(of: recipe.selection(.train)),
        testCount: try source.count(of: recipe.selection(.test)))
    } catch {
      throw error.fault
    }
  }

  private func source(_ recipe: DatasetRecipe) throws(DatasetError) -> any DatasetSource {
    if let found = store.sources[recipe.source] { return found }
    let source = try recipe.known.open(seed: recipe.source.seed, searching: store.dataFolders, read: store.readFile)
    store.sources[recipe.source] = source
    return source
  }

  /// The images as the engine reads them, also in a check: they cost no training.
  func samples(_ images: ImagesValue) throws(Fault) -> LabelledImages {
    if let made = store.samples[images.recipe] { return made }
    let samples: LabelledImages
    if images.isWholeSplit {
      do throws(DatasetError) {
        let recipe = images.recipe.dataset
        samples = try source(recipe).images(of: recipe.selection(images.recipe.split))
      } catch {
        throw error.fault
      }
    } else {
      samples = try self.samples(images.dataset.images(images.recipe.split)).selecting(images.recipe.range)
    }
    store.samples[images.recipe] = samples
    return samples
  }
}

extension DatasetRecipe {
  func selection(_ split: Split) -> ImageSelection {
    ImageSelection(split, classes: classes, count: split == .train ? train : test, size: size)
  }

  /// What `load` calls it.
  var known: KnownDataset { source.known }
}

extension DatasetError {
  /// The error at the argument of `load` that it is about.
  var fault: Fault {
    switch self {
    case .notFound, .incomplete: Fault(.missingFile, message, label: "not found", help: help, at: .argument("data"))
    case .tooFewImages(_, let split, _, _), .unusableCount(let split, _), .tooMuchMemory(let split, _, _, _):
      Fault(.notEnoughImages, message, label: "too many", help: help, at: .argument(split.rawValue))
    case .unusableSize: Fault(.outOfRange, message, label: "not offered", help: help, at: .argument("size"))
    default: Fault(.brokenFile, message, label: "broken file", help: help, at: .argument("data"))
    }
  }
}
