import Figures
import Interpreter

/// `table T, rows: "layer", columns: ["squared error"], over: "seed", save: "table-1"`
func tableVerb() -> Callable {
  let list = "; a list for several"
  return Callable(
    .verb, "table",
    [
      .first("table", .table, reach: .whole, "what evaluate returned"),
      .label(
        "rows", .string, reach: .whole, .decided("what varies"), "the axis that tells the rows apart" + list,
        suggesting: .keys),
      .label(
        "columns", .string, reach: .whole, .decided("all"), "the measures to show, or an axis to spread" + list,
        suggesting: .columns),
      .label(
        "over", .string, reach: .whole, .decided("none"), "the axis to summarise as mean ± sd (n)" + list,
        suggesting: .keys),
      .label(
        "save", .saveName(endings: ["csv", "md", "tex"]), reach: .whole, .decided("not saved"),
        "the name under which it is written, as CSV, Markdown and LaTeX"),
    ],
    returns: "laid-out table", "Lays a table out for reading, ClaDec beside RefAE with their difference Δ.",
    example: "table T, rows: \"layer\", columns: [\"squared error\", \"judged accuracy\"], save: \"table-1\""
  ) { call throws(Fault) in
    guard case .table(let table) = call.value("table") else { return .unknown(.anything) }
    let keys = table.keys.map(\.name)
    let hidden = table.columns.filter { $0.role.isHidden }.map(\.name)
    var faults: [Fault] = []
    for (label, known) in [("rows", keys), ("columns", table.columns.map(\.name)), ("over", keys)] {
      faults += call.texts(label).enumerated().filter { !known.contains($0.element) }.map {
        WorkbenchMistake.unknownColumn($0.element, label: label, known: known.filter { !hidden.contains($0) })
          .fault(at: .element(label, $0.offset))
      }
    }
    if call.text("save") == "report" { faults.append(WorkbenchMistake.reportIsTaken.fault(at: .argument("save"))) }
    for fault in faults.dropLast() { call.alsoReport(fault) }
    if let last = faults.last { throw last }
    let layout = TableLayout(
      table: table, rows: call.texts("rows"), columns: call.texts("columns"), over: call.texts("over"))
    guard layout.cellCount <= TableLayout.mostCells else {
      throw WorkbenchMistake.tooManyCells(layout.cellCount, limit: TableLayout.mostCells).fault(at: .whole)
    }
    let value = layout.value
    if let name = call.text("save") { call.keep(value, as: name) }
    return .object(value)
  }
}
