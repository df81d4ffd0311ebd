import Images
import KernelTypes

/// A convolution between an image, planar and of few channels, and a map: a network's first layer (image → map) or a
/// decoder's last (map → image).
///
///     map[q]    = Σ over (i, t) of image[i]ᵀ · W[t]              q a pixel of the map, i of the image, t a tap
///     image[i]  = Σ over (q, t) of dot(map[q], W[t]) over the map's channels
///     dW        = Σ over q of column[q] · map[q]                 column[q][t, c] = image[pixel of (q, t)][c], gathered
///
/// Weights are [tap][image channel][map channel] in both directions.
final class ImageConvolution: Step {
  private let weights: Parameter
  private let bindings: Bindings
  private let toImage: Bool
  private let image: Shape
  private let map: Shape
  private let taps: Int
  /// For each pixel of the map and each tap, the pixel of the image, or −1 beyond the border.
  private let source: [Int32]
  /// For each pixel of the image, its pairs (pixel of the map, tap).
  private let byImage: PairLists
  /// For each pixel of the map, its pairs (pixel of the image, tap).
  private let byMap: PairLists

  /// The weights' gradient is summed in this many fixed parts of the map's pixels, so that there is work for many
  /// threads; then the parts in order.
  private static let parts = 16

  private var channels: Int { map.paddedChannels }
  private var rows: Int { taps * image.channels }

  init(_ geometry: ConvolutionGeometry, weights: Parameter, toImage: Bool, _ bindings: Bindings) {
    self.weights = weights
    self.bindings = bindings
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
    byMap = PairLists(groups: map.pixels) { add in
      geometry.visit { i, o, t in add(toImage ? i : o, toImage ? o : i, t) }
    }
  }

  /// Floats of scratch memory: the gathered columns.
  static func scratch(_ geometry: ConvolutionGeometry, toImage: Bool, batch: Int) -> Int {
    let (image, map) = toImage ? (geometry.output, geometry.input) : (geometry.input, geometry.output)
    return map.pixels * geometry.taps * image.channels * padded(batch)
  }

  /// Floats of memory for the parts of the weights' gradient.
  static func workspace(_ weights: Parameter) -> Int { parts * weights.values.count }

  func forward(_ engine: Engine, _ run: Run) {
    if toImage {
      mapToImage(engine, Floats(bindings.inputs[0].values), bindings.output.values, accumulate: false)
    } else {
      imageToMap(engine, Floats(bindings.inputs[0].values), bindings.output.values, accumulate: false)
    }
  }

  func backward(_ engine: Engine, _ run: Run) {
    guard let gradient = bindings.output.gradient else { return }
    let input = bindings.inputs[0]
    if run.learns, let target = bindings.gradient(weights) {
      if toImage {
        backwardWeights(engine, image: Floats(gradient), map: Floats(input.values), target)
      } else {
        backwardWeights(engine, image: Floats(input.values), map: Floats(gradient), target)
      }
    }
    guard let target = input.gradient else { return }
    if toImage {
      imageToMap(engine, Floats(gradient), target, accumulate: input.accumulates)
    } else {
      mapToImage(engine, Floats(gradient), target, accumulate: input.accumulates)
    }
  }

  private func imageToMap(_ engine: Engine, _ image: Floats, _ target: MutableFloats, accumulate: Bool) {
    let (batch, stride, channels, imageChannels) = (
      bindings.batch, bindings.paddedBatch, self.channels, self.image.channels
    )
    let width = engine.panelWidth(channels)
    engine.parallel(map.pixels) { q in
      let (pairs, count) = byMap.list(q)
      var job = Product(
        a: image, aPixel: imageChannels * stride, aRow: 1, aDepth: stride,
        b: weights.values.floats, bPixel: imageChannels * channels, bRow: channels, bPanel: width,
        c: target + q * batch * channels, cRow: channels, pairs: pairs, pairCount: count, depth: imageChannels,
        rows: batch,
        columns: channels, accumulate: accumulate)
      engine.kernels.product(&job)
    }
  }

  private func mapToImage(_ engine: Engine, _ map: Floats, _ target: MutableFloats, accumulate: Bool) {
    let (batch, stride, channels) = (bindings.batch, bindings.paddedBatch, self.channels)
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
        bindings.clearPadding(target + pixel * imageChannels * stride, imageChannels)
      }
    }
  }

  private func backwardWeights(_ engine: Engine, image: Floats, map: Floats, _ target: MutableFloats) {
    let partials = bindings.workspace
    let (batch, stride, channels, rows) = (bindings.batch, bindings.paddedBatch, self.channels, self.rows)
    let width = engine.panelWidth(channels)
    let pixels = self.map.pixels
    let parts = min(Self.parts, pixels)
    // A dense layer has few pixels and many taps: then its taps are shared out.
    let group = parts == Self.parts ? taps : min(taps, 48)
    let groups = (taps + group - 1) / group
    engine.parallel(parts * groups) { task in
      let part = task / groups
      let firstTap = task % groups * group
      let someTaps = firstTap..<min(taps, firstTap + group)
      let row = firstTap * self.image.channels
      let first = part * pixels / parts
      let count = (part + 1) * pixels / parts - first
      for q in first..<first + count { gather(image, q, someTaps) }
      withUnsafeTemporaryAllocation(of: Int32.self, capacity: 2 * count) { pairs in
        for i in 0..<2 * count { pairs[i] = Int32(first + i / 2) }
        guard let list = pairs.baseAddress else { return }
        var job = Product(
          a: Floats(bindings.scratch) + row * stride, aPixel: rows * stride, aRow: stride, aDepth: 1,
          b: map, bPixel: batch * channels, bRow: channels, bPanel: width,
          c: partials + (part * rows + row) * channels, cRow: channels, pairs: list, pairCount: count,
          depth: batch, rows: someTaps.count * self.image.channels, columns: channels, accumulate: false)
        engine.kernels.product(&job)
      }
    }
    let count = rows * channels
    if !bindings.continues { target.update(from: partials, count: count) }
    for part in (bindings.continues ? 0 : 1)..<parts {
      engine.kernels.add(Floats(target), Floats(partials) + part * count, target, count, false)
    }
  }

  /// Copies the image's pixels under some taps at one pixel of the map into the scratch memory.
  private func gather(_ image: Floats, _ q: Int, _ taps: Range<Int>) {
    let row = self.image.channels * bindings.paddedBatch
    source.withUnsafeBufferPointer { source in
      for t in taps {
        let target = bindings.scratch + (q * self.taps + t) * row
        let pixel = Int(source[q * self.taps + t])
        if pixel < 0 {
          target.update(repeating: 0, count: row)
        } else {
          target.update(from: image + pixel * row, count: row)
        }
      }
    }
  }
}
