import Decoding
import Experiments
import Figures
import Interpreter
import Networks
import Text

/// `cladec …`, `refae …` or a control of them: an auto-encoder by the job that gives it.
struct AutoEncoderValue: Presentable {
  let job: any AutoEncoderJob
  /// The layer that it decodes, or that it stands beside.
  let layer: Layer
  /// Whether the text calls the layer by its name.
  let layerIsNamed: Bool
  /// The classifier that is explained, which judges its pictures.
  let classifier: ClassifierValue
  /// What it learned from.
  let images: ImagesValue
  /// The name that the text gives it.
  var name: String?

  static let kind = ValueKind("autoencoder")
  var identity: AnyHashable? { [job.digest, classifier.job.digest, layer.index] as [AnyHashable] }
  var label: String { "\(kindName) \(layer.name)" }
  var dataset: DatasetValue { classifier.dataset }
  var jobs: [any Job] { [job] }
  /// The images that it is measured on unless others are named.
  var testImages: ImagesValue { classifier.testImages }

  /// What the paper calls it.
  var kindName: String { job.modelName }
  var alpha: Double? { job.alpha }

  var summary: String {
    let alphaText = alpha.map { ", α \(formatted($0, .shortest))" } ?? ""
    let unitsText = UnitsValue.words(job.units, of: layer.output.channels).map { ", \($0)" } ?? ""
    let fresh = job.randomisation.map {
      ", fresh weights from layer \(formatted(Double($0.first), .shortest)) on, their seed \($0.options.seed)"
    }
    return
      "\(kindName) of \(classifier.label),\(job.readsLayer ? "" : " beside") layer "
      + "\(formatted(Double(layer.index), .shortest)) (\(layer.name), \(layer.output))"
      + "\(unitsText)\(alphaText), seed \(job.options.seed)\(fresh ?? "")"
  }

  var memberNames: [String] {
    ["classifier", "layer"] + (alpha == nil ? [] : ["alpha"]) + (job.units == .all ? [] : ["units"])
      + job.options.memberNames + ["data", "model"]
  }

  func member(_ name: String) -> Value? {
    switch name {
    case "classifier": .object(classifier)
    // As the text names it.
    case "layer": layerIsNamed ? .string(layer.name) : .number(Double(layer.index))
    case "alpha": alpha.map { .number($0) }
    case "units": UnitsValue.value(of: job.units)
    case "data": .object(images)
    case "model": .string(kindName)
    default: job.options.member(name)
    }
  }

  func line(_ answers: Answers) throws(Fault) -> String {
    guard let autoEncoder = try answers.value(of: job) else { return summary }
    return summary + smoothed(autoEncoder) + (job.isTrained ? "; training loss \(curve(autoEncoder.history))" : "")
  }

  private func smoothed(_ autoEncoder: AutoEncoder) -> String {
    autoEncoder.smoothing.map { "; smoothed by a Gaussian of \(formatted($0.width)) pixels" } ?? ""
  }

  var headings: [String] { ["model", "training loss"] }

  func cells(_ answers: Answers) throws(Fault) -> [String] {
    [label, try answers.value(of: job).map { curve($0.history) } ?? "?"]
  }

  func inspect(_ answers: Answers) throws(Fault) -> [Element] {
    let memory = try trainingMemory(of: job, answers)
    let opening: [Element] = [.text(summary)] + (memory.isEmpty ? [] : [.text(memory)])
    let answer = (try answers.value(of: job), try answers.value(of: measurement(on: testImages)))
    guard let autoEncoder = answer.0, let measured = answer.1 else { return opening }
    let errors = (formatted(measured.squaredError), formatted(measured.meanSquaredError))
    return opening + [
      .text("decoder: \(autoEncoder.decoderArchitecture.statement)")
    ]
      + (autoEncoder.units.map { [.text("units: \($0.map(String.init).joined(separator: ", "))")] } ?? []) + [
        .text("squared error per image: \(errors.0), per pixel: \(errors.1)"),
        .text("accuracy of \(classifier.label) on the reconstructions: \(formatted(measured.accuracy))"),
      ]
      + (job.isTrained ? [.text("training loss by epoch: \(curve(autoEncoder.history, width: 64))")] : [])
  }

  func concern(_ answers: Answers) throws(Fault) -> Concern? {
    guard let autoEncoder = try answers.value(of: job) else { return nil }
    if let smoothing = autoEncoder.smoothing {
      if smoothing.width == 0 { return .isAsFarAlready }
      if smoothing.width == Double(max(dataset.shape.height, dataset.shape.width)) { return .isNeverAsFar }
    }
    return Concern(training: autoEncoder.history[...])
  }

  /// What the explained classifier makes of its reconstructions, image by image.
  func imageMeasurement(on images: ImagesValue) -> ImageMeasurement {
    ImageMeasurement(of: job, observer: classifier.job, layer: layer.index, on: images.job)
  }

  func measurement(on images: ImagesValue) -> Measurement {
    Measurement(of: job, observer: classifier.job, on: images.job)
  }

  /// A judge of its pictures, which learns as the classifier did unless it is told otherwise.
  func judgement(
    by judge: Architecture, epochs: Int?, seed: UInt64? = nil, seeing view: JudgeView = .reconstructions,
    from lessons: ImagesValue? = nil, on images: ImagesValue
  ) -> Judgement {
    var options = classifier.job.options
    if let epochs { options.epochs = epochs }
    options.seed = seed ?? job.options.seed
    return Judgement(of: job, by: judge, seeing: view, from: lessons?.job, on: images.job, options)
  }
}
