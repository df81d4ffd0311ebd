import Images
import Tensors

/// Each output from all inputs, with a bias if it is not to be without.
package struct Dense: BlockKind {
  /// None is the data set's number of classes; in a decoder's last block the image's number of values.
  package var outputs: Int?
  package var activation = Activation.none
  package var hasBias = true
  /// Makes the outputs a map of as many values.
  package var reshape: Shape?

  package init() {}

  package static let name = "dense"
  package static let documentation = "Every output sees every input."
  package static let example = "dense(classes)"
  package static var parameters: [BlockParameter<Self>] {
    [
      .first("outputs", \.outputs, orWord: .classes, "how many outputs; classes for the data set's number"),
      .activation(\.activation),
      .truth("bias", \.hasBias, "whether each output has a number of its own added"),
      .map(
        "reshape", \.reshape, valuesOf: "outputs", decided: "a vector",
        "channels, height and width of the map that the outputs become"),
    ]
  }

  package var title: String {
    "dense\(hasBias ? "" : " without bias")\(activation.suffix)\(reshape.map { " → \($0)" } ?? "")"
  }

  package var makesImage: Bool { activation == .sigmoid }

  /// A classifier's last layer is its logits.
  package func layerName(_ number: Int, at site: BlockSite) -> String {
    site.isLast && site.output == .classes ? "logits" : "\(Self.name)\(number)"
  }

  package func stage(at site: BlockSite) throws(ShapeError) -> Stage {
    let output: Shape
    if let reshape {
      output = reshape
    } else if let outputs {
      output = Shape(channels: outputs)
    } else if site.makesImage, case .image(let image) = site.output {
      output = image
    } else {
      output = Shape(channels: site.classes)
    }
    guard outputs.map({ $0 == output.count }) ?? true, output.channels > 0, output.pixels > 0 else {
      throw refusal(at: site, "\(outputs ?? 0) values cannot be arranged as \(output)")
    }
    guard hasBias || activation == .none else {
      throw refusal(at: site, "without a bias it has no activation either")
    }
    return try stage(
      at: site,
      ConvolutionUnit(
        site.name, ConvolutionGeometry(connecting: site.input, to: output), isNormalised: false, hasBias: hasBias,
        activation: activation, readsImage: site.readsImage, makesImage: site.makesImage, fanIn: site.input.count))
  }

  package func append(_ stage: TrainableStage, to graph: inout Graph, after node: Int, mode: Network.Mode) -> Int {
    stage.units[0].append(to: &graph, after: node, mode: mode)
  }
}

extension Block {
  public static func dense(
    outputs: Int?, activation: Activation = .none, bias: Bool = true, reshape: Shape? = nil
  ) -> Block {
    var block = Dense()
    block.outputs = outputs
    block.activation = activation
    block.hasBias = bias
    block.reshape = reshape
    return Block(block)
  }
}
