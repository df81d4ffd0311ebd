import KernelTypes

/// A convolution from a map to a map: plain, transposed, or dense. The three passes are the same product over the
/// geometry's three groupings:
///
///     forward      Y[o]  = Σ over (i, t) of X[i] · W[t]          for each output pixel o
///     data         dX[i] = Σ over (o, t) of dY[o] · W[t]ᵀ        for each input pixel i
///     weights      dW[t] = Σ over (i, o) of X[i]ᵀ · dY[o]        for each tap t
///
/// where X[i] is the N × C matrix of a pixel. Weights are [tap][input channel][output channel].
final class DirectConvolution: Step {
  private let geometry: ConvolutionGeometry
  private let weights: Parameter
  private let bindings: Bindings
  private let byOutput: PairLists
  private let byInput: PairLists?
  private let byTap: PairLists?
  private let tapChunks: Int
  private var panels: PackedWeights
  private var transposes: PackedWeights

  private var inputs: Int { geometry.input.paddedChannels }
  private var outputs: Int { geometry.output.paddedChannels }

  /// Below this many bytes weights stay in the second-level cache while groups of rows pass by; above it a panel stays
  /// there while all rows pass by.
  private static let smallWeights = 600_000
  private static let rowGroup = 24
  /// Pixels of the smaller side that the weights' gradient takes at a time, so that both operands of a chunk stay in
  /// the cache.
  private static let chunkBytes = 8 << 20

  init(_ geometry: ConvolutionGeometry, weights: Parameter, frozen: Bool, _ bindings: Bindings) {
    self.geometry = geometry
    self.weights = weights
    self.bindings = bindings
    byOutput = PairLists(groups: geometry.output.pixels) { add in geometry.visit { i, o, t in add(o, i, t) } }
    let wantsData = bindings.inputs[0].gradient != nil
    byInput =
      wantsData
      ? PairLists(groups: geometry.input.pixels) { add in geometry.visit { i, o, t in add(i, o, t) } } : nil
    let smaller = min(geometry.input.pixels, geometry.output.pixels)
    let bytes =
      4 * bindings.batch
      * (geometry.input.pixels * geometry.input.paddedChannels + geometry.output.pixels * geometry.output.paddedChannels)
    let chunks = min(smaller, max(1, (bytes + Self.chunkBytes - 1) / Self.chunkBytes))
    tapChunks = chunks
    let inputIsSmaller = geometry.input.pixels == smaller
    byTap =
      frozen
      ? nil
      : PairLists(groups: chunks * geometry.taps) { add in
        geometry.visit { i, o, t in add((inputIsSmaller ? i : o) * chunks / smaller * geometry.taps + t, i, o) }
      }
    let (inputs, outputs) = (geometry.input.paddedChannels, geometry.output.paddedChannels)
    panels = PackedWeights(
      depth: inputs, columns: outputs, frozen: frozen ? bindings.memory.floats(weights.values.count) : nil)
    transposes = PackedWeights(
      depth: outputs, columns: inputs, frozen: frozen && wantsData ? bindings.memory.floats(weights.values.count) : nil)
  }

  /// The weights as a pass multiplies by them: in panels, or their transposes. Frozen ones are packed once; others into
  /// the workspace whenever they are needed.
  private struct PackedWeights {
    /// Rows of a tap's matrix.
    let depth: Int
    let columns: Int
    let frozen: FloatBuffer?
    var isReady = false
  }

  /// Floats of memory for weights in panels.
  static func workspace(_ weights: Parameter) -> Int { weights.values.count }

  private func pack(_ packed: inout PackedWeights, _ engine: Engine, by kernel: KernelSet.PackWeights) -> Floats {
    let target = packed.frozen?.start ?? bindings.workspace
    if packed.frozen == nil || !packed.isReady {
      let (inputs, outputs, taps) = (self.inputs, self.outputs, geometry.taps)
      let (depth, width) = (packed.depth, engine.panelWidth(packed.columns))
      engine.parallel(taps) { tap in
        kernel(
          weights.values.floats + tap * inputs * outputs, target + tap * depth * width, inputs, outputs, width,
          taps * depth)
      }
      packed.isReady = true
    }
    return Floats(target)
  }

