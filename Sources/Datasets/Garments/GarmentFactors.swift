/// The table of everything that a garment is drawn from.
///
/// Lengths are shares of the picture's side before `scale`; contrasts go from 0, invisible, to 1, as dark as a line can
/// be. The first part shapes the garment and tells the classes apart, not always: ranges overlap as they do in
/// wardrobes. The second part is nuisance, drawn alike for every class.

extension Garments {
  /// Every factor with its meaning, distribution and range for each class.
  public static let factors: [GarmentFactor] = table([
    row(
      .bodyLength, "body length", "from the shoulders to the hem",
      .tShirt(0.70, 0.92), .pullover(0.72, 0.92), .dress(0.86, 0.98), .coat(0.78, 0.98), .shirt(0.74, 0.94)),
    row(
      .shoulderWidth, "shoulder width", "half, from the middle to the shoulder's end",
      .tShirt(0.19, 0.28), .pullover(0.20, 0.28), .dress(0.12, 0.23), .coat(0.21, 0.28), .shirt(0.19, 0.28)),
    row(
      .chestWidth, "chest width", "half, from the middle to the armpit",
      .tShirt(0.20, 0.28), .pullover(0.20, 0.28), .dress(0.12, 0.20), .coat(0.21, 0.28), .shirt(0.19, 0.28)),
    row(
      .waistWidth, "waist width", "as a share of the chest's",
      .tShirt(0.86, 1.04), .pullover(0.88, 1.04), .dress(0.62, 0.98), .coat(0.82, 1.04), .shirt(0.80, 1.02)),
    row(
      .hemWidth, "hem width", "as a share of the chest's",
      .tShirt(0.90, 1.12), .pullover(0.84, 1.06), .dress(0.95, 2.10), .coat(0.94, 1.22), .shirt(0.88, 1.12)),
    row(
      .sleeveLength, "sleeve length", "from 0, none, to 1, the wrist",
      .tShirt(0.08, 0.60), .pullover(0.62, 1.00), .dress(0.00, 1.00, .low), .coat(0.78, 1.00), .shirt(0.20, 1.00, .even)
    ),
    row(
      .sleeveReach, "sleeve reach", "how far the arms are held from the body",
      .tShirt(0.10, 0.18), .pullover(0.07, 0.14), .dress(0.07, 0.14), .coat(0.07, 0.14), .shirt(0.08, 0.15)),
    row(
      .cuffWidth, "cuff width", "half the sleeve's width at the wrist",
      .tShirt(0.045, 0.075), .pullover(0.040, 0.065), .dress(0.035, 0.060), .coat(0.050, 0.075), .shirt(0.040, 0.070)),
    row(
      .neckWidth, "neck width", "half the neckline's width",
      .tShirt(0.070, 0.150), .pullover(0.065, 0.130), .dress(0.060, 0.130), .coat(0.060, 0.110), .shirt(0.060, 0.120)),
    row(
      .neckDepth, "neck depth", "from the shoulders to the neckline's lowest point",
      .tShirt(0.04, 0.16), .pullover(0.03, 0.14), .dress(0.05, 0.22), .coat(0.06, 0.20), .shirt(0.05, 0.16)),
    row(
      .neckPoint, "neck point", "from 0, round, to 1, a V",
      .tShirt(0, 1, .low), .pullover(0, 1, .low), .dress(0, 1, .even), .coat(0.2, 1), .shirt(0.2, 1)),
    row(
      .collar, "collar", "length of the collar's points; below 0.015 there is none",
      .tShirt(0, 0.10, .low), .pullover(0, 0.11, .low), .dress(0, 0.08, .low), .coat(0.01, 0.16), .shirt(0, 0.12)),
    row(
      .frontLine, "front line", "contrast of the line from the neck to the hem",
      .tShirt(0, 0.65, .low), .pullover(0, 0.55, .low), .dress(0, 0.60, .low), .coat(0.10, 1), .shirt(0, 0.80)),
    row(
      .buttons, "buttons", "contrast of the buttons on the front line",
      .tShirt(0, 0.60, .low), .pullover(0, 0.60, .low), .dress(0, 0.60, .low), .coat(0, 0.90), .shirt(0, 0.85)),
    row(
      .opening, "opening", "half the width by which the front stands open at the hem; below 0.01 it is closed",
      .tShirt(0, 0), .pullover(0, 0), .dress(0, 0), .coat(0, 0.09, .low), .shirt(0, 0.04, .low)),
    row(
      .pockets, "pockets", "contrast of the two pockets' upper edges",
      .tShirt(0, 0.40, .low), .pullover(0, 0.60, .low), .dress(0, 0.60, .low), .coat(0, 1), .shirt(0, 0.75, .low)),
    row(
      .ribbing, "ribbing", "contrast of the bands at cuffs, hem and neck",
      .tShirt(0, 0.70, .low), .pullover(0.05, 1), .dress(0, 0.40, .low), .coat(0, 0.60, .low), .shirt(0, 0.70, .low)),
    row(
      .belt, "belt", "contrast of the seam at the waist",
      .tShirt(0, 0.20, .low), .pullover(0, 0.20, .low), .dress(0, 1), .coat(0, 1, .low), .shirt(0, 0.20, .low)),

    row(
      .legLength, "leg length", "from the waist to the ankles", .trouser(0.84, 0.98)),
    row(
      .hipWidth, "hip width", "half, from the middle to the side", .trouser(0.13, 0.21)),
    row(
      .legWidth, "leg width", "of one leg at the ankle", .trouser(0.07, 0.14)),
    row(
      .legGap, "leg gap", "half the distance of the legs at the ankles", .trouser(0.004, 0.085)),
    row(
      .rise, "rise", "from the waist to the crotch", .trouser(0.20, 0.32)),

    row(
      .shoeLength, "shoe length", "from the toe to the heel",
      .sandal(0.80, 0.96), .sneaker(0.84, 0.98), .ankleBoot(0.74, 0.92)),
    row(
      .soleHeight, "sole height", "thickness of the sole",
      .sandal(0.025, 0.080), .sneaker(0.045, 0.095), .ankleBoot(0.030, 0.080)),
    row(
      .heelHeight, "heel height", "by how much the heel stands above the toe",
      .sandal(0.00, 0.36, .low), .sneaker(0.00, 0.06, .low), .ankleBoot(0.00, 0.24, .low)),
    row(
      .shaftHeight, "shaft height", "from the sole to the top of the shoe at the heel",
      .sandal(0.14, 0.40), .sneaker(0.22, 0.52), .ankleBoot(0.36, 0.72)),
    row(
      .toeHeight, "toe height", "of the upper above the toe",
      .sneaker(0.09, 0.16), .ankleBoot(0.09, 0.16)),
    row(
      .laces, "laces", "contrast of the laces", .sneaker(0.10, 1), .ankleBoot(0, 1, .low)),
    row(
      .sideLines, "side lines", "contrast of the lines on the shoe's side", .sneaker(0.10, 1), .ankleBoot(0, 0.90, .low)
    ),
    row(
      .straps, "straps", "how many cross the foot", .sandal(1, 4, .whole)),
    row(
      .strapWidth, "strap width", "of each strap", .sandal(0.035, 0.100)),
    row(
      .strapHeight, "strap height", "from the sole to the highest point over the toes", .sandal(0.09, 0.20)),

    row(
      .bagWidth, "bag width", "half, at the bottom", .bag(0.28, 0.46)),
    row(
      .bagHeight, "bag height", "of the body, without the handle", .bag(0.34, 0.70)),
    row(
      .bagTaper, "bag taper", "the top's width as a share of the bottom's", .bag(0.72, 1.06)),
    row(
      .handleHeight, "handle height", "above the body", .bag(0.02, 0.34)),
    row(
      .handleWidth, "handle width", "half, at the body", .bag(0.10, 0.30)),
    row(
      .handleThickness, "handle thickness", "of the handle or strap", .bag(0.022, 0.060)),
    row(
      .flap, "flap", "how far the flap comes down the body, as a share of its height", .bag(0.05, 0.80, .even)),
    row(
      .flapEdge, "flap edge", "contrast of the flap's edge", .bag(0, 1)),
    row(
      .clasp, "clasp", "contrast of the clasp", .bag(0, 1)),

    nuisance(.tone, "tone", "grey of the cloth, 0 black to 1 white", .even, 0.50, 1.00),
    nuisance(.texture, "texture", "0 plain, 1 stripes, 2 dots, 3 print", .whole, 0, 3),
    nuisance(.frequency, "frequency", "repetitions of the texture along the picture's side", .even, 4, 10),
    nuisance(
      .direction, "direction", "of the stripes, dots or print: 0 lies across, 1 and -1 along, between them aslant",
      .even, -1, 1),
    nuisance(.contrast, "contrast", "of the texture", .even, 0.15, 0.60),
    nuisance(.shading, "shading", "by how much the cloth is darker at the sides", .even, 0, 0.35),
    nuisance(.x, "x", "shift to the right", .even, -0.03, 0.03),
    nuisance(.y, "y", "shift down", .even, -0.03, 0.03),
    nuisance(.scale, "scale", "size in the picture", .even, 0.90, 1.02),
    nuisance(.shear, "shear", "by how much a line one side long leans to the right", .even, -0.07, 0.07),
    nuisance(.noise, "noise", "half the width of the grain, 0 to 1 white", .even, 0, 0.06),
  ])

