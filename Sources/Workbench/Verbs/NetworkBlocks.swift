import Images
import Interpreter
import Networks
import Tensors

/// The blocks that `network` takes.
func networkBlocks() -> [Callable] {
  let stride = Callable.Parameter.label(
    "stride", .integer(1...16), .value(.number(1)), "how far the kernel moves, in pixels")
  let activation = Callable.Parameter.label(
    "activation", .choice(["relu", "sigmoid", "none"]), .value(.string("relu")), "what follows the sums")
  let most = 1 << 16
  let channels = ParameterType.either([.integer(1...most), .object("number of channels")])
  return [
    Callable(
      .block, "conv",
      [
        .first("channels", channels, "how many feature maps it makes; channels for the image's"),
        .label("kernel", .integer(1...31), .value(.number(3)), "the kernel's side in pixels, odd"),
        stride,
        .label("norm", .boolean, .value(.boolean(true)), "whether BatchNorm follows"),
        activation,
      ],
      returns: "block", "Convolution → BatchNorm → ReLU; named conv1, conv2, …",
      example: "conv(32, kernel: 3, stride: 2)"
    ) { call throws(Fault) in
      try block(
        .convolution(
          channels: call.integer("channels"), kernel: try oddKernel(call), stride: call.integer("stride") ?? 1,
          normalised: call.truth("norm") ?? true, activation: activationOf(call)))
    },
    Callable(
      .block, "residual", [.first("channels", .integer(1...most), "how many feature maps it makes"), stride],
      returns: "block", "A basic block of ResNet: two convolutions 3×3 and a shortcut.",
      example: "residual(64, stride: 2)"
    ) { call throws(Fault) in
      try block(.residual(channels: call.integer("channels") ?? 1, stride: call.integer("stride") ?? 1))
    },
    Callable(
      .block, "deconv",
      [
        .first("channels", channels, "how many feature maps it makes; channels for the image's"),
        .label("kernel", .integer(1...31), .value(.number(5)), "the kernel's side in pixels, odd"),
        .label("stride", .integer(1...16), .value(.number(2)), "how many times larger the output is"),
        .label(
          "activation", .choice(["relu", "sigmoid", "none"]), .decided("relu; sigmoid for the image"),
          "what follows the sums"),
      ],
      returns: "block", "Transposed convolution, which enlarges; for decoders.",
      example: "deconv(64, kernel: 5, stride: 2)"
    ) { call throws(Fault) in
      let channels = call.integer("channels")
      return try block(
        .deconvolution(
          channels: channels, kernel: try oddKernel(call), stride: call.integer("stride") ?? 2,
          activation: call.has("activation") ? activationOf(call) : channels == nil ? .sigmoid : .relu))
    },
    Callable(
      .block, "pool", [.first("size", .integer(1...16), "the window's side in pixels", fallback: .value(.number(2)))],
      returns: "block", "The greatest value of each window.", example: "pool(2)"
    ) { call throws(Fault) in try block(.maxPool(size: call.integer("size") ?? 2)) },
    Callable(.block, "average", returns: "block", "The mean of each feature map.", example: "average()") {
      _ throws(Fault) in try block(.averagePool)
    },
    Callable(
      .block, "dropout", [.first("rate", .number(0...0.99), "the share of values that are left out in training")],
      returns: "block", "Leaves out values at random while training.", example: "dropout(0.5)"
    ) { call throws(Fault) in try block(.dropout(rate: call.number("rate") ?? 0)) },
    Callable(
      .block, "dense",
      [
        .first(
          "outputs", .either([.integer(1...most), .object("number of classes")]),
          "how many outputs; classes for the data set's number"),
        .label(
          "activation", .choice(["relu", "sigmoid", "none"]), .value(.string("none")), "what follows the sums"),
        .label(
          "reshape", .list(of: .integer(1...most)), .decided("a vector"),
          "channels, height and width of the map that the outputs become"),
      ],
      returns: "block", "Every output sees every input.", example: "dense(classes)"
    ) { call throws(Fault) in
      try block(
        .dense(outputs: call.integer("outputs"), activation: activationOf(call), reshape: try reshape(call)))
    },
  ]
}

/// The words that stand for what the context knows.
func placeholders() -> [Callable] {
  [
    (
      PlaceholderValue.Meaning.classes, "classes", "The data set's number of classes, in dense(classes).",
      "dense(classes)"
    ),
    (.channels, "channels", "The image's number of channels, in deconv(channels).", "deconv(channels)"),
    (.input, "input", "The images themselves, as a row of a grid.", "grid [input], of: garments.test[0...7]"),
  ].map { meaning, name, documentation, example in
    Callable(.constant, name, returns: meaning.rawValue, documentation, example: example) { _ in
      .object(PlaceholderValue(meaning: meaning))
    }
  }
}

private func block(_ block: Block) throws(Fault) -> Value { .object(BlockValue(block: block)) }

private func activationOf(_ call: Call) -> Activation {
  call.text("activation").flatMap { Activation(rawValue: $0) } ?? .none
}

/// The map that the outputs become, of as many values.
private func reshape(_ call: Call) throws(Fault) -> Shape? {
  guard call.has("reshape") else { return nil }
  let sides = call.elements("reshape").compactMap { if case .number(let side) = $0 { Int(side) } else { nil } }
  guard sides.count == 3, sides[0] * sides[1] * sides[2] == call.integer("outputs") else {
    throw Fault(
      .outOfRange, "'reshape:' takes channels, height and width of as many values as there are outputs",
      label: "not the number of outputs", help: "for example: dense(1024, reshape: [256, 2, 2])",
      at: .argument("reshape"))
  }
  return Shape(channels: sides[0], height: sides[1], width: sides[2])
}

private func oddKernel(_ call: Call) throws(Fault) -> Int {
  let kernel = call.integer("kernel") ?? 3
  guard kernel % 2 == 1 else {
    throw Fault(
      .outOfRange, "'kernel:' cannot be \(kernel)", label: "not odd",
      help: "a kernel has a middle: 1, 3, 5, …", at: .argument("kernel"))
  }
  return kernel
}
