import Datasets
import Decoding
import Figures
import Host
import Images
import Networks
import Tensors
import Testing

/// Colour goes all the way from a data set to a figure.
@Suite struct ColourTests {
  /// Rectangles of 4×6 pixels, each class in a colour of its own.
  struct Flags: DatasetSource {
    let classes = ["red", "green", "blue"]
    let channels = 3

    func count(of selection: ImageSelection) -> Int { selection.count ?? 12 }

    func images(of selection: ImageSelection, progress: (Double) -> Bool) -> LabelledImages {
      let labels = (0..<count(of: selection)).map { UInt8($0 % 3) }
      let pixels = labels.enumerated().flatMap { image, label in
        (0..<24).flatMap { pixel in
          (0..<3).map { channel in channel == Int(label) ? UInt8(150 + 4 * pixel) : UInt8(image) }
        }
      }
      let size = selection.size
      return LabelledImages(
        shape: Shape(channels: 3, height: size, width: size),
        pixels: .bytes(resized(pixels, of: Shape(channels: 3, height: 4, width: 6), to: size)), labels: labels,
        classes: classes.count)
    }

    func drawing(of selection: ImageSelection) -> [UInt8]? { Array("flags".utf8) }
  }

  @Test("a classifier and a decoder learn from colour, and the figure shows it") func colour() throws {
    let engine = Engine(.here, threads: 1)
    let images = Flags().images(of: ImageSelection(.train, size: 16)) { _ in true }
    let options = TrainingOptions(epochs: 40, batchSize: 6, learningRate: 0.01)
    let network = Architecture(
      name: "small", blocks: [.convolution(channels: 8, kernel: 3, stride: 2), .dense(outputs: nil)])
    let classifier = try Classifier.train(network, on: images, options: options, engine: engine)
    #expect(try classifier.accuracy(on: images, engine: engine) == 1)
    let autoEncoder = try AutoEncoder.cladec(
      classifier, layer: -2, alpha: 0, on: images, options: options, engine: engine)
    let copies = try autoEncoder.reconstruct(images, engine: engine)
    #expect(copies.shape == images.shape)
    for index in 0..<3 {
      // The decoder gives back which of the three channels is bright.
      let copy = copies.image(index)
      let means = (0..<3).map { channel in
        stride(from: channel, to: copy.count, by: 3).reduce(0) { $0 + copy[$1] } / 256
      }
      #expect(means.indices.max { means[$0] < means[$1] } == index, "\(means)")
    }
    let grid = ImageGrid(rows: [
      .init(label: "input", images: try (0..<3).map { try images.picture($0) }),
      .init(label: "ClaDec", images: try (0..<3).map { try copies.picture($0) }),
    ])
    let figure = try decodePNG(encodePNG(grid.raster(scale: 3)))
    #expect(figure.channels == 3)
    for (row, shown) in [images, copies].enumerated() {
      for column in 0..<3 {
        let place = try #require(try grid.position(row: row, column: column, scale: 3))
        let values = shown.image(column)
        for (x, y) in [(0, 0), (5, 9), (15, 15)] {
          let pixel = values[(y * 16 + x) * 3..<(y * 16 + x) * 3 + 3].map {
            UInt8((min(1, max(0, $0)) * 255).rounded())
          }
          #expect(figure[place.x + 3 * x + 1, place.y + 3 * y + 1] == pixel)
        }
      }
    }
  }
}
