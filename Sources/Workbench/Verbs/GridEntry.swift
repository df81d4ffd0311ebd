import Interpreter

/// What a grid shows of each image: the image itself, or what one autoencoder makes of it.
struct GridEntry {
  /// None for the images themselves.
  let autoEncoder: AutoEncoderValue?
  /// What tells it apart, by axis. The images themselves have a model only.
  var coordinates: [String: AxisPoint]

  /// No grid has more pictures.
  static let mostPictures = 4096

  /// The entries of a value, in order; each has a place of its own along the axes, and what is named twice is shown
  /// once.
  static func entries(of value: Value) -> [GridEntry] {
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
    var seen: Set<[String: AxisPoint]> = []
    return models.map { model in
      guard let model, let place = places.popFirst() else {
        return GridEntry(autoEncoder: nil, coordinates: ["model": .text("input")])
      }
      var coordinates: [String: AxisPoint] = [:]
      // Only α may be missing, for RefAE has none and goes with every one.
      for (key, point) in zip(distinctions.keys, place) {
        coordinates[key] = point ?? (key == "alpha" ? nil : .text("–"))
      }
      return GridEntry(autoEncoder: model.autoEncoder, coordinates: coordinates)
    }.filter { seen.insert($0.coordinates).inserted }
  }

  /// The axes in the order in which they are laid out: what every grid names, then what varies beyond that.
  static func keys(of entries: [GridEntry]) -> [String] {
    let facts = ["model", "layer", "alpha"]
    let others = Set(entries.flatMap(\.coordinates.keys)).subtracting(facts).sorted()
    return facts.filter { key in entries.contains { $0.coordinates[key] != nil } }
      + others.filter { key in Set(entries.compactMap { $0.coordinates[key] }).count > 1 }
  }
}
