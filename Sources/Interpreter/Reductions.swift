import Diagnostics

/// The functions that need nothing but numbers: `mean`, `sd`, `min`, `max` along axes, and `abs`.
public func arithmeticFunctions() -> [Callable] {
  typealias Reduction = (
    name: String, documentation: String, example: String, mayBeUndefined: Bool, compute: @Sendable ([Double]) -> Double
  )
  let reductions: [Reduction] = [
    ("mean", "The mean along an axis, or of a list.", "mean([1, 2, 6])", false, mean),
    (
      "sd", "The standard deviation along an axis, or of a list (divided by n − 1); nan where an axis has one value.",
      "sd([1, 2, 6])", true, standardDeviation
    ),
    ("min", "The least value along an axis, or of a list.", "min([1, 2, 6])", false, { $0.min() ?? .nan }),
    ("max", "The greatest value along an axis, or of a list.", "max([1, 2, 6])", false, { $0.max() ?? .nan }),
  ]
  return reductions.map { reduction in
    Callable(
      .function, reduction.name,
      [
        .first("x", .number(-.infinity ... .infinity), reach: .whole, "a swept number, or a list of numbers"),
        .label(
          "over", .string, reach: .whole, .decided("all axes"), "the axis, or a list of axes, to summarise",
          suggesting: .axes),
      ],
      returns: "number", reduction.documentation, example: reduction.example,
      mayBeUndefined: reduction.mayBeUndefined
    ) { call throws(Fault) in try reduce(call, reduction.compute) }
  } + [
    Callable(
      .function, "abs", [.first("x", .number(-.infinity ... .infinity), "a number")], returns: "number",
      "The number without its sign.", example: "abs(3 - 5)"
    ) { call in .number((call.number("x") ?? 0).magnitude) }
  ]
}

private func reduce(_ call: Call, _ compute: ([Double]) -> Double) throws(Fault) -> Value {
  func summary(_ values: [Value]) -> Value {
    let numbers = values.compactMap { if case .number(let number) = $0 { number } else { nil } }
    return numbers.count == values.count ? .number(compute(numbers)) : .unknown(.number)
  }
  guard case .array(let array) = call.value("x") else {
    let leaves = call.value("x")?.leaves ?? []
    if let axis = call.texts("over").first, !leaves.contains(where: { $0.plainKind == .anything }) {
      throw Mistake.unknownAxis(axis, known: []).fault(at: .argument("over"))
    }
    return summary(leaves)
  }
  let names = array.axes.map(\.name)
  let over = call.has("over") ? call.texts("over") : names
  for (index, name) in over.enumerated() where !names.contains(name) {
    throw Mistake.unknownAxis(name, known: names).fault(at: .element("over", index))
  }
  return array.reduced(over: over, summary)
}

/// The arithmetic mean; the sum runs from first to last.
public func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }

/// The standard deviation of a sample, divided by n − 1; NaN for a single value, of which nobody knows how it spreads.
public func standardDeviation(_ values: [Double]) -> Double {
  guard values.count > 1 else { return .nan }
  let centre = mean(values)
  let squares = values.reduce(0) { $0 + ($1 - centre) * ($1 - centre) }
  return (squares / Double(values.count - 1)).squareRoot()
}
