import Images
import Interpreter
import Networks
import Tensors
import Text

/// The blocks that `network` takes, as each kind describes itself.
func networkBlocks() -> [Callable] { Block.kinds.map { declaration(of: $0) } }

private func declaration<Kind: BlockKind>(of kind: Kind.Type) -> Callable {
  let parameters = Kind.parameters
  let name = Callable.Parameter.label(
    "name", .string, .decided("its kind and a number"), "what the layer is called, as in layer: \"stem\"")
  return Callable(
    .block, Kind.name, parameters.map { $0.declaration } + [name], returns: "block", Kind.documentation,
    example: Kind.example
  ) { call throws(Fault) in
    var arguments: [String: BlockArgument] = [:]
    for parameter in parameters { arguments[parameter.label] = try parameter.form.argument(parameter.label, of: call) }
    var block = Kind.make(arguments)
    block.name = call.text("name")
    if let name = block.name, !name.isTypeable {
      throw WorkbenchMistake.layerName(name).fault(at: .argument("name"))
    }
    return .object(BlockValue(block: block))
  }
}

extension BlockParameter where Kind: BlockKind {
  fileprivate var declaration: Callable.Parameter {
    let standard = hasDefault ? value(Kind()) : nil
    let fallback: Callable.Parameter.Default =
      standard.map { .value($0.value) } ?? decided.map { .decided($0) } ?? .required
    return isPositional
      ? .first(label, form.type, documentation, fallback: fallback)
      : .label(label, form.type, fallback, documentation)
  }
}

extension BlockArgument {
  fileprivate var value: Value {
    switch self {
    case .count(let count): .number(Double(count))
    case .number(let number): .number(number)
    case .truth(let truth): .boolean(truth)
    case .activation(let activation): .string(activation.rawValue)
    case .word(let word): .string(word)
    case .sides(let sides): .list([sides.height, sides.width].map { .number(Double($0)) })
    case .map(let shape): .list([shape.channels, shape.height, shape.width].map { .number(Double($0)) })
    }
  }
}

extension BlockArgumentForm {
  fileprivate var type: ParameterType {
    switch self {
    case .count(let range), .oddCount(let range): .integer(range)
    case .countOrWord(let range, .classes):
      .either([.integer(range), .object(ClassesWord.self)])
    case .countOrWord(let range, .channels):
      .either([.integer(range), .object(ChannelsWord.self)])
    case .number(let range): .number(range)
    case .truth: .boolean
    case .activation: .choice(Activation.allCases.map(\.rawValue))
    case .choice(let words): .choice(words)
    case .map: .list(of: .integer(Self.width))
    case .sides(let range): .either([.integer(range), .list(of: .integer(range))])
    }
  }

  /// What is given at a label; nothing where it is left out, or a word stands for it.
  fileprivate func argument(_ label: String, of call: Call) throws(Fault) -> BlockArgument? {
    switch self {
    case .count, .countOrWord: return call.integer(label).map { .count($0) }
    case .oddCount:
      guard let count = call.integer(label) else { return nil }
      guard count % 2 == 1 else {
        throw Fault(
          .outOfRange, "'\(label):' cannot be \(count)", label: "not odd",
          help: "a kernel has a middle: 1, 3, 5, …", at: .argument(label))
      }
      return .count(count)
    case .number: return call.number(label).map { .number($0) }
    case .truth: return call.truth(label).map { .truth($0) }
    case .activation: return call.text(label).flatMap { Activation(rawValue: $0) }.map { .activation($0) }
    case .choice: return call.text(label).map { .word($0) }
    case .sides(let range):
      guard call.has(label) else { return nil }
      if let side = call.integer(label) { return .sides(MapSides(height: side, width: side)) }
      let sides = call.elements(label).compactMap { if case .number(let side) = $0 { Int(side) } else { nil } }
      guard sides.count == 2 else {
        throw Fault(
          .outOfRange, "'\(label):' takes a side or [height, width], not \(counted(sides.count, "number"))",
          label: "not two numbers",
          help: "for example: \(label): [\(min(7, range.upperBound)), \(min(9, range.upperBound))]",
          at: .argument(label))
      }
      return .sides(MapSides(height: sides[0], width: sides[1]))
    case .map(let counted):
      guard call.has(label) else { return nil }
      let sides = call.elements(label).compactMap { if case .number(let side) = $0 { Int(side) } else { nil } }
      guard sides.count == 3, sides[0] * sides[1] * sides[2] == call.integer(counted) else {
        throw Fault(
          .outOfRange, "'\(label):' takes channels, height and width of as many values as there are \(counted)",
          label: "not the number of \(counted)", help: "for example: dense(1024, reshape: [256, 2, 2])",
          at: .argument(label))
      }
      return .map(Shape(channels: sides[0], height: sides[1], width: sides[2]))
    }
  }
}

/// The words that stand for what the context knows.
func placeholders() -> [Callable] {
  func word(_ name: String, _ value: any DomainObject, _ documentation: String, example: String) -> Callable {
    Callable(.constant, name, returns: value.kind.noun, documentation, example: example) { _ in .object(value) }
  }
  return [
    word(
      "classes", ClassesWord(), "The data set's number of classes, in dense(classes).", example: "dense(classes)"),
    word(
      "channels", ChannelsWord(), "The image's number of channels, in deconv(channels).", example: "deconv(channels)"),
    word(
      "input", InputWord(), "The images themselves, as a row of a grid.",
      example: "grid [input], of: garments.test[0...7]"),
  ]
}
