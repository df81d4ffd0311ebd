import Datasets
import Decoding
import Experiments
import Interpreter
import Networks
import Tensors

// Controls: models beside ClaDec and RefAE that know less than an explanation should, in the same tables and figures. An
// explanation that is no better than they are explains nothing.

/// `randomise C, from: -3`
func randomiseVerb(_ answers: Answers) -> Callable {
  Callable(
    .verb, "randomise",
    [
      .first("classifier", .object(ClassifierValue.self), "the classifier whose weights are drawn anew"),
      .layer(
        "from", .decided("its first layer"),
        "the first layer with fresh weights, and all above it, up to the logits; those below stay as they are"),
      .label("seed", .natural, .decided("the classifier's"), "where its random numbers begin"),
    ],
    returns: "classifier",
    "The classifier with fresh weights, whose batch normalisation has seen the training images: what any features give.",
    example: "let E0 = cladec randomise(C), layer: [-1, -3], epochs: 5"
  ) { call throws(Fault) in
    guard let classifier = call.object("classifier", as: ClassifierValue.self) else { return .unknown(.anything) }
    var first = -classifier.layers.count
    if let layer = call.value("from") { first = try findLayer(layer, in: classifier, at: .argument("from")).index }
    let job = Randomisation(
      classifier.job, from: first, seed: call.integer("seed").map { UInt64($0) } ?? classifier.job.options.seed)
    let value = ClassifierValue(
      job: job, layers: classifier.layers, images: classifier.images, originalImages: classifier.originalImages)
    answers.names.name(job, call.title(of: job), at: call.point)
    return .object(value)
  }
}

/// `baseline C, model: ["label only", "class mean"]`
func baselineVerb(_ answers: Answers) -> Callable {
  let codes = [ClassCode.label, .probabilities]
  let models = codes.map { DecodedClassTraining.model(of: $0) } + [ClassMeans.model]
  return Callable(
    .verb, "baseline",
    [
      .first("classifier", .object(ClassifierValue.self), "the classifier that is explained"),
      .label(
        "model", .choice(models), .required,
        "what is known of an image: its label; the probabilities that the classifier gives to the classes; or the class "
          + "that it decides on, of which the mean of the training images is shown, without any training"),
      .layer(
        "layer", .value(.number(-1)),
        "the layer that it stands beside, where cycle compares; what is learnt does not depend on it"),
      .decoder, .imagesToDecode,
    ] + trainingParameters(seed: .decided("the classifier's")),
    returns: "autoencoder", "A control: pictures from the class alone, by the decoder that the logits have.",
    example: "let B = baseline C, model: [\"label only\", \"class mean\"], epochs: 5"
  ) { call throws(Fault) in
    try autoEncoder(call, answers, decodesLayer: false) { place in
      // A control of a classifier with fresh weights is one of what was trained.
      let classifier = place.classifier.explained.job
      guard let code = codes.first(where: { DecodedClassTraining.model(of: $0) == call.text("model") }) else {
        return ClassMeans(of: classifier, on: place.images.job)
      }
      return DecodedClassTraining(code, of: classifier, decoder: place.decoder, on: place.images.job, place.options)
    }
  }
}

/// `smooth R, to: E`
func smoothVerb(_ answers: Answers) -> Callable {
  Callable(
    .verb, "smooth",
    [
      .first("reference", .object(AutoEncoderValue.self), "what refae returned"),
      .label("to", .object(AutoEncoderValue.self), .required, "the autoencoder whose squared error it shall have"),
    ],
    returns: "autoencoder",
    "A control: the reference's pictures, blurred until they are as far from the training images as another's are.",
    example: "let S = smooth R, to: E"
  ) { call throws(Fault) in
    guard let reference = call.object("reference", as: AutoEncoderValue.self),
      let other = call.object("to", as: AutoEncoderValue.self)
    else { return .unknown(.anything) }
    guard reference.job.kind == .refae else {
      throw WorkbenchMistake.notAReference(given: reference.kindName).fault(at: .argument("reference"))
    }
    try checkImages(reference.images, fit: other.classifier, at: "to")
    let job = SmoothedReference(reference.job, to: other.job)
    let value = AutoEncoderValue(
      job: job, layer: reference.layer, layerIsNamed: reference.layerIsNamed, classifier: reference.classifier,
      images: reference.images, name: call.binding)
    answers.names.name(job, call.title(of: job), at: call.point)
    return .object(value)
  }
}
