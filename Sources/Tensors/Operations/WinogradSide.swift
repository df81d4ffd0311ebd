import KernelTypes

/// The input or the output of a Winograd convolution, with its transformed tensor: a plane for each position and phase,
/// whose rows are (tile, image) pairs.
struct WinogradSide {
  let channels: Int
  let phases: [WinogradForm.Phase]
  /// For each phase, whether it has a tap less in a direction.
  let misses: [(y: Bool, x: Bool)]
  /// For each phase, the pixels' offsets of every tile's patch and of the tiles themselves.
  let patches: [[Int]]
  let tiles: [[Int]]
  private let transformed: MutableFloats
  /// Floats from one slot's memory to the next one's.
  private let slotFloats: Int
  /// Floats from one phase to the next.
  let plane: Int
  /// Floats from one position to the next.
  var position: Int { phases.count * plane }

  init(
    _ side: WinogradForm.Side, of form: WinogradForm, channels: Int, batch: Int, transformed: MutableFloats, plane: Int,
    slotFloats: Int
  ) {
    self.channels = channels
    self.transformed = transformed
    self.plane = plane
    self.slotFloats = slotFloats
    phases = form.phases(side)
    misses = phases.map { side == .fine ? (form.misses($0.y), form.misses($0.x)) : (false, false) }
    patches = phases.map { form.offsets(side, $0, patch: true, pixel: batch * channels) }
    tiles = phases.map { form.offsets(side, $0, patch: false, pixel: batch * channels) }
  }

  /// Where a phase's plane begins, in the memory of one of the chunks that are worked on at the same time.
  func plane(_ position: Int, _ phase: Int, slot: Int) -> MutableFloats {
    transformed + (slot * slotFloats + (position * phases.count + phase) * plane)
  }
}
