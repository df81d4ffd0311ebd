import KernelTypes

/// A 3×3 convolution of stride 1, or a transposed 5×5 convolution of stride 2, with fewer multiplications: minimal
/// filtering F(4×4, 3×3), whose linear maps stand in `KernelSource/Filtering.swift`.
///
/// The transposed convolution is four convolutions of stride 1, one for each phase of the output's even and odd rows
/// and columns, with 3×3, 3×2, 2×3 and 2×2 of the 25 taps. With a missing tap as zero all four are 3×3 and share one
/// transformed input; the planes that the zero makes zero are left out.
///
///     forward      M[ξ] = V[ξ] · U[ξ]       V = Bᵀ X B, U = G W Gᵀ, Y = Aᵀ M A           ξ one of 36 positions
///     data         the same, from dY with the taps turned round and the channels exchanged
///     weights      dU[ξ] = V[ξ]ᵀ · D[ξ]     D = A dY Aᵀ, dW = Gᵀ dU G
///
/// Rows of these products are (tile, image) pairs; they are worked on in chunks that stay in the cache. Each element is
/// one chain in a fixed order, so bits depend neither on threads nor on chunks.
final class FilteredConvolution: Step {
  private let geometry: Geometry
  private let weights: Parameter
  private let wiring: Wiring
  private let form: FilteredForm
  private let rows: Int
  private let chunk: Int
  /// Pixel offsets of each tile: 36 of the input; 36 and 16 of each phase of the output; 16 of the input's own tile.
  private let inputPatches: [Int]
  private let inputTiles: [Int]
  private let outputPatches: [[Int]]
  private let outputTiles: [[Int]]
  /// For each phase, where its nine taps stand in the weights; −1 for a missing one.
  private let taps: [[Int]]
  /// The same, turned round for the data's gradient.
  private let turnedTaps: [[Int]]
  /// For each position, the phases that the data's gradient sums there: of those with a missing tap the last position
  /// is zero.
  private let dataPairs: PairLists

  private var inputs: Int { geometry.input.paddedChannels }
  private var outputs: Int { geometry.output.paddedChannels }
  /// Output channels of all phases.
  private var columns: Int { form.phases.count * outputs }

  init(_ geometry: Geometry, form: FilteredForm, weights: Parameter, _ wiring: Wiring) {
    self.geometry = geometry
    self.form = form
    self.weights = weights
    self.wiring = wiring
    rows = form.tiles * wiring.batch
    chunk = Self.chunk(geometry, form, batch: wiring.batch)
    let inputPixel = wiring.batch * geometry.input.paddedChannels
    let outputPixel = wiring.batch * geometry.output.paddedChannels
    inputPatches = form.offsets(side: 6, step: 1, phase: FilteredForm.Phase(y: 0, x: 0), pixel: inputPixel)
    inputTiles = form.offsets(side: 4, step: 1, phase: FilteredForm.Phase(y: 0, x: 0), pixel: inputPixel)
    outputPatches = form.phases.map { form.offsets(side: 6, step: form.step, phase: $0, pixel: outputPixel) }
    outputTiles = form.phases.map { form.offsets(side: 4, step: form.step, phase: $0, pixel: outputPixel) }
    taps = form.phases.map { form.taps($0) }
    turnedTaps = taps.map { $0.reversed() }
    dataPairs = PairLists(groups: 36) { add in
      for position in 0..<36 {
        for (phase, place) in form.phases.enumerated() where !form.isZero(position, place, missing: 5) {
          add(position, phase, phase)
        }
      }
    }
  }

  /// Rows of one chunk: the two transformed tensors of a chunk should stay in a cache of some megabytes.
  private static func chunk(_ geometry: Geometry, _ form: FilteredForm, batch: Int) -> Int {
    let floats = 36 * (geometry.input.paddedChannels + form.phases.count * geometry.output.paddedChannels)
    return min(form.tiles * batch, max(120, 2_500_000 / floats / 24 * 24))
  }

  /// Floats of memory that a pass works in.
  static func workspace(_ geometry: Geometry, _ form: FilteredForm, batch: Int) -> Int {
    let inputs = geometry.input.paddedChannels
    let columns = form.phases.count * geometry.output.paddedChannels
    let rows = chunk(geometry, form, batch: batch)
    return 36 * (plane(inputs * columns) + plane(rows * inputs) + plane(rows * columns))
      + geometry.taps * inputs * geometry.output.paddedChannels + 64
  }

  /// Floats from one position's plane to the next. One cache line more than the plane's size: 36 planes a power of two
  /// apart would crowd into few lines of the cache.
  private static func plane(_ floats: Int) -> Int { floats + 16 }

  private var inputPlane: Int { Self.plane(chunk * inputs) }
  private var outputPlane: Int { Self.plane(chunk * columns) }
  private var filterPlane: Int { Self.plane(inputs * columns) }

