/// Where in the workspace a filtered convolution has what, in floats: the transformed input, the transformed output,
/// transformed weights, transposed weights.
struct FilteredLayout {
  let inputs, outputs: Int
  /// Rows of one chunk.
  let rows: Int
  /// From one plane to the next: one cache line more than the plane's size, since planes a power of two apart would
  /// crowd into few lines of the cache.
  let inputPlane, outputPlane, filterPlane: Int
  let output, filters, transposed, floats: Int

  init(_ geometry: Geometry, _ form: FilteredForm, batch: Int) {
    inputs = geometry.input.paddedChannels
    outputs = geometry.output.paddedChannels
    let inputPlanes = form.positions * form.phases(form.forward.source).count
    let outputPlanes = form.positions * form.phases(form.forward.target).count
    filterPlane = form.phases.count * inputs * outputs + 16
    // So few that a chunk's transformed tensors stay in a core's second-level cache; but more where the filters, which
    // every chunk reads, are too many for the cache behind it.
    let most = form.positions * filterPlane > 1_500_000 ? 144 : 48
    let all = form.tiles * batch
    let chunks = (all + most - 1) / most
    rows = min(all, ((all + chunks - 1) / chunks + 23) / 24 * 24)
    inputPlane = rows * inputs + 16
    outputPlane = rows * outputs + 16
    output = inputPlanes * inputPlane
    filters = output + outputPlanes * outputPlane
    transposed = filters + form.positions * filterPlane
    floats = transposed + geometry.taps * inputs * outputs + 64
  }
}
