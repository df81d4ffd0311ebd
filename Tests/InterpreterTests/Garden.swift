import Diagnostics
import Interpreter
import Syntax
import Text

/// A small language for the tests, about nothing that the program itself knows: seeds that are planted, and grow.
struct Plant: DomainObject {
  static let kind = ValueKind("plant")
  let name: String
  let depth: Double
  var summary: String { "\(name) at \(formatted(depth, .shortest))" }
  let memberNames = ["kind", "depth"]
  func member(_ name: String) -> Value? {
    switch name {
    case "kind": .string(name)
    case "depth": .number(depth)
    default: nil
    }
  }
}

/// Plants side by side.
struct Bed: DomainObject {
  static let kind = ValueKind("bed")
  let plants: [Plant]
  var summary: String { plants.map(\.summary).joined(separator: ", ") }
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
          .label("save", .saveName(endings: ["txt"]), reach: .whole, .decided("not saved"), "a name"),
        ], returns: "plant", "Plants.", example: "train \"fern\", year: 1"
      ) { call throws(Fault) in
        let depth = call.number("depth") ?? 0
        if depth == 7 { throw Fault(.outOfRange, "seven is unlucky", label: "seven", at: .argument("depth")) }
        let plant = Plant(name: call.text("kind") ?? "", depth: depth)
        if let name = call.text("save") { call.keep(plant, as: name) }
        return .object(plant)
      },
      Callable(
        .block, "seed",
        [
          .first("kind", .choice(["fern", "moss"]), "what is planted"),
          .label("depth", .number(0...10), .value(.number(1)), "how deep, in centimetres"),
        ], returns: "plant", "A plant of a bed.", example: "seed(\"fern\")"
      ) { call in
        .object(Plant(name: call.text("kind") ?? "", depth: call.number("depth") ?? 0))
      },
      Callable(
        .verb, "network",
        [
          .first("plants", .object(Plant.self), reach: .list, "the plants of the bed"),
          .label("save", .saveName(endings: ["csv", "md"]), reach: .whole, .decided("not saved"), "a name"),
        ],
        returns: "bed",
        "A bed.", example: "network [seed(\"fern\")]"
      ) { call in
        let plants = call.elements("plants").compactMap { value -> Plant? in
          if case .object(let object) = value { object as? Plant } else { nil }
        }
        let bed = Bed(plants: plants)
        if let name = call.text("save") { call.keep(bed, as: name) }
        return .object(bed)
      },
      Callable(
        .verb, "show", [.first("value", .anything, reach: .whole, "any value")], returns: "the value", "Shows.",
        example: "show 1"
      ) { call in call.value("value") ?? .nothing },
      Callable(
        .function, "silent", [.first("x", .anything, "anything")], returns: "nothing", "Fails.", example: "silent(1)"
      ) {
        _ throws(Fault) in throw .alreadyReported
      },
      Callable(
        .function, "harvest", [.first("bed", .object(Bed.self), "a bed")], returns: "number", "How much there is.",
        example: "harvest(B)"
      ) { _ in .number(1) },
      Callable(
        .function, "harvests", [.first("x", .anything, reach: .whole, "anything")], returns: "table",
        "What was harvested.", example: "harvests(1)"
      ) { _ in
        let columns = [
          Table.Column("kind", .key), .init("depth", .key), .init("shade", .key), .init("fruit weight", .measure),
          .init("year", .constant(isSaid: true)),
        ]
        let rows: [[Table.Cell]] = [
          [.text("fern"), .number(1), .number(0.5), .number(10), .number(4)],
          [.text("moss"), .number(2), .none, .number(40), .number(4)],
          [.text("moss"), .number(1), .none, .number(30), .number(4)],
          [.text("fern"), .number(2), .number(0.5), .number(20), .number(4)],
        ]
        return .table(Table(columns: columns, rows: rows))
      },
      Callable(
        .function, "huge", [.first("x", .anything, "anything")], returns: "number", "Grows.", example: "huge(1)"
      ) { _ in .number(.infinity) },
      Callable(
        .function, "height", [.first("plant", .object(Plant.self), "a plant")], returns: "number", "How high it is.",
        example: "height(P)"
      ) { call in
        guard grows, let plant = call.object("plant", as: Plant.self) else { return .unknown(.number) }
        return .number(10 - plant.depth)
      },
    ] + arithmeticFunctions())
}

/// The outcomes of all statements of a text, one after the other.
func outcomes(
  _ text: String, grows: Bool = true, overrides: [String: String] = [:], mostValues: Int = Evaluator.mostValues
) -> [Outcome] {
  let parsed = parse(SourceFile(name: "test", text: text))
  precondition(parsed.diagnostics.isEmpty, parsed.diagnostics.map(\.title).joined(separator: "; "))
  let evaluator = Evaluator(vocabulary: garden(grows: grows), overrides: overrides, mostValues: mostValues)
  return parsed.statements.map { evaluator.execute($0, in: parsed.source) }
}

/// What the last statement shows; a mistake's title where there is one.
func shown(_ text: String, grows: Bool = true) -> String {
  let all = outcomes(text, grows: grows)
  if let mistake = all.flatMap(\.diagnostics).first { return "\(mistake.code.id) \(mistake.title)" }
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
