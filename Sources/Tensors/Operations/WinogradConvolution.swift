import KernelTypes
import Synchronization

/// A 3×3 convolution of stride 1 or 2, or a transposed 5×5 convolution of stride 2, with fewer multiplications: minimal
/// filtering F(4×4, 3×3) or F(4×4, 2×2), whose linear maps stand in `KernelSource/Winograd.swift`.
///
/// With a stride of 2 it is four convolutions of stride 1, one for each phase of the fine side's even and odd rows and
/// columns. The fine side is the transposed convolution's output, and its phases have 3×3, 3×2, 2×3 and 2×2 of the 25
/// taps; or it is the plain convolution's input, and its phases have 1×1, 1×2, 2×1 and 2×2 of the nine taps. With a
/// missing tap as zero all four have the same form and share one transform of the coarse side; the planes that the zero
/// makes zero are left out.
///
///     forward      M[ξ] = V[ξ] · U[ξ]       V = Bᵀ X B, U = G W Gᵀ, Y = Aᵀ M A           ξ one of 36 or 25 positions
///     data         the same, from dY with the taps turned round and the channels exchanged
///     weights      dU[ξ] = V[ξ]ᵀ · D[ξ]     D = A dY Aᵀ, dW = Gᵀ dU G
///
/// Rows of these products are (tile, image) pairs; they are worked on in chunks that stay in the cache, for the two
/// convolutions mostly each chunk by one thread. Each element is one chain in a fixed order, so bits depend neither on
/// threads nor on chunks.
final class WinogradConvolution: Step {
  private let geometry: ConvolutionGeometry
  private let weights: Parameter
  private let bindings: Bindings
  private let form: WinogradForm
  private let input: WinogradSide
  private let output: WinogradSide
  private let layout: WinogradLayout
  private let rows: Int
  /// For the weights' gradient: phases that a thread works on alone, with their planes of either side; none if all threads
  /// share each chunk.
  private let groups: [(phases: [Int], inputs: [Int], outputs: [Int])]
  /// The chunk that a thread takes next.
  private let nextChunk = Atomic<Int>(0)
  private let toOutput: Pass
  private let toInput: Pass
  /// The workspace holds the sides' transformed tensors, transformed weights or their gradients, and transposed
  /// weights.
  private let filters: MutableFloats
  private var filterPlane: Int { layout.filterPlane }
  private let transposed: MutableFloats
  /// What kernels read beyond the border.
  private let zeros: FloatBuffer

  /// What a pass to one side needs beside the tensors.
  private final class Pass {
    /// For each phase, where its taps stand in the weights; −1 for a missing one.
    let taps: [[Int]]
    /// For each position and phase of the target, which phases of the source are summed there under which phase's taps.
    let pairs: PairLists
    /// Transformed weights that do not change: made once.
    let frozenFilters: FloatBuffer?
    var isReady = false

    init(taps: [[Int]], pairs: PairLists, frozenFilters: FloatBuffer?) {
      self.taps = taps
      self.pairs = pairs
      self.frozenFilters = frozenFilters
    }
  }

  private var inputs: Int { input.channels }
  private var outputs: Int { output.channels }

  init(_ geometry: ConvolutionGeometry, form: WinogradForm, weights: Parameter, frozen: Bool, _ bindings: Bindings) {
    self.geometry = geometry
    self.form = form
    self.weights = weights
    self.bindings = bindings
    zeros = bindings.memory.floats(16)
    rows = form.tiles * bindings.batch
    let layout = WinogradLayout(geometry, form, batch: bindings.batch, threads: bindings.threads)
    self.layout = layout
    input = WinogradSide(
      form.forward.source, of: form, channels: layout.inputs, batch: bindings.batch, transformed: bindings.workspace,
      plane: layout.inputPlane, slotFloats: layout.slotFloats)
    output = WinogradSide(
      form.forward.target, of: form, channels: layout.outputs, batch: bindings.batch,
      transformed: bindings.workspace + layout.output, plane: layout.outputPlane, slotFloats: layout.slotFloats)
    filters = bindings.workspace + layout.filters
    transposed = bindings.workspace + layout.transposed
    let frozenFilters = { (wanted: Bool) in
      frozen && wanted ? bindings.memory.floats(form.positions * layout.filterPlane) : nil
    }
    let (inputPhases, outputPhases) = (input.phases.count, output.phases.count)
    groups = layout.phaseGroups.map { ($0, inputPhases > 1 ? $0 : [0], outputPhases > 1 ? $0 : [0]) }
    toOutput = Self.pass(form, form.forward, frozenFilters(true))
    toInput = Self.pass(form, form.forward.turned, frozenFilters(bindings.inputs[0].gradient != nil))
  }

