import Figures
import Interpreter
import Text

/// One column of a table that is laid out: in each row the values that belong there, or their mean and spread.
struct SummaryColumn {
  let heading: String
  /// Of each row.
  let cells: [[Interpreter.Table.Cell]]
  /// Of each row, about how many of its values something is odd.
  let concerned: [Int]
  let decimals: Int
  /// Whether a cell may have several values, as `over:` asks.
  let isSummarised: Bool

  private func numbers(_ row: Int) -> [Double] {
    cells[row].compactMap { if case .number(let number) = $0 { number } else { nil } }
  }

  /// What a setting is called: `all` units.
  private func words(_ row: Int) -> String? {
    var seen: Set<String> = []
    let texts = cells[row].compactMap { if case .text(let text) = $0 { text } else { nil } }
    return texts.isEmpty ? nil : texts.filter { seen.insert($0).inserted }.joined(separator: ", ")
  }

  var hasSpread: Bool { isSummarised && cells.indices.contains { numbers($0).count > 1 } }
  var hasCount: Bool { isSummarised && cells.indices.contains { numbers($0).count == 1 } }

  /// `165.3 ± 3.9 (2)`; `165.3 ± 3.9 (2, 1†)` where something is odd about one of them
  func text(_ row: Int) -> String {
    let numbers = numbers(row)
    if numbers.isEmpty { return cells[row].contains(.unknown) ? "?" : words(row) ?? "–" }
    let mean = formatted(mean(numbers), .decimals(decimals))
    guard isSummarised else { return mean + (concerned[row] > 0 ? Concern.mark : "") }
    let odd = concerned[row] > 0 ? ", \(concerned[row])\(Concern.mark)" : ""
    guard numbers.count > 1 else { return "\(mean) (1\(odd))" }
    return "\(mean) ± \(formatted(standardDeviation(numbers), .decimals(decimals))) (\(numbers.count)\(odd))"
  }

  var exactHeadings: [String] { isSummarised ? [heading + " mean", heading + " sd", heading + " n"] : [heading] }

  /// The numbers with all their digits; empty where there is none, as one value has no deviation.
  func exactTexts(_ row: Int) -> [String] {
    let numbers = numbers(row)
    let mean = numbers.isEmpty ? words(row) ?? "" : mean(numbers).description
    guard isSummarised else { return [mean] }
    return [mean, numbers.count > 1 ? standardDeviation(numbers).description : "", "\(numbers.count)"]
  }
}
