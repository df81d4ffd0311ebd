/// When each tensor of a plan is needed, and so where it may lie. Moments are numbered: node i runs forward at moment
/// i, and backward at 2n − 1 − i.
struct Schedule {
  let valueOffsets: [Int]
  /// None where no gradient is wanted.
  let gradientOffsets: [Int?]
  let scratchOffsets: [Int]
  /// For each node and each of its inputs, whether its contribution to the input's gradient is added to what is there.
  let accumulates: [[Bool]]
  let arenaFloats: Int

  init(_ graph: Graph, batch: Int, gradients: Gradients, keep: Set<Int>) {
    let nodes = graph.nodes
    let count = nodes.count
    let training = !gradients.isEmpty

    // A gradient is wanted of whatever something that learns has gone into.
    var wanted = [Bool](repeating: false, count: count)
    for (i, node) in nodes.enumerated() {
      wanted[i] =
        node.operation.learnable.contains { gradients.buffer(of: $0) != nil } || node.inputs.contains { wanted[$0] }
    }
    var consumers = [[Int]](repeating: [], count: count)
    for (i, node) in nodes.enumerated() { for input in node.inputs { consumers[input].append(i) } }

    // An operation may work in place if it is the only one to read its input, and nobody needs the input's values
    // afterwards.
    var root = Array(0..<count)
    var gradientRoot = Array(0..<count)
    for (i, node) in nodes.enumerated() where node.operation.worksInPlace {
      let input = node.inputs[0]
      guard consumers[input].count == 1, !keep.contains(input) else { continue }
      if !(training && wanted[input] && nodes[input].operation.needsOutput) {
        root[i] = root[input]
      }
      gradientRoot[i] = gradientRoot[input]
    }
    // A normalisation reads its input again in its gradient, but its gradients can share one buffer.
    for (i, node) in nodes.enumerated() {
      if case .normalisation = node.operation, consumers[node.inputs[0]].count == 1 {
        gradientRoot[i] = gradientRoot[node.inputs[0]]
      }
    }

    var firstUse = [Int](repeating: Int.max, count: count)
    var lastUse = [Int](repeating: 0, count: count)
    func touch(_ node: Int, _ moment: Int) {
      firstUse[root[node]] = min(firstUse[root[node]], moment)
      lastUse[root[node]] = max(lastUse[root[node]], moment)
    }
    let end = 2 * count - 1
    for (i, node) in nodes.enumerated() {
      touch(i, i)
      for input in node.inputs { touch(input, i) }
      if keep.contains(i) {
        touch(i, 0)
        touch(i, end)
      }
      guard training, wanted[i] else { continue }
      if node.operation.needsOutput { touch(i, end - i) }
      if node.operation.needsInputs(gradients) { for input in node.inputs { touch(input, end - i) } }
    }

    // Inputs are filled before the run.
    for (i, node) in nodes.enumerated() where node.inputs.isEmpty { touch(i, 0) }

    // A gradient lives from its last consumer's backward pass to its own.
    var gradientFirst = [Int](repeating: Int.max, count: count)
    var gradientLast = [Int](repeating: 0, count: count)
    if training {
      for i in 0..<count where wanted[i] {
        let start = consumers[i].map { end - $0 }.min() ?? end - i
        gradientFirst[gradientRoot[i]] = min(gradientFirst[gradientRoot[i]], start)
        gradientLast[gradientRoot[i]] = max(gradientLast[gradientRoot[i]], end - i)
      }
    }
    accumulates = nodes.indices.map { i in
      nodes[i].inputs.map { input in
        // Backward runs from the last consumer to the first: the last one writes, the others add.
        consumers[input].contains { $0 > i && wanted[$0] }
      }
    }

    var lifetimes: [Lifetime] = []
    for (i, node) in nodes.enumerated() {
      lifetimes.append(
        Lifetime(floats: root[i] == i ? node.floats(batch: batch) : 0, first: firstUse[i], last: lastUse[i]))
    }
    for (i, node) in nodes.enumerated() {
      let own = training && wanted[i] && gradientRoot[i] == i
      lifetimes.append(
        Lifetime(floats: own ? node.floats(batch: batch) : 0, first: gradientFirst[i], last: gradientLast[i]))
    }
    for (i, node) in nodes.enumerated() {
      let input = node.inputs.first.map { nodes[$0] }
      lifetimes.append(
        node.operation.scratch(
          input: input, batch: batch, gradients, forward: i, backward: training && wanted[i] ? end - i : i))
    }
    let (offsets, total) = placed(lifetimes)
    arenaFloats = total
    valueOffsets = (0..<count).map { offsets[root[$0]] }
    gradientOffsets = (0..<count).map { training && wanted[$0] ? offsets[count + gradientRoot[$0]] : nil }
    scratchOffsets = (0..<count).map { offsets[2 * count + $0] }
  }
}

extension Operation {
  /// Whether the output may take the place of the first input.
  fileprivate var worksInPlace: Bool {
    switch self {
    case .bias, .dropout: return true
    case .normalisation(_, _, let batchStatistics): return !batchStatistics
    default: return false
    }
  }

  /// Whether the gradient reads the output's values.
  fileprivate var needsOutput: Bool {
    switch self {
    case .bias(_, let activation): return activation != .none
    case .normalisation(_, let relu, let batchStatistics): return relu && !batchStatistics
    case .sum(let relu): return relu
    default: return false
    }
  }

  /// Whether the gradient reads the inputs' values.
  fileprivate func needsInputs(_ gradients: Gradients) -> Bool {
    switch self {
    case .convolution(_, let weights, _): return gradients.buffer(of: weights) != nil
    case .squaredError: return true
    case .normalisation(_, _, let batchStatistics): return batchStatistics
    default: return false
    }
  }

  /// Memory that the step needs besides its inputs and outputs, and when.
  fileprivate func scratch(
    input: Graph.Node?, batch: Int, _ gradients: Gradients, forward: Int, backward: Int
  ) -> Lifetime {
    let none = Lifetime(floats: 0, first: forward, last: forward)
    guard let input else { return none }
    switch self {
    case .convolution(let geometry, let weights, let toImage) where toImage || input.layout == .image:
      guard gradients.buffer(of: weights) != nil else { return none }
      let floats = ImageConvolution.scratch(geometry, toImage: toImage, batch: batch)
      return Lifetime(floats: floats, first: backward, last: backward)
    case .maximum(let size):
      let floats = input.shape.pixels / (size * size) * batch * input.shape.paddedChannels
      return Lifetime(floats: floats, first: forward, last: backward)
    case .crossEntropy:
      return Lifetime(floats: batch * input.shape.paddedChannels, first: forward, last: backward)
    default: return none
    }
  }
}

extension Graph.Node {
  /// How many floats the values for so many images take.
  fileprivate func floats(batch: Int) -> Int {
    layout == .map ? shape.pixels * batch * shape.paddedChannels : shape.count * padded(batch)
  }
}