  private static func pass(
    _ form: WinogradForm, _ direction: WinogradForm.Direction, _ frozenFilters: FloatBuffer?
  ) -> Pass {
    let phases = form.phases
    let targets = direction == .refining ? phases.count : 1
    let pairs = PairLists(groups: form.positions * targets) { add in
      for position in 0..<form.positions {
        for (n, phase) in phases.enumerated() where !form.isZero(position, phase, direction) {
          if targets > 1 { add(position * targets + n, 0, n) } else { add(position, n, n) }
        }
      }
    }
    return Pass(taps: phases.map { form.taps($0, direction) }, pairs: pairs, frozenFilters: frozenFilters)
  }

  /// Floats of memory that a pass works in.
  static func workspace(_ geometry: ConvolutionGeometry, _ form: WinogradForm, batch: Int, threads: Int) -> Int {
    WinogradLayout(geometry, form, batch: batch, threads: threads).floats
  }

  func forward(_ engine: Engine, _ run: Run) {
    convolve(
      engine, toOutput, weights.values.floats, from: input, Floats(bindings.inputs[0].values), to: output,
      bindings.output.values, accumulate: false)
  }

  func backward(_ engine: Engine, _ run: Run) {
    guard let gradient = bindings.output.gradient else { return }
    if run.learns, let target = bindings.gradient(weights) { backwardWeights(engine, Floats(gradient), target) }
    if let target = bindings.inputs[0].gradient { backwardData(engine, Floats(gradient), target) }
  }

  private func backwardData(_ engine: Engine, _ gradient: Floats, _ target: MutableFloats) {
    let (inputs, outputs) = (self.inputs, self.outputs)
    if !toInput.isReady {
      engine.parallel(geometry.taps) { tap in
        engine.kernels.packTransposed(
          weights.values.floats + tap * inputs * outputs, transposed + tap * inputs * outputs, inputs, outputs, inputs,
          outputs)
      }
    }
    convolve(
      engine, toInput, Floats(transposed), from: output, gradient, to: input, target,
      accumulate: bindings.inputs[0].accumulates)
  }

  /// A pass from the input to the output or back: transforms weights, spreads the source's patches, multiplies position by
  /// position, gathers the target's tiles.
  private func convolve(
    _ engine: Engine, _ pass: Pass, _ weights: Floats, from source: WinogradSide, _ values: Floats,
    to target: WinogradSide, _ result: MutableFloats, accumulate: Bool
  ) {
    let kernels = form.kernels(engine)
    let (depth, columns) = (source.channels, target.channels)
    let width = engine.panelWidth(columns)
    let panels = columns / width
    let filters = pass.frozenFilters?.start ?? self.filters
    if !pass.isReady {
      engine.parallel(form.phases.count * depth) { task in
        let (phase, row) = (task / depth, task % depth)
        offsets(pass.taps[phase], scaledBy: depth * columns) { offsets in
          kernels.weights(
            offsets, zeros.floats, weights + row * columns, columns, filters + phase * depth * columns + row * width,
            width, depth * width, filterPlane)
        }
      }
      pass.isReady = pass.frozenFilters != nil
    }
    let products = form.positions * target.phases.count * panels
    eachChunk(engine) { first, count, slot in
      let spread = strips(count, source.phases)
      share(engine, spread) { spreadStrip($0, kernels, source, values, first, count, slot) }
      share(engine, products) { task in
        let (position, phase) = (task / panels / target.phases.count, task / panels % target.phases.count)
        let panel = task % panels
        let (pairs, pairCount) = pass.pairs.list(task / panels)
        if pairCount == 0 { return }
        var job = Product(
          a: Floats(source.plane(position, 0, slot: slot)), aPixel: source.plane, aRow: depth, aDepth: 1,
          b: Floats(filters) + position * filterPlane + panel * depth * width, bPixel: depth * columns, bRow: width,
          bPanel: depth * width, c: target.plane(position, phase, slot: slot) + panel * width, cRow: columns,
          pairs: pairs, pairCount: pairCount, depth: depth, rows: count, columns: width, accumulate: false)
        engine.kernels.product(&job)
      }
      share(engine, strips(count, target.phases)) { task in
        strip(task, first, count, target.tiles) { row, image, rows, phase, offsets in
          kernels.outputs(
            offsets, zeros.floats, Floats(target.plane(0, phase, slot: slot) + row * columns), columns, target.position,
            rows, columns, result + image * columns, target.misses[phase].y, target.misses[phase].x, accumulate)
        }
      }
    }
  }