  // The workspace holds transformed weights, transposed weights, and the two transformed tensors.
  private var filters: MutableFloats { wiring.workspace }
  private var transposed: MutableFloats { filters + 36 * filterPlane }
  private var ours: MutableFloats { transposed + geometry.taps * inputs * outputs }
  private var theirs: MutableFloats { ours + 36 * inputPlane }

  func forward(_ engine: Engine, _ run: Run) {
    let (inputs, outputs, columns) = (self.inputs, self.outputs, self.columns)
    let width = engine.panelWidth(outputs)
    let phases = form.phases.count
    engine.parallel(phases * inputs) { task in
      let (phase, c) = (task / inputs, task % inputs)
      offsets(taps[phase], scaledBy: inputs * outputs) { offsets in
        engine.kernels.filterWeights(
          offsets, weights.values.floats + c * outputs, outputs, filters + phase * inputs * outputs + c * width, width,
          inputs * width, filterPlane)
      }
    }
    eachChunk { first, count in
      spreadInput(engine, first, count)
      engine.parallel(36 * phases) { task in
        let (position, phase) = (task / phases, task % phases)
        if form.isZero(position, form.phases[phase], missing: 0) { return }
        multiply(
          engine, Floats(ours) + position * inputPlane, aRow: inputs, aDepth: 1,
          Floats(filters) + position * filterPlane + phase * inputs * outputs, bRow: width, bPanel: inputs * width,
          theirs + position * outputPlane + phase * outputs, cRow: columns, depth: inputs, rows: count,
          columns: outputs, accumulate: false)
      }
      eachPiece(engine, first, count, times: phases) { row, tile, image, pieces, phase in
        outputTiles[phase].withUnsafeBufferPointer { offsets in
          guard let offsets = offsets.baseAddress else { return }
          engine.kernels.filterOutputs(
            offsets + 16 * tile, Floats(theirs) + (row - first) * columns + phase * outputs, columns, outputPlane,
            pieces,
            outputs, wiring.output.values + image * outputs, form.phases[phase].y == 1, form.phases[phase].x == 1, false
          )
        }
      }
    }
  }

  func backward(_ engine: Engine, _ run: Run) {
    guard let gradient = wiring.output.gradient else { return }
    if run.learns, let target = wiring.gradient(weights) { backwardWeights(engine, Floats(gradient), target) }
    if let target = wiring.inputs[0].gradient { backwardData(engine, Floats(gradient), target) }
  }

  private func backwardData(_ engine: Engine, _ gradient: Floats, _ target: MutableFloats) {
    let (inputs, outputs, columns) = (self.inputs, self.outputs, self.columns)
    let width = engine.panelWidth(inputs)
    let phases = form.phases.count
    engine.parallel(geometry.taps) { tap in
      engine.kernels.packTransposed(
        weights.values.floats + tap * inputs * outputs, transposed + tap * inputs * outputs, inputs, outputs, inputs,
        outputs)
    }
    engine.parallel(phases * outputs) { task in
      let (phase, k) = (task / outputs, task % outputs)
      offsets(turnedTaps[phase], scaledBy: inputs * outputs) { offsets in
        engine.kernels.filterWeights(
          offsets, Floats(transposed) + k * inputs, inputs, filters + task * width, width, columns * width,
          filterPlane)
      }
    }
    let accumulates = wiring.inputs[0].accumulates
    eachChunk { first, count in
      eachPiece(engine, first, count, times: phases) { row, tile, image, pieces, phase in
        outputPatches[phase].withUnsafeBufferPointer { offsets in
          guard let offsets = offsets.baseAddress else { return }
          engine.kernels.filterInputs(
            offsets + 36 * tile, gradient + image * outputs, pieces, outputs,
            theirs + (row - first) * columns + phase * outputs, columns, outputPlane)
        }
      }
      engine.parallel(36 * (inputs / width)) { task in
        let (position, panel) = (task % 36, task / 36)
        let (pairs, pairCount) = dataPairs.list(position)
        var job = Product(
          a: Floats(theirs) + position * outputPlane, aPixel: outputs, aRow: columns, aDepth: 1,
          b: Floats(filters) + position * filterPlane + panel * columns * width, bPixel: outputs * width,
          bRow: width,
          bPanel: columns * width, c: ours + position * inputPlane + panel * width, cRow: inputs, pairs: pairs,
          pairCount: pairCount, depth: outputs, rows: count, columns: width, accumulate: false)
        engine.kernels.product(&job)
      }
      eachPiece(engine, first, count, times: 1) { row, tile, image, pieces, _ in
        inputTiles.withUnsafeBufferPointer { offsets in
          guard let offsets = offsets.baseAddress else { return }
          engine.kernels.filterOutputs(
            offsets + 16 * tile, Floats(ours) + (row - first) * inputs, inputs, inputPlane, pieces, inputs,
            target + image * inputs, false, false, accumulates)
        }
      }
    }
  }

