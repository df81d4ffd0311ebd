import Figures
import Images
import Interpreter
import Networks
import Tensors
import Text

/// `inspect C`: what is inside a value.
func inspectVerb(_ laboratory: Laboratory) -> Callable {
  Callable(
    .verb, "inspect", [.first("value", .anything, reach: .whole, "any value")], returns: "nothing; it prints",
    "Prints what is inside a value: a network's layers, a data set's pictures, a classifier's training.",
    example: "inspect vgg5"
  ) { call throws(Fault) in
    guard let value = call.value("value"), laboratory.isRunning || !value.isUnknown else { return .nothing }
    return .object(InspectionValue(parts: try Inspector(laboratory: laboratory).inspect(value)))
  }
}

/// `show E`: prints a value, also in the middle of a cell.
func showVerb() -> Callable {
  Callable(
    .verb, "show", [.first("value", .anything, reach: .whole, "any value")], returns: "the value; it prints",
    "Prints a value.", example: "show accuracy(C)"
  ) { call in call.value("value") ?? .nothing }
}

/// Looks inside values.
struct Inspector {
  let laboratory: Laboratory

  func inspect(_ value: Value) throws(Fault) -> [InspectionValue.Part] {
    switch value {
    case .object(let object): return try inspect(object)
    case .table(let table): return [.table(TextTable(longForm: table)), .text(meanings(of: table))]
    case .array(let array):
      let axes = array.axes.map(\.summary).joined(separator: "; ")
      var parts: [InspectionValue.Part] = [.text("along \(axes)")]
      for (index, element) in array.elements.enumerated().prefix(20) {
        parts.append(.text("\(array.point(index)):"))
        parts += try inspect(element)
      }
      if array.elements.count > 20 { parts.append(.text("… and \(array.elements.count - 20) more")) }
      return parts
    default: return [.text("\(value.typeName): \(value.shortText)")]
    }
  }

  private func inspect(_ object: any DomainObject) throws(Fault) -> [InspectionValue.Part] {
    switch object {
    case let network as NetworkValue: network.inspection
    case let dataset as DatasetValue: try inspect(dataset)
    case let images as ImagesValue: try inspect(images)
    case let classifier as ClassifierValue: try inspect(classifier)
    case let autoEncoder as AutoEncoderValue: try inspect(autoEncoder)
    case let inspection as InspectionValue: inspection.parts
    default: [.text(object.summary)]
    }
  }

  private func inspect(_ dataset: DatasetValue) throws(Fault) -> [InspectionValue.Part] {
    var parts: [InspectionValue.Part] = [.text(dataset.summary), .text("training images by class:")]
    guard laboratory.isRunning else { return parts }
    let labels = try laboratory.samples(dataset.images(.train)).labels
    var counts = [Int](repeating: 0, count: dataset.classes.count)
    for label in labels { counts[Int(label)] += 1 }
    let rows = dataset.classes.indices.map { ["\($0)", dataset.classes[$0], "\(counts[$0])"] }
    parts.append(.table(TextTable(header: ["class", "name", "images"], rows: rows)))
    return parts + (try inspect(dataset.images(.train)).dropFirst())
  }

  /// The first pictures.
  private func inspect(_ images: ImagesValue) throws(Fault) -> [InspectionValue.Part] {
    guard laboratory.isRunning else { return [.text(images.summary)] }
    let count = min(4, images.count)
    let samples = try laboratory.samples(images).selecting(Array(0..<count))
    let names = samples.labels.map { images.dataset.classes[Int($0)] }
    var pictures: [GridImage] = []
    for index in 0..<count {
      do throws(FigureError) {
        let shape = samples.shape
        pictures.append(
          try GridImage(
            height: shape.height, width: shape.width, channels: shape.channels, values: samples.image(index),
            note: names[index]))
      } catch {
        throw LabMistake.figure(error.description).fault(at: .whole)
      }
    }
    return [.text(images.summary), .pictures(pictures)]
  }

  private func inspect(_ value: ClassifierValue) throws(Fault) -> [InspectionValue.Part] {
    var parts: [InspectionValue.Part] = [.text(value.summary), .table(TextTable(layers: value.layers))]
    parts.append(try memory(.classifier(value.recipe), on: value.dataset))
    guard let classifier = try laboratory.classifier(value, title: value.label),
      let accuracy = try laboratory.accuracy(value, on: value.dataset.images(.test))
    else { return parts }
    parts.append(.text("accuracy on the test split: \(formatted(accuracy, .decimals(4)))"))
    parts.append(.text(history(classifier.history)))
    return parts
  }

