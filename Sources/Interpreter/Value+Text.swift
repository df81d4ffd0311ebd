import Text

extension Value {
  /// A plain value in few characters, for axes, expectations and lists.
  public var shortText: String {
    switch self {
    case .number(let number): formatted(number, .short(4))
    case .string(let text): "\"\(text)\""
    case .boolean(let truth): truth ? "true" : "false"
    case .list(let elements): "[" + elements.map(\.shortText).joined(separator: ", ") + "]"
    case .range(let lower, let upper): "\(formatted(Double(lower), .shortest))...\(formatted(Double(upper), .shortest))"
    case .table(let table): "table with \(counted(table.rows.count, "row"))"
    case .object(let object): object.summary
    case .array(let array): array.elements.prefix(6).map(\.shortText).joined(separator: ", ")
    case .unknown: "?"
    case .nothing: ""
    }
  }
}
