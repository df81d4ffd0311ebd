import Images
import KernelTypes

/// Values of one node for many images: [image][pixel][channel], as images lie, without padding.
package struct Activations: Sendable {
  package let shape: Shape
  package private(set) var values: [Float]
  package var count: Int { shape.count == 0 ? 0 : values.count / shape.count }

  /// Zeros.
  package init(shape: Shape, count: Int) {
    self.shape = shape
    values = [Float](repeating: 0, count: count * shape.count)
  }

  /// - Precondition: a whole number of images.
  package init(shape: Shape, values: [Float]) {
    precondition(shape.count > 0 && values.count % shape.count == 0)
    self.shape = shape
    self.values = values
  }

  /// Takes what a run has left at a node, for the first images of its batch, as that of the images from `first` on.
  package mutating func read(_ plan: Plan, node: Int, first: Int, count: Int) {
    read(plan, node, first, count) { $0.values(of: node) }
  }

  /// - Parameter place: where they are in a micro-batch.
  fileprivate mutating func read(
    _ plan: Plan, _ node: Int, _ first: Int, _ count: Int, place: (MicroBatch) -> MutableFloats?
  ) {
    let (size, channels) = (shape.count, shape.channels)
    values.withUnsafeMutableBufferPointer { values in
      guard let target = values.baseAddress else { return }
      for batch in plan.microBatches {
        guard let source = place(batch) else { continue }
        let (images, width) = (batch.images.count, shape.paddedChannels)
        let isMap = plan.graph.nodes[node].layout == .map
        plan.engine.parallel(max(0, min(images, count - batch.images.lowerBound))) { slot in
          let place = target + (first + batch.images.lowerBound + slot) * size
          if isMap {
            for p in 0..<shape.pixels {
              (place + p * channels).update(from: source + (p * images + slot) * width, count: channels)
            }
          } else {
            for i in 0..<size { place[i] = source[i * padded(images) + slot] }
          }
        }
      }
    }
  }
}

extension Plan {
  /// What a run has left at a node, for the first images of its batch: [image][pixel][channel].
  package func values(of node: Int, count: Int) -> [Float] {
    var result = Activations(shape: graph.nodes[node].shape, count: count)
    result.read(self, node: node, first: 0, count: count)
    return result.values
  }

  /// The loss's gradient at a source whose gradient is wanted, for the first images of the last run's batch:
  /// [image][pixel][channel].
  package func gradient(of source: Int, count: Int) -> [Float] {
    var result = Activations(shape: graph.nodes[source].shape, count: count)
    result.read(self, source, 0, count) { $0.gradient(of: source) }
    return result.values
  }
}
