import Experiments
import Figures
import Images
import Interpreter
import Text

// Points of the plane, as they are and as autoencoders restore them: Figure 3 of the paper.

extension Plot {
  /// A scatter of images that are points: one series for the points themselves, and one for each autoencoder's.
  func scatter(ofPoints value: Value) throws(Fault) -> any DomainObject {
    let models = GridEntries(of: value)
    let arePoints = value.leaves.allSatisfy { $0.presentable is InputWord || $0.presentable is AutoEncoderValue }
    guard arePoints, !models.all.isEmpty else { throw wrongSubject }
    if let label = ["x", "y", "series", "panels", "over", "scale"].first(where: { call.has($0) }) {
      throw WorkbenchMistake.figure("a scatter of points takes of:, on:, width: and save:").fault(at: .argument(label))
    }
    guard let images = call.images("on", of: .test) ?? models.autoEncoders.first?.testImages else {
      throw WorkbenchMistake.noImagesNamed(verb: "plot \"scatter\"").fault(at: .name)
    }
    for autoEncoder in models.autoEncoders { try checkImages(images, fit: autoEncoder.classifier, at: "on") }
    guard images.dataset.shape.count == 2 else {
      throw WorkbenchMistake.figure(
        "a scatter shows images of two values, such as those of load \"points\"; these have \(images.dataset.shape.count)"
      ).fault(at: .argument("of"))
    }
    try check(series: models.all.count, panels: 1, places: models.all.count * images.count)
    let jobs = models.all.map { entry in
      entry.autoEncoder.map { Reconstructions(by: $0.job, of: images.job) }
    }
    try answers.make(jobs.compactMap { $0 })
    let names = models.all.map { printable($0.name(models.keys)) }
    var series: [Chart.Series] = []
    for (number, job) in jobs.enumerated() {
      let shown: LabelledImages?
      if let job { shown = try answers.value(of: job) } else { shown = try answers.value(of: images.job) }
      guard let shown else { continue }
      let places = (0..<shown.count).map { index in
        let point = shown.image(index)
        return Chart.Place(x: Double(point[0]), y: Double(point[1]))
      }
      series.append(Chart.Series(number: number, form: .points, places: places))
    }
    guard answers.isRunning else { return PendingFigure() }
    let constants = models.constants.filter { !$0.isUsual }.map { $0.key.text($0.point) }
    let chart = Chart(
      panels: [Chart.Panel(title: "", x: Chart.Axis(title: "x1"), y: Chart.Axis(title: "x2"), series: series)],
      legend: names,
      caption: caption(spread: ("", ""), try PlotAxes(call, keys: [], varying: [], preferred: nil), [], constants),
      width: width(panels: 1))
    let provenance =
      ["points: \(images.inWords)"]
      + models.autoEncoders.map { "\($0.summary); \($0.classifier.summary); recipe \($0.job.digest)" }
    return finished(chart, title("points", names), provenance: provenance)
  }
}
