import Experiments
import Figures
import Images
import Interpreter
import Networks
import Text

/// Draws images and their reconstructions as a labelled grid. Under each picture that the classifier takes for another
/// class than the image's stands the class that it takes it for.
struct GridDrawing {
  let answers: Answers
  let plan: GridPlan
  /// Indices into the plan's images.
  let chosen: [Int]

  private var entries: GridEntries { plan.entries }
  private var images: ImagesValue { plan.images }

  var figure: FigureValue {
    get throws(Fault) {
      try answers.make(jobs + jobsOfChosen)
      guard let inputs = try answers.value(of: images.job)?.selecting(chosen) else {
        throw WorkbenchMistake.noImages(images.label).fault(at: .argument("of"))
      }
      var drawn: [[GridImage]] = []
      var remarks: [String] = []
      for entry in entries.all {
        var decisions: [UInt8]?
        if let job = self.decisions(on: entry) { decisions = try answers.value(of: job)?.classes }
        guard let job = reconstructions(of: entry), let copies = try answers.value(of: job) else {
          // Of the images themselves, all are judged.
          var shown = inputs
          if let job = entry.perturbed, let perturbed = try answers.value(of: job) {
            shown = perturbed.selecting(chosen)
          }
          drawn.append(try pictures(shown, decisions: decisions.map { all in chosen.map { all[$0] } }))
          continue
        }
        if let collapse = copies.collapse { remarks.append("\(entry.name(entries.keys)) \(collapse).") }
        drawn.append(try pictures(copies, decisions: decisions))
      }
      let grid = plan.grid(
        drawn, names: inputs.labels.map { images.dataset.classes[Int($0)] }, blank: try blank(inputs.shape),
        caption: caption(remarks))
      return FigureValue(grid, title: title(rows: grid.rows.count), provenance: provenance)
    }
  }

  /// What the figure shows of all images.
  var jobs: [any Job] {
    [images.job] + entries.all.compactMap { $0.perturbed as (any Job)? }
      + entries.all.filter { $0.autoEncoder == nil }.compactMap { decisions(on: $0) as (any Job)? }
  }

  /// What it shows of those that are chosen.
  var jobsOfChosen: [any Job] {
    var jobs: [any Job] = []
    for entry in entries.all where entry.autoEncoder != nil {
      if let job = reconstructions(of: entry) { jobs.append(job) }
      if let job = decisions(on: entry) { jobs.append(job) }
    }
    return jobs
  }

  /// What gives an entry's pictures; none for the images themselves.
  private func reconstructions(of entry: GridEntry) -> Reconstructions? {
    let all = chosen == Array(0..<images.count)
    return entry.autoEncoder.map { Reconstructions(by: $0.job, of: seen(by: entry), chosen: all ? nil : chosen) }
  }

  /// What says for which classes an entry's pictures are taken, by the classifier that is explained. Of the images
  /// themselves it says so of all of them.
  private func decisions(on entry: GridEntry) -> Predictions? {
    let classifier = (entry.autoEncoder ?? entries.autoEncoders.first)?.classifier
    return classifier.map { Predictions(of: $0.job, on: reconstructions(of: entry) ?? seen(by: entry)) }
  }

  /// The images, as they are or perturbed.
  private func seen(by entry: GridEntry) -> any ImagesJob { entry.perturbed ?? images.job }

  /// Those are framed that are taken for another class than the image's, with the name of that class.
  private func pictures(_ shown: LabelledImages, decisions: [UInt8]?) throws(Fault) -> [GridImage] {
    let wrong = shown.labels.indices.map { index in
      decisions.flatMap { $0[index] == shown.labels[index] ? nil : $0[index] }
    }
    return try shown.pictures(
      notes: wrong.map { $0.map { images.dataset.classes[Int($0)] } }, marks: wrong.map { $0 != nil })
  }

