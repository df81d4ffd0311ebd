import Interpreter
import Networks
import Tensors
import Text

/// `train …`: a classifier by its recipe, with its layers.
struct ClassifierValue: DomainObject {
  let recipe: ClassifierRecipe
  let layers: [Layer]
  /// What it was trained on; its test split is where it is measured.
  let images: ImagesValue
  /// The name that the text gives it.
  var name: String?

  let typeName = "classifier"
  var identity: AnyHashable? { recipe }
  var label: String { recipe.architecture.name }
  var dataset: DatasetValue { images.dataset }

  var summary: String { "classifier " + description }

  /// All that it was made by: `vgg5 on garments, 300 images, 1 epoch, seed 1`.
  var description: String {
    let options = recipe.options
    var kind = recipe.architecture.name
    if case .tuned = recipe { kind += ", fine-tuned" }
    return
      "\(kind) on \(dataset.name), \(counted(images.count, "image")), \(counted(options.epochs, "epoch")), seed \(options.seed)"
  }
}

/// `cladec …` or `refae …`: an auto-encoder by its recipe.
struct AutoEncoderValue: DomainObject {
  let recipe: AutoEncoderRecipe
  let layer: Layer
  var classifier: ClassifierValue
  /// The name that the text gives it.
  var name: String?

  let typeName = "autoencoder"
  var identity: AnyHashable? { recipe }
  var label: String { "\(kindName) \(layer.name)" }
  var dataset: DatasetValue { classifier.dataset }
  /// The images that it is measured on unless others are named.
  var testImages: ImagesValue { dataset.images(.test) }

  /// What the paper calls it.
  var kindName: String {
    switch recipe.kind {
    case .cladec: "ClaDec"
    case .refae: "RefAE"
    }
  }

  var alpha: Double? {
    if case .cladec(let alpha) = recipe.kind { alpha } else { nil }
  }

  var summary: String {
    let alphaText = alpha.map { ", α \(formatted($0, .shortest))" } ?? ""
    let unitsText = recipe.units.map { ", \($0.count) of \(layer.output.channels) units" } ?? ""
    return
      "\(kindName) of \(classifier.label), layer \(formatted(Double(layer.index), .shortest)) (\(layer.name), \(layer.output))"
      + "\(unitsText)\(alphaText), seed \(recipe.options.seed)"
  }
}
