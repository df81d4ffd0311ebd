import Datasets
import Figures
import Interpreter

/// `grid [input, R, E], of: garments.test, where: class == "Bag", count: 8, save: "handbags"`
func gridVerb(_ laboratory: Laboratory) -> Callable {
  Callable(
    .verb, "grid",
    [
      .first(
        "rows", .object("input", also: ["autoencoder"]), reach: .whole,
        "what to show, one row each: input, autoencoders"),
      .label(
        "of", .object("data set", also: ["images"]), .decided("the test split"),
        "the images; of a data set, its test split"),
      .label("where", .condition, .decided("all images"), "a condition that is asked of each image"),
      .label("count", .integer(1...64), .value(.number(8)), "how many images, the first ones that meet the condition"),
      .label("sort", .condition, .decided("as they come"), "a number or text asked of each image, least first"),
      .label(
        "save", .string, reach: .whole, .decided("not saved"), "the name under which the figure is written, as PNG"),
    ],
    returns: "figure", "Images and their reconstructions, one above the other, on one shared grey scale.",
    example: "grid [input, R, E], of: garments.test, where: class == \"Bag\", count: 8, save: \"handbags\""
  ) { call throws(Fault) in
    let rows = GridRow.rows(of: call.value("rows") ?? .nothing)
    let first = rows.compactMap(\.autoEncoder).first
    guard let images = call.images("of", of: .test) ?? first?.testImages else {
      throw LabMistake.noAutoEncoder.fault(at: .name)
    }
    for row in rows {
      if let autoEncoder = row.autoEncoder { try checkImages(images, fit: autoEncoder.classifier, at: "of") }
    }
    let chosen = try ImageChoice(call: call, images: images, laboratory: laboratory).indices
    let figure: any DomainObject
    if laboratory.isRunning {
      figure = try GridDrawing(laboratory: laboratory, images: images, chosen: chosen, rows: rows).figure
    } else {
      figure = PendingFigure()
    }
    if let name = call.text("save") { call.keep(figure, as: name) }
    return .object(figure)
  }
}

/// The figure of a grid that is only being checked.
private struct PendingFigure: DomainObject {
  let typeName = "figure"
  let summary = "figure"
}

/// One row of a grid: the images themselves, or an autoencoder's reconstructions.
struct GridRow {
  let label: String
  let autoEncoder: AutoEncoderValue?

  static func rows(of value: Value) -> [GridRow] {
    value.leaves.compactMap { leaf in
      guard case .object(let object) = leaf else { return nil }
      guard let autoEncoder = object as? AutoEncoderValue else { return GridRow(label: "input", autoEncoder: nil) }
      var lines = [autoEncoder.kindName, "layer \(autoEncoder.layer.index)"]
      if let alpha = autoEncoder.alpha { lines.append("α \(exactText(alpha))") }
      return GridRow(label: lines.joined(separator: "\n"), autoEncoder: autoEncoder)
    }
  }
}