  private func inspect(_ value: AutoEncoderValue) throws(Fault) -> [InspectionValue.Part] {
    var parts: [InspectionValue.Part] = [.text(value.summary)]
    parts.append(try memory(.autoEncoder(value.recipe), on: value.dataset))
    guard let autoEncoder = try laboratory.autoEncoder(value, title: value.label),
      let measured = try laboratory.measure(value, on: value.testImages)
    else { return parts }
    parts.append(.text("decoder: \(autoEncoder.decoderArchitecture.statement)"))
    parts.append(
      .text(
        "squared error per image: \(formatted(measured.squaredError)), per pixel: \(formatted(measured.meanSquaredError))"
      ))
    parts.append(.text("accuracy of \(value.classifier.label) on the reconstructions: \(formatted(measured.accuracy))"))
    parts.append(.text(history(autoEncoder.history)))
    return parts
  }

  /// What the training takes, which a check knows as well.
  private func memory(_ work: TrainingPlan.Work, on dataset: DatasetValue) throws(Fault) -> InspectionValue.Part {
    let run = TrainingPlan.Run(work, "", SweepPoint(), on: dataset)
    do throws(TrainingError) {
      let memory = try laboratory.memory(run)
      var text = "memory of its training: \(binarySize(memory.total)): \(binarySize(memory.plan)) for a step, "
      text += "\(binarySize(memory.weights)) for what learns"
      if memory.codes > 0 { text += ", \(binarySize(memory.codes)) for the activations of all images" }
      if let size = memory.pieceSize { text += "; a batch of \(run.options.batchSize) in pieces of \(size)" }
      if memory.recomputes {
        text += "; values are computed again, since more than --memory would be taken to keep them"
      }
      return .text(text)
    } catch {
      throw error.fault(network: "")
    }
  }

  private func history(_ losses: [Double]) -> String {
    guard let first = losses.first, let last = losses.last else { return "no epochs" }
    return "training loss by epoch: \(sparkline(losses, width: 64))  \(formatted(first)) → \(formatted(last))"
  }

  private func meanings(of table: Interpreter.Table) -> String {
    table.columns.filter { !$0.meaning.isEmpty }.map { "\($0.name): \($0.meaning)" }.joined(separator: "\n")
  }
}

extension NetworkValue {
  /// The definition, and the layers on the images that the paper uses.
  var inspection: [InspectionValue.Part] {
    let definition = InspectionValue.Part.text("let \(architecture.name) = \(architecture.statement)")
    let image = Shape(channels: 1, height: 32, width: 32)
    do throws(ShapeError) {
      if architecture.makesImages {
        let site = NetworkSite(
          architecture: architecture, input: Shape(channels: 10), classes: 10, image: image)
        let layers = try site.makeLayers()
        return [definition, .text("from 10 logits to images of 1×32×32:"), .table(TextTable(layers: layers))]
      }
      let site = NetworkSite(architecture: architecture, input: image, classes: 10)
      let layers = try site.makeLayers()
      return [definition, .text("on images of 1×32×32 with 10 classes:"), .table(TextTable(layers: layers))]
    } catch {
      return [
        definition,
        .text(
          "it does not fit \(architecture.makesImages ? "10 logits and images" : "images") of 1×32×32: \(error.reason)"),
      ]
    }
  }
}

extension Architecture {
  /// The network as the language defines it.
  fileprivate var statement: String { "network \(definition), name: \"\(name)\"" }
}

extension TextTable {
  init(layers: [Layer]) {
    self.init(
      header: ["layer", "name", "block", "output", "parameters", "multiply-adds"],
      rows: layers.map {
        ["\($0.index)", $0.name, $0.block, $0.output.description, "\($0.parameters)", "\($0.multiplyAdds)"]
      }, alignments: [.right, .left, .left, .left, .right, .right])
  }

  /// All columns and rows as they were measured.
  init(longForm table: Interpreter.Table) {
    let shown = table.columns.indices.filter { column in
      table.columns[column].role != .key || table.rows.contains { $0[column] != .none }
    }
    self.init(
      header: shown.map { table.columns[$0].name },
      rows: table.rows.map { row in
        shown.map { column in
          if case .number(let number) = row[column], table.columns[column].role != .key { return formatted(number) }
          return row[column].plainText
        }
      }, keyCount: shown.count { table.columns[$0].role == .key })
  }
}
