import Datasets
import Experiments
import Figures
import Images
import Interpreter
import Text

/// A selection of a split: `garments.test[0...7]`.
struct ImagesValue: Presentable {
  let dataset: DatasetValue
  let split: Split
  /// Indices into the split.
  let numbers: ImageNumbers

  static let kind = ValueKind.several("images")
  var count: Int { numbers.count }
  var isWholeSplit: Bool { numbers == .range(0..<dataset.facts.count(split)) }

  /// What gives the images.
  var job: SelectedImages { dataset.library.images(dataset.facts, split, numbers) }

  /// How many of them a figure shows unless it is told.
  var shownCount: Int { isWholeSplit ? 8 : ImageChoice.most }

  var summary: String { "\(counted(count, "image")): \(label)" }

  /// `garments.test[0...7]`
  var label: String {
    guard !isWholeSplit else { return splitLabel }
    switch numbers {
    case .range(let range):
      return splitLabel + (count == 1 ? "[\(range.lowerBound)]" : "[\(range.lowerBound)...\(range.upperBound - 1)]")
    case .list(let list):
      let shown =
        list.count <= 12 ? list.map { "\($0)" } : list.prefix(10).map { "\($0)" } + ["…", "\(list[list.count - 1])"]
      return splitLabel + "[[\(shown.joined(separator: ", "))]]"
    }
  }

  /// `garments.test`
  var splitLabel: String { "\(dataset.name).\(split.rawValue)" }

  /// `garments.train, 300 images`, with what else is not the rule.
  var inWords: String { "\(label), \(counted(count, "image"))\(dataset.variant)" }

  let memberNames = ["count", "classes"]

  func member(_ name: String) -> Value? {
    switch name {
    case "count": .number(Double(count))
    case "classes": .list(dataset.classes.map { .string($0) })
    default: nil
    }
  }

  var askedWords: [String: (function: String, text: String)] {
    Dictionary(
      dataset.factors.map { ($0.replacing(" ", with: "_"), (function: "factor", text: $0)) },
      uniquingKeysWith: { first, _ in first })
  }

  var sliceableCount: Int? { count }

  func slice(lower: Int, upper: Int) -> Value? {
    .object(ImagesValue(dataset: dataset, split: split, numbers: numbers[lower...upper]))
  }

  func choose(_ places: [Int]) -> Value? {
    .object(ImagesValue(dataset: dataset, split: split, numbers: ImageNumbers(places.map { numbers[$0] })))
  }

  func content(_ answers: Answers) throws(Fault) -> SHA256.Digest {
    try answers.artifactDigest(of: job) ?? SHA256.digest(of: [])
  }

  /// The first pictures.
  func inspect(_ answers: Answers) throws(Fault) -> [Element] {
    guard let images = try answers.value(of: job)?.prefix(4) else { return [.text(summary)] }
    let notes = images.labels.map { dataset.classes[Int($0)] }
    return [.text(summary), .pictures(try images.pictures(notes: notes))]
  }
}

extension LabelledImages {
  /// For a figure or the terminal, each with what stands below it; those with a mark are framed.
  func pictures(notes: [String?], marks: [Bool] = []) throws(Fault) -> [GridImage] {
    var pictures: [GridImage] = []
    for index in 0..<count {
      do throws(FigureError) {
        pictures.append(
          try picture(index, note: notes[index], isMarked: marks.indices.contains(index) && marks[index]))
      } catch {
        throw WorkbenchMistake.figure(error.description).fault(at: .whole)
      }
    }
    return pictures
  }
}
