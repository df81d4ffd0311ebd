/// Trousers: two legs that hang from a waist.
struct Trousers {
  private let factors: FactorValues

  init(_ factors: FactorValues) { self.factors = factors }

  func draw(on canvas: inout Canvas) {
    let top = 0.5 - factors[.legLength] / 2
    let bottom = 0.5 + factors[.legLength] / 2
    let hip = 0.5 + factors[.hipWidth]
    let waist = 0.5 + 0.84 * factors[.hipWidth]
    let crotch = Point(0.5, top + factors[.rise])
    let inside = Point(0.5 + factors[.legGap], bottom)
    let outside = Point(inside.x + factors[.legWidth], bottom)

    var half = Outline([Point(0.5, top + 0.01), Point(waist, top)])
    half.curve(to: Point(hip, crotch.y), by: Point(hip + 0.005, top + 0.5 * factors[.rise]), pieces: 4)
    half.curve(to: outside, by: Point(hip.toward(outside.x, 0.6), crotch.y + 0.5 * (bottom - crotch.y)), pieces: 4)
    half.line(to: inside)
    half.curve(
      to: crotch, by: Point(0.5 + 0.75 * factors[.legGap], crotch.y + 0.35 * (bottom - crotch.y)), pieces: 4)
    canvas.fill(half)
    canvas.fill(half.mirrored)

    let band = Outline([Point(waist, top + 0.055), Point(1 - waist, top + 0.055)])
    canvas.line(band, width: 0.022, contrast: 0.5)
    canvas.line(Outline([Point(0.5, top + 0.05), crotch]), width: 0.022, contrast: 0.5)
    let pocket = Outline([Point(waist - 0.05, top + 0.06), Point(hip - 0.01, top + 0.15)])
    canvas.line(pocket, width: 0.02, contrast: 0.4)
    canvas.line(pocket.mirrored, width: 0.02, contrast: 0.4)
  }
}
