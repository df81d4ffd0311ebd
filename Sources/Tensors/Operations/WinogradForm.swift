import Images
import KernelTypes

/// How a convolution is cut into tiles and phases for Winograd transforms: as convolutions of stride 1 between the pixels
/// of its coarse side and those of its fine side, which has as many pixels or is split into four phases that do.
struct WinogradForm {
  /// Even rows or columns of the fine side (0) or odd ones (1).
  struct Phase: Hashable {
    let y: Int
    let x: Int
  }
  enum Side { case coarse, fine }
  /// Whether coarse pixels give fine ones, or the other way round.
  enum Direction {
    case refining, coarsening

    var source: Side { self == .refining ? .coarse : .fine }
    var target: Side { self == .refining ? .fine : .coarse }
    var turned: Direction { self == .refining ? .coarsening : .refining }
  }

  private let kind: ConvolutionGeometry.WinogradKind
  /// Taps of each small convolution along an axis, some of which may be missing: 2 or 3.
  let taps: Int
  /// Pixels of a tile along an axis.
  static let tile = 4
  /// Interpolation points, which are as many as the pixels that a tile's outputs see.
  var points: Int { Self.tile + taps - 1 }
  var positions: Int { points * points }
  /// Whether the forward pass refines or coarsens; the data's gradient goes the other way.
  let forward: Direction
  let phases: [Phase]
  private let coarse: Shape
  private let fine: Shape
  private let tilesAcross: Int
  let tiles: Int

  /// The form of a convolution for which it saves a quarter of the multiplications or more and the channels are enough
  /// to pay for the transforms; none for any other. It depends on the shapes alone, since it decides the bits.
  init?(_ geometry: ConvolutionGeometry) {
    guard let kind = geometry.winogradKind else { return nil }
    self.kind = kind
    taps = kind == .downsampling ? 2 : 3
    forward = kind == .downsampling ? .coarsening : .refining
    coarse = kind == .downsampling ? geometry.output : geometry.input
    fine = kind == .downsampling ? geometry.input : geometry.output
    let parities = kind == .plain ? [0] : [0, 1]
    phases = parities.flatMap { y in parities.map { x in Phase(y: y, x: x) } }
    tilesAcross = (coarse.width + Self.tile - 1) / Self.tile
    tiles = tilesAcross * ((coarse.height + Self.tile - 1) / Self.tile)
    let multiplications = phases.reduce(0) {
      $0 + (points - (misses($1.y) ? 1 : 0)) * (points - (misses($1.x) ? 1 : 0))
    }
    let channels = geometry.input.channels * geometry.output.channels
    guard min(geometry.input.channels, geometry.output.channels) >= 32,
      4 * tiles * multiplications * channels <= 3 * geometry.multiplyAdds
    else { return nil }
  }

  func phases(_ side: Side) -> [Phase] { side == .fine ? phases : [Phase(y: 0, x: 0)] }

  /// For the places of a phase's correlation, which tap stands there; −1 for none.
  func taps(_ phase: Phase, _ direction: Direction) -> [Int] {
    let (kernel, byParity) = axis(direction)
    let (rows, columns) = (byParity[phase.y], byParity[phase.x])
    return rows.flatMap { y in columns.map { x in y < 0 || x < 0 ? -1 : y * kernel + x } }
  }

  /// The kernel's side, and for each parity the taps under which a pixel sees those of the other side, in their order.
  private func axis(_ direction: Direction) -> (kernel: Int, taps: [[Int]]) {
    switch (kind, direction) {
    case (.plain, .refining): return (3, [[0, 1, 2]])
    case (.plain, .coarsening): return (3, [[2, 1, 0]])
    // Fine pixel 2m + parity sees coarse pixels m − 1, m and m + 1, coarse pixel m sees the same fine ones of a parity.
    case (.upsampling, .refining): return (5, [[4, 2, 0], [-1, 3, 1]])
    case (.upsampling, .coarsening): return (5, [[0, 2, 4], [1, 3, -1]])
    // Fine pixel 2m + 1 sees coarse pixels m and m + 1, coarse pixel m sees fine ones 2m − 1 and 2m + 1; a fine pixel
    // of an even row or column sees one alone.
    case (.downsampling, .refining): return (3, [[1, -1], [2, 0]])
    case (.downsampling, .coarsening): return (3, [[1, -1], [0, 2]])
    }
  }

  func kernels(_ engine: Engine) -> WinogradKernels {
    taps == 3 ? engine.kernels.winogradThreeTaps : engine.kernels.winogradTwoTaps
  }

  /// How many pixels before a tile its patch begins, on the side that the pass comes from.
  private func lead(_ side: Side, _ parity: Int) -> Int {
    kind == .downsampling ? (side == .fine ? parity : 0) : 1
  }

  /// Whether rows or columns of a parity have a tap less.
  func misses(_ parity: Int) -> Bool { kind == .upsampling && parity == 1 || kind == .downsampling && parity == 0 }

  /// Whether a missing tap makes a phase's transformed weights zero at a position: at the first point where the first
  /// of three taps is missing, else at the last.
  func isZero(_ position: Int, _ phase: Phase, _ direction: Direction) -> Bool {
    let missing = taps == 3 && direction == .refining ? 0 : points - 1
    return (misses(phase.y) && position / points == missing) || (misses(phase.x) && position % points == missing)
  }

  /// Offsets of the pixels of every tile on one side, `pixel` floats apart: of the tile itself, or of the patch that
  /// its outputs see. Pixels beyond the border are −1, and those that a missing tap leaves out.
  func offsets(_ side: Side, _ phase: Phase, patch: Bool, pixel: Int) -> [Int] {
    let extent = patch ? points : Self.tile
    let ends = [0, 1].map { extent - (patch && side == .fine && misses($0) ? 1 : 0) }
    let (shape, step) = side == .fine ? (fine, kind == .plain ? 1 : 2) : (coarse, 1)
    var result: [Int] = []
    for tile in 0..<tiles {
      let top = tile / tilesAcross * Self.tile - (patch ? lead(side, phase.y) : 0)
      let left = tile % tilesAcross * Self.tile - (patch ? lead(side, phase.x) : 0)
      for row in top..<top + extent {
        for column in left..<left + extent {
          let (y, x) = (row * step + phase.y, column * step + phase.x)
          let inside = row >= 0 && y < shape.height && column >= 0 && x < shape.width
          let seen = row < top + ends[phase.y] && column < left + ends[phase.x]
          result.append(inside && seen ? (y * shape.width + x) * pixel : -1)
        }
      }
    }
    return result
  }
}
