import Tensors

/// 0, 1/255, …, 1, each rounded once.
private let greys: [Float] = (0...255).map { Float($0) / 255 }

extension Samples {
  /// Puts the images with these numbers into a plan's planar batch: [pixel][channel][image], zeros behind the last
  /// image.
  package func fill(_ plan: Plan, node: Int, with indices: ArraySlice<Int>, engine: Engine) {
    let size = shape.count
    let stride = (plan.batch + 15) / 16 * 16
    let target = plan.values(of: node)
    // Images are transposed by stretches of pixels, so that what is written stays in the first-level cache.
    let stretch = 64
    let tasks = (size + stretch - 1) / stretch
    func run(_ place: (_ pixel: Int, _ count: Int, _ image: Int, _ slot: Int) -> Void) {
      engine.parallel(tasks) { task in
        let (first, count) = (task * stretch, min(stretch, size - task * stretch))
        for (slot, image) in indices.enumerated() { place(first, count, image, slot) }
        for slot in plan.batch..<max(stride, plan.batch) {
          for i in first..<first + count { target[i * stride + slot] = 0 }
        }
      }
    }
    switch pixels {
    case .bytes(let values):
      values.withUnsafeBufferPointer { values in
        greys.withUnsafeBufferPointer { greys in
          run { pixel, count, image, slot in
            for i in pixel..<pixel + count { target[i * stride + slot] = greys[Int(values[image * size + i])] }
          }
        }
      }
    case .floats(let values):
      values.withUnsafeBufferPointer { values in
        run { pixel, count, image, slot in
          for i in pixel..<pixel + count { target[i * stride + slot] = values[image * size + i] }
        }
      }
    }
  }

  /// Puts the labels of these images into a plan.
  package func fillLabels(_ plan: Plan, with indices: ArraySlice<Int>) {
    for (slot, image) in indices.enumerated() { plan.labels[slot] = Int32(labels[image]) }
  }
}

/// Activations of one layer for many images: [image][pixel][channel], without padding.
package struct Codes: Sendable {
  package let shape: Shape
  package private(set) var values: [Float]
  package var count: Int { shape.count == 0 ? 0 : values.count / shape.count }

  package init(shape: Shape, count: Int) {
    self.shape = shape
    values = [Float](repeating: 0, count: count * shape.count)
  }

  /// Puts the codes with these numbers into a plan's map: [pixel][image][channel], zeros in the channels' padding.
  package func fill(_ plan: Plan, node: Int, with indices: ArraySlice<Int>, engine: Engine) {
    let (channels, width, batch) = (shape.channels, (shape.channels + 15) / 16 * 16, plan.batch)
    let target = plan.values(of: node)
    values.withUnsafeBufferPointer { values in
      guard let source = values.baseAddress else { return }
      engine.parallel(shape.pixels) { p in
        for (slot, image) in indices.enumerated() {
          let place = target + (p * batch + slot) * width
          place.update(from: source + image * shape.count + p * channels, count: channels)
          for c in channels..<width { place[c] = 0 }
        }
      }
    }
  }

  /// Takes the first `count` images of a plan's map as the codes from number `first` on.
  package mutating func store(_ plan: Plan, node: Int, first: Int, count: Int) {
    let (channels, width) = (shape.channels, (shape.channels + 15) / 16 * 16)
    let source = plan.values(of: node)
    values.withUnsafeMutableBufferPointer { values in
      guard let target = values.baseAddress else { return }
      for p in 0..<shape.pixels {
        for slot in 0..<count {
          (target + (first + slot) * shape.count + p * channels)
            .update(from: source + (p * plan.batch + slot) * width, count: channels)
        }
      }
    }
  }
}
