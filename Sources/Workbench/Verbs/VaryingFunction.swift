import Interpreter

/// `varying(most: 16)`, `varying(least: 16)`: which units of a layer a decoder sees, before anybody knows which they are.
func varyingFunction() -> Callable {
  Callable(
    .function, "varying",
    [
      .label("most", .positive, .decided("none"), "so many of the units that vary most"),
      .label("least", .positive, .decided("none"), "so many of those that vary least"),
    ],
    returns: UnitsValue.kind.noun,
    "Units of a layer by the variance of their activations, over the places and images that the decoder learns from; equal ones by their numbers.",
    example: "let E = cladec C, layer: \"conv3\", units: [varying(most: 16), varying(least: 16)], epochs: 5"
  ) { call throws(Fault) in
    switch (call.integer("most"), call.integer("least")) {
    case (let count?, nil): return .object(UnitsValue(count: count, isMost: true))
    case (nil, let count?): return .object(UnitsValue(count: count, isMost: false))
    default:
      if ["most", "least"].contains(where: { call.value($0)?.isUnknown ?? false }) { return .unknown(.anything) }
      throw WorkbenchMistake.oneOfTwo("most", "least", verb: "varying").fault(at: .name)
    }
  }
}
