import Datasets
import Experiments
import Interpreter
import Networks
import Text

/// One thing that is looked at in each image: the image itself, a layer's activations, or an autoencoder's pictures.
struct SourceEntry {
  let source: FeatureSource
  /// Of activations and pictures, the classifier that is explained.
  let classifier: ClassifierValue?
  /// The layer of it that is decoded or looked at, and of this the channels that count; all of them if none.
  let site: (layer: Int, units: Units)?
  /// The images that it is looked at on unless others are named.
  let testImages: ImagesValue?
  /// What tells it apart, by axis.
  fileprivate(set) var coordinates: [ModelKey: AxisPoint]
  /// What schedules and progress call it, and where it lies in its sweep.
  let name: String
  let point: SweepPoint

  /// What the activations themselves are called among the models.
  static let activations = AxisPoint.text("L(X)")
}

/// All that `probe` or `intervene` looks at, in order, each with a place of its own.
struct SourceEntries {
  private(set) var all: [SourceEntry] = []
  /// What tells them apart.
  private(set) var keys: [ModelKey]
  /// What all autoencoders among them have in common.
  let constants: [Distinctions.Constant]

  private static let classifier = ModelKey("classifier")
  private static let entry = ModelKey("entry")

  /// - Parameters:
  ///   - value: input, classifiers, autoencoders, or a list of these.
  ///   - layers: what `layer:` names, for classifiers; the logits if nothing.
  init(of value: Value, layers: [Value], _ answers: Answers) throws(Fault) {
    let things = value.operands.flatMap { operand in
      operand.listed.enumerated().compactMap { index, element -> (object: any DomainObject, point: SweepPoint)? in
        guard case .object(let object) = element else { return nil }
        if case .array(let array) = operand { return (object, array.point(index)) }
        return (object, SweepPoint())
      }
    }
    let distinctions = Distinctions(
      things.compactMap { object, point in
        (object as? AutoEncoderValue).map { Distinctions.Entry(autoEncoder: $0, point: point) }
      })
    var places = distinctions.places[...]
    var axes: [ModelKey] = []
    for (object, point) in things {
      if let value = object as? AutoEncoderValue, let place = places.popFirst() {
        var coordinates: [ModelKey: AxisPoint] = [:]
        for (key, point) in zip(distinctions.keys, place) { coordinates[key] = point }
        coordinates[Self.classifier] = .text(answers.names.shortName(of: value.classifier.job))
        all.append(
          SourceEntry(
            source: .pictures(value.job), classifier: value.classifier, site: (value.layer.index, value.job.units),
            testImages: value.testImages, coordinates: coordinates, name: value.name ?? value.label, point: point))
      } else if let value = object as? ClassifierValue {
        let name = answers.names.shortName(of: value.job)
        var coordinates: [ModelKey: AxisPoint] = [
          .model: SourceEntry.activations, .seed: point[.seed] ?? .number(Double(value.job.options.seed)),
          Self.classifier: .text(name),
        ]
        for coordinate in point.coordinates {
          coordinates[ModelKey(coordinate.axis)] = coordinate.point
          axes.append(ModelKey(coordinate.axis))
        }
        for (index, given) in layers.enumerated() {
          let layer = try findLayer(given, in: value, at: .element("layer", index))
          coordinates[.layer] =
            Table.Cell(given) == .text(layer.name) ? .text(layer.name) : .number(Double(layer.index))
          all.append(
            SourceEntry(
              source: .activations(value.job, layer: layer.index), classifier: value, site: (layer.index, .all),
              testImages: value.testImages, coordinates: coordinates, name: name, point: point))
        }
      } else if object is InputWord {
        all.append(
          SourceEntry(
            source: .pixels, classifier: nil, site: nil, testImages: nil, coordinates: [.model: GridEntry.input],
            name: "input", point: SweepPoint()))
      }
    }
    constants = distinctions.constants
    keys = distinctions.keys
    for axis in axes where !keys.contains(axis) { keys.append(axis) }
    if Set(all.compactMap { $0.coordinates[Self.classifier] }).count > 1 { keys.append(Self.classifier) }
    // The same named twice is looked at once; what differs and has the same place is numbered.
    var seen: Set<SourceEntry.Identity> = []
    all = all.filter { seen.insert($0.identity).inserted }
    let entries = all.map(place)
    guard Set(entries).count < all.count else { return }
    keys.append(Self.entry)
    for index in all.indices { all[index].coordinates[Self.entry] = .number(Double(index + 1)) }
  }

  /// Where an entry lies along the keys; none where a key does not apply.
  func place(_ entry: SourceEntry) -> [AxisPoint?] { keys.map { entry.coordinates[$0] } }
}

extension SourceEntry {
  /// The same for what is the same.
  fileprivate struct Identity: Hashable {
    let digest: SHA256.Digest?
    let layer: Int?
    let point: SweepPoint
    let isPicture: Bool
  }

  fileprivate var identity: Identity {
    switch source {
    case .pixels: Identity(digest: nil, layer: nil, point: point, isPicture: false)
    case .activations(let job, let layer): Identity(digest: job.digest, layer: layer, point: point, isPicture: false)
    case .pictures(let job): Identity(digest: job.digest, layer: nil, point: point, isPicture: true)
    }
  }
}

extension JobNames {
  /// What the text calls what a job makes: `C`; where it has no name, what the job is about.
  func shortName(of job: any Job) -> String {
    let title = name(of: job).title
    return title.split(separator: " ").dropFirst().joined(separator: " ")
  }
}