  func forward(_ engine: Engine, _ run: Run) {
    multiply(
      engine, lists: byOutput, pixels: geometry.output.pixels, from: Floats(bindings.inputs[0].values), depth: inputs,
      panels: pack(&panels, engine, by: engine.kernels.packPanels), to: bindings.output.values, columns: outputs,
      accumulate: false)
  }

  func backward(_ engine: Engine, _ run: Run) {
    guard let gradient = bindings.output.gradient else { return }
    if run.learns, let byTap, let target = bindings.gradient(weights) {
      backwardWeights(engine, byTap, Floats(gradient), target)
    }
    if let byInput, let target = bindings.inputs[0].gradient {
      multiply(
        engine, lists: byInput, pixels: geometry.input.pixels, from: Floats(gradient), depth: outputs,
        panels: pack(&transposes, engine, by: engine.kernels.packTransposed), to: target, columns: inputs,
        accumulate: bindings.inputs[0].accumulates)
    }
  }

  /// to[p] (+)= Σ over the pixel's pairs (q, t) of from[q] · panels[t], for all pixels and images.
  private func multiply(
    _ engine: Engine, lists: PairLists, pixels: Int, from: Floats, depth: Int, panels: Floats, to: MutableFloats,
    columns: Int, accumulate: Bool
  ) {
    let batch = bindings.batch
    let width = engine.panelWidth(columns)
    let panelFloats = geometry.taps * depth * width
    // Two orders, the same bits.
    let byPanel = geometry.taps * depth * columns * 4 > Self.smallWeights
    let group = byPanel ? batch : Self.rowGroup
    let groups = (batch + group - 1) / group
    let panelTasks = byPanel ? columns / width : 1
    engine.parallel(pixels * groups * panelTasks) { task in
      let pixel = task % pixels
      let row = task / pixels % groups * group
      let panel = task / pixels / groups
      let (pairs, count) = lists.list(pixel)
      var job = Product(
        a: from + row * depth, aPixel: batch * depth, aRow: depth, aDepth: 1,
        b: panels + panel * panelFloats, bPixel: depth * width, bRow: width, bPanel: panelFloats,
        c: to + ((pixel * batch + row) * columns + panel * width), cRow: columns,
        pairs: pairs, pairCount: count, depth: depth, rows: min(group, batch - row),
        columns: byPanel ? width : columns, accumulate: accumulate)
      engine.kernels.product(&job)
    }
  }

  private func backwardWeights(_ engine: Engine, _ lists: PairLists, _ gradient: Floats, _ target: MutableFloats) {
    let (inputs, outputs, taps, batch) = (self.inputs, self.outputs, geometry.taps, bindings.batch)
    let width = engine.panelWidth(outputs)
    let panels = outputs / width
    // Few taps and panels would leave threads idle: then a task is a part of the input channels, too. 48 is a multiple
    // of every tile's rows but 8's.
    let rows = taps * panels >= 8 ? inputs : min(inputs, 48)
    let rowGroups = (inputs + rows - 1) / rows
    let source = Floats(bindings.inputs[0].values)
    for chunk in 0..<tapChunks {
      engine.parallel(taps * panels * rowGroups) { task in
        let tap = task % taps
        let column = task / taps % panels * width
        let row = task / taps / panels * rows
        let (pairs, count) = lists.list(chunk * taps + tap)
        var job = Product(
          a: source + row, aPixel: batch * inputs, aRow: 1, aDepth: inputs,
          b: gradient + column, bPixel: batch * outputs, bRow: outputs, bPanel: width,
          c: target + ((tap * inputs + row) * outputs + column), cRow: outputs,
          pairs: pairs, pairCount: count, depth: batch, rows: min(rows, inputs - row), columns: width,
          accumulate: chunk > 0 || bindings.continues)
        engine.kernels.product(&job)
      }
    }
  }
}
