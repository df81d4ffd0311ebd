import Datasets
import Experiments
import Interpreter

/// `train vgg5, on: garments, seed: 1...5`
func trainVerb(_ answers: Answers) -> Callable {
  Callable(
    .verb, "train",
    [
      .first(
        "network", .object(NetworkValue.self, ClassifierValue.self), "a network, or a classifier to fine-tune a copy of"
      ),
      .label(
        "on", .object(DatasetValue.self, ImagesValue.self), .required,
        "what to learn from; of a data set, its training split"),
    ] + trainingParameters(seed: .firstSeed),
    returns: "classifier", "A network with weights that were learned.",
    example: "let C = train vgg5, on: garments, epochs: 5, seed: 1"
  ) { call throws(Fault) in
    guard let images = call.images("on", of: .train) else { return .unknown(.anything) }
    try checkNotEmpty(images, at: "on")
    let value: ClassifierValue
    if let original = call.object("network", as: ClassifierValue.self) {
      try checkImages(images, fit: original, at: "on")
      value = ClassifierValue(
        job: FineTuning(original.job, on: images.job, call.trainingOptions()), layers: original.layers, images: images,
        originalImages: original.images)
    } else {
      guard let network = call.object("network", as: NetworkValue.self) else { return .unknown(.anything) }
      let layers = try classifyingLayers(of: network.architecture, on: images.dataset, at: .argument("network"))
      value = ClassifierValue(
        job: ClassifierTraining(network.architecture, on: images.job, call.trainingOptions()), layers: layers,
        images: images)
    }
    answers.names.name(value.job, call.title(of: value.job), at: call.point)
    return .object(value)
  }
}
