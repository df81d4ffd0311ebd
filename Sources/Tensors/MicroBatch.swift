import KernelTypes

/// As many images of a batch as are worked on together: their part of every tensor, and the steps bound to it.
package final class MicroBatch {
  /// Counted in the batch.
  package let images: Range<Int>
  /// One for each of its images.
  let labels: UnsafeMutablePointer<Int32>
  let steps: [any Step]
  let losses: [any LossStep]
  let reductions: [(node: Int, step: any BatchReductionStep)]
  private let values: [MutableFloats]
  private let gradients: [MutableFloats?]

  /// - Parameter first: the batch's first micro-batch, if this is another one.
  init(
    _ graph: Graph, images: Range<Int>, of wholeBatch: Int, _ schedule: Schedule, arena: FloatBuffer,
    workspace: FloatBuffer, gradients: Gradients, first: MicroBatch?, memory: Memory, threads: Int
  ) {
    self.images = images
    let labels = UnsafeMutablePointer<Int32>.allocate(capacity: images.count)
    labels.initialize(repeating: 0, count: images.count)
    self.labels = labels
    values = schedule.valueOffsets.map { arena.start + $0 }
    self.gradients = schedule.gradientOffsets.map { offset in offset.map { arena.start + $0 } }
    var steps: [any Step] = []
    var losses: [any LossStep] = []
    var reductions: [(node: Int, step: any BatchReductionStep)] = []
    let sums = ReductionSums()
    for (i, node) in graph.nodes.enumerated() {
      func tensor(_ n: Int, accumulates: Bool) -> TensorBinding {
        TensorBinding(
          shape: graph.nodes[n].shape, layout: graph.nodes[n].layout, values: arena.start + schedule.valueOffsets[n],
          gradient: schedule.gradientOffsets[n].map { arena.start + $0 }, accumulates: accumulates)
      }
      let bindings = Bindings(
        images: images, wholeBatch: wholeBatch,
        inputs: zip(node.inputs, schedule.accumulates[i]).map { tensor($0, accumulates: $1) },
        output: tensor(i, accumulates: false), scratch: arena.start + schedule.scratchOffsets[i],
        workspace: workspace.start, sums: sums, gradient: { gradients.buffer(of: $0) }, memory: memory, threads: threads
      )
      let bound = node.rules.step(bindings, StepContext(labels: labels, first: first?.steps[i]))
      steps.append(bound.step)
      switch bound {
      case .plain: break
      case .reducing(let step): reductions.append((i, step))
      case .loss(let step): losses.append(step)
      }
    }
    sums.take(from: memory)
    self.steps = steps
    self.losses = losses
    self.reductions = reductions
  }

  deinit { labels.deallocate() }

  /// Where a node's values are: a map or a planar batch, as its layout says.
  func values(of node: Int) -> MutableFloats { values[node] }
  /// The same of its gradient, if there is one.
  func gradient(of node: Int) -> MutableFloats? { gradients[node] }

  /// What belongs to this micro-batch of a list with one element for each image of the batch.
  func part(of list: ArraySlice<Int>) -> ArraySlice<Int> {
    list.dropFirst(images.lowerBound).prefix(images.count)
  }
}
