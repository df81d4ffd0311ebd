import Decoding
import Diagnostics
import Interpreter
import Text

/// What is odd about a model or a judge that was made all the same: its numbers say little of what they are meant to. It is
/// told where it happens, and marked in tables.
enum Concern: Hashable {
  /// The loss of the last epoch is larger than that of the first.
  case gotWorse
  /// The pictures hardly differ from each other.
  case collapsed
  /// The judge is no better than one that always names the most frequent class.
  case judgeAtChance
  /// A reference that was to be smoothed is as far from the images as is wanted, or farther, without that.
  case isAsFarAlready
  /// No smoothing makes it as far from the images as is wanted.
  case isNeverAsFar

  /// What a training's losses show.
  init?(training losses: ArraySlice<Double>) {
    guard let first = losses.first, let last = losses.last, last > first else { return nil }
    self = .gotWorse
  }

  /// What a judge's accuracy shows, on images of these classes: it is one of chance up to 2.33 standard deviations (a
  /// binomial distribution's, which leaves one in a hundred above) beyond the share of the most frequent class.
  init?(judged accuracy: Double, on labels: [UInt8]) {
    var counts = [Int](repeating: 0, count: 256)
    for label in labels { counts[Int(label)] += 1 }
    let (count, most) = (Double(labels.count), Double(counts.max() ?? 0))
    let share = most / count
    guard accuracy <= share + 2.33 * (share * (1 - share) / count).squareRoot() else { return nil }
    self = .judgeAtChance
  }

  /// What tables say of a row.
  var words: String {
    switch self {
    case .gotWorse: "training got worse"
    case .collapsed: "collapsed"
    case .judgeAtChance: "judge at chance"
    case .isAsFarAlready: "as far without smoothing"
    case .isNeverAsFar: "never as far by smoothing"
    }
  }

  /// What goes before a number in a table to say that something is odd.
  static let mark = "†"

  /// A fault for each thing that is odd, which names the places.
  /// - Parameter count: of all that were looked at.
  static func faults(_ found: [(concern: Concern, place: String)], of count: Int, at place: Fault.Place) -> [Fault] {
    grouped(found) { $0.concern }.map { concern, members in
      let (code, title, label, help) = concern.wording
      let places = members.map(\.place).filter { !$0.isEmpty }
      let shown = places.prefix(6).joined(separator: "; ") + (places.count > 6 ? "; …" : "")
      let which = count > 1 ? " (\(members.count) of \(count)\(shown.isEmpty ? "" : ": \(shown)"))" : ""
      return Fault(code, printable(title + which), label: label, help: help, at: place)
    }
  }

  private var wording: (DiagnosticCode, String, String, String) {
    switch self {
    case .gotWorse:
      (
        .trainingGotWorse, "the training ended with a larger loss than its first epoch had", "it has not learned",
        "a smaller rate: helps, such as rate: 0.0003"
      )
    case .collapsed:
      (
        .collapsedDecoder, "the pictures hardly differ from each other", "the decoder has collapsed",
        "their variance is below \(formatted(ImageMeasures.collapse, .shortest)) of the images'; more epochs: or another "
          + "rate: may help"
      )
    case .judgeAtChance:
      (
        .judgeAtChance, "the judge is no better than one that always names the most frequent class",
        "nothing is known of the pictures", "more epochs: or more images may help; the judged accuracy says nothing"
      )
    case .isAsFarAlready:
      (
        .smoothingMissed, "the reference is as far from the images as the other is, or farther, without being smoothed",
        "not smoothed", "it is no control of the same blur: compare squared errors first"
      )
    case .isNeverAsFar:
      (
        .smoothingMissed, "no smoothing makes the reference as far from the images as the other is",
        "smoothed as far as can be", "it is no control of the same blur: compare squared errors first"
      )
    }
  }
}
