import Datasets
import Images
import Testing

/// The drawn data set: its determinism, its factors, its classes.
@Suite struct GarmentsTests {
  static let data = images(train: 1000, test: 100)

  static func images(train: Int, test: Int) -> (train: LabelledImages, test: LabelledImages) {
    do {
      return try (
        Garments().images(of: ImageSelection(.train, count: train)),
        Garments().images(of: ImageSelection(.test, count: test))
      )
    } catch {
      Issue.record(error)
      let none = LabelledImages(shape: Shape(channels: 1), pixels: .bytes([]), labels: [], classes: 10)
      return (none, none)
    }
  }

  @Test func `An image is the same alone, in another order and among more`() throws {
    let few = Self.images(train: 30, test: 7)
    #expect(Self.data.train.prefix(30).pixels == few.train.pixels)
    for index in stride(from: 99, through: 0, by: -9) {
      for (split, images) in [(Split.train, Self.data.train), (.test, Self.data.test)] {
        let alone = Garments.image(index: index, split: split)
        #expect(alone.pixels == images.bytes(of: index))
        #expect(alone.label == images.labels[index])
        let factors = try #require(images.factors)
        #expect(alone.factors.map(\.bitPattern) == factors[index].map(\.bitPattern))
      }
    }
  }

  @Test func `Seeds and splits give other images`() {
    let images = [
      Garments.image(index: 5, seed: 1, split: .train), Garments.image(index: 5, seed: 1, split: .test),
      Garments.image(index: 5, seed: 2, split: .train), Garments.image(index: 5, seed: 1 << 32 | 1, split: .train),
      Garments.image(index: 6, seed: 1, split: .train), Garments.image(index: 5 + 1 << 32, seed: 1, split: .train),
    ]
    #expect(Set(images.map(\.pixels)).count == images.count)
    let train = Set((0..<100).map { Self.data.train.bytes(of: $0) })
    #expect(train.count == 100)
    #expect(train.isDisjoint(with: (0..<100).map { Self.data.test.bytes(of: $0) }))
  }

  @Test func `The bits are those of the first release`() {
    var digest: UInt64 = 0xCBF2_9CE4_8422_2325
    func add(_ byte: UInt8) { digest = (digest ^ UInt64(byte)) &* 0x100_0000_01B3 }
    let images = Self.images(train: 40, test: 10).train
    images.bytes.forEach(add)
    images.labels.forEach(add)
    for value in images.factors?.values ?? [] where !value.isNaN {
      for shift in 0..<4 { add(UInt8(truncatingIfNeeded: value.bitPattern >> (8 * UInt32(shift)))) }
    }
    for byte in Garments.image(index: 3, seed: 9, split: .test, size: 64).pixels { add(byte) }
    #expect(digest == 13_567_725_310_182_354_267)
  }

