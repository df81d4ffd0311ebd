import Datasets
import Experiments
import Interpreter
import Text

// What the arguments of verbs may well be, given the first one.

extension Suggestions {
  /// The layers of a classifier, by number and by name.
  static let layers = Suggestions { first in
    guard case .object(let object)? = first?.leaves.first, let classifier = object as? ClassifierValue else {
      return []
    }
    let layers = classifier.layers.sorted { $0.index > $1.index }
    return layers.map { Suggestion(formatted(Double($0.index), .shortest), "\($0.name), \($0.output)") }
      + layers.map { .quoted($0.name, "layer \(formatted(Double($0.index), .shortest)), \($0.output)") }
  }

  /// What tells the rows of a table apart.
  static let keys = Suggestions { first in
    guard case .table(let table)? = first else { return [] }
    return table.keys.filter { !$0.role.isHidden }.map { .quoted($0.name, values(of: $0, table)) }
  }

  /// What a table has measured, then what tells its rows apart.
  static let columns = Suggestions { first in
    guard case .table(let table)? = first else { return [] }
    return table.measures.filter { !$0.role.isHidden }.map { .quoted($0.name, $0.meaning) } + keys.given(first)
  }

  /// The axes of a figure of these models.
  static let gridAxes = Suggestions { first in
    let models = first.map { GridEntries(of: $0).keys } ?? []
    return [.quoted("image", "one image after the other")] + models.map { .quoted($0.name) }
  }

  /// The data sets that are here; behind the beginning of a path, folders and archives.
  static func datasets(in library: Library) -> Suggestions {
    Suggestions { _ in
      KnownDataset.allCases.filter(library.isHere).map { known in
        .quoted(
          known.rawValue,
          (known.classes.isEmpty ? "" : counted(known.classes.count, "class", plural: "classes") + ", ")
            + (known.files.isEmpty ? "drawn by the program" : "read from files")
        )
      }
    } begun: { word in
      pathsOfPictures(beginning: word).filter { !$0.contains("\"") && !$0.contains("\\") }.map {
        .quoted($0, $0.hasSuffix("/") ? "a folder" : "an archive")
      }
    }
  }

  /// The classes of the data set that is named first.
  static func classes(in library: Library) -> Suggestions {
    Suggestions { first in
      guard case .string(let text)? = first, let name = DatasetName(text) else { return [] }
      var classes: [String] = []
      if case .known(let known) = name { classes = known.classes }
      // What only its files know is looked up there.
      if classes.isEmpty { classes = (try? library.offer(DatasetRequest(name)))?.classes ?? [] }
      return classes.enumerated().map { .quoted($0.element, "class \($0.offset)") }
    }
  }

  private static func values(of column: Table.Column, _ table: Table) -> String {
    guard let index = table.index(of: column.name) else { return "" }
    let cells = table.values(of: index).prefix(6).map { cell in
      switch cell {
      case .number(let number): formatted(number, .shortest)
      case .text(let text): text
      case .none: "–"
      case .unknown: "?"
      }
    }
    return cells.joined(separator: ", ")
  }
}
