import KernelTypes

/// How a Winograd convolution cuts its rows into chunks, and where in the workspace it has what, in floats: for each slot
/// the transformed input and the transformed output of a chunk; transformed weights, transposed weights.
struct WinogradLayout {
  let inputs, outputs: Int
  /// Whether each thread works on chunks of its own.
  let apart: Bool
  /// Rows of one chunk.
  let rows: Int
  let chunks: Int
  /// Chunks that are worked on at the same time.
  let slots: Int
  /// Of a form with four phases, those that go together where each thread takes some for the weights' gradient; none
  /// where there are not enough.
  let phaseGroups: [[Int]]
  /// From one plane to the next: one cache line more than the plane's size, since planes a power of two apart would
  /// crowd into few lines of the cache.
  let inputPlane, outputPlane, filterPlane: Int
  let output, slotFloats, filters, transposed, floats: Int

  init(_ geometry: ConvolutionGeometry, _ form: WinogradForm, batch: Int, threads: Int) {
    inputs = geometry.input.paddedChannels
    outputs = geometry.output.paddedChannels
    let inputPlanes = form.positions * form.phases(form.forward.source).count
    let outputPlanes = form.positions * form.phases(form.forward.target).count
    filterPlane = form.phases.count * inputs * outputs + 16
    // Chunks so small that the transformed tensors stay in a core's second-level cache, as many for each thread. But
    // where the filters, which every chunk reads, are too many for the cache behind it, all threads share large ones.
    apart = form.positions * filterPlane <= 1_500_000
    let all = form.tiles * batch
    let least = (all + (apart ? 47 : 143)) / (apart ? 48 : 144)
    let wanted = apart ? (least + threads - 1) / threads * threads : least
    rows = min(all, ((all + wanted - 1) / wanted + 3) / 4 * 4)
    chunks = (all + rows - 1) / rows
    let byPhases = apart && form.phases.count == 4 && threads <= 4
    // The first phase has the most taps, the last one the fewest, or the other way round.
    phaseGroups = !byPhases ? [] : [[[0, 1, 2, 3]], [[0, 3], [1, 2]], [[0], [1], [2], [3]]][min(threads - 1, 2)]
    slots = max(phaseGroups.count, min(chunks, apart ? max(2, threads) : 2))
    inputPlane = rows * inputs + 16
    outputPlane = rows * outputs + 16
    output = inputPlanes * inputPlane
    slotFloats = output + outputPlanes * outputPlane
    filters = slots * slotFloats
    transposed = filters + form.positions * filterPlane
    floats = transposed + geometry.taps * inputs * outputs + 64
  }
}
