/// A bag: a body with rounded corners, a handle above it, a flap with a clasp.
struct Bag {
  private let factors: FactorValues

  init(_ factors: FactorValues) { self.factors = factors }

  func draw(on canvas: inout Canvas) {
    let height = factors[.bagHeight]
    let rise = factors[.handleHeight]
    let bottom = 0.5 + (height + rise) / 2
    let top = bottom - height
    let low = 0.5 + factors[.bagWidth]
    let high = 0.5 + factors[.bagWidth] * factors[.bagTaper]

    let foot = 0.5 + min(factors[.handleWidth], 0.9 * (high - 0.5))
    var handle = Outline([Point(foot, top + 0.03)])
    let peak = top - rise
    handle.curve(to: Point(0.5, peak), by: Point(foot - 0.01, peak), pieces: 6)
    handle = Outline(handle.points + handle.points.dropLast().reversed().map(\.mirrored))
    canvas.band(handle, width: factors[.handleThickness], brightness: 0.85)

    var half = Outline([Point(0.5, top), Point(high - 0.03, top)])
    half.curve(to: Point(high, top + 0.03), by: Point(high, top), pieces: 3)
    half.line(to: Point(low, bottom - 0.05))
    half.curve(to: Point(low - 0.05, bottom), by: Point(low, bottom), pieces: 3)
    half.line(to: Point(0.5, bottom))
    canvas.fill(half.closedByMirror)

    let edge = top + factors[.flap] * height
    let share = factors[.flap]
    let side = high + share * (low - high) - 0.01
    var flap = Outline([Point(side, edge - 0.05)])
    flap.curve(to: Point(1 - side, edge - 0.05), by: Point(0.5, edge + 0.05))
    canvas.line(flap, width: 0.026, contrast: factors[.flapEdge])
    canvas.line(Outline([Point(high, top + 0.03), Point(1 - high, top + 0.03)]), width: 0.02, contrast: 0.35)
    canvas.patch(.disc(at: Point(0.5, edge), radius: 0.045), contrast: factors[.clasp])
  }
}
