/// When each tensor of a plan is needed, and so where it may lie. Moments are numbered: of n nodes, node i runs forward
/// at moment i, and backward at 2n − 1 − i.
///
/// Every node has up to three buffers: its values, the gradient of its values, and scratch memory. Two rules decide:
///
/// 1. A buffer may take another's place if an operation allows it and nothing reads the other one afterwards. Buffers
///    that follow each other in one place are a class of a union-find, and only its root has a place.
/// 2. Classes that live at the same time lie apart. A class lives from the first use of any member to the last.
///
/// `conflicts` proves for a given schedule that no buffer is overwritten while something still reads it.
package struct Schedule {
  package let valueOffsets: [Int]
  /// None where no gradient is wanted.
  package let gradientOffsets: [Int?]
  package let scratchOffsets: [Int]
  /// For each node and each of its inputs, whether its contribution to the input's gradient is added to what is there.
  let accumulates: [[Bool]]
  let arenaFloats: Int

  /// - Parameter sharing: whether buffers may use the same memory one after the other. Without it each has its own: the
  ///   same bits, which tests rely on.
  package init(_ graph: Graph, batch: Int, gradients: Gradients, keep: Set<Int>, sharing: Bool = true) {
    let uses = Uses(graph, gradients: gradients, keep: keep)
    let count = graph.nodes.count
    accumulates = uses.accumulates
    var places = Classes(count: 2 * count)
    for (i, node) in graph.nodes.enumerated() where sharing {
      guard let input = node.inputs.first else { continue }
      let rules = node.rules
      if rules.overwritesInput, uses.values[input].last <= i { places.join(i, input) }
      if rules.overwritesGradient, uses.gradients[i] != nil, uses.gradients[input] != nil, !accumulates[i][0] {
        places.join(count + i, count + input)
      }
    }

    var lifetimes = [Lifetime?](repeating: nil, count: 2 * count)
    for (i, node) in graph.nodes.enumerated() {
      let floats = node.floats(batch: batch)
      for (buffer, use) in [(i, uses.values[i]), (count + i, uses.gradients[i])] {
        guard let use else { continue }
        let root = places.root(buffer)
        let known = lifetimes[root]
        lifetimes[root] = Lifetime(
          floats: max(floats, known?.floats ?? 0), first: min(use.first, known?.first ?? use.first),
          last: max(use.last, known?.last ?? use.last))
      }
    }
    let scratch = graph.nodes.indices.map { uses.scratch(of: $0, graph, batch: batch, gradients) }
    let nothing = Lifetime(floats: 0, first: 0, last: 0)
    let (offsets, total) = placed((lifetimes + scratch).map { $0 ?? nothing }, sharing: sharing)
    arenaFloats = total
    valueOffsets = (0..<count).map { offsets[places.root($0)] }
    gradientOffsets = (0..<count).map { uses.gradients[$0] == nil ? nil : offsets[places.root(count + $0)] }
    scratchOffsets = (0..<count).map { offsets[2 * count + $0] }
  }

  /// For tests of the checker: the same with some buffers elsewhere.
  package init(_ other: Schedule, valueOffsets: [Int], gradientOffsets: [Int?], scratchOffsets: [Int]) {
    self.valueOffsets = valueOffsets
    self.gradientOffsets = gradientOffsets
    self.scratchOffsets = scratchOffsets
    accumulates = other.accumulates
    arenaFloats = other.arenaFloats
  }
}

/// Which buffers a graph needs, and from which moment to which.
private struct Uses {
  typealias Use = (first: Int, last: Int)

  private(set) var values: [Use]
  /// None where no gradient is wanted: nothing that learns has gone into the node, or no loss comes after it.
  private(set) var gradients: [Use?]
  let accumulates: [[Bool]]

  init(_ graph: Graph, gradients buffers: Gradients, keep: Set<Int>) {
    let nodes = graph.nodes
    let end = 2 * nodes.count - 1
    var learns = nodes.enumerated().map { i, node in
      buffers.sources.contains(i) || node.rules.learnable.contains { buffers.buffer(of: $0) != nil }
    }
    for (i, node) in nodes.enumerated() where node.inputs.contains(where: { learns[$0] }) { learns[i] = true }
    var reachesLoss = nodes.map(\.rules.isLoss)
    for (i, node) in nodes.enumerated().reversed() where reachesLoss[i] {
      for input in node.inputs.prefix(node.rules.gradientsOfInputs) { reachesLoss[input] = true }
    }
    let wanted = nodes.indices.map { learns[$0] && reachesLoss[$0] }

    values = nodes.enumerated().map { i, node in
      // Inputs are filled before the run.
      (node.inputs.isEmpty ? 0 : i, keep.contains(i) ? end : i)
    }
    gradients = nodes.indices.map { wanted[$0] ? (end - $0, buffers.sources.contains($0) ? end : end - $0) : nil }
    for (i, node) in nodes.enumerated() {
      let back = end - i
      for input in node.inputs { values[input].last = max(values[input].last, i) }
      guard wanted[i] else { continue }
      if node.rules.gradientReadsOutput { values[i].last = max(values[i].last, back) }
      if node.rules.gradientReadsInputs(buffers) {
        for input in node.inputs { values[input].last = max(values[input].last, back) }
      }
      // A gradient lives from the last consumer's backward pass to the node's own.
      for input in node.inputs.prefix(node.rules.gradientsOfInputs) {
        if let use = gradients[input] { gradients[input] = (min(use.first, back), use.last) }
      }
    }

    // Backward runs from the last node to the first: whoever comes first writes, the others add.
    var written = [Bool](repeating: false, count: nodes.count)
    var accumulates = nodes.map { $0.inputs.map { _ in false } }
    for (i, node) in nodes.enumerated().reversed() where wanted[i] {
      for (k, input) in node.inputs.prefix(node.rules.gradientsOfInputs).enumerated() where wanted[input] {
        accumulates[i][k] = written[input]
        written[input] = true
      }
    }
    self.accumulates = accumulates
  }

  func scratch(of node: Int, _ graph: Graph, batch: Int, _ buffers: Gradients) -> Lifetime? {
    guard let input = graph.nodes[node].inputs.first,
      let scratch = graph.nodes[node].rules.scratch(graph.nodes[input], batch: batch, buffers)
    else { return nil }
    let back = gradients[node] == nil ? nil : 2 * graph.nodes.count - 1 - node
    switch scratch.use {
    case .backward: return back.map { Lifetime(floats: scratch.floats, first: $0, last: $0) }
    case .both: return Lifetime(floats: scratch.floats, first: node, last: back ?? node)
    }
  }
}

/// Numbers in classes: a union-find.
private struct Classes {
  private var parents: [Int]

  init(count: Int) { parents = Array(0..<count) }

  func root(_ member: Int) -> Int {
    var member = member
    while parents[member] != member { member = parents[member] }
    return member
  }

  mutating func join(_ a: Int, _ b: Int) { parents[root(a)] = root(b) }
}

extension Graph.Node {
  /// How many floats the values for so many images take.
  func floats(batch: Int) -> Int {
    layout == .map ? shape.pixels * batch * shape.paddedChannels : shape.count * padded(batch)
  }
}
