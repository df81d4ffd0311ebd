import KernelTypes

/// As many images of a batch as are worked on together: their part of every tensor, and the steps bound to it.
package final class Piece {
  /// Counted in the batch.
  package let images: Range<Int>
  /// One for each of the piece's images, to be filled in before a run with a cross-entropy.
  package let labels: UnsafeMutablePointer<Int32>
  let steps: [any Step]
  let losses: [any LossStep]
  private let values: [MutableFloats]

  /// - Parameter first: the batch's first piece, if this is another one.
  init(
    _ graph: Graph, images: Range<Int>, of wholeBatch: Int, _ schedule: Schedule, arena: FloatBuffer,
    workspace: FloatBuffer, gradients: Gradients, first: Piece?, memory: Memory, threads: Int
  ) {
    self.images = images
    let labels = UnsafeMutablePointer<Int32>.allocate(capacity: images.count)
    labels.initialize(repeating: 0, count: images.count)
    self.labels = labels
    values = graph.nodes.indices.map { arena.start + schedule.valueOffsets[$0] }
    var steps: [any Step] = []
    for (i, node) in graph.nodes.enumerated() {
      func slot(_ n: Int, accumulates: Bool) -> Slot {
        Slot(
          shape: graph.nodes[n].shape, layout: graph.nodes[n].layout, values: arena.start + schedule.valueOffsets[n],
          gradient: schedule.gradientOffsets[n].map { arena.start + $0 }, accumulates: accumulates)
      }
      let wiring = Wiring(
        images: images, wholeBatch: wholeBatch,
        inputs: zip(node.inputs, schedule.accumulates[i]).map { slot($0, accumulates: $1) },
        output: slot(i, accumulates: false), scratch: arena.start + schedule.scratchOffsets[i],
        workspace: workspace.start, gradient: { gradients.buffer(of: $0) }, memory: memory, threads: threads)
      steps.append(node.operation.step(wiring, labels: labels, gradients: gradients, first: first?.steps[i]))
    }
    self.steps = steps
    losses = steps.compactMap { $0 as? any LossStep }
  }

  deinit { labels.deallocate() }

  /// Where a node's values are: a map or a planar batch, as its layout says.
  package func values(of node: Int) -> MutableFloats { values[node] }

  /// What belongs to this piece of a list with one element for each image of the batch.
  package func part(of list: ArraySlice<Int>) -> ArraySlice<Int> {
    list.dropFirst(images.lowerBound).prefix(images.count)
  }

  func crossEntropy(of image: Int) -> (loss: Float, probabilities: Floats)? {
    for case let step as CrossEntropyStep in losses { return (step.loss(image), step.probabilities(image)) }
    return nil
  }
}
