import Diagnostics
import Notebooks
import Text

/// A notebook and what its cells have shown, as data: what every kind of report is rendered from.
public struct Document: Sendable {
  public enum State: Hashable, Sendable {
    /// The check found mistakes; no cell was run.
    case refused([Diagnostic])
    /// So many cells have begun.
    case running(cells: Int)
    /// The last cell that began did not end as it should; what follows is missing.
    case brokenOff(Ending, cells: Int)
    case complete

    /// How many of a document's cells have begun.
    public func begunCells(of count: Int) -> Int {
      switch self {
      case .refused: 0
      case .running(let cells), .brokenOff(_, let cells): cells
      case .complete: count
      }
    }
  }

  public let notebook: Notebook
  public let cells: [Cell]
  public let origin: Origin
  /// What its cells are for, if it is an exercise sheet: then a mistake stops only what builds on it.
  public let sheet: ExerciseSheet?
  /// The question that alone is run, with what it needs; none for all of it.
  public let only: String?
  /// What each cell has shown so far.
  public private(set) var results: [[Element]]
  /// What cells took, by their number, where somebody has measured it. No replay looks at it.
  public var costs: [Int: CellCost] = [:]
  public private(set) var state = State.running(cells: 0)
  private var unnamedFigures = 0
  /// That of all recipes that the check has found.
  public var recipes: SHA256.Digest?
  /// What has interrupted the run, if something has: `Ctrl-C`.
  public var interruption: String?
  /// What an interrupted run has kept: `kept: 3 trained models; …`.
  public var kept: String?

  public init(_ notebook: Notebook, origin: Origin, only: String? = nil) {
    (self.notebook, self.origin, self.only) = (notebook, origin, only)
    sheet = ExerciseSheet(notebook)
    cells = notebook.cells
    results = cells.map { _ in [] }
  }

  /// Whether a cell was to be run, and has begun.
  public func hasRun(_ cell: Int) -> Bool {
    guard cell < state.begunCells(of: cells.count) else { return false }
    guard let only, let sheet else { return true }
    return !results[cell].isEmpty || sheet.cells(of: only).contains(cell)
  }

  /// Takes what a driver tells. A figure that is not saved gets a name with a dot, which cannot be given in a text: no figure
  /// takes another one's place.
  /// - Returns: that name, if it gave one.
  @discardableResult public mutating func add(_ event: Driver.Event) -> String? {
    switch (event, state) {
    case (.checked(let mistakes), _): if Ending(mistakes).stops { state = .refused(mistakes) }
    case (.cell(let index), _): state = .running(cells: index + 1)
    case (.element(.figure(let figure, nil)), .running(let begun)) where begun > 0:
      unnamedFigures += 1
      let name = "figure.\(unnamedFigures)"
      results[begun - 1].append(.figure(figure, name: name))
      return name
    case (.element(let element), .running(let begun)) where begun > 0: results[begun - 1].append(element)
    case (.ended(let ending), .running(let begun)):
      let isWhole = sheet == nil ? !ending.stops : begun == cells.count && ending != .interrupted
      state = isWhole ? .complete : .brokenOff(ending, cells: begun)
    default: break
    }
    return nil
  }
}

/// What a cell took while it ran. Jobs of later cells that were done meanwhile are part of it.
public struct CellCost: Hashable, Sendable {
  public let seconds: Double
  /// The most bytes that the process held at a time; none where the system does not tell.
  public let peakMemory: Int?

  public init(seconds: Double, peakMemory: Int?) { (self.seconds, self.peakMemory) = (seconds, peakMemory) }
}
