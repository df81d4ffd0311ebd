import Images
import Testing

/// Choosing images keeps pixels, labels and factors together, whatever the number of channels.
@Suite struct LabelledImagesTests {
  let images = LabelledImages(
    shape: Shape(channels: 3, height: 1, width: 2),
    pixels: .bytes([0, 1, 2, 3, 4, 5, 10, 11, 12, 13, 14, 15, 20, 21, 22, 23, 24, 255]), labels: [5, 6, 7], classes: 8,
    factors: FactorTable(["a", "b"].map { FactorTable.Factor($0, .numbers) }, values: [0, 0.5, 1, 1.5, 2, 2.5]))

  @Test func `A selection has its images in the order asked for`() {
    let chosen = images.selecting([2, 0, 2])
    let third: [UInt8] = [20, 21, 22, 23, 24, 255]
    #expect(chosen.pixels == .bytes(third + [0, 1, 2, 3, 4, 5] + third) && chosen.labels == [7, 5, 7])
    #expect(chosen.shape == images.shape && chosen.classes == 8)
    #expect(chosen.factors?.values == [2, 2.5, 0, 0.5, 2, 2.5])
    #expect(chosen.factors?.column("b")?.values == [2.5, 0.5, 2.5])
    #expect(images.factors?.column("c") == nil)
    #expect(images.selecting([]).count == 0)
  }

  @Test func `A selection of floats keeps every bit`() {
    let floats = LabelledImages(
      shape: Shape(channels: 1, height: 1, width: 2), pixels: .floats([-1, 0.1, 2, .infinity]), labels: [0, 1],
      classes: 2)
    #expect(floats.selecting([1, 0]).pixels == .floats([2, .infinity, -1, 0.1]))
    #expect(floats.image(0) == [-1, 0.1])
  }

  @Test func `A prefix has the first images, or all`() {
    #expect(images.prefix(2).labels == [5, 6] && images.prefix(2).factors?.count == 2)
    #expect(images.prefix(9).count == 3 && images.prefix(0).count == 0)
    #expect(images.prefix(-1).count == 0)
  }

  @Test func `Bytes stand for 0 to 1, channel fastest`() {
    #expect(images.image(0) == [0, 1, 2, 3, 4, 5].map { Float($0) / 255 })
    #expect(images.image(2).last == 1)
  }
}
