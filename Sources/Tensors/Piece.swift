import KernelTypes

/// As many images of a batch as are worked on together: their part of every tensor, and the steps bound to it.
package final class Piece {
  /// Counted in the batch.
  package let images: Range<Int>
  let steps: [any Step]
  let losses: [any LossStep]
  /// Where each node's values stand.
  private let places: UnsafeMutablePointer<MutableFloats>
  private let labels: UnsafeMutablePointer<UnsafeMutablePointer<Int32>>
  private var front: Inputs
  /// What is filled while the plan runs; none if there is one place for inputs only.
  package private(set) var back: Inputs?

  /// - Parameter first: the batch's first piece, if this is another one.
  init(
    _ graph: Graph, images: Range<Int>, of wholeBatch: Int, _ schedule: Schedule, arena: FloatBuffer,
    workspace: FloatBuffer, inputs: [Inputs], gradients: Gradients, first: Piece?, memory: Memory
  ) {
    self.images = images
    front = inputs[0]
    back = inputs.count > 1 ? inputs[1] : nil
    let places = UnsafeMutablePointer<MutableFloats>.allocate(capacity: graph.nodes.count)
    for i in graph.nodes.indices {
      (places + i).initialize(to: inputs[0].places[i] ?? arena.start + schedule.valueOffsets[i])
    }
    self.places = places
    let labels = UnsafeMutablePointer<UnsafeMutablePointer<Int32>>.allocate(capacity: 1)
    labels.initialize(to: inputs[0].labels)
    self.labels = labels
    var steps: [any Step] = []
    for (i, node) in graph.nodes.enumerated() {
      func slot(_ n: Int, accumulates: Bool) -> Slot {
        Slot(
          shape: graph.nodes[n].shape, layout: graph.nodes[n].layout, place: places + n,
          gradient: schedule.gradientOffsets[n].map { arena.start + $0 }, accumulates: accumulates)
      }
      let wiring = Wiring(
        images: images, wholeBatch: wholeBatch,
        inputs: zip(node.inputs, schedule.accumulates[i]).map { slot($0, accumulates: $1) },
        output: slot(i, accumulates: false), scratch: arena.start + schedule.scratchOffsets[i],
        workspace: workspace.start, gradient: { gradients.buffer(of: $0) }, memory: memory)
      steps.append(node.operation.step(wiring, labels: labels, gradients: gradients, first: first?.steps[i]))
    }
    self.steps = steps
    losses = steps.compactMap { $0 as? any LossStep }
  }

  deinit {
    places.deallocate()
    labels.deallocate()
  }

  /// What belongs to this piece of a list with one element for each image of the batch.
  package func part(of list: ArraySlice<Int>) -> ArraySlice<Int> {
    list.dropFirst(images.lowerBound).prefix(images.count)
  }

  /// Where the values of the run are to be put.
  package var inputs: Inputs { front }

  /// Where a node's values are: a map or a planar batch, as its layout says.
  package func values(of node: Int) -> MutableFloats { places[node] }

  /// Lets what was filled while the plan ran be the inputs of the next run.
  func turn() {
    guard let back else { return }
    (front, self.back) = (back, front)
    for (node, place) in front.places.enumerated() { if let place { places[node] = place } }
    labels.pointee = front.labels
  }

  func crossEntropy(of image: Int) -> (loss: Float, probabilities: Floats)? {
    for case let step as CrossEntropyStep in losses { return (step.loss(image), step.probabilities(image)) }
    return nil
  }
}

/// Memory for what the caller fills in: the values of the nodes that have no inputs, and the labels.
package final class Inputs {
  /// How many images they are for.
  package let count: Int
  /// For each node of the graph; none for those that are computed.
  fileprivate let places: [MutableFloats?]
  package let labels: UnsafeMutablePointer<Int32>
  private let buffers: [FloatBuffer?]

  /// - Parameter other: inputs for at least as many images that are not needed at the same time: their memory is used.
  init(_ graph: Graph, count: Int, sharing other: Inputs?, memory: Memory) {
    self.count = count
    buffers =
      other?.buffers ?? graph.nodes.map { $0.inputs.isEmpty ? memory.floats($0.floats(batch: count)) : nil }
    places = buffers.map { $0?.start }
    labels = UnsafeMutablePointer<Int32>.allocate(capacity: count)
    labels.initialize(repeating: 0, count: count)
  }

  deinit { labels.deallocate() }

  /// Where a node's values go: a map or a planar batch, as its layout says.
  package func values(of node: Int) -> MutableFloats {
    guard let place = places[node] else { preconditionFailure("node \(node) is computed") }
    return place
  }
}

extension Graph.Node {
  /// How many floats the values for so many images take.
  func floats(batch: Int) -> Int {
    layout == .map ? shape.pixels * batch * shape.paddedChannels : shape.count * padded(batch)
  }
}
