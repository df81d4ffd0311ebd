import KernelTypes

/// A convolution between an image, planar and of few channels, and a map: a network's first layer (image → map) or a decoder's last (map → image).
/// With the image's pixels gathered under each tap,
///
///     column[q][t, c][n] = image[pixel of (q, t)][c][n]          q a pixel of the map, t a tap, c an image channel
///
/// map sums are products (map[q] = column[q]ᵀ · W), weight gradients too (dW = Σ over q of column[q] · map[q]); image sums are dot products over the
/// map's channels. Weights are [tap][image channel][map channel] in both directions.
final class ImageConvolution: Step {
  private let weights: Parameter
  private let wiring: Wiring
  private let frozen: Bool
  private let toImage: Bool
  private let image: Shape
  private let map: Shape
  private let taps: Int
  /// For each pixel of the map and each tap, the pixel of the image, or −1 beyond the border.
  private let source: [Int32]
  /// For each pixel of the image, its pairs (pixel of the map, tap).
  private let byImage: PairLists
  private let partials: FloatBuffer?

  /// The weights' gradient is summed in this many fixed parts of the map's pixels, so that there is work for many threads; then the parts in order.
  private static let parts = 8

  private var channels: Int { map.paddedChannels }
  private var rows: Int { taps * image.channels }

  init(_ geometry: Geometry, weights: Parameter, toImage: Bool, frozen: Bool, _ wiring: Wiring) {
    self.weights = weights
    self.wiring = wiring
    self.frozen = frozen
    self.toImage = toImage
    image = toImage ? geometry.output : geometry.input
    map = toImage ? geometry.input : geometry.output
    taps = geometry.taps
    var source = [Int32](repeating: -1, count: map.pixels * geometry.taps)
    geometry.visit { i, o, t in source[(toImage ? i : o) * geometry.taps + t] = Int32(toImage ? o : i) }
    self.source = source
    byImage = PairLists(groups: image.pixels) { add in
      geometry.visit { i, o, t in add(toImage ? o : i, toImage ? i : o, t) }
    }
    partials = frozen ? nil : FloatBuffer(count: Self.parts * weights.values.count)
  }

  /// Floats of scratch memory: the gathered columns.
  static func scratch(_ geometry: Geometry, toImage: Bool, batch: Int) -> Int {
    let (image, map) = toImage ? (geometry.output, geometry.input) : (geometry.input, geometry.output)
    return map.pixels * geometry.taps * image.channels * padded(batch)
  }

  func forward(_ engine: Engine, _ run: Run) {
    if toImage {
      mapToImage(engine, Floats(wiring.inputs[0].values), wiring.output.values, accumulate: false)
    } else {
      gather(engine, Floats(wiring.inputs[0].values))
      columnsToMap(engine, wiring.output.values, accumulate: false)
    }
  }

  func backward(_ engine: Engine, _ run: Run) {
    guard let gradient = wiring.output.gradient else { return }
    let input = wiring.inputs[0]
    if toImage {
      gather(engine, Floats(gradient))
      if let target = wiring.gradient(weights) { backwardWeights(engine, Floats(input.values), target) }
      if let target = input.gradient { columnsToMap(engine, target, accumulate: input.accumulates) }
    } else {
      if let target = wiring.gradient(weights) { backwardWeights(engine, Floats(gradient), target) }
      if let target = input.gradient { mapToImage(engine, Floats(gradient), target, accumulate: input.accumulates) }
    }
  }

  private func gather(_ engine: Engine, _ image: Floats) {
    let row = self.image.channels * wiring.paddedBatch
    source.withUnsafeBufferPointer { source in
      engine.parallel(map.pixels) { q in
        for t in 0..<taps {
          let target = wiring.scratch + (q * taps + t) * row
          let pixel = Int(source[q * taps + t])
          if pixel < 0 {
            target.update(repeating: 0, count: row)
          } else {
            target.update(from: image + pixel * row, count: row)
          }
        }
      }
    }
  }

  private func columnsToMap(_ engine: Engine, _ target: MutableFloats, accumulate: Bool) {
    let (batch, stride, channels, rows) = (wiring.batch, wiring.paddedBatch, self.channels, self.rows)
    let width = engine.panelWidth(channels)
    engine.parallel(map.pixels) { q in
      var pair: (Int32, Int32) = (0, 0)
      withUnsafeBytes(of: &pair) { pair in
        guard let pairs = pair.bindMemory(to: Int32.self).baseAddress else { return }
        var job = Product(
          a: Floats(wiring.scratch) + q * rows * stride, aPixel: 0, aRow: 1, aDepth: stride,
          b: weights.values.floats, bPixel: 0, bRow: channels, bPanel: width,
          c: target + q * batch * channels, cRow: channels, pairs: pairs, pairCount: 1, depth: rows, rows: batch,
          columns: channels, accumulate: accumulate)
        engine.kernels.product(&job)
      }
    }
  }

  private func mapToImage(_ engine: Engine, _ map: Floats, _ target: MutableFloats, accumulate: Bool) {
    let (batch, stride, channels) = (wiring.batch, wiring.paddedBatch, self.channels)
    let imageChannels = image.channels
    let group = 8
    engine.parallel((image.pixels + group - 1) / group) { task in
      for pixel in task * group..<min(image.pixels, (task + 1) * group) {
        let (pairs, count) = byImage.list(pixel)
        for c in 0..<imageChannels {
          engine.kernels.channelDot(
            pairs, count, map, batch * channels, weights.values.floats + c * channels, imageChannels * channels,
            channels,
            target + (pixel * imageChannels + c) * stride, batch, accumulate)
        }
        wiring.clearPadding(target + pixel * imageChannels * stride, imageChannels)
      }
    }
  }

  private func backwardWeights(_ engine: Engine, _ map: Floats, _ target: MutableFloats) {
    guard let partials else { return }
    let (batch, stride, channels, rows) = (wiring.batch, wiring.paddedBatch, self.channels, self.rows)
    let width = engine.panelWidth(channels)
    let pixels = self.map.pixels
    let parts = min(Self.parts, pixels)
    let rowGroup = 12
    let rowGroups = (rows + rowGroup - 1) / rowGroup
    engine.parallel(parts * rowGroups) { task in
      let part = task / rowGroups
      let row = task % rowGroups * rowGroup
      let first = part * pixels / parts
      let count = (part + 1) * pixels / parts - first
      withUnsafeTemporaryAllocation(of: Int32.self, capacity: 2 * count) { pairs in
        for i in 0..<2 * count { pairs[i] = Int32(first + i / 2) }
        guard let list = pairs.baseAddress else { return }
        var job = Product(
          a: Floats(wiring.scratch) + row * stride, aPixel: rows * stride, aRow: stride, aDepth: 1,
          b: map, bPixel: batch * channels, bRow: channels, bPanel: width,
          c: partials.start + (part * rows + row) * channels, cRow: channels, pairs: list, pairCount: count,
          depth: batch, rows: min(rowGroup, rows - row), columns: channels, accumulate: false)
        engine.kernels.product(&job)
      }
    }
    let count = rows * channels
    target.update(from: partials.start, count: count)
    for part in 1..<max(parts, 1) {
      engine.kernels.add(Floats(target), partials.floats + part * count, target, count, false)
    }
  }
}
