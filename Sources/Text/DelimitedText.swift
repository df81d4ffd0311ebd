/// A table as spreadsheet programs write it: commas, semicolons or tabs between cells, whichever the first line has most of;
/// quotes around cells, doubled within (RFC 4180); any line breaks, with a byte order mark or without. Rows of nothing are left
/// out.
public struct DelimitedText: Hashable, Sendable {
  public struct Row: Hashable, Sendable {
    /// In the text, from 1: where the row begins.
    public let line: Int
    public let cells: [String]
  }

  public let rows: [Row]
  public let delimiter: Character

  public init(_ text: String) {
    var scalars = Array(text.unicodeScalars)[...]
    if scalars.first == "\u{FEFF}" { scalars.removeFirst() }
    // A first line `sep=;` is Excel's.
    let beginning = String(String.UnicodeScalarView(scalars.prefix(5)))
    var delimiter = Self.delimiter(of: scalars)
    if beginning.lowercased().hasPrefix("sep="), let named = beginning.unicodeScalars.dropFirst(4).first {
      delimiter = named
      scalars = scalars.drop { $0 != "\n" }
    }
    var reader = Reader(delimiter: delimiter)
    var isAfterReturn = false
    for scalar in scalars {
      if scalar == "\n", isAfterReturn {
        isAfterReturn = false
        continue
      }
      isAfterReturn = scalar == "\r"
      reader.take(scalar == "\r" ? "\n" : scalar)
    }
    reader.endRow()
    rows = reader.rows
    self.delimiter = Character(delimiter)
  }

  private static func delimiter(of scalars: ArraySlice<Unicode.Scalar>) -> Unicode.Scalar {
    var counts: [Unicode.Scalar: Int] = [:]
    var isQuoted = false
    for scalar in scalars {
      if scalar == "\"" { isQuoted.toggle() }
      if isQuoted { continue }
      if scalar == "\n" || scalar == "\r" { break }
      counts[scalar, default: 0] += 1
    }
    let known: [Unicode.Scalar] = [",", ";", "\t"]
    return known.max { counts[$0, default: 0] < counts[$1, default: 0] } ?? ","
  }

  private struct Reader {
    let delimiter: Unicode.Scalar
    var rows: [Row] = []
    private var line = 1
    private var cells: [String] = []
    private var cell = ""
    private var start = 1
    private var isQuoted = false
    private var wasQuote = false

    init(delimiter: Unicode.Scalar) { self.delimiter = delimiter }

    mutating func take(_ scalar: Unicode.Scalar) {
      if isQuoted, !wasQuote {
        if scalar == "\"" { wasQuote = true } else { cell.unicodeScalars.append(scalar) }
        if scalar == "\n" { line += 1 }
        return
      }
      if isQuoted, scalar == "\"" {
        cell.unicodeScalars.append(scalar)
        wasQuote = false
        return
      }
      (isQuoted, wasQuote) = (false, false)
      switch scalar {
      case "\"" where cell.isEmpty: isQuoted = true
      case delimiter: endCell()
      case "\n":
        endRow()
        line += 1
        start = line
      default: cell.unicodeScalars.append(scalar)
      }
    }

    private mutating func endCell() {
      cells.append(cell)
      cell = ""
    }

    mutating func endRow() {
      endCell()
      if !cells.allSatisfy({ $0.allSatisfy(\.isWhitespace) }) { rows.append(Row(line: start, cells: cells)) }
      cells = []
      (isQuoted, wasQuote) = (false, false)
    }
  }
}
