/// T-shirt, pullover, dress, coat and shirt: one way of drawing, and only the factors' ranges tell them apart.
struct UpperGarment {
  private let factors: FactorValues
  private let top, hem: Float
  private let shoulder, armpit, waist, hip, corner: Point

  init(_ factors: FactorValues) {
    self.factors = factors
    let length = factors[.bodyLength]
    let chest = factors[.chestWidth]
    top = 0.5 - length / 2
    hem = 0.5 + length / 2
    shoulder = Point(0.5 + factors[.shoulderWidth], top + 0.055)
    armpit = Point(0.5 + chest, top + 0.25)
    waist = Point(0.5 + chest * factors[.waistWidth], top + 0.25 + 0.32 * (length - 0.25))
    corner = Point(0.5 + chest * factors[.hemWidth], hem)
    hip = Point(waist.x + 0.65 * (corner.x - waist.x), waist.y + 0.45 * (hem - waist.y))
  }

  func draw(on canvas: inout Canvas) {
    drawBackOfNeck(on: &canvas)
    let sleeve = self.sleeve
    if let sleeve {
      canvas.fill(sleeve.outline, brightness: 0.94)
      canvas.fill(sleeve.outline.mirrored, brightness: 0.94)
    }
    canvas.fill(body)
    drawSeams(on: &canvas, sleeve: sleeve)
    drawFront(on: &canvas)
    drawCollar(on: &canvas)
  }

  private var body: Outline {
    var half = Outline([Point(0.5 + factors[.neckWidth], top), shoulder])
    half.curve(to: armpit, by: Point(armpit.x.toward(shoulder.x, 0.5) - 0.02, armpit.y - 0.08), pieces: 4)
    half.curve(to: waist, by: Point(waist.x, (armpit.y + waist.y) / 2), pieces: 4)
    half.curve(to: corner, by: hip, pieces: 4)
    half.line(to: Point(0.5, hem + 0.012))
    return Outline(half.points + half.mirrored.points.reversed() + neckline.points.reversed())
  }

  /// From the right of the neck to the left.
  private var neckline: Outline {
    let depth = factors[.neckDepth]
    let pointed = factors[.neckPoint]
    return Outline(
      (0...8).map { step in
        let t = Float(step) / 8
        let round = 4 * t * (1 - t)
        let straight = 1 - abs(1 - 2 * t)
        return Point(
          0.5 + factors[.neckWidth] * (1 - 2 * t), top + depth * (round + pointed * (straight - round)))
      })
  }

  /// What one sees of the inside, through the neck.
  private func drawBackOfNeck(on canvas: inout Canvas) {
    var inside = neckline
    inside.curve(to: Point(0.5 + factors[.neckWidth], top), by: Point(0.5, top - 0.015 + 0.3 * factors[.neckDepth]))
    canvas.fill(inside, brightness: 0.45)
  }

  private struct Sleeve {
    let outline: Outline
    let cuff: Outline
  }

  /// The right sleeve: a band that narrows along an arm that bends at the elbow; `nil` for hardly any.
  private var sleeve: Sleeve? {
    let length = factors[.sleeveLength]
    guard length > 0.03 else { return nil }
    let start = shoulder.toward(armpit, 0.5)
    let reach = factors[.sleeveReach]
    let elbow = Point(start.x + reach, start.y + 0.17)
    let wrist = Point(start.x + reach + 0.015, start.y + 0.60)
    let wide = (armpit - shoulder).length / 2
    let steps = 5
    var outer = [shoulder]
    var inner = [armpit]
    for step in 1...steps {
      let t = length * Float(step) / Float(steps)
      let center = start.toward(elbow, t).toward(elbow.toward(wrist, t), t)
      let direction = (elbow - start).toward(wrist - elbow, t)
      let narrowing = min(1, 1.5 * t)
      let halfWidth = 0.9 * wide + narrowing * (factors[.cuffWidth] - 0.9 * wide)
      let side = halfWidth / direction.length * Point(direction.y, -direction.x)
      outer.append(center + side)
      inner.append(center - side)
    }
    return Sleeve(
      outline: Outline(outer + inner.reversed()), cuff: Outline([outer[steps], inner[steps]]))
  }

  private func drawSeams(on canvas: inout Canvas, sleeve: Sleeve?) {
    let ribbing = factors[.ribbing]
    if let sleeve {
      var seam = Outline([shoulder])
      seam.curve(to: armpit, by: Point(armpit.x.toward(shoulder.x, 0.5) - 0.02, armpit.y - 0.08), pieces: 4)
      if factors[.sleeveLength] > 0.4 { seam.line(to: armpit.toward(waist, 0.8)) }
      canvas.line(seam, width: 0.02, contrast: 0.45)
      canvas.line(seam.mirrored, width: 0.02, contrast: 0.45)
      canvas.line(sleeve.cuff, width: 0.07, contrast: 0.6 * ribbing)
      canvas.line(sleeve.cuff.mirrored, width: 0.07, contrast: 0.6 * ribbing)
    }
    canvas.line(neckline, width: 0.04, contrast: 0.15 + 0.5 * ribbing)
    let band = Outline([Point(corner.x, hem - 0.03), Point(1 - corner.x, hem - 0.03)])
    canvas.line(band, width: 0.08, contrast: 0.45 * ribbing)
    canvas.line(Outline([waist, waist.mirrored]), width: 0.03, contrast: 0.7 * factors[.belt])
  }

  private func drawFront(on canvas: inout Canvas) {
    let start = top + factors[.neckDepth]
    let opening = factors[.opening]
    if opening > 0.01 {
      let wedge = Outline([
        Point(0.5, start - 0.02), Point(0.5 + opening, hem + 0.02), Point(0.5 - opening, hem + 0.02),
      ])
      canvas.patch(wedge, contrast: 1)
    }
    canvas.line(Outline([Point(0.5, start), Point(0.5, hem)]), width: 0.024, contrast: factors[.frontLine])
    let buttonSide = 0.5 + (opening > 0.01 ? opening * 0.5 + 0.035 : 0)
    for button in 0..<5 {
      let y = start + (hem - start) * (Float(button) + 0.6) / 5.2
      canvas.patch(.disc(at: Point(buttonSide, y), radius: 0.021), contrast: factors[.buttons])
    }
    let height = waist.y + 0.4 * (hem - waist.y)
    let pocket = Outline([
      Point(0.5 + 0.35 * factors[.chestWidth], height), Point(0.5 + 0.85 * factors[.chestWidth], height - 0.03),
    ])
    canvas.line(pocket, width: 0.024, contrast: factors[.pockets])
    canvas.line(pocket.mirrored, width: 0.024, contrast: factors[.pockets])
  }

  /// Two flaps that hang from the neck along the neckline.
  private func drawCollar(on canvas: inout Canvas) {
    let size = factors[.collar]
    guard size > 0.015 else { return }
    let neck = Point(0.5 + factors[.neckWidth], top)
    let middle = Point(0.5, top + factors[.neckDepth])
    let flap = Outline([
      Point(neck.x - 0.03, top - 0.02), Point(neck.x + 0.02, top + 0.01),
      Point(0.5 + 0.40 * factors[.neckWidth] + 0.45 * size, middle.y + 0.70 * size), middle,
    ])
    for side in [flap, flap.mirrored] {
      canvas.fill(side, brightness: 1.08)
      canvas.line(Outline([side.points[1], side.points[2], side.points[3]]), width: 0.018, contrast: 0.5)
    }
  }
}
