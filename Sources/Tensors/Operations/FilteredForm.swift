/// How a convolution is cut into 4×4 tiles and phases for minimal filtering.
struct FilteredForm {
  /// Whether the output's rows and columns are the even ones (0) or the odd ones (1).
  struct Phase: Hashable {
    let y: Int
    let x: Int
  }

  /// Output pixels for one input pixel along an axis: 1, or 2 for a transposed convolution.
  let step: Int
  let phases: [Phase]
  private let height: Int
  private let width: Int
  private let tilesAcross: Int
  let tiles: Int

  /// The form of a convolution for which it saves a quarter of the multiplications or more and the channels are enough
  /// to pay for the transforms; none for any other. It depends on the shapes alone, since it decides the bits.
  init?(_ geometry: Geometry) {
    guard let step = geometry.filterStep else { return nil }
    self.step = step
    phases =
      step == 1 ? [Phase(y: 0, x: 0)] : [Phase(y: 0, x: 0), Phase(y: 0, x: 1), Phase(y: 1, x: 0), Phase(y: 1, x: 1)]
    height = geometry.input.height
    width = geometry.input.width
    tilesAcross = (width + 3) / 4
    tiles = tilesAcross * ((height + 3) / 4)
    let positions = phases.reduce(0) { $0 + (6 - $1.y) * (6 - $1.x) }
    let channels = geometry.input.channels * geometry.output.channels
    guard min(geometry.input.channels, geometry.output.channels) >= 32,
      4 * tiles * positions * channels <= 3 * geometry.multiplyAdds
    else { return nil }
  }

  /// Offsets in floats of the pixels of every tile's patch, on the input's grid (step 1) or on one phase of the
  /// output's. A patch of side 6 begins one pixel before its tile; pixels beyond the border are −1.
  func offsets(side: Int, step: Int, phase: Phase, pixel: Int) -> [Int] {
    var result: [Int] = []
    for tile in 0..<tiles {
      let top = tile / tilesAcross * 4 - (side == 6 ? 1 : 0)
      let left = tile % tilesAcross * 4 - (side == 6 ? 1 : 0)
      for y in top..<top + side {
        for x in left..<left + side {
          let inside = y >= 0 && y < height && x >= 0 && x < width
          result.append(inside ? ((y * step + phase.y) * width * step + x * step + phase.x) * pixel : -1)
        }
      }
    }
    return result
  }

  /// For the nine places of a phase's 3×3 correlation, which tap stands there; −1 for none.
  func taps(_ phase: Phase) -> [Int] {
    if step == 1 { return Array(0..<9) }
    // Output row 2m + phase sees input rows m − 1, m, m + 1 under these rows of the 5×5 kernel.
    let rows = [[4, 2, 0], [-1, 3, 1]]
    return rows[phase.y].flatMap { y in rows[phase.x].map { x in y < 0 || x < 0 ? -1 : y * 5 + x } }
  }

  /// Whether a missing tap makes a phase's transformed weights zero at a position. It makes the position of point 0
  /// zero, or of point ∞ once the taps are turned round: `missing` is 0 or 5.
  func isZero(_ position: Int, _ phase: Phase, missing: Int) -> Bool {
    (phase.y == 1 && position / 6 == missing) || (phase.x == 1 && position % 6 == missing)
  }
}
