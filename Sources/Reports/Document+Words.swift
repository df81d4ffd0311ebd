import Diagnostics
import Figures
import Text
import Workbench

// What every kind of report says of a document as a whole.

extension Document {
  /// That something is missing, why, and what was kept all the same; nothing of a document that is complete.
  var stateInWords: [String] {
    let begun = state.begunCells(of: cells.count)
    let reason: String
    switch state {
    case .complete: return []
    case .refused(let mistakes):
      let errors = counted(mistakes.count { $0.severity == .error }, "mistake")
      return ["\(notebook.source.name) was not run: it has \(errors)."]
    case .brokenOff(.interrupted, _): reason = "was interrupted\(interruption.map { " by \($0)" } ?? "") in"
    case .running: reason = "has come to"
    case .brokenOff: reason = "ended with a mistake in"
    }
    return ["The run \(reason) cell \(begun) of \(cells.count); what follows is missing."]
      + (kept.map { [$0 + "."] } ?? [])
  }

  /// What stands below the last cell: how far an exercise sheet is solved, and what cells took, where that was measured.
  var closing: [Element] {
    (SheetSummary(self).map { [.table($0.table, caption: $0.caption)] } ?? [])
      + (costTable.map { [.table($0, caption: "What the cells took.")] } ?? [])
  }

  /// What each cell took and all together; none where that was not measured.
  private var costTable: TextTable? {
    guard !costs.isEmpty else { return nil }
    let memory = { (bytes: Int?) in bytes.map { binarySize($0) } ?? "–" }
    let measured = costs.sorted { $0.key < $1.key }
    let rows = measured.map { index, cost in
      [cells[index].id ?? "\(index + 1)", formatted(cost.seconds, .decimals(2)), memory(cost.peakMemory)]
    }
    let sum = formatted(measured.reduce(0) { $0 + $1.value.seconds }, .decimals(2))
    return TextTable(
      header: ["cell", "seconds", "peak memory"],
      rows: rows + [["all", sum, memory(measured.compactMap(\.value.peakMemory).max())]],
      alignments: [.left, .right, .right])
  }

  /// The program's version and that of its numbers, the notebook, the values that the text does not show, and the digest
  /// of all recipes.
  var provenance: [String] {
    var parts = [origin.program]
    if let notebook = origin.notebook { parts.append(notebook) }
    if !origin.given.isEmpty { parts.append("in place of the values in the text: " + origin.given) }
    if let recipes { parts.append("recipes \(recipes)") }
    return parts
  }
}
