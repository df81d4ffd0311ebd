import Datasets
import Experiments
import Figures
import Images
import Interpreter
import Text

/// `load "garments"`: a data set, with what is known of it before anything is drawn.
struct DatasetValue: Presentable {
  let facts: DatasetFacts
  let library: Library

  static let kind = ValueKind("data set")
  var label: String { name }
  var name: String { facts.request.name.word }
  var classes: [String] { facts.classes }
  /// Of one image.
  var shape: Shape { facts.shape }

  var summary: String {
    "data set \(name): \(facts.count(.train)) training and \(facts.count(.test)) test images, \(shape), \(counted(classes.count, "class"))\(variant)"
  }

  /// What of it is not the rule: another seed, another size, a choice of classes, and always which share was held out. Empty
  /// if nothing is.
  var variant: String {
    let (request, usual) = (facts.request, DatasetRequest(facts.request.name))
    var parts: [String] = []
    if facts.isHeldOut {
      parts.append("\(formatted(request.holdout, .shortest)) of each class held out by seed \(request.seed)")
    } else if request.seed != usual.seed {
      parts.append("seed \(request.seed)")
    }
    if let shortcut = request.shortcut { parts.append("shortcut \(shortcut)") }
    if request.size != usual.size { parts.append("\(request.size)×\(request.size) pixels") }
    if request.classes != nil { parts.append("of " + classes.joined(separator: " ")) }
    return parts.map { ", " + $0 }.joined()
  }

  var memberNames: [String] { ["train", "test", "classes", "name"] + (factors.isEmpty ? [] : ["factors"]) }

  /// What its images were drawn from, or what else is known of them.
  var factors: [String] { facts.factors.map(\.name) }

  /// Refuses a factor that nobody knows of its images.
  func check(factor: String, at place: Fault.Place) throws(Fault) {
    guard !factors.contains(factor) else { return }
    throw WorkbenchMistake.noSuchFactor(factor, dataset: self.name, known: factors).fault(at: place)
  }

  func member(_ name: String) -> Value? {
    switch name {
    case "train": .object(images(.train))
    case "test": .object(images(.test))
    case "classes": .list(classes.map { .string($0) })
    case "name": .string(self.name)
    case "factors" where !factors.isEmpty: .list(factors.map { .string($0) })
    default: nil
    }
  }

  /// The names of the classes, as what the class of an image may be.
  var words: Words { Words(ValueKind("class", plural: "classes"), classes, code: .unknownClass) }

  /// The words of a factor that has words for values.
  func words(of factor: String) -> Words? {
    guard case .words(let words)? = facts.factors.first(where: { $0.name == factor })?.scale else { return nil }
    return Words(ValueKind(factor, plural: "values of \(factor)"), words, code: .unknownName)
  }

  func images(_ split: Split) -> ImagesValue {
    ImagesValue(dataset: self, split: split, numbers: .range(0..<facts.count(split)))
  }

  func content(_ answers: Answers) throws(Fault) -> SHA256.Digest {
    var hash = SHA256()
    for split in [Split.train, .test] { hash.update(try images(split).content(answers).bytes) }
    return hash.digest
  }

  func inspect(_ answers: Answers) throws(Fault) -> [Element] {
    let opening: [Element] = [.text(summary), .text("training images by class:")]
    guard let labels = try answers.value(of: images(.train).job)?.labels else { return opening }
    var counts = [Int](repeating: 0, count: classes.count)
    for label in labels { counts[Int(label)] += 1 }
    let rows = classes.indices.map { ["\($0)", classes[$0], "\(counts[$0])"] }
    return opening + [.table(TextTable(header: ["class", "name", "images"], rows: rows), caption: "")]
      + (try images(.train).inspect(answers).dropFirst())
  }
}
