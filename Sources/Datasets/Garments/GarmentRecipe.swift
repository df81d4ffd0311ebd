/// What one image of the garments is: its class and factors, from (seed, split, index) alone, and how to draw it.
struct GarmentRecipe {
  let garment: Garment
  let factors: FactorValues
  private let index: Int
  private let random: Threefry

  /// What random words are for. Drawing more for one purpose moves none of another.
  private enum Purpose: UInt32 {
    case order, factors, print, noise, redrawn
  }

  /// - Parameters:
  ///   - shortcut: a factor that tells the class; `classes`: those that it tells apart, by their numbers.
  ///   - redrawn: a factor whose value is drawn anew, whatever else tells it; everything else stays as it is.
  init(
    index: Int, seed: UInt64, split: Split, shortcut: Factor? = nil, among classes: [Int] = [], redrawn: Factor? = nil
  ) {
    precondition(index >= 0, "images count from 0")
    let random = Threefry(
      key: (
        UInt32(truncatingIfNeeded: seed), UInt32(truncatingIfNeeded: seed >> 32), split == .train ? 0 : 1, 0x6761_726D
      ))
    let garment = Self.garment(at: index, random)
    self.random = random
    self.index = index
    self.garment = garment
    var values: [Float] = []
    values.reserveCapacity(Garments.factors.count)
    var words: (UInt32, UInt32, UInt32, UInt32) = (0, 0, 0, 0)
    for (number, factor) in Garments.factors.enumerated() {
      if number % 4 == 0 { words = Self.block(random, index, .factors, UInt32(number / 4)) }
      values.append(factor.value(for: garment, word: words.0))
      words = (words.1, words.2, words.3, 0)
    }
    if let shortcut, let part = classes.firstIndex(of: garment.rawValue),
      let spread = Garments.factors[shortcut.rawValue].spreads[garment.rawValue]
    {
      values[shortcut.rawValue] = spread.value(values[shortcut.rawValue], inPart: part, of: classes.count)
    }
    if let redrawn {
      let word = Self.block(random, index, .redrawn, UInt32(redrawn.rawValue)).0
      values[redrawn.rawValue] = Garments.factors[redrawn.rawValue].value(for: garment, word: word)
    }
    factors = FactorValues(values: values)
  }

  /// Appends the picture's pixels.
  func draw(on canvas: inout Canvas, into pixels: inout [UInt8]) {
    canvas.begin(factors, cloth: Cloth(factors) { Self.block(random, index, .print, $0) })
    switch garment {
    case .tShirt, .pullover, .dress, .coat, .shirt: UpperGarment(factors).draw(on: &canvas)
    case .trouser: Trousers(factors).draw(on: &canvas)
    case .sandal: Footwear(factors).drawSandal(on: &canvas)
    case .sneaker, .ankleBoot: Footwear(factors).drawShoe(on: &canvas)
    case .bag: Bag(factors).draw(on: &canvas)
    }
    canvas.developed(noise: factors[.noise], into: &pixels) { Self.block(random, index, .noise, $0) }
  }

  /// Each class once in every ten images, in an order shuffled for these ten.
  private static func garment(at index: Int, _ random: Threefry) -> Garment {
    var order = Garment.allCases
    let group = index / order.count
    for last in stride(from: order.count - 1, to: 0, by: -1) {
      let word = block(random, group, .order, UInt32(last)).0
      order.swapAt(last, Int((UInt64(word) * UInt64(last + 1)) >> 32))
    }
    return order[index % order.count]
  }

  private static func block(
    _ random: Threefry, _ index: Int, _ purpose: Purpose, _ number: UInt32
  ) -> (UInt32, UInt32, UInt32, UInt32) {
    random.block(
      (UInt32(truncatingIfNeeded: index), UInt32(truncatingIfNeeded: index >> 32), purpose.rawValue, number))
  }
}
