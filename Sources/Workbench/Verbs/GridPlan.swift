import Figures
import Interpreter
import Text

/// A grid as far as it is known without drawing anything: where what stands, and how large it is. A check makes it as a
/// run does, so that a grid that is too large is refused by both.
struct GridPlan {
  let images: ImagesValue
  let entries: GridEntries
  let arrangement: GridArrangement
  let measure: GridMeasure

  /// - Parameters:
  ///   - count: how many images are shown; in a check, how many at most.
  ///   - rows: the axes that run downward, as far as they are asked for; `columns`: those to the right.
  init(
    images: ImagesValue, entries: GridEntries, count: Int, rows: [ModelKey], columns: [ModelKey]
  ) throws(Fault) {
    (self.images, self.entries) = (images, entries)
    guard entries.all.count * count <= GridEntries.mostPictures else {
      throw Self.tooManyPictures(entries.all.count * count)
    }
    arrangement = GridArrangement(entries: entries, images: count, rows: rows, columns: columns)
    let pictures = arrangement.rows.count * arrangement.columns.count
    guard pictures <= GridEntries.mostPictures else { throw Self.tooManyPictures(pictures) }
    let unknown = [String](repeating: GridOutline.unknown, count: count)
    let notes: Set<String> = entries.autoEncoders.isEmpty ? [] : [GridOutline.unknown]
    let outline = GridOutline(
      imageWidth: images.dataset.shape.width, imageHeight: images.dataset.shape.height,
      columns: Self.headings(arrangement, unknown),
      rows: Self.labels(arrangement, unknown).map { GridOutline.Row(label: $0, notes: notes) },
      candidates: images.dataset.classes.map { printable($0) })
    do throws(FigureError) {
      measure = try outline.measure()
    } catch {
      throw WorkbenchMistake.figure(error.description).fault(at: .argument("models"))
    }
  }

  private static func tooManyPictures(_ count: Int) -> Fault {
    WorkbenchMistake.figure("a grid of \(count) pictures is too large; \(GridEntries.mostPictures) are possible")
      .fault(at: .argument("models"))
  }

  /// The figure of these pictures, given for each entry and image.
  /// - Parameters:
  ///   - names: the images' classes.
  ///   - blank: what stands where there is no picture.
  func grid(
    _ pictures: [[GridImage]], names: [String], blank: GridImage, caption: String?
  ) -> ImageGrid {
    let names = names.map { printable($0) }
    return ImageGrid(
      columns: Self.headings(arrangement, names),
      rows: Self.labels(arrangement, names).enumerated().map { row, label in
        ImageGrid.Row(
          label: label,
          images: arrangement.columns.indices.map { column in
            arrangement.cell(row, column).map { pictures[$0.entry][$0.image] } ?? blank
          })
      }, caption: caption.map { printable($0) }, measure: measure)
  }

  private static func headings(_ arrangement: GridArrangement, _ names: [String]) -> [String] {
    arrangement.columns.map { parts($0, arrangement.columnKeys, names).joined(separator: " ") }
  }

  private static func labels(_ arrangement: GridArrangement, _ names: [String]) -> [String] {
    arrangement.rows.map { parts($0, arrangement.rowKeys, names).joined(separator: "\n") }
  }

  /// What a row or column is called, part by part: `ClaDec`, `layer -1`, `α 0`.
  private static func parts(_ place: GridArrangement.Place, _ keys: [ModelKey], _ names: [String]) -> [String] {
    zip(keys, place).compactMap { key, point in
      guard let point else { return nil }
      if key == .image, case .number(let number) = point { return names[Int(number)] }
      return printable(point == GridEntry.input ? "\(point)" : key.text(point))
    }
  }
}
