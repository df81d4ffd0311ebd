import Images
import Tensors

/// 0, 1/255, …, 1, each rounded once.
private let greys: [Float] = (0...255).map { Float($0) / 255 }

/// What gets a batch into a plan: images, their labels, and activations if they were computed before.
package struct BatchFilling {
  private let samples: LabelledImages
  private let images: Int
  private let codes: (values: Codes, node: Int)?

  /// Pixels of one task: images are transposed by stretches, so that what is written stays in the first-level cache.
  private static let stretch = 64

  private var imageTasks: Int { (samples.shape.count + Self.stretch - 1) / Self.stretch }

  /// - Parameter images: the node of the images.
  package init(_ samples: LabelledImages, images: Int, codes: (values: Codes, node: Int)? = nil) {
    self.samples = samples
    self.images = images
    self.codes = codes
  }

  private var tasks: Int { 1 + imageTasks + (codes?.values.shape.pixels ?? 0) }

  /// Does one task of putting the images with these numbers into a piece.
  private func fill(_ piece: Piece, with indices: ArraySlice<Int>, task: Int) {
    if task == 0 {
      for (slot, image) in indices.enumerated() { piece.labels[slot] = Int32(samples.labels[image]) }
    } else if task <= imageTasks {
      fillPixels(piece, indices, from: (task - 1) * Self.stretch)
    } else {
      codes?.values.fill(piece, node: codes?.node ?? 0, with: indices, pixel: task - 1 - imageTasks)
    }
  }

  package func fill(_ piece: Piece, with indices: ArraySlice<Int>, engine: Engine) {
    engine.parallel(tasks) { fill(piece, with: indices, task: $0) }
  }

  /// Some pixels of the planar batch: [pixel][channel][image], zeros behind the last image.
  private func fillPixels(_ piece: Piece, _ indices: ArraySlice<Int>, from first: Int) {
    let size = samples.shape.count
    let pixels = first..<min(size, first + Self.stretch)
    let stride = (piece.images.count + 15) / 16 * 16
    let target = piece.values(of: images)
    switch samples.pixels {
    case .bytes(let values):
      values.withUnsafeBufferPointer { values in
        greys.withUnsafeBufferPointer { greys in
          for (slot, image) in indices.enumerated() {
            for i in pixels { target[i * stride + slot] = greys[Int(values[image * size + i])] }
          }
        }
      }
    case .floats(let values):
      values.withUnsafeBufferPointer { values in
        for (slot, image) in indices.enumerated() {
          for i in pixels { target[i * stride + slot] = values[image * size + i] }
        }
      }
    }
    for slot in piece.images.count..<stride { for i in pixels { target[i * stride + slot] = 0 } }
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

  /// Puts one pixel of the codes with these numbers into a map: [pixel][image][channel], zeros in the channels' padding.
  fileprivate func fill(_ piece: Piece, node: Int, with indices: ArraySlice<Int>, pixel: Int) {
    let (channels, width) = (shape.channels, (shape.channels + 15) / 16 * 16)
    let target = piece.values(of: node) + pixel * piece.images.count * width
    values.withUnsafeBufferPointer { values in
      guard let source = values.baseAddress else { return }
      for (slot, image) in indices.enumerated() {
        let place = target + slot * width
        place.update(from: source + image * shape.count + pixel * channels, count: channels)
        for c in channels..<width { place[c] = 0 }
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

extension Plan {
  /// The first images of a planar batch: image after image, pixel after pixel, channel fastest.
  package func images(of node: Int, shape: Shape, count: Int) -> [Float] {
    let (source, stride, size) = (values(of: node), padded(batch), shape.count)
    return [Float](unsafeUninitializedCapacity: count * size) { target, filled in
      for image in 0..<count { for i in 0..<size { target[image * size + i] = source[i * stride + image] } }
      filled = count * size
    }
  }
}