  private func title(rows: Int) -> String {
    let columns = plan.arrangement.columnKeys
    let layout =
      columns == [.image] ? "in \(counted(rows, "row"))" : "by " + columns.map(\.name).joined(separator: " and ")
    return printable(
      "\(chosen.count) of \(counted(images.count, "image")) of \(images.splitLabel) \(layout): "
        + entries.all.map { $0.name(entries.keys) }.joined(separator: "; "))
  }

  /// What stands where there is no picture.
  private func blank(_ shape: Shape) throws(Fault) -> GridImage {
    do throws(FigureError) {
      return try GridImage(
        height: shape.height, width: shape.width, channels: shape.channels,
        values: [Float](repeating: 1, count: shape.count), note: "–")
    } catch {
      throw WorkbenchMistake.figure(error.description).fault(at: .whole)
    }
  }

  /// Who judges the pictures, what holds for all of them, and what is odd.
  private func caption(_ remarks: [String]) -> String? {
    let classifiers = entries.autoEncoders.map(\.classifier)
    guard let first = classifiers.first else { return nil }
    var sentences: [String] = []
    if Set(classifiers.map(\.job.digest)).count == 1 {
      sentences.append("Framed: \(first.label) takes the picture for another class than the image's.")
    } else {
      sentences.append(
        "Framed: the classifier whose layer was decoded takes the picture for another class than the image's.")
      if entries.all.contains(where: { $0.autoEncoder == nil }) {
        sentences.append("The input is judged by \(first.description).")
      }
    }
    if let perturbation = entries.all.lazy.compactMap(\.perturbed?.perturbation).first {
      sentences.append("Perturbed: each image is changed by a δ of norm \(formatted(perturbation.size, .shortest)).")
    }
    let labelled = Set(plan.arrangement.rowKeys + plan.arrangement.columnKeys)
    let constants = entries.constants.filter { !$0.isUsual && !labelled.contains($0.key) }.map { $0.key.text($0.point) }
    if !constants.isEmpty { sentences.append("For all: \(constants.joined(separator: ", ")).") }
    return (sentences + remarks).joined(separator: " ")
  }

  /// What the figure was made from, in lines.
  private var provenance: String {
    let numbers = chosen.map { "\(images.numbers[$0])" }.joined(separator: " ")
    var lines = ["images \(numbers) of \(images.splitLabel): \(images.dataset.summary)"]
    for entry in entries.all {
      let perturbed = entry.perturbed.map { "; images perturbed, recipe \($0.digest)" } ?? ""
      guard let value = entry.autoEncoder else {
        lines.append("\(GridEntry.input)\(perturbed)")
        continue
      }
      let options = value.job.options
      lines.append(
        "\(value.summary), \(counted(options.epochs, "epoch")), batch \(options.batchSize), "
          + "rate \(formatted(options.learningRate, .shortest))"
          + (options.decay == 0 ? "" : ", decay \(formatted(options.decay, .shortest))")
          + "; \(value.classifier.summary); "
          + "recipe \(value.job.digest)\(perturbed)")
    }
    return lines.map { printable($0) }.joined(separator: "\n")
  }
}

extension LabelledImages {
  /// What is wrong where a decoder has learned nothing that differs from picture to picture, or nothing at all.
  fileprivate var collapse: String? {
    guard count > 0 else { return nil }
    let pictures = (0..<count).map(image)
    let (low, high) = (pictures.joined().reduce(1) { min($0, $1) }, pictures.joined().reduce(0) { max($0, $1) })
    if high - low < Self.indistinguishable {
      return "has collapsed: its pictures are all \(high < 0.5 ? "black" : low > 0.5 ? "white" : "of one grey")"
    }
    guard count > 1 else { return nil }
    let isOnePicture = pictures.dropFirst().allSatisfy { picture in
      zip(picture, pictures[0]).allSatisfy { abs($0 - $1) < Self.indistinguishable }
    }
    return isOnePicture ? "has collapsed: it gives one picture for all images" : nil
  }

  /// Two of the 255 steps from black to white.
  private static let indistinguishable: Float = 2 / 255
}
