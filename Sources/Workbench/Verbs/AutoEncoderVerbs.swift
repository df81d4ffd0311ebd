import Datasets
import Decoding
import Experiments
import Images
import Interpreter
import Networks
import Tensors
import Text

/// `cladec C, layer: -1, alpha: 0.9`
func cladecVerb(_ answers: Answers) -> Callable {
  let alpha = Callable.Parameter.label(
    "alpha", .number(0...1), .value(.number(AutoEncoder.defaultAlpha)),
    "α of Equation 1: the weight of the classification loss; the squared error weighs 1 − α")
  return Callable(
    .verb, "cladec", autoEncoderParameters(after: [alpha]), returns: "autoencoder",
    "ClaDec: a decoder that turns a layer of the frozen classifier into images.",
    example: "let E = cladec C, layer: [-1, -3], alpha: 0, epochs: 5"
  ) { call throws(Fault) in
    try autoEncoder(call, answers, ranksUnits: true) {
      ClaDecTraining(
        $0.classifier.job, layer: $0.layer.index, alpha: call.number("alpha") ?? AutoEncoder.defaultAlpha,
        units: $0.units, decoder: $0.decoder, on: $0.images.job, $0.options)
    }
  }
}

/// `refae C, layer: -1`
func refaeVerb(_ answers: Answers) -> Callable {
  Callable(
    .verb, "refae", autoEncoderParameters(after: []), returns: "autoencoder",
    "The reference: the same layers and decoder, trained together from fresh weights.",
    example: "let R = refae C, layer: [-1, -3], epochs: 5",
    remarks: ["alpha": "only cladec has α: the reference learns to restore images, and nothing else"]
  ) { call throws(Fault) in
    try autoEncoder(call, answers) {
      RefAETraining(
        $0.classifier.job.architecture, layer: $0.layer.index, units: $0.units, decoder: $0.decoder,
        on: $0.images.job, $0.options)
    }
  }
}

private func autoEncoderParameters(after special: [Callable.Parameter]) -> [Callable.Parameter] {
  [
    .first("classifier", .object(ClassifierValue.self), "the classifier to explain"),
    .layer("layer", .required, "the layer, from the back (-1 is the logits), or its name (\"conv3\")"),
  ] + special + [
    .label(
      "units",
      .named(
        "a unit's number, a list of them, or varying(most: 16)",
        .either([.natural, .list(of: .natural), .object(UnitsValue.self)])),
      .decided("all"),
      "the layer's channels that the decoder sees, counted from 0: units: 0...15; of cladec, too, those that vary most or least: units: varying(most: 16)"
    ),
    .decoder, .imagesToDecode,
  ] + trainingParameters(seed: .decided("the classifier's"))
}

extension Callable.Parameter {
  /// A layer of the classifier that is given first.
  static func layer(_ name: String, _ fallback: Default, _ documentation: String) -> Self {
    .label(
      name, .named("a layer's number or name", .either([.whole, .string])), fallback, documentation, suggesting: .layers
    )
  }

  static let decoder = label(
    "decoder", .object(NetworkValue.self), .decided("the paper's"), "the network from the layer to the image")
  static let imagesToDecode = label(
    "on", .object(DatasetValue.self, ImagesValue.self), .decided("the classifier's data"),
    "what to learn from; of a data set, its training split")
}

/// A layer of a classifier, and what a decoder behind it learns from.
struct LayerToDecode {
  let classifier: ClassifierValue
  let layer: Layer
  let units: Units
  let decoder: Architecture?
  let images: ImagesValue
  let options: TrainingOptions
}

