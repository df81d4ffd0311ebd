import Experiments
import Figures
import Interpreter
import Networks
import Text

/// `train …`: a classifier by the job that gives it, with its layers.
struct ClassifierValue: Presentable {
  let job: any ClassifierJob
  let layers: [Layer]
  /// What it was trained on; its test split is where it is measured.
  let images: ImagesValue
  /// Of a fine-tuned one, what it was trained on before.
  var originalImages: ImagesValue?

  static let kind = ValueKind("classifier")
  var identity: AnyHashable? { job.digest }
  var label: String { job.architecture.name }
  var dataset: DatasetValue { images.dataset }
  var jobs: [any Job] { [job] }

  var summary: String { "classifier " + description }

  /// What is explained where it is one with fresh weights: the one that was trained, which judges the pictures of both.
  var explained: ClassifierValue {
    guard let randomisation = job.randomisation else { return self }
    return ClassifierValue(
      job: randomisation.trained, layers: layers, images: images, originalImages: originalImages
    ).explained
  }

  /// All that it was made by: `vgg5 on garments, 300 images, 1 epoch, seed 1`.
  var description: String {
    if let randomisation = job.randomisation {
      let layer = formatted(Double(randomisation.first), .shortest)
      return "\(explained.description), with fresh weights from layer \(layer) on, seed \(randomisation.options.seed)"
    }
    let options = job.options
    let kind = label + (job.original == nil ? "" : ", fine-tuned")
    return
      "\(kind) on \(dataset.name), \(counted(images.count, "image")), \(counted(options.epochs, "epoch")), seed \(options.seed)"
  }

  var memberNames: [String] { ["network"] + job.options.memberNames + ["data", "classes"] }

  func member(_ name: String) -> Value? {
    switch name {
    case "network": .object(NetworkValue(architecture: job.architecture))
    case "data": .object(images)
    case "classes": dataset.member("classes")
    default: job.options.member(name)
    }
  }

  func line(_ answers: Answers) throws(Fault) -> String {
    guard let (classifier, accuracy) = try measured(answers) else { return summary }
    return "\(summary); accuracy \(formatted(accuracy, .decimals(4))), training loss \(curve(classifier.history))"
  }

  var headings: [String] { ["accuracy", "training loss"] }

  func cells(_ answers: Answers) throws(Fault) -> [String] {
    guard let (classifier, accuracy) = try measured(answers) else { return ["?", "?"] }
    return [formatted(accuracy, .decimals(4)), curve(classifier.history)]
  }

  func inspect(_ answers: Answers) throws(Fault) -> [Element] {
    let opening: [Element] = [
      .text(summary), .table(TextTable(layers: layers), caption: ""), .text(try trainingMemory(of: job, answers)),
    ]
    guard let (classifier, accuracy) = try measured(answers) else { return opening }
    return opening + [
      .text("accuracy on the test split: \(formatted(accuracy, .decimals(4)))"),
      .text("training loss by epoch: \(curve(classifier.history, width: 64))"),
    ]
  }

  /// The classifier with its accuracy on the test split; none in a check.
  private func measured(_ answers: Answers) throws(Fault) -> (classifier: Classifier, accuracy: Double)? {
    let (classifier, accuracy) = (try answers.value(of: job), try accuracy(on: testImages, answers))
    guard let classifier, let accuracy else { return nil }
    return (classifier, accuracy)
  }

  func concern(_ answers: Answers) throws(Fault) -> Concern? {
    try answers.value(of: job).flatMap { Concern(training: $0.history.suffix(job.options.epochs)) }
  }

  /// The images that it is measured on unless others are named.
  var testImages: ImagesValue { dataset.images(.test) }

  func predictions(on images: ImagesValue) -> Predictions { Predictions(of: job, on: images.job) }

  /// The share of images that it names rightly; none in a check.
  func accuracy(on images: ImagesValue, _ answers: Answers) throws(Fault) -> Double? {
    guard let predictions = try answers.value(of: predictions(on: images)),
      let labels = try answers.value(of: images.job)?.labels
    else { return nil }
    return predictions.share(of: labels)
  }
}

extension TrainingOptions {
  /// What a model answers of them behind a dot.
  var memberNames: [String] { ["epochs", "seed", "batch", "rate", "decay"] }

  func member(_ name: String) -> Value? {
    switch name {
    case "epochs": .number(Double(epochs))
    case "seed": .number(Double(seed))
    case "batch": .number(Double(batchSize))
    case "rate": .number(learningRate)
    case "decay": .number(decay)
    default: nil
    }
  }
}

/// `2.303 ▇▅▃▂▁ 0.412`
func curve(_ losses: [Double], width: Int = 32) -> String {
  guard let first = losses.first, let last = losses.last else { return "–" }
  return "\(formatted(first)) \(sparkline(losses, width: width)) \(formatted(last))"
}

/// What a training takes in memory, piece by piece, which a check knows as well.
func trainingMemory(of job: any Job, _ answers: Answers) throws(Fault) -> String {
  guard let memory = try answers.cost(of: job).training else { return "" }
  var text = "memory of its training: \(binarySize(memory.total)): \(binarySize(memory.plan)) for a step, "
  text += "\(binarySize(memory.weights)) for what learns"
  if memory.kept > 0 { text += ", \(binarySize(memory.kept)) for the activations of all images" }
  if let size = memory.microBatchSize { text += "; a batch of \(job.extent.batch) in micro-batches of \(size)" }
  if memory.recomputes {
    text += "; values are computed again, since more than --memory would be taken to keep them"
  }
  return text
}
