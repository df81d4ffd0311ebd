/// Measurements in long form: one row for each thing measured, first what tells the things apart (keys), then what was
/// measured.
public struct Table: Sendable {
  public struct Column: Hashable, Sendable {
    public enum Role: Hashable, Sendable {
      case key, measure
      /// Measured too, but the same for all that a row compares: the accuracy of the classifier that is explained.
      case context
      /// What follows from the keys; a table shows it only where it is asked for.
      case setting
      /// The same in all rows: written into files, and said below a table unless it goes without saying.
      case constant(isSaid: Bool)
      /// What is odd about a row, in words: shown where there is something, and marked in every table.
      case concern
      /// By what each row can be made again: written into files only.
      case recipe

      /// Whether it is written into files, and shown only where it says what is the same in all rows.
      public var isHidden: Bool {
        switch self {
        case .constant, .recipe: true
        case .key, .measure, .context, .setting, .concern: false
        }
      }
    }
    public var name: String
    public var role: Role
    /// What the number means, with its unit, for `inspect` and captions.
    public var meaning: String
    /// Whether it is an axis of what was measured, and stays one where that has a single point.
    public var isAxis: Bool

    public init(_ name: String, _ role: Role, meaning: String = "", isAxis: Bool = false) {
      self.name = name
      self.role = role
      self.meaning = meaning
      self.isAxis = isAxis
    }
  }

  public enum Cell: Hashable, Sendable {
    case number(Double)
    case text(String)
    /// The column does not apply to this row: a reference auto-encoder has no α.
    case none
    /// Only running can tell.
    case unknown
  }

  public var columns: [Column]
  public var rows: [[Cell]]
  /// For each row the number of the thing that its context columns tell of; rows with one number share that thing.
  public var contexts: [Int]

  /// Without `contexts` each row has a thing of its own.
  public init(columns: [Column], rows: [[Cell]], contexts: [Int]? = nil) {
    self.columns = columns
    self.rows = rows
    self.contexts = contexts ?? Array(rows.indices)
  }

  public func index(of column: String) -> Int? { columns.firstIndex { $0.name == column } }

  public var keys: [Column] { columns.filter { $0.role == .key } }
  public var measures: [Column] { columns.filter { $0.role != .key } }

  /// The different cells of a column, in order of first appearance.
  public func values(of column: Int) -> [Cell] {
    var seen: Set<Cell> = []
    return rows.map { $0[column] }.filter { seen.insert($0).inserted }
  }
}

extension Table.Cell {
  public init(_ point: AxisPoint) {
    switch point {
    case .number(let value): self = .number(value)
    case .text(let text): self = .text(text)
    case .truth(let truth): self = .text(truth ? "true" : "false")
    }
  }

  public init(_ value: Value) {
    switch value {
    case .number(let number): self = .number(number)
    case .string(let text): self = .text(text)
    case .boolean(let truth): self = .text(truth ? "true" : "false")
    case .unknown: self = .unknown
    default: self = .none
    }
  }
}