  @Test func `Each class comes once in every ten, in changing order`() {
    let groups = (0..<100).map { Array(Self.data.train.labels[$0 * 10..<$0 * 10 + 10]) }
    #expect(groups.allSatisfy { $0.sorted() == Array(0...9) })
    #expect(Set(groups).count > 95)
    #expect(Set(groups.map { $0[0] }).count == 10)
    #expect(
      Garments.classes == [
        "T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot",
      ])
  }

  @Test func `Every factor lies in the range that the table states for the class, and is NaN without one`() throws {
    let table = try #require(Self.data.train.factors)
    #expect(table.factors.map(\.name) == Garments.factors.map(\.name))
    #expect(Set(table.factors.map(\.name)).count == table.factors.count)
    for image in 0..<table.count {
      let label = Int(Self.data.train.labels[image])
      for (value, factor) in zip(table[image], Garments.factors) {
        if let spread = factor.spreads[label] {
          #expect(spread.range.contains(value), "\(factor.name) of \(Garments.classes[label])")
        } else {
          #expect(value.isNaN)
        }
      }
    }
  }

  @Test func `Values lie in their ranges as the table says`() throws {
    let table = try #require(Self.data.train.factors)
    for factor in Garments.factors {
      let column = try #require(table.column(factor.name)).values
      for (label, spread) in factor.spreads.enumerated() {
        guard let spread, spread.range.lowerBound < spread.range.upperBound else { continue }
        let width = spread.range.upperBound - spread.range.lowerBound
        let shares = zip(column, Self.data.train.labels).filter { $0.1 == label }
          .map { ($0.0 - spread.range.lowerBound) / width }
        let mean = shares.reduce(0, +) / Float(shares.count)
        let expected: Float = spread.distribution == .low ? 0.25 : 0.5
        // A hundred draws with a standard deviation below 0.42: five standard errors.
        #expect(abs(mean - expected) < 0.21, "\(factor.name) of \(Garments.classes[label]): \(mean)")
      }
    }
  }

  @Test func `Nuisance does not depend on the class`() throws {
    let nuisance = Garments.factors.filter(\.isNuisance)
    #expect(
      nuisance.map(\.name) == [
        "tone", "texture", "frequency", "direction", "contrast", "shading", "x", "y", "scale", "shear", "noise",
      ])
    let images = Self.data.train
    let table = try #require(images.factors)
    for factor in nuisance {
      let column = try #require(table.column(factor.name)).values
      let mean = column.reduce(0, +) / Float(column.count)
      let variance = column.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Float(column.count)
      for label in 0..<10 {
        let own = zip(column, images.labels).filter { $0.1 == label }.map(\.0)
        let distance = abs(own.reduce(0, +) / Float(own.count) - mean)
        #expect(distance < 4.5 * (variance / Float(own.count)).squareRoot(), "\(factor.name) of \(label)")
      }
    }
  }

  @Test func `What is recorded is what is drawn`() throws {
    let images = Self.data.train
    let table = try #require(images.factors)
    func column(_ name: String) throws -> [Float] { try #require(table.column(name)).values }
    let (legs, gaps, scale, y) = try (column("leg length"), column("leg gap"), column("scale"), column("y"))
    let (tone, texture, noise, shading) = try (
      column("tone"), column("texture"), column("noise"), column("shading")
    )
    for index in 0..<images.count {
      let picture = images.bytes(of: index)
      // No cloth is brighter than its tone, but for soles and collars, and the brightest comes near it.
      let brightest = Float(picture.max() ?? 0) / 255
      #expect(brightest <= 1.12 * tone[index] + noise[index] + 0.003)
      if texture[index] == 0 { #expect(brightest >= tone[index] * (0.8 - shading[index])) }
      guard images.labels[index] == 1 else { continue }
      // Trousers reach from waist to ankles.
      let top = 16 + 32 * (y[index] - scale[index] * legs[index] / 2)
      let bottom = 16 + 32 * (y[index] + scale[index] * legs[index] / 2)
      let rows = (0..<32).filter { row in picture[row * 32..<row * 32 + 32].contains { $0 > 20 } }
      let (first, last) = try (#require(rows.first), #require(rows.last))
      #expect(abs(Float(first) - max(top, 0)) < 1.5 && abs(Float(last + 1) - min(bottom, 32)) < 1.5)
      // Light between the legs, near the ankles, is as wide as the gap.
      let row = Array(picture[(last - 2) * 32..<(last - 1) * 32])
      let lit = (0..<32).filter { row[$0] > 20 }
      let (left, right) = try (#require(lit.first), #require(lit.last))
      let dark = (left...right).filter { row[$0] <= 20 }.count
      #expect(abs(Float(dark) - 64 * scale[index] * gaps[index]) < 2.1)
    }
  }

  @Test func `Drawn larger, it is the same garment`() {
    for index in 0..<20 {
      let small = Garments.image(index: index, split: .train)
      let large = Garments.image(index: index, split: .train, size: 128)
      #expect(small.label == large.label && small.factors.map(\.bitPattern) == large.factors.map(\.bitPattern))
      var difference = 0
      for row in 0..<32 {
        for column in 0..<32 {
          var sum = 0
          for i in 0..<4 { for j in 0..<4 { sum += Int(large.pixels[(row * 4 + i) * 128 + column * 4 + j]) } }
          difference += abs(sum / 16 - Int(small.pixels[row * 32 + column]))
        }
      }
      #expect(difference / 1024 < 12, "image \(index)")
    }
  }

  @Test func `The background is black and the garment inside the picture`() {
    for index in 0..<200 {
      let image = Garments.image(index: index, split: .test).pixels
      let corners = [0, 31, 31 * 32]
      #expect(corners.allSatisfy { image[$0] == 0 }, "image \(index)")
      #expect(image.filter { $0 > 20 }.count > 40)
    }
  }
}

/// Garments with one factor drawn anew, and garments whose class one factor tells.
@Suite struct GarmentVariantTests {
  private func images(_ garments: Garments?, classes: [Int]? = nil, count: Int = 60) throws -> LabelledImages {
    try #require(garments).images(of: ImageSelection(.test, classes: classes, count: count))
  }

  private func column(_ images: LabelledImages, _ name: String) throws -> [Float] {
    try #require(images.factors?.column(name)).values
  }

  @Test func `A factor is drawn anew by itself, in its range`() throws {
    let plain = try images(Garments())
    for name in ["tone", "texture", "x", Garments.factors[0].name, "sleeve length", "heel height"] {
      let other = try images(Garments().redrawing(name))
      #expect(other.labels == plain.labels)
      for factor in Garments.factors where factor.name != name {
        let pair = (try column(plain, factor.name), try column(other, factor.name))
        #expect(pair.0.map(\.bitPattern) == pair.1.map(\.bitPattern), "\(factor.name) beside \(name)")
      }
      let factor = try #require(Garments.factors.first { $0.name == name })
      let (before, after) = (try column(plain, name), try column(other, name))
      for index in 0..<60 {
        let spread = factor.spreads[Int(plain.labels[index])]
        #expect(spread.map { $0.range.contains(after[index]) } ?? after[index].isNaN)
        // Where nothing changed, no pixel did.
        if before[index] == after[index] || after[index].isNaN {
          #expect(plain.image(index) == other.image(index))
        }
      }
      let having = (0..<60).filter { !after[$0].isNaN }
      #expect(having.count { before[$0] != after[$0] } > having.count / 2)
    }
    #expect(Garments().redrawing("no such factor") == nil)
  }

  @Test func `What is drawn anew has nothing to do with what was there`() throws {
    let (plain, other) = (try images(Garments(), count: 1000), try images(Garments().redrawing("tone"), count: 1000))
    let (a, b) = (try column(plain, "tone"), try column(other, "tone"))
    func centred(_ values: [Float]) -> [Double] {
      let mean = values.reduce(0) { $0 + Double($1) } / 1000
      return values.map { Double($0) - mean }
    }
    let (x, y) = (centred(a), centred(b))
    func sum(_ one: [Double], _ two: [Double]) -> Double { zip(one, two).reduce(0) { $0 + $1.0 * $1.1 } }
    // Four standard errors of the correlation.
    #expect((sum(x, y) / (sum(x, x) * sum(y, y)).squareRoot()).magnitude < 0.127)
    #expect((sum(y, y) / 1000 - 0.25 / 12).magnitude < 0.003)
  }

  @Test func `A shortcut tells the class, among those that are kept, and moves nothing else`() throws {
    for classes in [nil, [2, 4, 6]] as [[Int]?] {
      let (plain, planted) = (
        try images(Garments(), classes: classes), try images(Garments().with(shortcut: "tone"), classes: classes)
      )
      let parts = Float(classes?.count ?? 10)
      let (before, after) = (try column(plain, "tone"), try column(planted, "tone"))
      for index in 0..<60 {
        let place = (after[index] - 0.5) / 0.5 * parts
        #expect(UInt8(place.rounded(.down)) == planted.labels[index])
        // The same place within the part as in the whole range before.
        #expect((place - place.rounded(.down) - (before[index] - 0.5) / 0.5).magnitude < 1e-4)
      }
      for factor in Garments.factors where factor.name != "tone" {
        let pair = (try column(plain, factor.name), try column(planted, factor.name))
        #expect(pair.0.map(\.bitPattern) == pair.1.map(\.bitPattern))
      }
      // Drawn anew, it tells nothing any more.
      let redrawn = try images(Garments().with(shortcut: "tone")?.redrawing("tone"), classes: classes)
      let wrong = (0..<60).count { index in
        let place = (try? column(redrawn, "tone")[index]).map { ($0 - 0.5) / 0.5 * parts } ?? 0
        return UInt8(place.rounded(.down)) != redrawn.labels[index]
      }
      #expect(wrong > 30)
    }
    #expect(Garments().with(shortcut: "texture") == nil && Garments().with(shortcut: "sleeve length") == nil)
    #expect(Garments.factors.filter(\.isShortcut).map(\.name).contains("tone"))
  }

  @Test func `Variants are known by what they are`() {
    let all = [
      Garments(), Garments().with(shortcut: "tone"), Garments().with(shortcut: "scale"),
      Garments().redrawing("tone"), Garments().with(shortcut: "tone")?.redrawing("tone"),
    ]
    let drawings = all.map { $0?.drawing(of: ImageSelection(.train)) }
    #expect(Set(drawings).count == all.count && !drawings.contains(nil))
  }

  @Test func `Whole numbers are kinds, and directions wrap around`() {
    func scale(_ name: String) -> FactorTable.Scale? { Garments.factors.first { $0.name == name }?.scale }
    #expect(scale("texture") == .kinds(count: 4) && scale("straps") == .kinds(count: 5))
    #expect(scale("direction") == .directions && scale("tone") == .numbers && scale("sleeve length") == .numbers)
  }
}
