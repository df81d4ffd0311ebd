import Images
import Tensors

/// An architecture for a given input and output: all its shapes, and no memory. What does not fit, or would be too large
/// for any machine, is refused here, before anything is allocated for it.
package struct Blueprint: Sendable {
  package let architecture: Architecture
  package let input: Shape
  package let output: NetworkOutput
  package let layers: [Layer]
  let stages: [Stage]

  package static let maximumBlocks = 1000
  /// Numbers to learn.
  package static let maximumParameters = 100_000_000
  /// Values of all layers for `imagesTogether` images.
  package static let maximumActivations = 1 << 30

  /// A larger batch is worked on in parts.
  package static let imagesTogether = Plan.microBatchSize

  /// - Parameter readsImage: whether the input is a planar image (a classifier's) or a map (a decoder's).
  package init(
    _ architecture: Architecture, input: Shape, classes: Int, output: NetworkOutput, readsImage: Bool = true
  ) throws(ShapeError) {
    self.architecture = architecture
    self.input = input
    self.output = output
    let blocks = architecture.blocks
    func refusal(_ reason: String) -> ShapeError { ShapeError(operation: "network", input: input, reason: reason) }
    if blocks.isEmpty { throw refusal("it has no blocks") }
    guard blocks.count <= Self.maximumBlocks else {
      throw refusal("it has \(blocks.count) blocks, more than \(Self.maximumBlocks)")
    }
    var stages: [Stage] = []
    var numbers: [String: Int] = [:]
    for (i, block) in blocks.enumerated() {
      var site = BlockSite(
        input: stages.last?.output ?? input, readsImage: readsImage && i == 0,
        isLast: i == blocks.count - 1, output: output, classes: classes)
      let name = type(of: block.kind).name
      numbers[name, default: 0] += 1
      site.name = block.kind.layerName(numbers[name] ?? 1, at: site)
      site.label = block.name
      stages.append(try block.kind.stage(at: site))
      try Self.checkSize(of: stages)
    }
    if let last = stages.last { try Self.check(last, makes: output, of: classes) }
    self.stages = stages
    let visible = stages.filter(\.isLayer)
    let labels = visible.map(\.label)
    if let twice = visible.indices.first(where: { labels[..<$0].contains(labels[$0]) }) {
      throw visible[twice].error("two layers are called '\(labels[twice])'")
    }
    layers = visible.enumerated().map { i, stage in
      Layer(
        index: i - visible.count, name: stage.label, block: stage.block.title, output: stage.output,
        parameters: stage.parameterCount, multiplyAdds: stage.multiplyAdds)
    }
  }

  /// Refuses what is too large, naming the stage that most of it is for.
  private static func checkSize(of stages: [Stage]) throws(ShapeError) {
    let parameters = stages.reduce(0) { $0 + $1.parameterCount }
    if parameters > maximumParameters, let most = stages.max(by: { $0.parameterCount < $1.parameterCount }) {
      throw most.error(
        "with its \(most.parameterCount) numbers to learn the network has more than \(maximumParameters)")
    }
    let values = stages.reduce(0) { $0 + $1.output.count }
    if values > maximumActivations / imagesTogether,
      let most = stages.max(by: { $0.output.count < $1.output.count })
    {
      let output = most.output
      let remedy =
        output.channels > output.pixels
        ? "take fewer than its \(output.channels) channels" : "take smaller images, with size:"
      throw most.error("\(imagesTogether) times its \(output) values fill more memory than they should: \(remedy)")
    }
  }

  /// The network as a whole must end in what is asked of it.
  private static func check(_ last: Stage, makes output: NetworkOutput, of classes: Int) throws(ShapeError) {
    switch output {
    case .classes:
      guard last.isLayer, last.output == Shape(channels: classes) else {
        throw last.error(
          "a classifier of \(classes) classes must end in \(classes) values, and this one ends in \(last.output)")
      }
      guard let unit = last.units.first, last.units.count == 1, unit.activation == .none, !unit.isNormalised else {
        throw last.error("a classifier must end in a dense layer without activation, whose values are the logits")
      }
    case .image(let image):
      guard last.output == image else {
        throw last.error("the decoder must end in an image of \(image), and this one ends in \(last.output)")
      }
      guard last.units.count == 1 else {
        throw last.error("the decoder must end in a convolution, a transposed convolution or a dense layer")
      }
    }
  }
}