  private func backwardWeights(_ engine: Engine, _ gradient: Floats, _ target: MutableFloats) {
    let (inputs, outputs, columns) = (self.inputs, self.outputs, self.columns)
    let width = engine.panelWidth(outputs)
    let phases = form.phases.count
    eachChunk { first, count in
      spreadInput(engine, first, count)
      eachPiece(engine, first, count, times: phases) { row, tile, image, pieces, phase in
        outputTiles[phase].withUnsafeBufferPointer { offsets in
          guard let offsets = offsets.baseAddress else { return }
          engine.kernels.filterGradients(
            offsets + 16 * tile, gradient + image * outputs, pieces, outputs,
            theirs + (row - first) * columns + phase * outputs, columns, outputPlane)
        }
      }
      engine.parallel(36 * phases) { task in
        let (position, phase) = (task / phases, task % phases)
        if form.isZero(position, form.phases[phase], missing: 0) { return }
        multiply(
          engine, Floats(ours) + position * inputPlane, aRow: 1, aDepth: inputs,
          Floats(theirs) + position * outputPlane + phase * outputs, bRow: columns, bPanel: width,
          filters + position * filterPlane + phase * outputs, cRow: columns, depth: count, rows: inputs,
          columns: outputs, accumulate: first > 0)
      }
    }
    let gradients = wiring.continues ? transposed : target
    engine.parallel(phases * inputs) { task in
      let (phase, c) = (task / inputs, task % inputs)
      offsets(taps[phase], scaledBy: inputs * outputs) { offsets in
        engine.kernels.filterWeightGradients(
          offsets, Floats(filters) + c * columns + phase * outputs, filterPlane, outputs, gradients + c * outputs,
          form.phases[phase].y == 1, form.phases[phase].x == 1)
      }
    }
    guard wiring.continues else { return }
    engine.parallel(geometry.taps) { tap in
      let (place, count) = (tap * inputs * outputs, inputs * outputs)
      engine.kernels.add(Floats(target) + place, Floats(gradients) + place, target + place, count, false)
    }
  }

  private func spreadInput(_ engine: Engine, _ first: Int, _ count: Int) {
    let source = Floats(wiring.inputs[0].values)
    eachPiece(engine, first, count, times: 1) { row, tile, image, pieces, _ in
      inputPatches.withUnsafeBufferPointer { offsets in
        guard let offsets = offsets.baseAddress else { return }
        engine.kernels.filterInputs(
          offsets + 36 * tile, source + image * inputs, pieces, inputs, ours + (row - first) * inputs, inputs,
          inputPlane)
      }
    }
  }

  private func multiply(
    _ engine: Engine, _ a: Floats, aRow: Int, aDepth: Int, _ b: Floats, bRow: Int, bPanel: Int, _ c: MutableFloats,
    cRow: Int, depth: Int, rows: Int, columns: Int, accumulate: Bool
  ) {
    withUnsafeTemporaryAllocation(of: Int32.self, capacity: 2) { pair in
      pair.initialize(repeating: 0)
      guard let pairs = pair.baseAddress else { return }
      var job = Product(
        a: a, aPixel: 0, aRow: aRow, aDepth: aDepth, b: b, bPixel: 0, bRow: bRow, bPanel: bPanel, c: c, cRow: cRow,
        pairs: UnsafePointer(pairs), pairCount: 1, depth: depth, rows: rows, columns: columns, accumulate: accumulate)
      engine.kernels.product(&job)
    }
  }

  private func eachChunk(_ body: (_ first: Int, _ count: Int) -> Void) {
    for first in stride(from: 0, to: rows, by: chunk) { body(first, min(chunk, rows - first)) }
  }

  /// Shares out the rows of a chunk, and for each of them `times` phases, in pieces that lie within a tile.
  private func eachPiece(
    _ engine: Engine, _ first: Int, _ count: Int, times: Int,
    _ body: (_ row: Int, _ tile: Int, _ image: Int, _ count: Int, _ phase: Int) -> Void
  ) {
    let size = 8
    let pieces = (count + size - 1) / size
    engine.parallel(pieces * times) { task in
      var row = first + task / times * size
      let end = min(first + count, row + size)
      while row < end {
        let (tile, image) = (row / wiring.batch, row % wiring.batch)
        let rows = min(end - row, wiring.batch - image)
        body(row, tile, image, rows, task % times)
        row += rows
      }
    }
  }

  private func offsets(_ taps: [Int], scaledBy factor: Int, _ body: (UnsafePointer<Int>) -> Void) {
    withUnsafeTemporaryAllocation(of: Int.self, capacity: 9) { offsets in
      for i in 0..<9 { offsets[i] = taps[i] < 0 ? -1 : taps[i] * factor }
      if let start = offsets.baseAddress { body(UnsafePointer(start)) }
    }
  }
}
