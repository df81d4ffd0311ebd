import Images
import Tensors

/// A graph of random operations between random shapes that a seed decides: every operation, in any order, with
/// branches that meet again, end in a loss, or end nowhere.
struct RandomGraph {
  var builder = GradientCase.Builder()
  let batch: Int
  /// Operations that were wanted beside the beginning and the losses.
  let length: Int
  private var random: Generator
  private var images = 0
  /// Maps that can go on.
  private var open: [Int] = []

  var graph: Graph { builder.graph }
  /// What learns: all but the parameters of normalisations with running statistics, and here and there another.
  private(set) var learnable: [Parameter] = []

  /// Whole numbers from a seed (Steele, Lea and Flood's SplitMix).
  struct Generator {
    var state: UInt64

    mutating func next(_ range: ClosedRange<Int>) -> Int {
      state &+= 0x9E37_79B9_7F4A_7C15
      var z = state
      z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
      z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
      z ^= z >> 31
      return range.lowerBound + Int(z % UInt64(range.count))
    }

    mutating func oneIn(_ count: Int) -> Bool { next(1...count) == 1 }
    mutating func element<Element>(_ list: [Element]) -> Element { list[next(0...list.count - 1)] }
  }

  init(seed: Int) throws {
    random = Generator(state: UInt64(seed))
    batch = random.element([1, 2, 3, 5, 7, 16, 17, 33, 64, 129, 300])
    length = random.next(2...(batch > 40 ? 5 : 9))
    let side = batch > 40 ? 6 : 11
    let shape = Shape(
      channels: random.next(1...3), height: random.next(3...side), width: random.next(3...side))
    images = builder.graph.add(.images(shape))
    if random.oneIn(3) {
      let code = Shape(channels: channels(), height: random.next(1...5), width: random.next(1...5))
      open.append(builder.graph.add(.activations(code)))
    } else {
      open.append(try convolution(images))
    }
    for _ in 0..<length { try grow() }
    try finish(shape)
    learnable = learning()
  }

  private mutating func channels() -> Int { random.oneIn(3) ? random.next(32...40) : random.next(1...20) }

  /// Mostly the newest map.
  private mutating func source() -> Int { random.oneIn(4) ? random.element(open) : open[open.count - 1] }

  private mutating func convolution(_ input: Int) throws -> Int {
    let shape = graph.nodes[input].shape
    if random.oneIn(6) || shape.count > 4000 { return builder.convolution(input, dense(from: shape)) }
    let (kernel, stride) = random.element([
      (3, 1), (3, 1), (3, 2), (3, 2), (3, 3), (1, 1), (1, 2), (2, 1), (4, 3), (5, 1), (5, 2), (7, 2),
    ])
    let padding = random.oneIn(4) ? random.next(0...kernel - 1) : kernel / 2
    guard min(shape.height, shape.width) + 2 * padding >= kernel else {
      return builder.convolution(input, dense(from: shape))
    }
    return builder.convolution(
      input,
      try ConvolutionGeometry(
        convolving: shape, kernel: kernel, stride: stride, padding: padding, channels: channels()))
  }

  private mutating func dense(from shape: Shape) -> ConvolutionGeometry {
    ConvolutionGeometry(
      connecting: shape, to: Shape(channels: random.next(1...20), height: random.next(1...3), width: random.next(1...3))
    )
  }

  private mutating func grow() throws {
    let input = source()
    let shape = graph.nodes[input].shape
    let node: Int
    switch random.next(0...11) {
    case 0, 1: node = try convolution(input)
    case 2 where shape.pixels <= 25:
      let (kernel, stride) = random.element([
        (5, 2), (5, 2), (3, 2), (2, 2), (3, 3), (4, 3), (5, 3), (3, 1), (4, 1), (7, 4),
      ])
      let (height, width) = (stride * shape.height, stride * shape.width)
      let cut =
        random.oneIn(2) ? nil : (random.next(max(1, height - 3)...height), random.next(max(1, width - 3)...width))
      node = builder.convolution(
        input,
        try ConvolutionGeometry(expanding: shape, kernel: kernel, stride: stride, channels: channels(), cutTo: cut))
    case 3,
      4 where batch * shape.pixels > 1:
      node = builder.normalisation(input, relu: !random.oneIn(3), batch: true)
    case 5: node = builder.normalisation(input, relu: random.oneIn(2), batch: false)
    case 6: node = builder.bias(input, random.oneIn(3) ? .none : .relu, perValue: random.oneIn(4))
    case 7:
      let stream = RandomStream(seed: UInt64(graph.nodes.count), purpose: "dropout")
      node = builder.graph.add(.dropout(rate: random.element([0, 0.3, 0.5]), stream: stream), input)
    case 8:
      node = builder.graph.add(.maximum(windows(in: shape)), input)
    case 9:
      node = builder.graph.add(.average(random.oneIn(2) ? PoolingWindows(whole: shape) : windows(in: shape)), input)
    case 10:
      let all = Array(0..<shape.channels)
      let first = random.next(0...shape.channels - 1)
      var some: [Int?] = (all[first...] + all[..<first]).prefix(random.next(1...shape.channels)).reversed()
      if random.oneIn(3) { some.insert(nil, at: random.next(0...some.count)) }
      node = builder.graph.add(.selection(channels: some), input)
    default:
      let others = open.filter { graph.nodes[$0].shape == shape }
      node = builder.graph.add(.sum(relu: random.oneIn(2)), input, random.element(others))
    }
    open.append(node)
  }

  private mutating func windows(in shape: Shape) -> PoolingWindows {
    let size = random.next(1...min(4, shape.height, shape.width))
    return PoolingWindows(size: size, stride: random.oneIn(2) ? size : random.next(1...size + 1))
  }

  private mutating func finish(_ shape: Shape) throws {
    if random.oneIn(2) {
      let input = source()
      let from = graph.nodes[input].shape
      let expanded = try ConvolutionGeometry(expanding: from, kernel: 5, stride: 2, channels: shape.channels)
      let same = try ConvolutionGeometry(convolving: from, kernel: 3, stride: 1, channels: shape.channels)
      let geometry = [expanded, same].first { $0.output == shape } ?? ConvolutionGeometry(connecting: from, to: shape)
      let image = builder.bias(
        builder.convolution(input, geometry, toImage: true), random.element([.sigmoid, .none, .relu]),
        perValue: random.oneIn(3))
      _ = builder.graph.add(.squaredError(weight: 0.3), image, images)
      if random.oneIn(2) { open.append(try convolution(image)) } else { return }
    }
    builder.classify(source())
  }

  private mutating func learning() -> [Parameter] {
    let fixed = graph.nodes.flatMap { node -> [Parameter] in
      if case .normalisation(let n, _, false) = node.operation { return [n.gamma, n.beta] }
      return []
    }
    let candidates = builder.parameters.filter { p in !fixed.contains { $0 === p } }
    let some = candidates.filter { _ in !random.oneIn(8) }
    return some.isEmpty ? candidates : some
  }
}