  private func backwardWeights(_ engine: Engine, _ gradient: Floats, _ target: MutableFloats) {
    let kernels = form.kernels(engine)
    let (inputs, outputs) = (self.inputs, self.outputs)
    let phases = form.phases.count
    if groups.isEmpty { sumByChunks(engine, gradient) } else { sumByPhases(engine, gradient) }
    let gradients = bindings.continues ? transposed : target
    engine.parallel(phases * inputs) { task in
      let (phase, c) = (task / inputs, task % inputs)
      offsets(toOutput.taps[phase], scaledBy: inputs * outputs) { offsets in
        kernels.weightGradients(
          offsets, zeros.floats, Floats(filters) + (phase * inputs + c) * outputs, filterPlane, outputs,
          gradients + c * outputs, form.misses(form.phases[phase].y), form.misses(form.phases[phase].x))
      }
    }
    guard bindings.continues else { return }
    engine.parallel(geometry.taps) { tap in
      let (place, count) = (tap * inputs * outputs, inputs * outputs)
      engine.kernels.add(Floats(target) + place, Floats(gradients) + place, target + place, count, false)
    }
  }

  /// All threads share each chunk: while the products of one are summed up, the next one is transformed.
  private func sumByChunks(_ engine: Engine, _ gradient: Floats) {
    let kernels = form.kernels(engine)
    let phases = form.phases.count
    let products = form.positions * phases
    let values = Floats(bindings.inputs[0].values)
    for chunk in 0...layout.chunks {
      let (first, count) = rows(of: chunk)
      let sums = chunk > 0 ? products : 0
      let (ours, theirs) = (strips(count, input.phases), strips(count, output.phases))
      engine.parallel(sums + ours + theirs) { task in
        if task < sums {
          addProduct(
            engine, position: task / phases, phase: task % phases, chunk: chunk - 1, slot: (chunk - 1) % layout.slots)
        } else if task < sums + ours {
          spreadStrip(task - sums, kernels, input, values, first, count, chunk % layout.slots)
        } else {
          scatterStrip(task - sums - ours, kernels, gradient, first, count, chunk % layout.slots)
        }
      }
    }
  }

  /// Each thread goes through all chunks for some phases, and keeps what it transforms in its own cache; the side
  /// without phases is transformed once for each thread.
  private func sumByPhases(_ engine: Engine, _ gradient: Floats) {
    let kernels = form.kernels(engine)
    let values = Floats(bindings.inputs[0].values)
    engine.parallel(groups.count) { slot in
      let group = groups[slot]
      for chunk in 0..<layout.chunks {
        let (first, count) = rows(of: chunk)
        for strip in 0..<(count + Self.stripRows - 1) / Self.stripRows {
          for phase in group.inputs {
            spreadStrip(strip * input.phases.count + phase, kernels, input, values, first, count, slot)
          }
          for phase in group.outputs {
            scatterStrip(strip * output.phases.count + phase, kernels, gradient, first, count, slot)
          }
        }
        for position in 0..<form.positions {
          for phase in group.phases { addProduct(engine, position: position, phase: phase, chunk: chunk, slot: slot) }
        }
      }
    }
  }

  /// Adds a chunk's part of dU at one position and phase.
  private func addProduct(_ engine: Engine, position: Int, phase: Int, chunk: Int, slot: Int) {
    if form.isZero(position, form.phases[phase], form.forward) { return }
    let (inputs, outputs) = (self.inputs, self.outputs)
    withUnsafeTemporaryAllocation(of: Int32.self, capacity: 2) { pair in
      pair.initialize(repeating: 0)
      guard let pairs = pair.baseAddress else { return }
      var job = Product(
        a: Floats(input.plane(position, phase % input.phases.count, slot: slot)), aPixel: 0, aRow: 1,
        aDepth: inputs, b: Floats(output.plane(position, phase % output.phases.count, slot: slot)), bPixel: 0,
        bRow: outputs, bPanel: engine.panelWidth(outputs),
        c: filters + position * filterPlane + phase * inputs * outputs, cRow: outputs, pairs: UnsafePointer(pairs),
        pairCount: 1, depth: rows(of: chunk).count, rows: inputs, columns: outputs, accumulate: chunk > 0)
      engine.kernels.product(&job)
    }
  }

