/// What would go wrong if a plan ran with a schedule: at a moment, a buffer is read whose contents are no longer there,
/// or a step writes over what it reads itself.
package struct Conflict: Hashable, CustomStringConvertible {
  package enum Buffer: Hashable {
    case values(Int)
    case gradient(Int)
    case scratch(Int)
  }

  package let moment: Int
  package let buffer: Buffer
  package let reason: String

  package var description: String { "moment \(moment), \(buffer): \(reason)" }
}

extension Schedule {
  /// Goes through a run of the plan moment by moment, noting which buffer's contents lie where: whatever is written
  /// takes away what lay there, and whatever is read must still be whole. It trusts neither lifetimes nor classes, only
  /// the offsets and what operations say that they read and write.
  package func conflicts(_ graph: Graph, batch: Int, gradients: Gradients, keep: Set<Int> = []) -> [Conflict] {
    var memory = Contents(schedule: self, graph: graph, batch: batch, gradients: gradients)
    let end = 2 * graph.nodes.count - 1
    for (i, node) in graph.nodes.enumerated() where node.inputs.isEmpty { memory.write(.values(i), at: 0) }
    for (i, node) in graph.nodes.enumerated() where !node.inputs.isEmpty {
      for input in node.inputs { memory.read(.values(input), at: i) }
      memory.apart(.values(i), from: node.inputs.map { .values($0) }, inPlace: node.rules.overwritesInput, at: i)
      if case .both? = memory.scratch(i)?.use {
        memory.apart(.scratch(i), from: node.inputs.map { .values($0) } + [.values(i)], inPlace: false, at: i)
        memory.write(.scratch(i), at: i)
      }
      memory.write(.values(i), at: i)
    }
    for (i, node) in graph.nodes.enumerated().reversed() where gradientOffsets[i] != nil {
      backward(i, node, &memory, at: end - i, gradients)
    }
    for node in keep.sorted() { memory.read(.values(node), at: end + 1) }
    for node in gradients.sources.sorted() where gradientOffsets[node] != nil {
      memory.read(.gradient(node), at: end + 1)
    }
    return memory.conflicts
  }

  private func backward(
    _ i: Int, _ node: Graph.Node, _ memory: inout Contents, at moment: Int, _ gradients: Gradients
  ) {
    let rules = node.rules
    var read: [Conflict.Buffer] = []
    if rules.isLoss { memory.write(.gradient(i), at: moment) } else { read.append(.gradient(i)) }
    if rules.gradientReadsOutput { read.append(.values(i)) }
    if rules.gradientReadsInputs(gradients) { read += node.inputs.map { .values($0) } }
    switch memory.scratch(i)?.use {
    case .both: read.append(.scratch(i))
    case .backward:
      memory.apart(.scratch(i), from: read, inPlace: false, at: moment)
      memory.write(.scratch(i), at: moment)
    case nil: break
    }
    for buffer in read { memory.read(buffer, at: moment) }
    for (k, input) in node.inputs.prefix(rules.gradientsOfInputs).enumerated() where gradientOffsets[input] != nil {
      if accumulates[i][k] { memory.read(.gradient(input), at: moment) }
      let target = Conflict.Buffer.gradient(input)
      memory.apart(
        target, from: read.filter { $0 != .gradient(i) } + (memory.scratch(i) == nil ? [] : [.scratch(i)]),
        inPlace: false, at: moment)
      memory.apart(
        target, from: rules.isLoss ? [] : [.gradient(i)],
        inPlace: rules.overwritesGradient && k == 0 && !accumulates[i][k], at: moment)
      memory.write(target, at: moment)
    }
  }
}

/// Which buffers' contents are whole.
private struct Contents {
  let schedule: Schedule
  let graph: Graph
  let batch: Int
  let gradients: Gradients
  private var present: [Conflict.Buffer: Range<Int>] = [:]
  private(set) var conflicts: [Conflict] = []

  init(schedule: Schedule, graph: Graph, batch: Int, gradients: Gradients) {
    self.schedule = schedule
    self.graph = graph
    self.batch = batch
    self.gradients = gradients
  }

  func scratch(_ node: Int) -> Scratch? {
    guard let input = graph.nodes[node].inputs.first else { return nil }
    return graph.nodes[node].rules.scratch(graph.nodes[input], batch: batch, gradients)
  }

  private func range(_ buffer: Conflict.Buffer) -> Range<Int> {
    let (start, floats): (Int, Int)
    switch buffer {
    case .values(let i): (start, floats) = (schedule.valueOffsets[i], graph.nodes[i].floats(batch: batch))
    case .gradient(let i): (start, floats) = (schedule.gradientOffsets[i] ?? 0, graph.nodes[i].floats(batch: batch))
    case .scratch(let i): (start, floats) = (schedule.scratchOffsets[i], scratch(i)?.floats ?? 0)
    }
    return start..<start + floats
  }

  mutating func write(_ buffer: Conflict.Buffer, at moment: Int) {
    let range = range(buffer)
    if range.upperBound > schedule.arenaFloats {
      conflicts.append(Conflict(moment: moment, buffer: buffer, reason: "it is written beyond the end"))
    }
    present = present.filter { !$0.value.overlaps(range) }
    present[buffer] = range
  }

  mutating func read(_ buffer: Conflict.Buffer, at moment: Int) {
    if present[buffer] == nil {
      conflicts.append(Conflict(moment: moment, buffer: buffer, reason: "it is read, and something lies over it"))
    }
  }

  /// What a step writes must not lie over what it reads, unless it may work in place on the very first.
  mutating func apart(_ target: Conflict.Buffer, from sources: [Conflict.Buffer], inPlace: Bool, at moment: Int) {
    let place = range(target)
    for (k, source) in sources.enumerated() where range(source).overlaps(place) {
      if inPlace, k == 0, range(source) == place { continue }
      conflicts.append(Conflict(moment: moment, buffer: target, reason: "it is written over \(source), which is read"))
    }
  }
}

extension Graph {
  /// What would be overwritten too early in a plan's run: nothing, unless a rule is wrong.
  package func conflicts(batch: Int, gradients: Gradients = Gradients([]), keep: [Int] = []) -> [String] {
    Schedule(self, batch: batch, gradients: gradients, keep: Set(keep))
      .conflicts(self, batch: batch, gradients: gradients, keep: Set(keep)).map(\.description)
  }
}
