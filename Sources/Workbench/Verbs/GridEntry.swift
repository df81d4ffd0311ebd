import Interpreter

/// What a grid shows of each image: the image itself, or what one autoencoder makes of it.
struct GridEntry {
  /// None for the images themselves.
  let autoEncoder: AutoEncoderValue?
  /// What tells it apart, by axis. The images themselves have a model only.
  var coordinates: [String: AxisPoint]

  /// No grid has more pictures.
  static let mostPictures = 4096

  /// The entries of a value, in order; each has a place of its own along the axes.
  static func entries(of value: Value) -> [GridEntry] {
    var entries: [GridEntry] = []
    for operand in value.operands {
      for (index, element) in operand.listed.enumerated() {
        guard case .object(let object) = element else { continue }
        guard let autoEncoder = object as? AutoEncoderValue else {
          entries.append(GridEntry(autoEncoder: nil, coordinates: ["model": .text("input")]))
          continue
        }
        var coordinates: [String: AxisPoint] = [:]
        if case .array(let array) = operand {
          for coordinate in array.point(index).coordinates { coordinates[coordinate.axis] = coordinate.point }
        }
        coordinates["model"] = .text(autoEncoder.kindName)
        coordinates["layer"] = .number(Double(autoEncoder.layer.index))
        coordinates["alpha"] = autoEncoder.alpha.map { .number($0) }
        entries.append(GridEntry(autoEncoder: autoEncoder, coordinates: coordinates))
      }
    }
    if Set(entries.map(\.coordinates)).count < entries.count {
      for index in entries.indices { entries[index].coordinates["entry"] = .number(Double(index + 1)) }
    }
    return entries
  }

  /// The axes in the order in which they are laid out: what every grid names, then what varies beyond that.
  static func keys(of entries: [GridEntry]) -> [String] {
    let facts = ["model", "layer", "alpha"]
    let others = Set(entries.flatMap(\.coordinates.keys)).subtracting(facts).sorted()
    return facts.filter { key in entries.contains { $0.coordinates[key] != nil } }
      + others.filter { key in Set(entries.compactMap { $0.coordinates[key] }).count > 1 }
  }
}
