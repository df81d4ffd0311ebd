import Figures
import Interpreter
import Networks
import Text

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
    let shown = table.shownColumns
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
