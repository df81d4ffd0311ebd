import Datasets
import Testing

/// Choosing images keeps pixels, labels and factors together.
@Suite struct ImageSetTests {
  let images = ImageSet(
    height: 1, width: 2, channels: 1, pixels: [0, 1, 10, 11, 20, 21], labels: [5, 6, 7],
    factors: FactorTable(names: ["a", "b"], values: [0, 0.5, 1, 1.5, 2, 2.5]))

  @Test func `A selection has its images in the order asked for`() {
    let chosen = images.selecting([2, 0, 2])
    #expect(chosen.pixels == [20, 21, 0, 1, 20, 21] && chosen.labels == [7, 5, 7])
    #expect(chosen.factors?.values == [2, 2.5, 0, 0.5, 2, 2.5])
    #expect(chosen.factors?.column("b") == [2.5, 0.5, 2.5])
    #expect(images.factors?.column("c") == nil)
    #expect(images.selecting([]).count == 0)
  }

  @Test func `A prefix has the first images, or all`() {
    #expect(images.prefix(2).labels == [5, 6] && images.prefix(2).factors?.count == 2)
    #expect(images.prefix(9).count == 3 && images.prefix(0).count == 0)
    #expect(images[1] == [10, 11])
  }
}