  /// The first row of a chunk, and how many it has: none after the last chunk.
  private func rows(of chunk: Int) -> (first: Int, count: Int) {
    let first = min(rows, chunk * layout.rows)
    return (first, min(layout.rows, rows - first))
  }

  /// Calls the body for all chunks: at the same time, each with a slot of its own, or one after the other.
  private func eachChunk(_ engine: Engine, _ body: (_ first: Int, _ count: Int, _ slot: Int) -> Void) {
    if !layout.apart {
      for chunk in 0..<layout.chunks { body(rows(of: chunk).first, rows(of: chunk).count, 0) }
      return
    }
    nextChunk.store(0, ordering: .relaxed)
    engine.parallel(layout.slots) { slot in
      while true {
        let chunk = nextChunk.add(1, ordering: .relaxed).oldValue
        if chunk >= layout.chunks { return }
        body(rows(of: chunk).first, rows(of: chunk).count, slot)
      }
    }
  }

  /// Shares out the tasks of a chunk, unless other threads have chunks of their own.
  private func share(_ engine: Engine, _ tasks: Int, _ body: (Int) -> Void) {
    if layout.apart { for task in 0..<tasks { body(task) } } else { engine.parallel(tasks, body) }
  }

  /// Rows of one task.
  private static let stripRows = 8

  /// How many tasks it takes to go through all rows of a chunk for all phases.
  private func strips(_ count: Int, _ phases: [WinogradForm.Phase]) -> Int {
    (count + Self.stripRows - 1) / Self.stripRows * phases.count
  }

  /// Goes through some rows of a chunk for one phase, by stretches that lie within a tile; `row` counts from the chunk's
  /// first. Of `pixels`, which has the offsets of a phase's tiles, the body gets the tile's own.
  private func strip(
    _ task: Int, _ first: Int, _ count: Int, _ pixels: [[Int]],
    _ body: (_ row: Int, _ image: Int, _ count: Int, _ phase: Int, _ offsets: UnsafePointer<Int>) -> Void
  ) {
    let phase = task % pixels.count
    pixels[phase].withUnsafeBufferPointer { offsets in
      guard let start = offsets.baseAddress else { return }
      let pixelsOfTile = offsets.count / form.tiles
      var row = first + task / pixels.count * Self.stripRows
      let end = min(first + count, row + Self.stripRows)
      while row < end {
        let (tile, image) = (row / bindings.batch, row % bindings.batch)
        let rows = min(end - row, bindings.batch - image)
        body(row - first, image, rows, phase, start + tile * pixelsOfTile)
        row += rows
      }
    }
  }

  /// Transforms the patches of some rows.
  private func spreadStrip(
    _ task: Int, _ kernels: WinogradKernels, _ side: WinogradSide, _ values: Floats, _ first: Int, _ count: Int,
    _ slot: Int
  ) {
    strip(task, first, count, side.patches) { row, image, rows, phase, offsets in
      kernels.inputs(
        offsets, zeros.floats, values + image * side.channels, rows, side.channels,
        side.plane(0, phase, slot: slot) + row * side.channels, side.channels, side.position, side.misses[phase].y,
        side.misses[phase].x)
    }
  }

  /// Transforms the gradient at some rows.
  private func scatterStrip(
    _ task: Int, _ kernels: WinogradKernels, _ gradient: Floats, _ first: Int, _ count: Int, _ slot: Int
  ) {
    strip(task, first, count, output.tiles) { row, image, rows, phase, offsets in
      kernels.gradients(
        offsets, zeros.floats, gradient + image * outputs, rows, outputs,
        output.plane(0, phase, slot: slot) + row * outputs, outputs, output.position)
    }
  }

  private func offsets(_ taps: [Int], scaledBy factor: Int, _ body: (UnsafePointer<Int>) -> Void) {
    withUnsafeTemporaryAllocation(of: Int.self, capacity: taps.count) { offsets in
      for i in 0..<taps.count { offsets[i] = taps[i] < 0 ? -1 : taps[i] * factor }
      if let start = offsets.baseAddress { body(UnsafePointer(start)) }
    }
  }
}
