import Figures
import Workbench

extension Element {
  /// What it shows as lines of plain text, where that is all that it shows.
  var lines: String? {
    switch self {
    case .text(let text): text
    case .pictures(let pictures): terminalPicture(pictures, colours: .none)
    case .expectation(let expectation):
      "\(expectation.holds ? "✓" : "✗") \(expectation.text)\n  \(expectation.measured)"
        + (expectation.advice.map { "\n  \($0)" } ?? "")
    case .table, .figure, .saved, .record, .value, .diagnostic: nil
    }
  }
}