  /// The rows without their keys, each where its key says.
  private static func table(_ rows: [(key: Factor, factor: GarmentFactor)]) -> [GarmentFactor] {
    precondition(rows.map(\.key) == Factor.allCases, "the table has a row for each factor, in their order")
    return rows.map(\.factor)
  }

  /// A class with its spread in a row of the table.
  private struct Entry {
    typealias Distribution = GarmentFactor.Distribution

    let garment: Garment
    let spread: GarmentFactor.Spread

    init(_ garment: Garment, _ low: Float, _ high: Float, _ distribution: Distribution) {
      self.garment = garment
      spread = GarmentFactor.Spread(range: low...high, distribution: distribution)
    }

    static func tShirt(_ low: Float, _ high: Float, _ distribution: Distribution = .peaked) -> Entry {
      Entry(.tShirt, low, high, distribution)
    }
    static func trouser(_ low: Float, _ high: Float, _ distribution: Distribution = .peaked) -> Entry {
      Entry(.trouser, low, high, distribution)
    }
    static func pullover(_ low: Float, _ high: Float, _ distribution: Distribution = .peaked) -> Entry {
      Entry(.pullover, low, high, distribution)
    }
    static func dress(_ low: Float, _ high: Float, _ distribution: Distribution = .peaked) -> Entry {
      Entry(.dress, low, high, distribution)
    }
    static func coat(_ low: Float, _ high: Float, _ distribution: Distribution = .peaked) -> Entry {
      Entry(.coat, low, high, distribution)
    }
    static func sandal(_ low: Float, _ high: Float, _ distribution: Distribution = .peaked) -> Entry {
      Entry(.sandal, low, high, distribution)
    }
    static func shirt(_ low: Float, _ high: Float, _ distribution: Distribution = .peaked) -> Entry {
      Entry(.shirt, low, high, distribution)
    }
    static func sneaker(_ low: Float, _ high: Float, _ distribution: Distribution = .peaked) -> Entry {
      Entry(.sneaker, low, high, distribution)
    }
    static func bag(_ low: Float, _ high: Float, _ distribution: Distribution = .peaked) -> Entry {
      Entry(.bag, low, high, distribution)
    }
    static func ankleBoot(_ low: Float, _ high: Float, _ distribution: Distribution = .peaked) -> Entry {
      Entry(.ankleBoot, low, high, distribution)
    }
  }

  private static func row(
    _ key: Factor, _ name: String, _ meaning: String, _ entries: Entry...
  ) -> (key: Factor, factor: GarmentFactor) {
    var spreads = [GarmentFactor.Spread?](repeating: nil, count: Garment.allCases.count)
    for entry in entries { spreads[entry.garment.rawValue] = entry.spread }
    return (key, GarmentFactor(name: name, meaning: meaning, spreads: spreads))
  }

  private static func nuisance(
    _ key: Factor, _ name: String, _ meaning: String, _ distribution: GarmentFactor.Distribution, _ low: Float,
    _ high: Float
  ) -> (key: Factor, factor: GarmentFactor) {
    let spread = GarmentFactor.Spread(range: low...high, distribution: distribution)
    let spreads = [GarmentFactor.Spread?](repeating: spread, count: Garment.allCases.count)
    return (key, GarmentFactor(name: name, meaning: meaning, spreads: spreads))
  }
}
