import Images
import Text

/// What is known of the images of a folder besides their classes, from a table beside its folders: `factors.csv`.
///
///     file,brightness,weather
///     train/cat/1.png,0.25,sunny
///     test/dog/7.jpg,,rain
///
/// The first column is an image's path in the folder, every other one a factor, with commas, semicolons or tabs between them. A
/// factor whose first value is a number has numbers; another has words. An empty cell, and `nan`, says that the image does not
/// have the factor; an image without a line has none.
struct FactorFile {
  static let name = "factors.csv"
  static let firstColumn = "file"
  /// What probes call the class, which is no factor.
  private static let reserved = "class"
  /// Words are told apart as classes are.
  private static let mostKinds = ImageLayout.mostClasses

  let factors: [FactorTable.Factor]
  /// Of each image that has a line, by its path.
  private let values: [String: [Float]]

  /// None where there is no such file.
  init?(in tree: any FileTree) throws(DatasetError) {
    guard tree.has(Self.name) else { return nil }
    let file = tree.title(Self.name)
    guard let text = String(validating: try tree.text(of: Self.name), as: UTF8.self) else { throw .notUTF8(file: file) }
    let rows = DelimitedText(text).rows.map { row in
      (line: row.line, cells: row.cells.map(\.trimmingBlanks))
    }
    let names = try Self.names(rows.first?.cells ?? [""], in: file)
    var seen: Set<String> = []
    for (line, cells) in rows.dropFirst() {
      guard cells.count == names.count + 1 else {
        throw .shortLine(
          file: file, line: line, expected: "a file and \(counted(names.count, "value")), as the first line is")
      }
      guard tree.has(cells[0]), !cells[0].hasSuffix("/") else {
        throw .strangeImageInLine(file: file, line: line, name: cells[0], folder: tree.path)
      }
      guard seen.insert(cells[0]).inserted else { throw .twiceInLine(file: file, line: line, name: cells[0]) }
    }
    var factors: [FactorTable.Factor] = []
    var columns: [[Float]] = []
    for (number, name) in names.enumerated() {
      let (factor, column) = try Self.column(name, rows.dropFirst().map { ($0.line, $0.cells[number + 1]) }, in: file)
      factors.append(factor)
      columns.append(column)
    }
    self.factors = factors
    values = Dictionary(
      uniqueKeysWithValues: rows.dropFirst().enumerated().map { place, row in
        (row.cells[0], columns.map { $0[place] })
      })
  }

  /// The rows of these images.
  func table(of paths: [String]) -> FactorTable {
    let unknown = [Float](repeating: .nan, count: factors.count)
    return FactorTable(factors, values: paths.flatMap { values[$0] ?? unknown })
  }

  private static func names(_ header: [String], in file: String) throws(DatasetError) -> [String] {
    guard header[0] == firstColumn else { throw .wrongHeader(file: file, found: header[0], expected: firstColumn) }
    let names = Array(header.dropFirst())
    guard !names.isEmpty else {
      throw .shortLine(file: file, line: 1, expected: "'\(firstColumn)' and names of factors")
    }
    for (number, name) in names.enumerated() {
      let reason: String? =
        if name.isEmpty {
          "it has no name"
        } else if name == reserved {
          "the class is known from the folders"
        } else if names.firstIndex(of: name) != number {
          "there are two of this name"
        } else if name.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) {
          "a name is one line of text"
        } else {
          nil
        }
      if let reason { throw .unusableFactor(file: file, name: name, reason: reason) }
    }
    return names
  }

  private static func column(
    _ name: String, _ cells: [(line: Int, text: String)], in file: String
  ) throws(DatasetError) -> (FactorTable.Factor, [Float]) {
    let known = cells.filter { !isMissing($0.text) }
    guard known.first.map({ number($0.text) == nil }) ?? false else {
      if let wrong = known.first(where: { number($0.text) == nil }) {
        throw .noNumberInLine(file: file, line: wrong.line, factor: name, found: wrong.text)
      }
      return (FactorTable.Factor(name, .numbers), cells.map { number($0.text) ?? .nan })
    }
    let words = Set(known.map(\.text)).sorted { $0.precedesByBytes($1) }
    guard words.count <= mostKinds else { throw .tooManyKinds(file: file, factor: name, limit: mostKinds) }
    let places = Dictionary(uniqueKeysWithValues: words.enumerated().map { ($1, Float($0)) })
    return (FactorTable.Factor(name, .words(words)), cells.map { places[$0.text] ?? .nan })
  }

  private static func isMissing(_ cell: String) -> Bool { cell.isEmpty || cell.lowercased() == "nan" }

  /// In decimal digits.
  private static func number(_ cell: String) -> Float? {
    guard cell.allSatisfy({ "0123456789+-.eE".contains($0) }) else { return nil }
    return Float(cell).flatMap { $0.isFinite ? $0 : nil }
  }
}
