import Experiments
import Figures
import Images
import Interpreter
import Networks
import Tensors
import Text

/// Draws images and their reconstructions as a labelled grid. Under each picture that the classifier takes for another
/// class than the image's stands the class that it takes it for.
struct GridDrawing {
  let answers: Answers
  let images: ImagesValue
  let chosen: [Int]
  let entries: [GridEntry]
  /// The axes that run downward and to the right.
  let rows: [String]
  let columns: [String]

  var figure: FigureValue {
    get throws(Fault) {
      try answers.make(jobs + jobsOfChosen)
      guard let samples = try answers.value(of: images.job)?.selecting(chosen) else {
        throw LabMistake.noImages(images.label).fault(at: .argument("of"))
      }
      let names = samples.labels.map { images.dataset.classes[Int($0)] }
      let arrangement = GridArrangement(entries: entries, images: chosen.count, rows: rows, columns: columns)
      guard arrangement.rows.count * arrangement.columns.count <= GridEntry.mostPictures else {
        throw LabMistake.figure(
          "a grid of \(arrangement.rows.count) rows and \(arrangement.columns.count) columns is too large"
        ).fault(at: .whole)
      }
      var drawn: [[GridImage]] = []
      for entry in entries { drawn.append(try pictures(of: entry, samples)) }
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

  /// What the figure shows of all images.
  var jobs: [any Job] {
    var jobs: [any Job] = [images.job]
    for entry in entries where entry.autoEncoder == nil { if let job = decisions(on: entry) { jobs.append(job) } }
    return jobs
  }

  /// What it shows of those that are chosen.
  var jobsOfChosen: [any Job] {
    var jobs: [any Job] = []
    for entry in entries where entry.autoEncoder != nil {
      if let job = reconstructions(of: entry) { jobs.append(job) }
      if let job = decisions(on: entry) { jobs.append(job) }
    }
    return jobs
  }

  /// What gives an entry's pictures; none for the images themselves.
  private func reconstructions(of entry: GridEntry) -> Reconstructions? {
    let all = chosen == Array(0..<images.count)
    return entry.autoEncoder.map { Reconstructions(by: $0.job, of: images.job, chosen: all ? nil : chosen) }
  }

  /// What says for which classes an entry's pictures are taken, by the classifier that is explained. Of the images
  /// themselves it says so of all of them.
  private func decisions(on entry: GridEntry) -> Predictions? {
    let classifier = (entry.autoEncoder ?? entries.compactMap(\.autoEncoder).first)?.classifier
    return classifier.map { Predictions(of: $0.job, on: reconstructions(of: entry) ?? images.job) }
  }

  private func pictures(of entry: GridEntry, _ samples: LabelledImages) throws(Fault) -> [GridImage] {
    var decisions: [UInt8]?
    if let job = self.decisions(on: entry) { decisions = try answers.value(of: job)?.classes }
    guard let job = reconstructions(of: entry), let pictures = try answers.value(of: job) else {
      return try self.pictures(samples, decisions: decisions.map { all in chosen.map { all[$0] } })
    }
    return try self.pictures(pictures, decisions: decisions)
  }

  private func title(rows: Int) -> String {
    let names = entries.map { entry in
      Self.text(
        GridEntry.keys(of: entries).map { entry.coordinates[$0] }, GridEntry.keys(of: entries), []
      ).joined(separator: " ")
    }
    let layout =
      columns == ["image"] ? "in \(counted(rows, "row"))" : "by " + columns.joined(separator: " and ")
    return "\(chosen.count) of \(counted(images.count, "image")) of \(images.splitLabel) \(layout): "
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
    if Set(classifiers.map(\.job.digest)).count == 1 {
      return "Framed: \(first.label) takes the picture for another class than the image's."
    }
    let input = entries.contains { $0.autoEncoder == nil } ? " The input is judged by \(first.description)." : ""
    return "Framed: the classifier whose layer was decoded takes the picture for another class than the image's."
      + input
  }

  private func pictures(_ samples: LabelledImages, decisions: [UInt8]?) throws(Fault) -> [GridImage] {
    let wrong = samples.labels.indices.map { index in
      decisions.flatMap { $0[index] == samples.labels[index] ? nil : $0[index] }
    }
    return try samples.pictures(
      notes: wrong.map { $0.map { images.dataset.classes[Int($0)] } }, marks: wrong.map { $0 != nil })
  }
}
