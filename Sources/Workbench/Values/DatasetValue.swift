import Datasets
import Images
import Interpreter
import Tensors
import Text

/// `load "garments"`: a data set by its recipe, with what is known of it before anything is drawn.
struct DatasetValue: DomainObject {
  let recipe: DatasetRecipe
  let name: String
  let classes: [String]
  /// Of one image.
  let shape: Shape
  let trainCount: Int
  let testCount: Int

  let typeName = "data set"
  var label: String { name }

  var summary: String {
    "data set \(name): \(trainCount) training and \(testCount) test images, \(shape), \(counted(classes.count, "class"))"
  }

  var memberNames: [String] { ["train", "test", "classes", "name"] + (factors.isEmpty ? [] : ["factors"]) }

  /// What its images were drawn from, where that is known.
  private var factors: [String] { recipe.known.factors }

  func member(_ name: String) -> Value? {
    switch name {
    case "train": .object(images(.train))
    case "test": .object(images(.test))
    case "classes": .list(classes.map { .string($0) })
    case "name": .string(self.name)
    case "factors" where !factors.isEmpty: .list(factors.map { .string($0) })
    default: nil
    }
  }

  func images(_ split: Split) -> ImagesValue {
    let count = split == .train ? trainCount : testCount
    return ImagesValue(recipe: ImagesRecipe(dataset: recipe, split: split, range: 0..<count), dataset: self)
  }
}

/// A selection of a split: `garments.test[0...7]`.
struct ImagesValue: DomainObject {
  let recipe: ImagesRecipe
  let dataset: DatasetValue

  let typeName = "images"
  var count: Int { recipe.range.count }

  var isWholeSplit: Bool { recipe.range == dataset.images(recipe.split).recipe.range }

  /// How many of them a figure shows unless it is told.
  var shownCount: Int { isWholeSplit ? 8 : 12 }

  var summary: String {
    let selection = isWholeSplit ? "" : "[\(recipe.range.lowerBound)...\(recipe.range.upperBound - 1)]"
    return "\(counted(count, "image")): \(dataset.name).\(recipe.split.rawValue)\(selection)"
  }
  var label: String { "\(dataset.name).\(recipe.split.rawValue)" }

  let memberNames = ["count", "classes"]

  func member(_ name: String) -> Value? {
    switch name {
    case "count": .number(Double(count))
    case "classes": .list(dataset.classes.map { .string($0) })
    default: nil
    }
  }

  var sliceableCount: Int? { count }

  func slice(lower: Int, upper: Int) -> Value? {
    var selection = recipe
    selection.range = recipe.range.lowerBound + lower..<recipe.range.lowerBound + upper + 1
    return .object(ImagesValue(recipe: selection, dataset: dataset))
  }
}
