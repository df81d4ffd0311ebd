import Datasets
import Interpreter
import Networks
import Tensors

/// The labels that every training takes.
func trainingParameters(seed: Callable.Parameter.Default) -> [Callable.Parameter] {
  [
    .label("epochs", .integer(1...100_000), .value(.number(10)), "how often every image is seen"),
    .label("seed", .natural, seed, "where its random numbers begin"),
    .label("batch", .integer(1...100_000), .value(.number(128)), "how many images make a step"),
    .label("rate", .number(1e-9...10), .value(.number(0.001)), "Adam's learning rate"),
  ]
}

extension Call {
  func trainingOptions(seed: UInt64 = 1) -> TrainingOptions {
    TrainingOptions(
      epochs: integer("epochs") ?? 10, batchSize: integer("batch") ?? 128, learningRate: number("rate") ?? 0.001,
      seed: integer("seed").map { UInt64($0) } ?? seed)
  }

  /// The images at a label that takes a data set or images; of a data set, this split.
  func images(_ name: String, of split: Split) -> ImagesValue? {
    object(name, as: ImagesValue.self) ?? object(name, as: DatasetValue.self)?.images(split)
  }

  /// What a progress bar says, and a plan: `train C`.
  var title: String { callable.name + (binding.map { " " + $0 } ?? "") }
}

/// `train vgg5, on: garments, seed: 1...5`
func trainVerb(_ laboratory: Laboratory) -> Callable {
  Callable(
    .verb, "train",
    [
      .first("network", .object("network", also: ["classifier"]), "a network, or a classifier to fine-tune a copy of"),
      .label(
        "on", .object("data set", also: ["images"]), .required, "what to learn from; of a data set, its training split"),
    ] + trainingParameters(seed: .value(.number(1))) + [
      .label("optimizer", .choice(["adam"]), .value(.string("adam")), "how weights follow gradients")
    ],
    returns: "classifier", "A network with weights that were learned.",
    example: "let C = train vgg5, on: garments, epochs: 5, seed: 1"
  ) { call throws(Fault) in
    guard let images = call.images("on", of: .train) else { return .unknown(.anything) }
    guard images.count > 0 else { throw LabMistake.noImages("'on:'").fault(at: .argument("on")) }
    let value: ClassifierValue
    if let original = call.object("network", as: ClassifierValue.self) {
      try checkImages(images, fit: original, at: "on")
      let recipe = ClassifierRecipe.tuned(original.recipe, on: images.recipe, call.trainingOptions())
      value = ClassifierValue(recipe: recipe, layers: original.layers, images: images, name: call.binding)
    } else {
      guard let network = call.object("network", as: NetworkValue.self) else { return .unknown(.anything) }
      let layers = try classifyingLayers(
        of: network.architecture, on: images.dataset, at: .argument("network"),
        laboratory.store)
      let recipe = ClassifierRecipe.trained(network.architecture, on: images.recipe, call.trainingOptions())
      value = ClassifierValue(recipe: recipe, layers: layers, images: images, name: call.binding)
    }
    _ = try laboratory.classifier(value, title: call.title, at: call.point)
    return .object(value)
  }
}

/// The network's layers on images of this data set, after making sure that it can tell its classes apart.
func classifyingLayers(
  of architecture: Architecture, on dataset: DatasetValue, at place: Fault.Place, _ store: Store
) throws(Fault) -> [Layer] {
  guard let last = architecture.blocks.last?.kind as? Dense else {
    let block = architecture.blocks.last?.definition ?? "nothing"
    throw LabMistake.noLogits(network: architecture.name, last: block).fault(at: place)
  }
  let layers: [Layer]
  if let outputs = last.outputs, outputs != dataset.classes.count {
    throw LabMistake.wrongOutputs(
      network: architecture.name, outputs: outputs, classes: dataset.classes.count, dataset: dataset.name
    ).fault(at: place)
  }
  do throws(ShapeError) {
    let site = NetworkSite(
      architecture: architecture, input: dataset.shape, classes: dataset.classes.count)
    layers = try site.layers(store)
  } catch {
    throw LabMistake.shape(error, network: architecture.name).fault(at: place)
  }
  return layers
}

/// Images that a classifier is applied to have the size and the classes that it learned.
func checkImages(_ images: ImagesValue, fit classifier: ClassifierValue, at label: String) throws(Fault) {
  let expected = classifier.dataset
  guard images.dataset.shape == expected.shape, images.dataset.classes.count == expected.classes.count else {
    throw LabMistake.otherImages(
      expected: "\(expected.shape), \(expected.classes.count) classes",
      given: "\(images.dataset.shape), \(images.dataset.classes.count) classes", classifier: classifier.label,
      differs: images.dataset.shape == expected.shape ? "classes" : "size"
    ).fault(at: .argument(label))
  }
}
