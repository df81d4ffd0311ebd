import Images
import Tensors

/// What a network is made of: one of the kinds below with its arguments.
public struct Block: Hashable, Sendable {
  /// All kinds, in the order in which help lists them. A new one is its file and a line here.
  package static let kinds: [any BlockKind.Type] = [
    Convolution.self, Residual.self, Deconvolution.self, MaxPool.self, AveragePool.self, Dropout.self, Dense.self,
  ]

  package let kind: any BlockKind
  /// What the layer is called, if not by its kind and a number. It is for readers: blocks that differ in it alone are
  /// equal, and compute the same.
  package var name: String?

  package init(_ kind: any BlockKind) { self.kind = kind }

  public static func == (one: Block, other: Block) -> Bool { AnyHashable(one.kind) == AnyHashable(other.kind) }

  public func hash(into hasher: inout Hasher) { hasher.combine(AnyHashable(kind)) }

  /// As the language writes it, without its name: `conv(32, stride: 2)`.
  public var definition: String { kind.definition }

  /// As the language writes it.
  public var text: String {
    guard let name else { return definition }
    let arguments = definition.dropLast()
    return arguments + (arguments.hasSuffix("(") ? "" : ", ") + "name: \"\(name)\")"
  }
}

/// A kind of block. Its arguments, its shape rule, its parameters, how it is added to a graph, its title and its
/// definition in the language stand together in its file.
package protocol BlockKind: Hashable, Sendable {
  /// What the language calls it, and layers with a number behind it: `conv`.
  static var name: String { get }
  /// In the language's order, those without a label first.
  static var parameters: [BlockParameter<Self>] { get }
  /// One line for help.
  static var documentation: String { get }
  static var example: String { get }

  /// Its arguments' default values; those that have none are still to be set.
  init()

  /// What the layer table calls it, before its shapes are known: "conv 3×3, stride 2 → BatchNorm → ReLU".
  var title: String { get }
  /// Whether only a decoder can end in it, since it makes an image.
  var makesImage: Bool { get }
  /// The layer's name, if it is the so-manyth of its kind.
  func layerName(_ number: Int, at site: BlockSite) -> String
  /// The shape rule: what comes out, and what learns.
  func stage(at site: BlockSite) throws(ShapeError) -> Stage
  /// Adds the block behind a node of the graph and returns the node of its output.
  func append(_ stage: TrainableStage, to graph: inout Graph, after node: Int, mode: Network.Mode) -> Int
}

extension BlockKind {
  package var makesImage: Bool { false }

  package func layerName(_ number: Int, at site: BlockSite) -> String { "\(Self.name)\(number)" }

  var definition: String {
    let standard = Self()
    let arguments = Self.parameters.compactMap { parameter -> String? in
      let value = parameter.value(self)
      if !parameter.isPositional, value == parameter.value(standard) { return nil }
      guard let text = parameter.text(value) else { return nil }
      return parameter.isPositional ? text : "\(parameter.label): \(text)"
    }
    return "\(Self.name)(\(arguments.joined(separator: ", ")))"
  }

  /// The block with these arguments, and default values for the others.
  package static func make(_ arguments: [String: BlockArgument]) -> Block {
    var block = Self()
    for parameter in parameters { if let value = arguments[parameter.label] { parameter.set(&block, value) } }
    return Block(block)
  }

  func refusal(at site: BlockSite, _ reason: String) -> ShapeError {
    ShapeError(layer: site.label ?? site.name, operation: title, input: site.input, reason: reason)
  }

  /// Pools, dropout and residual blocks read maps; a network's first block makes the image one.
  func requireMap(at site: BlockSite) throws(ShapeError) {
    if site.readsImage { throw refusal(at: site, "a network must begin with a convolution or a dense layer") }
  }

  /// A block that is one convolution or dense layer.
  func stage(at site: BlockSite, _ unit: ConvolutionUnit) throws(ShapeError) -> Stage {
    if unit.activation == .sigmoid, !site.makesImage {
      throw refusal(at: site, "a sigmoid is for a decoder's last layer, whose values are grey tones from 0 to 1")
    }
    if site.makesImage, site.readsImage {
      throw refusal(at: site, "a network cannot be a single layer from image to image")
    }
    return Stage(self, at: site, output: unit.geometry.output, units: [unit])
  }
}

extension Activation {
  public var title: String {
    switch self {
    case .relu: "ReLU"
    case .sigmoid: "sigmoid"
    case .none: "none"
    }
  }

  /// " → ReLU", as a title goes on.
  var suffix: String { self == .none ? "" : " → \(title)" }
}
