import Interpreter

/// `inspect C`: what is inside a value.
func inspectVerb() -> Callable {
  Callable(
    .verb, "inspect", [.first("value", .anything, reach: .whole, "any value")], returns: "nothing; it prints",
    "Prints what is inside a value: a network's layers, a data set's pictures, a classifier's training.",
    example: "inspect vgg5"
  ) { call in
    guard let value = call.value("value"), !value.isUnknown else { return .nothing }
    return .object(InspectionValue(value: value))
  }
}
