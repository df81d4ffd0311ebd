import Decoding
import Experiments
import Interpreter

/// What a grid shows of each image: the image itself, or what one autoencoder makes of it; or the same of a perturbed image.
struct GridEntry {
  /// None for the images themselves.
  let autoEncoder: AutoEncoderValue?
  /// What tells it apart, by axis. The images themselves have a model only.
  var coordinates: [ModelKey: AxisPoint]
  /// What takes the images' places, if they are perturbed.
  fileprivate(set) var perturbed: PerturbedImages?

  /// The model that the images themselves are.
  static let input = AxisPoint.text("input")

  /// What it is called: `ClaDec layer -1 α 0`.
  func name(_ keys: [ModelKey]) -> String {
    keys.compactMap { key in coordinates[key].map { key.text($0) } }.joined(separator: " ")
  }
}

/// All that a grid shows, and what the autoencoders among it have in common, the keys that are the same for all included.
struct GridEntries {
  /// No grid has more pictures.
  static let mostPictures = 4096

  private(set) var all: [GridEntry]
  let constants: [Distinctions.Constant]
  /// The axes in the order in which they are laid out: what every grid names, then what varies beyond that.
  private(set) var keys: [ModelKey]

  var autoEncoders: [AutoEncoderValue] { all.compactMap(\.autoEncoder) }

  /// The entries of a value, in order; each has a place of its own along the axes, and what is named twice is shown
  /// once.
  init(of value: Value) {
    var models: [Distinctions.Entry?] = []
    for operand in value.operands {
      for (index, element) in operand.listed.enumerated() {
        guard case .object(let object) = element else { continue }
        var point = SweepPoint()
        if case .array(let array) = operand { point = array.point(index) }
        models.append((object as? AutoEncoderValue).map { Distinctions.Entry(autoEncoder: $0, point: point) })
      }
    }
    let distinctions = Distinctions(models.compactMap { $0 })
    var places = distinctions.places[...]
    var seen: Set<[ModelKey: AxisPoint]> = []
    let entries = models.map { model in
      guard let model, let place = places.popFirst() else {
        return GridEntry(autoEncoder: nil, coordinates: [.model: GridEntry.input])
      }
      var coordinates: [ModelKey: AxisPoint] = [:]
      for (key, point) in zip(distinctions.keys, place) {
        coordinates[key] = point ?? (key.isSharedWhereMissing ? nil : .text("–"))
      }
      return GridEntry(autoEncoder: model.autoEncoder, coordinates: coordinates)
    }.filter { seen.insert($0.coordinates).inserted }
    let facts = [ModelKey.model, .layer, .alpha]
    let values = distinctions.keys.reduce(into: [ModelKey: Set<AxisPoint>]()) { values, key in
      values[key] = Set(entries.compactMap { $0.coordinates[key] })
    }
    keys =
      facts.filter { key in entries.contains { $0.coordinates[key] != nil } }
      + distinctions.keys.filter { !facts.contains($0) && values[$0, default: []].count > 1 }
      .sorted { $0.name < $1.name }
    all = entries
    constants =
      distinctions.keys.compactMap { key in
        guard key != .model, let point = values[key]?.first, values[key]?.count == 1 else { return nil }
        return Distinctions.Constant(key: key, point: point, isUsual: false)
      } + distinctions.constants
  }
}

extension GridEntries {
  /// Each of them, then the same of images that are perturbed for the layer that it decodes; of the input, for the layer that
  /// all autoencoders decode.
  /// - Throws: a fault where these decode several.
  func perturbed(_ aims: [Perturbation.Aim], size: Double, of images: ImagesValue) throws(Fault) -> GridEntries {
    guard !aims.isEmpty else { return self }
    var copy = self
    copy.keys.append(.perturb)
    copy.all = []
    for entry in all {
      var plain = entry
      plain.coordinates[.perturb] = .text("none")
      copy.all.append(plain)
      for aim in aims {
        let possible = Set(
          (entry.autoEncoder.map { [$0] } ?? autoEncoders).map { $0.perturbed(images, aim, size: size) })
        guard possible.count == 1, let job = possible.first else {
          throw WorkbenchMistake.unknownLabelHere(
            label: "perturb", dataset: possible.isEmpty ? "the input alone" : "the input beside several layers",
            reason: "what changes a layer least is known of one layer of one classifier; name it: E[layer: -1]"
          ).fault(at: .argument("perturb"))
        }
        var other = entry
        other.coordinates[.perturb] = .text(aim.rawValue)
        other.perturbed = job
        copy.all.append(other)
      }
    }
    return copy
  }
}

extension AutoEncoderValue {
  /// Images that are perturbed for the layer that it decodes.
  fileprivate func perturbed(_ images: ImagesValue, _ aim: Perturbation.Aim, size: Double) -> PerturbedImages {
    PerturbedImages(
      images.job, for: classifier.job, layer: layer.index, units: job.units,
      Perturbation(aim, size: size, seed: classifier.job.options.seed))
  }
}
