import Diagnostics
import Interpreter
import Syntax
import Text

/// A small language for the tests, about nothing that the program itself knows: seeds that are planted, and grow.
struct Plant: DomainObject {
  let kind: String
  let depth: Double
  let typeName = "plant"
  var summary: String { "\(kind) at \(formatted(depth, .shortest))" }
  let memberNames = ["kind", "depth"]
  func member(_ name: String) -> Value? {
    switch name {
    case "kind": .string(kind)
    case "depth": .number(depth)
    default: nil
    }
  }
}

/// The verbs and functions of the garden. `height` is known only where things grow.
func garden(grows: Bool = true) -> Vocabulary {
  Vocabulary(
    [
      Callable(
        .verb, "train",
        [
          .first("kind", .choice(["fern", "moss"]), "what is planted"),
          .label("depth", .number(0...10), .value(.number(1)), "how deep, in centimetres"),
          .label("year", .integer(1...9), .required, "when"),
          .label("save", .string, reach: .whole, .decided("not saved"), "a name"),
        ], returns: "plant", "Plants.", example: "train \"fern\", year: 1"
      ) { call throws(Fault) in
        let depth = call.number("depth") ?? 0
        if depth == 7 { throw Fault(.outOfRange, "seven is unlucky", label: "seven", at: .argument("depth")) }
        let plant = Plant(kind: call.text("kind") ?? "", depth: depth)
        if let name = call.text("save") { call.keep(plant, as: name) }
        return .object(plant)
      },
      Callable(
        .function, "height", [.first("plant", .object("plant"), "a plant")], returns: "number", "How high it is.",
        example: "height(P)"
      ) { call in
        guard grows, let plant = call.object("plant", as: Plant.self) else { return .unknown(.number) }
        return .number(10 - plant.depth)
      },
    ] + arithmeticFunctions())
}

/// The outcomes of all statements of a text, one after the other.
func outcomes(_ text: String, grows: Bool = true, overrides: [String: String] = [:]) -> [Outcome] {
  let parsed = parse(SourceFile(name: "test", text: text))
  precondition(parsed.diagnostics.isEmpty, parsed.diagnostics.map(\.title).joined(separator: "; "))
  let evaluator = Evaluator(vocabulary: garden(grows: grows), overrides: overrides)
  return parsed.statements.map { evaluator.execute($0, in: parsed.source) }
}

/// What the last statement shows; a mistake's title where there is one.
func shown(_ text: String, grows: Bool = true) -> String {
  let all = outcomes(text, grows: grows)
  if let mistake = all.flatMap(\.diagnostics).first { return "\(mistake.code.rawValue) \(mistake.title)" }
  switch all.last?.result {
  case .shown(let value), .bound(_, let value), .parameter(_, let value):
    let axes = value.axes.map(\.summary).joined(separator: "; ")
    return (axes.isEmpty ? "" : "[\(axes)] ") + value.shortText
  case .expected(let expectation): return (expectation.holds ? "holds: " : "fails: ") + expectation.measured
  case nil: return "nothing"
  }
}

/// The text under the caret of the first mistake.
func underlined(_ text: String) -> String {
  guard let mistake = outcomes(text).flatMap(\.diagnostics).first, let span = mistake.span else { return "" }
  return SourceFile(name: "test", text: text).text(span)
}
