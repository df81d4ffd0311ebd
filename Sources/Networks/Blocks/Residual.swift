import Images
import Tensors

/// The basic residual block (He et al., "Deep residual learning for image recognition", 2016): two 3×3 convolutions with
/// batch normalisation, and a shortcut around them. Where the shape changes, the shortcut is a 1×1 convolution with
/// batch normalisation; or it has no parameters: the mean of each stride × stride window, and channels of zeros.
package struct Residual: BlockKind {
  package var channels = 0
  package var stride = 1
  package var shortcut = Shortcut.projection

  package enum Shortcut: String, CaseIterable, Sendable, BlockArgumentValue {
    case projection
    /// Without parameters.
    case zeros
  }

  package init() {}

  package static let name = "residual"
  package static let documentation = "A basic block of ResNet: two convolutions 3×3 and a shortcut."
  package static let example = "residual(64, stride: 2)"
  package static var parameters: [BlockParameter<Self>] {
    [
      .first("channels", \.channels, BlockArgumentForm.width, "how many feature maps it makes"),
      .count("stride", \.stride, 1...16, "how far the kernel moves, in pixels"),
      .choice(
        "shortcut", \.shortcut, "where the shape changes: a 1×1 convolution, or means of windows and channels of zeros"),
    ]
  }

  package var title: String { "residual 3×3 + 3×3, stride \(stride)\(shortcut == .zeros ? ", shortcut of zeros" : "")" }

  /// Units: the first convolution, the second, and the shortcut's if it has one.
  package func stage(at site: BlockSite) throws(ShapeError) -> Stage {
    try requireMap(at: site)
    func unit(
      _ part: String, _ input: Shape, kernel: Int, stride: Int, _ activation: Activation
    ) throws(ShapeError) -> ConvolutionUnit {
      let geometry = try site.located { () throws(ShapeError) in
        try ConvolutionGeometry(convolving: input, kernel: kernel, stride: stride, channels: channels)
      }
      return ConvolutionUnit(
        "\(site.name)/\(part)", geometry, isNormalised: true, activation: activation, readsImage: false,
        makesImage: false, fanIn: input.channels * kernel * kernel)
    }
    let first = try unit("first", site.input, kernel: 3, stride: stride, .relu)
    let output = first.geometry.output
    var units = [first, try unit("second", output, kernel: 3, stride: 1, .none)]
    if shortcut == .zeros {
      guard channels >= site.input.channels else {
        throw refusal(
          at: site, "a shortcut of zeros adds channels: it cannot lead \(site.input.channels) to \(channels)")
      }
      guard windows.map({ (try? $0.output(of: site.input))?.pixels == output.pixels }) ?? true else {
        throw refusal(
          at: site,
          "a shortcut of zeros takes means of whole windows, into which \(site.input.height)×\(site.input.width) is not divided"
        )
      }
    } else if site.input != output {
      units.append(try unit("shortcut", site.input, kernel: 1, stride: stride, .none))
    }
    return Stage(self, at: site, output: output, units: units)
  }

  package func append(_ stage: TrainableStage, to graph: inout Graph, after node: Int, mode: Network.Mode) -> Int {
    let inner = stage.units[0].append(to: &graph, after: node, mode: mode)
    let main = stage.units[1].append(to: &graph, after: inner, mode: mode)
    let side = stage.units.dropFirst(2).first?.append(to: &graph, after: node, mode: mode)
    return graph.add(.sum(relu: true), main, side ?? plainShortcut(stage, to: &graph, after: node))
  }

  private var windows: PoolingWindows? { stride > 1 ? PoolingWindows(size: stride, stride: stride) : nil }

  /// The input itself, as small as the output and with as many channels.
  private func plainShortcut(_ stage: TrainableStage, to graph: inout Graph, after node: Int) -> Int {
    let means = windows.map { graph.add(.average($0), node) } ?? node
    let inputs = stage.form.input.channels
    if inputs == channels { return means }
    return graph.add(.selection(channels: (0..<channels).map { $0 < inputs ? $0 : nil }), means)
  }
}

extension Block {
  /// - Parameter isPlain: whether the shortcut has no parameters.
  public static func residual(channels: Int, stride: Int = 1, isPlain: Bool = false) -> Block {
    var block = Residual()
    block.channels = channels
    block.stride = stride
    if isPlain { block.shortcut = .zeros }
    return Block(block)
  }
}