/// An autoencoder, after making sure that it can be made.
/// - Parameters:
///   - ranksUnits: whether its layer is the classifier's, whose units have ranks.
///   - decodesLayer: whether its decoder sees the layer; else it sees what has the shape of the logits.
func autoEncoder(
  _ call: Call, _ answers: Answers, ranksUnits: Bool = false, decodesLayer: Bool = true,
  job: (LayerToDecode) -> any AutoEncoderJob
) throws(Fault) -> Value {
  guard let classifier = call.object("classifier", as: ClassifierValue.self) else { return .unknown(.anything) }
  let layer = try findLayer(call.value("layer") ?? .nothing, in: classifier, at: .argument("layer"))
  let images = call.images("on", of: .train) ?? classifier.images
  try checkImages(images, fit: classifier, at: "on")
  try checkNotEmpty(images, at: "on")
  let place = LayerToDecode(
    classifier: classifier, layer: layer,
    units: try findUnits(call, in: layer, of: ranksUnits ? classifier.job : nil, on: images.job),
    decoder: call.object("decoder", as: NetworkValue.self)?.architecture, images: images,
    options: call.trainingOptions(seed: classifier.job.options.seed))
  try checkDecoder(place, from: place.classifier.layers.first { $0.index == -1 && !decodesLayer } ?? layer)
  let value = AutoEncoderValue(
    job: job(place), layer: layer, layerIsNamed: call.text("layer") != nil, classifier: classifier.explained,
    images: images,
    name: call.binding)
  answers.names.name(value.job, call.title(of: value.job), at: call.point)
  return .object(value)
}

/// The layer's channels that `units:` names.
/// - Parameter classifier: by which they have ranks, if they have any.
private func findUnits(
  _ call: Call, in layer: Layer, of classifier: (any ClassifierJob)?, on images: any ImagesJob
) throws(Fault) -> Units {
  guard call.has("units") else { return .all }
  let channels = layer.output.channels
  if let ranked = call.object("units", as: UnitsValue.self) {
    guard ranked.count <= channels else {
      throw WorkbenchMistake.noSuchUnit(given: ranked.count - 1, layer: layer.name, channels: channels).fault(
        at: .argument("units"))
    }
    // A reference's channels are its own.
    guard let classifier else {
      throw WorkbenchMistake.ranksOfReference(count: ranked.count).fault(at: .argument("units"))
    }
    let ranking = UnitRanking(of: classifier, layer: layer.index, channels: channels, on: images)
    return ranked.count == channels ? .all : .ranked(ranking, count: ranked.count, isMost: ranked.isMost)
  }
  var seen: Set<Int> = []
  for (index, element) in call.elements("units").enumerated() {
    guard case .number(let number) = element else { continue }
    let unit = Int(number)
    guard unit < channels else {
      throw WorkbenchMistake.noSuchUnit(given: unit, layer: layer.name, channels: channels).fault(
        at: .element("units", index))
    }
    guard seen.insert(unit).inserted else {
      throw WorkbenchMistake.namedTwice("unit \(unit)").fault(at: .element("units", index))
    }
  }
  guard !seen.isEmpty else { throw WorkbenchMistake.noUnits.fault(at: .argument("units")) }
  return seen.count == channels ? .all : .numbered(seen.sorted())
}

/// The layer of a classifier that a number or a name names.
func findLayer(_ given: Value, in classifier: ClassifierValue, at place: Fault.Place) throws(Fault) -> Layer {
  let layers = classifier.layers
  let found: Layer?
  switch given {
  case .number(let number): found = layers.first { Double($0.index) == number }
  case .string(let name): found = layers.first { $0.name == name }
  default: found = nil
  }
  guard let found else {
    throw WorkbenchMistake.noSuchLayer(
      given: given.shortText, network: classifier.label, layers: layers.map { "\($0.index) \"\($0.name)\"" },
      names: layers.map(\.name)
    ).fault(at: place)
  }
  return found
}

/// The decoder must lead from the layer to the image: the user's own, or the paper's.
private func checkDecoder(_ place: LayerToDecode, from layer: Layer) throws(Fault) {
  let dataset = place.classifier.dataset
  do throws(ShapeError) {
    _ = try NetworkSite(
      place.decoder ?? .decoder(for: layer, image: dataset.shape),
      input: layer.output.keeping(channels: place.units.count(of: layer.output.channels)),
      classes: dataset.classes.count, image: dataset.shape
    ).layers()
  } catch {
    throw WorkbenchMistake.shape(error, network: place.decoder?.name ?? "the paper's decoder")
      .fault(at: .argument(place.decoder == nil ? "layer" : "decoder"))
  }
}
