/// The rows of the table `Garments.factors`, in its order.
enum Factor: Int, CaseIterable {
  // The upper garments: T-shirt, pullover, dress, coat, shirt.
  case bodyLength, shoulderWidth, chestWidth, waistWidth, hemWidth
  case sleeveLength, sleeveReach, cuffWidth
  case neckWidth, neckDepth, neckPoint
  case collar, frontLine, buttons, opening, pockets, ribbing, belt
  // Trousers.
  case legLength, hipWidth, legWidth, legGap, rise
  // Footwear.
  case shoeLength, soleHeight, heelHeight, shaftHeight, toeHeight, laces, sideLines
  case straps, strapWidth, strapHeight
  // Bags.
  case bagWidth, bagHeight, bagTaper, handleHeight, handleWidth, handleThickness, flap, flapEdge, clasp
  // Nuisance.
  case tone, texture, frequency, direction, contrast, shading
  case x, y, scale, shear, noise

  /// The one that the table calls so.
  static func named(_ name: String) -> Factor? {
    Garments.factors.firstIndex { $0.name == name }.flatMap { Factor(rawValue: $0) }
  }
}

/// The values of one image's factors.
struct FactorValues {
  let values: [Float]
  subscript(_ factor: Factor) -> Float { values[factor.rawValue] }
}
