extension Value {
  /// A plain value in few characters, for axes, expectations and lists.
  public var shortText: String {
    switch self {
    case .number(let number): Interpreter.shortText(number)
    case .string(let text): "\"\(text)\""
    case .boolean(let truth): truth ? "true" : "false"
    case .list(let elements): "[" + elements.map(\.shortText).joined(separator: ", ") + "]"
    case .range(let lower, let upper): "\(exactText(Double(lower)))...\(exactText(Double(upper)))"
    case .table(let table): "table with \(table.rows.count) row\(table.rows.count == 1 ? "" : "s")"
    case .object(let object): object.summary
    case .array(let array): array.elements.prefix(6).map(\.shortText).joined(separator: ", ")
    case .unknown: "?"
    case .nothing: ""
    }
  }
}
