import Datasets
import Images
import Testing

/// The points of the plane: their covariance and their classes are those that are stated.
@Suite struct PointsTests {
  private func points(_ split: Split = .train, seed: UInt64 = 1, classes: [Int]? = nil, count: Int) throws
    -> LabelledImages
  {
    try Points(seed: seed).images(of: ImageSelection(split, classes: classes, count: count))
  }

  private func column(_ images: LabelledImages, _ name: String) throws -> [Double] {
    try #require(images.factors?.column(name)).values.map { Double($0) }
  }

  private func covariance(_ x: [Double], _ y: [Double]) -> Double {
    let (a, b) = (x.reduce(0, +) / Double(x.count), y.reduce(0, +) / Double(y.count))
    return zip(x, y).reduce(0) { $0 + ($1.0 - a) * ($1.1 - b) } / Double(x.count)
  }

  @Test("the covariance is the stated one, within five standard errors") func moments() throws {
    let images = try points(count: 20_000)
    let (x1, x2) = (try column(images, "x1"), try column(images, "x2"))
    let (first, second) = (try column(images, "first"), try column(images, "second"))
    #expect((covariance(x1, x1) - 0.73).magnitude < 0.04 && (covariance(x2, x2) - 0.52).magnitude < 0.03)
    #expect((covariance(x1, x2) - 0.36).magnitude < 0.03)
    #expect((covariance(first, first) - 1).magnitude < 0.05 && (covariance(second, second) - 0.25).magnitude < 0.0125)
    #expect(covariance(first, second).magnitude < 0.018)
    for column in [x1, x2] { #expect((column.reduce(0, +) / 20_000).magnitude < 0.03) }
    for index in stride(from: 0, to: 20_000, by: 997) {
      #expect((0.8 * first[index] - 0.6 * second[index] - x1[index]).magnitude < 1e-6)
      #expect((0.6 * first[index] + 0.8 * second[index] - x2[index]).magnitude < 1e-6)
      #expect(images.image(index).map { Double($0) } == [x1[index], x2[index]])
    }
  }

  @Test("the class is told by the second number alone, but for some noise") func classes() throws {
    let images = try points(count: 4000)
    let second = try column(images, "second")
    let right = (0..<4000).count { (second[$0] > 0) == (images.labels[$0] == 1) }
    #expect(right > 3600 && right < 3950)
    #expect((0..<4000).allSatisfy { second[$0].magnitude < 0.35 || (second[$0] > 0) == (images.labels[$0] == 1) })
    let labels = images.labels.map { Double($0) }
    #expect(covariance(try column(images, "first"), labels).magnitude < 0.04)
    #expect(try points(classes: [1], count: 50).labels == [UInt8](repeating: 0, count: 50))
  }

  @Test("a point is the same among more; seeds and splits give others") func determinism() throws {
    let many = try points(count: 300)
    #expect(
      try points(count: 40).pixels == many.prefix(40).pixels && many.shape == Shape(channels: 1, height: 1, width: 2))
    #expect(try points(.test, count: 300).pixels != many.pixels && points(seed: 2, count: 300).pixels != many.pixels)
    let drawings = [Points(), Points(seed: 2)].flatMap { source in
      [ImageSelection(.train), ImageSelection(.test), ImageSelection(.train, classes: [0])].map {
        source.drawing(of: $0)
      }
    }
    #expect(Set(drawings).count == 6)
    #expect(try Points().count(of: ImageSelection(.test)) == 1000)
    #expect(try Points().count(of: ImageSelection(.test, classes: [0])) == 500)
  }
}
