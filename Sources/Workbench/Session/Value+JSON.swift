import Interpreter
import Text

/// What a statement has given, as data for other programs.
public struct ShownValue: Sendable {
  /// The name that it is bound to, if it is.
  public let name: String?
  /// The statement, on one line.
  public let statement: String
  public let value: JSON
}

extension Value {
  /// The value for other programs: numbers with all their digits; a sweep as its axes and the values along them, the last
  /// axis fastest; a thing by its kind, what is said of it, and its members that are plain.
  func json(_ answers: Answers) throws(Fault) -> JSON {
    switch self {
    case .number(let number): return .number(number)
    case .string(let text): return .string(text)
    case .boolean(let truth): return .boolean(truth)
    case .range(let lower, let upper): return ["from": .integer(lower), "to": .integer(upper)]
    case .list(let elements): return .array(try Self.json(elements, answers))
    case .array(let array):
      let axes = array.axes.map { axis -> JSON in
        ["name": .string(axis.name), "points": .array(axis.points.map(\.json))]
      }
      return ["axes": .array(axes), "values": .array(try Self.json(array.elements, answers))]
    case .table(let table):
      return [
        "columns": .array(table.columns.map { .string($0.name) }),
        "rows": .array(table.rows.map { .array($0.map(\.json)) }),
      ]
    case .object(let object):
      var members: [JSON.Member] = [
        .init("kind", .string(object.kind.noun)),
        .init("text", .string(try presentable?.line(answers) ?? object.summary)),
      ]
      for name in object.memberNames where name != "kind" && name != "text" {
        switch object.member(name) {
        case .number(let number)?: members.append(.init(name, .number(number)))
        case .string(let text)?: members.append(.init(name, .string(text)))
        default: break
        }
      }
      return .object(members)
    case .unknown, .nothing: return .null
    }
  }

  private static func json(_ values: [Value], _ answers: Answers) throws(Fault) -> [JSON] {
    var result: [JSON] = []
    for value in values { result.append(try value.json(answers)) }
    return result
  }
}

extension AxisPoint {
  var json: JSON {
    switch self {
    case .number(let number): .number(number)
    case .text(let text): .string(text)
    case .truth(let truth): .boolean(truth)
    }
  }
}

extension Interpreter.Table.Cell {
  fileprivate var json: JSON {
    switch self {
    case .number(let number): .number(number)
    case .text(let text): .string(text)
    case .none, .unknown: .null
    }
  }
}
