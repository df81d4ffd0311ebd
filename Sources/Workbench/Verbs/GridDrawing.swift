import Figures
import Images
import Interpreter
import Networks
import Tensors
import Text

/// Draws images and their reconstructions as a labelled grid. Under each picture that the classifier takes for another
/// class than the image's stands the class that it takes it for.
struct GridDrawing {
  let laboratory: Laboratory
  let images: ImagesValue
  let chosen: [Int]
  let entries: [GridEntry]
  /// The axes that run downward and to the right.
  let rows: [String]
  let columns: [String]

  var figure: FigureValue {
    get throws(Fault) {
      let samples = try laboratory.samples(images).selecting(chosen)
      let names = samples.labels.map { images.dataset.classes[Int($0)] }
      let arrangement = GridArrangement(entries: entries, images: chosen.count, rows: rows, columns: columns)
      guard arrangement.rows.count * arrangement.columns.count <= GridEntry.mostPictures else {
        throw LabMistake.figure(
          "a grid of \(arrangement.rows.count) rows and \(arrangement.columns.count) columns is too large"
        ).fault(at: .whole)
      }
      let context = entries.compactMap(\.autoEncoder).first
      var drawn: [[GridImage]] = []
      for entry in entries {
        var pictures = samples
        if let autoEncoder = entry.autoEncoder {
          guard let made = try laboratory.reconstruct(samples, with: autoEncoder) else { continue }
          pictures = made
        }
        let judge = entry.autoEncoder ?? context
        let decisions = try judge.map { value throws(Fault) in try laboratory.decisions(value, on: pictures) } ?? nil
        drawn.append(try self.pictures(pictures, decisions: decisions?.classes))
      }
      let blank = try self.blank(samples.shape)
      let grid = ImageGrid(
        columns: arrangement.columns.map { Self.text($0, arrangement.columnKeys, names).joined(separator: " ") },
        rows: arrangement.rows.map { row in
          ImageGrid.Row(
            label: Self.text(row, arrangement.rowKeys, names).joined(separator: "\n"),
            images: arrangement.columns.map { column in
              arrangement.cell(row, column).map { drawn[$0.entry][$0.image] } ?? blank
            })
        }, caption: caption)
      do throws(FigureError) {
        return FigureValue(
          raster: try grid.raster(), title: title(rows: arrangement.rows.count), rows: grid.rows, caption: caption)
      } catch {
        throw LabMistake.figure(error.description).fault(at: .whole)
      }
    }
  }

  private func title(rows: Int) -> String {
    let names = entries.map { entry in
      Self.text(
        GridEntry.keys(of: entries).map { entry.coordinates[$0] }, GridEntry.keys(of: entries), []
      ).joined(separator: " ")
    }
    let layout =
      columns == ["image"] ? "in \(counted(rows, "row"))" : "by " + columns.joined(separator: " and ")
    return "\(chosen.count) of \(counted(images.count, "image")) of \(images.label) \(layout): "
      + names.joined(separator: "; ")
  }

  /// What a row or column is called: `ClaDec`, `layer -1`, `α 0`.
  private static func text(_ place: GridArrangement.Place, _ keys: [String], _ names: [String]) -> [String] {
    zip(keys, place).compactMap { key, point in
      guard let point else { return nil }
      switch (key, point) {
      case ("model", _): return point.description
      case ("image", .number(let number)): return names[Int(number)]
      case ("alpha", _): return "α \(point)"
      default: return "\(key) \(point)"
      }
    }
  }

  /// What stands where there is no picture.
  private func blank(_ shape: Shape) throws(Fault) -> GridImage {
    do throws(FigureError) {
      return try GridImage(
        height: shape.height, width: shape.width, channels: shape.channels,
        values: [Float](repeating: 1, count: shape.count), note: "–")
    } catch {
      throw LabMistake.figure(error.description).fault(at: .whole)
    }
  }

  /// Who judges the pictures.
  private var caption: String? {
    let classifiers = entries.compactMap { $0.autoEncoder?.classifier }
    guard let first = classifiers.first else { return nil }
    if Set(classifiers.map(\.recipe)).count == 1 {
      return "Framed: \(first.label) takes the picture for another class than the image's."
    }
    let input = entries.contains { $0.autoEncoder == nil } ? " The input is judged by \(first.description)." : ""
    return "Framed: the classifier whose layer was decoded takes the picture for another class than the image's."
      + input
  }

  private func pictures(_ samples: LabelledImages, decisions: [UInt8]?) throws(Fault) -> [GridImage] {
    let shape = samples.shape
    var pictures: [GridImage] = []
    for index in 0..<samples.count {
      let wrong = decisions.flatMap { $0[index] == samples.labels[index] ? nil : $0[index] }
      do throws(FigureError) {
        pictures.append(
          try GridImage(
            height: shape.height, width: shape.width, channels: shape.channels, values: samples.image(index),
            note: wrong.map { images.dataset.classes[Int($0)] }, isMarked: wrong != nil))
      } catch {
        throw LabMistake.figure(error.description).fault(at: .whole)
      }
    }
    return pictures
  }
}
