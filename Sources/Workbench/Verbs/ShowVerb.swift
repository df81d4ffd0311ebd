import Interpreter

/// `show E`: prints a value, also in the middle of a cell.
func showVerb() -> Callable {
  Callable(
    .verb, "show", [.first("value", .anything, reach: .whole, "any value")], returns: "the value; it prints",
    "Prints a value.", example: "show accuracy(C)"
  ) { call in call.value("value") ?? .nothing }
}
