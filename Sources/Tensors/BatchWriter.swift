import Images
import KernelTypes

/// 0, 1/255, …, 1, each rounded once.
private let greys: [Float] = (0...255).map { Float($0) / 255 }

/// What batches are put into a plan from: images with their labels, and activations that were computed before.
package struct BatchWriter: Sendable {
  /// Values of one of the graph's nodes for all images: [image][pixel][channel].
  private struct Source: Sendable {
    let node: Int
    let pixels: LabelledImages.Pixels
  }

  private let labels: [UInt8]
  private let sources: [Source]

  /// - Parameters:
  ///   - node: the one that the images are put into.
  ///   - activations: values for as many images, and the node that they are put into.
  package init(_ images: LabelledImages, node: Int, activations: (values: Activations, node: Int)? = nil) {
    labels = images.labels
    sources =
      [Source(node: node, pixels: images.pixels)]
      + (activations.map { [Source(node: $0.node, pixels: .floats($0.values.values))] } ?? [])
  }

  /// - Parameter values: of nodes by their numbers.
  package init(labels: [UInt8], _ values: [Int: Activations]) {
    self.labels = labels
    sources = values.sorted { $0.key < $1.key }.map { Source(node: $0.key, pixels: .floats($0.value.values)) }
  }

  /// Puts the images with these numbers into a micro-batch of a graph.
  func write(_ images: ArraySlice<Int>, to batch: MicroBatch, of graph: Graph, engine: Engine) {
    for (slot, image) in images.enumerated() { batch.labels[slot] = Int32(labels[image]) }
    for source in sources {
      let target = batch.values(of: source.node)
      let (shape, layout) = (graph.nodes[source.node].shape, graph.nodes[source.node].layout)
      switch (source.pixels, layout) {
      case (.bytes(let values), .image):
        values.withUnsafeBufferPointer { values in
          greys.withUnsafeBufferPointer { greys in
            planar(images, shape, target, engine) { greys[Int(values[$0])] }
          }
        }
      case (.floats(let values), .image):
        values.withUnsafeBufferPointer { values in planar(images, shape, target, engine) { values[$0] } }
      case (.bytes(let values), .map):
        values.withUnsafeBufferPointer { values in
          greys.withUnsafeBufferPointer { greys in
            map(images, shape, target, engine) { place, from, count in
              for c in 0..<count { place[c] = greys[Int(values[from + c])] }
            }
          }
        }
      case (.floats(let values), .map):
        values.withUnsafeBufferPointer { values in
          guard let values = values.baseAddress else { return }
          map(images, shape, target, engine) { place, from, count in place.update(from: values + from, count: count) }
        }
      }
    }
  }

  /// Values of one task: images are transposed by stretches, so that what is written stays in the first-level cache.
  private static let stretch = 64

  /// [pixel][channel][image], zeros behind the last image.
  @inline(__always)
  private func planar(
    _ images: ArraySlice<Int>, _ shape: Shape, _ target: MutableFloats, _ engine: Engine, _ value: (Int) -> Float
  ) {
    let (size, row) = (shape.count, padded(images.count))
    engine.parallel((size + Self.stretch - 1) / Self.stretch) { task in
      let some = task * Self.stretch..<min(size, (task + 1) * Self.stretch)
      for (slot, image) in images.enumerated() {
        for i in some { target[i * row + slot] = value(image * size + i) }
      }
      for slot in images.count..<row { for i in some { target[i * row + slot] = 0 } }
    }
  }

  /// [pixel][image][channel], zeros in the channels' padding.
  /// - Parameter copy: puts so many values, from a number on, into a place.
  @inline(__always)
  private func map(
    _ images: ArraySlice<Int>, _ shape: Shape, _ target: MutableFloats, _ engine: Engine,
    _ copy: (_ place: MutableFloats, _ from: Int, _ count: Int) -> Void
  ) {
    let (channels, width) = (shape.channels, shape.paddedChannels)
    engine.parallel(shape.pixels) { pixel in
      for (slot, image) in images.enumerated() {
        let place = target + (pixel * images.count + slot) * width
        copy(place, image * shape.count + pixel * channels, channels)
        for c in channels..<width { place[c] = 0 }
      }
    }
  }
}
