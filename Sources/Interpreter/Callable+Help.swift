// Help from the declarations alone.

extension Callable {
  /// `train NETWORK, on: …, epochs: 10, …`
  public var signature: String {
    let positional = self.positional.map { $0.name.uppercased() }
    let required = labelled.filter { if case .required = $0.fallback { true } else { false } }.map { $0.name + ": …" }
    let arguments = (positional + required).joined(separator: ", ")
    switch kind {
    case .verb: return arguments.isEmpty ? name : name + " " + arguments
    case .constant: return name
    case .function, .block: return "\(name)(\(arguments))"
    }
  }

  /// What `help NAME` prints.
  public var help: String {
    var lines = ["\(signature)    → \(returns)", "", documentation]
    if !parameters.isEmpty {
      let names = parameters.map { $0.isPositional ? $0.name.uppercased() : $0.name + ":" }
      let width = names.map(\.count).max() ?? 0
      lines.append("")
      for (name, parameter) in zip(names, parameters) {
        let indent = "  " + name + String(repeating: " ", count: width - name.count + 2)
        lines.append(indent + parameter.documentation + " (" + parameter.note + ")")
      }
    }
    lines += ["", "Example:"] + example.split(separator: "\n").map { "  " + $0 }
    return lines.joined(separator: "\n")
  }
}

extension Callable.Parameter {
  /// The default value in a few words.
  public var fallbackText: String {
    switch fallback {
    case .required: "needed"
    case .decided(let text): text
    case .value(let value): value.shortText
    }
  }

  /// The type and the default value.
  var note: String {
    if case .required = fallback { return type.description + (isPositional ? "" : "; needed") }
    return type.description + "; default: " + fallbackText
  }
}
