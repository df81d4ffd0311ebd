/// Sandal, sneaker and ankle boot from the side, the toe to the left.
///
/// A shoe has its own coordinates: `along` from 0 at the toe to 1 at the heel, and the height above the sole. A heel
/// lifts the sole behind the ball of the foot, and everything above with it.
struct Footwear {
  private let factors: FactorValues
  private let left, length, ground: Float

  init(_ factors: FactorValues) {
    self.factors = factors
    length = factors[.shoeLength]
    left = 0.5 - length / 2
    let height = factors[.soleHeight] + factors[.heelHeight] + factors[.shaftHeight]
    ground = 0.5 + height / 2
  }

  /// A point of the shoe, above the sole.
  private func point(_ along: Float, _ height: Float) -> Point {
    Point(left + along * length, ground - factors[.soleHeight] - lift(along) - height)
  }

  /// How high the sole's underside is above the ground.
  private func lift(_ along: Float) -> Float {
    let t = min(max((along - 0.30) / 0.52, 0), 1)
    return factors[.heelHeight] * t * t * (3 - 2 * t)
  }

  func drawSandal(on canvas: inout Canvas) {
    drawSole(on: &canvas, brightness: 0.9)
    let width = factors[.strapWidth]
    let arch = factors[.strapHeight]
    let top = factors[.shaftHeight]

    var toe = Outline([point(0.06, 0)])
    toe.curve(to: point(0.40, 0), by: point(0.24, 2 * arch))
    canvas.band(toe, width: width)
    if factors[.straps] >= 2 {
      var cross = Outline([point(0.26, 0)])
      cross.curve(to: point(0.62, 0), by: point(0.46, 2.4 * arch))
      canvas.band(cross, width: width, brightness: 0.9)
    }
    if factors[.straps] >= 3 {
      var instep = Outline([point(0.40, arch)])
      instep.curve(to: point(0.66, top), by: point(0.50, top * 0.5))
      canvas.band(instep, width: width, brightness: 0.85)
    }
    if factors[.straps] >= 4 {
      canvas.band(Outline([point(0.55, 0), point(0.80, top * 0.92)]), width: width, brightness: 0.9)
    }
    var ankle = Outline([point(0.97, 0)])
    ankle.curve(to: point(0.92, top), by: point(1.0, top * 0.7))
    ankle.curve(to: point(0.64, top), by: point(0.78, top * 0.80))
    canvas.band(ankle, width: width * 0.9)
  }

  func drawShoe(on canvas: inout Canvas) {
    let top = factors[.shaftHeight]
    let toe = factors[.toeHeight]
    let throat = point(0.56, toe + 0.55 * (top - toe) + 0.04)
    let front = point(0.60, top)
    let back = point(0.965, top + 0.015)

    var upper = Outline([point(0, 0)])
    upper.curve(to: point(0.12, toe), by: point(0, toe * 0.95), pieces: 4)
    upper.curve(to: throat, by: point(0.40, toe + 0.05), pieces: 4)
    upper.line(to: front)
    upper.curve(to: back, by: point(0.80, top - 0.05), pieces: 4)
    upper.curve(to: point(0.99, 0), by: point(0.95, top * 0.45), pieces: 4)
    canvas.fill(upper)
    drawSole(on: &canvas, brightness: 1.12)
    canvas.line(Outline((0...8).map { point(Float($0) / 8, 0.005) }), width: 0.022, contrast: 0.7)

    for lace in 0..<4 {
      let along = 0.34 + 0.075 * Float(lace)
      let height = toe + (throat.y - point(0.56, toe).y) * -((along - 0.20) / 0.36) * 0.8
      canvas.line(
        Outline([point(along, height + 0.03), point(along + 0.06, height - 0.06)]), width: 0.022,
        contrast: factors[.laces])
    }
    var side = Outline([point(0.46, 0.02)])
    side.curve(to: point(0.62, top * 0.75), by: point(0.56, top * 0.25), pieces: 4)
    canvas.line(side, width: 0.022, contrast: 0.8 * factors[.sideLines])
    canvas.line(
      Outline([point(0.80, 0.01), point(0.84, top * 0.5), point(0.97, top * 0.55)]), width: 0.022,
      contrast: 0.8 * factors[.sideLines])
    canvas.line(Outline([front, point(0.80, top - 0.025), back]), width: 0.03, contrast: 0.5)
  }

  /// The sole with the heel below it.
  private func drawSole(on canvas: inout Canvas, brightness: Float) {
    let thickness = factors[.soleHeight]
    var sole: [Point] = []
    var underside: [Point] = []
    for step in 0...10 {
      let along = Float(step) / 10
      sole.append(point(along, 0))
      underside.append(point(along, step == 0 ? -0.6 * thickness : -thickness))
    }
    canvas.fill(Outline(sole + underside.reversed()), brightness: brightness)
    guard factors[.heelHeight] > 0.01 else { return }
    let width = 0.26 - 0.55 * factors[.heelHeight]
    canvas.fill(
      Outline([
        point(0.99 - width, -thickness * 0.8), point(0.995, -thickness * 0.8),
        Point(left + 0.985 * length, ground), Point(left + (0.985 - 0.8 * width) * length, ground),
      ]), brightness: brightness * 0.9)
  }
}
