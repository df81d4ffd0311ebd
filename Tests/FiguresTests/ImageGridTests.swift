// The paper's figures: every image at its place, enlarged exactly, on one scale.
import Figures
import Testing

@Suite struct `Image grids` {
  private func image(
    _ seed: Int, size: Int = 8, channels: Int = 1, note: String? = nil, isMarked: Bool = false
  ) throws -> GridImage {
    let values = (0..<size * size * channels).map { Float(($0 * 37 + seed * 101) % 256) / 255 }
    return try GridImage(
      height: size, width: size, channels: channels, values: values, note: note, isMarked: isMarked)
  }

  private func grid(_ rows: Int, _ columns: Int) throws -> ImageGrid {
    ImageGrid(
      title: "A title", columns: (0..<columns).map { "column \($0)" },
      rows: try (0..<rows).map { row in
        .init(label: "row\nlayer −\(row)", images: try (0..<columns).map { try image(row * 10 + $0, note: "note") })
      }, caption: "What is to be seen.")
  }

  /// True where the image's pixels fill squares of the figure from its place on.
  private func shows(_ figure: Raster, _ image: GridImage, at place: (x: Int, y: Int)?, scale: Int) -> Bool {
    guard let place else { return false }
    for y in 0..<image.height * scale {
      for x in 0..<image.width * scale {
        let start = (y / scale * image.width + x / scale) * image.channels
        let wanted = image.values[start..<start + image.channels].map {
          UInt8((min(1, max(0, $0)) * 255).rounded())
        }
        let found = figure[place.x + x, place.y + y]
        guard zip(found, wanted.count == found.count ? wanted : wanted + wanted + wanted).allSatisfy(==) else {
          return false
        }
      }
    }
    return true
  }

  @Test(arguments: [1, 3, 4])
  func `Every image is at its place, each pixel a square`(scale: Int) throws {
    let grid = try grid(3, 5)
    let figure = try grid.raster(scale: scale)
    for row in 0..<3 {
      for column in 0..<5 {
        let place = try grid.position(row: row, column: column, scale: scale)
        #expect(shows(figure, grid.rows[row].images[column], at: place, scale: scale))
      }
    }
    #expect(try grid.position(row: 3, column: 0) == nil)
  }

  @Test func `One scale holds for all images, whatever their own range`() throws {
    let faint = try GridImage(height: 2, width: 2, values: [0, 0.1, 0.05, 0.1])
    let strong = try GridImage(height: 2, width: 2, values: [0, 1, 0.1, 0.5])
    let grid = ImageGrid(rows: [.init(label: "", images: [faint, strong])])
    let figure = try grid.raster(scale: 4)
    #expect(shows(figure, faint, at: try grid.position(row: 0, column: 0, scale: 4), scale: 4))
    #expect(shows(figure, strong, at: try grid.position(row: 0, column: 1, scale: 4), scale: 4))
  }

  @Test func `Values outside the scale are clamped, and what is no number is magenta`() throws {
    let image = try GridImage(height: 2, width: 2, values: [-3, .infinity, -.infinity, .nan])
    let grid = ImageGrid(rows: [.init(label: "", images: [image])])
    let figure = try grid.raster(scale: 2)
    let place = try #require(try grid.position(row: 0, column: 0, scale: 2))
    #expect(figure[place.x, place.y] == [0, 0, 0])
    #expect(figure[place.x + 2, place.y] == [255, 255, 255])
    #expect(figure[place.x, place.y + 2] == [0, 0, 0])
    #expect(figure[place.x + 3, place.y + 3] == [255, 0, 255])
  }

  @Test func `Colour images keep their colours, grey ones give a grey figure`() throws {
    let coloured = try image(3, channels: 3)
    let grid = ImageGrid(rows: [.init(label: "RGB", images: [coloured])])
    let figure = try grid.raster(scale: 2)
    #expect(figure.channels == 3)
    #expect(shows(figure, coloured, at: try grid.position(row: 0, column: 0, scale: 2), scale: 2))
    #expect(try self.grid(1, 1).raster().channels == 1)
  }

  @Test func `A marked image has a coloured frame and the same pixels`() throws {
    let marked = try image(1, isMarked: true)
    let grid = ImageGrid(rows: [.init(label: "", images: [marked, try image(2)])])
    let figure = try grid.raster(scale: 3)
    let place = try #require(try grid.position(row: 0, column: 0, scale: 3))
    #expect(shows(figure, marked, at: place, scale: 3))
    let frame = figure[place.x - 1, place.y]
    #expect(Set(frame).count > 1, "not a grey")
  }

  @Test func `Images of 32×32 are enlarged at least threefold, fewer columns more`() throws {
    let scales = try [1, 8, 12, 30].map { count in
      ImageGrid(rows: [.init(label: "", images: Array(repeating: try image(1, size: 32), count: count))]).preferredScale
    }
    #expect(scales == [5, 4, 3, 3])
  }

  @Test func `What cannot be drawn is said`() throws {
    let one = try image(1)
    func failure(_ grid: ImageGrid) -> FigureError? {
      do throws(FigureError) {
        _ = try grid.raster()
        return nil
      } catch { return error }
    }
    #expect(failure(ImageGrid(rows: [])) == .emptyGrid(reason: "it has no rows"))
    #expect(failure(ImageGrid(rows: [.init(label: "a", images: [])])) == .emptyGrid(reason: "no image was selected"))
    #expect(
      failure(ImageGrid(rows: [.init(label: "a", images: [one, one]), .init(label: "b", images: [one])]))
        == .unevenRow(row: 1, columns: 2, images: 1))
    #expect(
      failure(ImageGrid(columns: ["a", "b"], rows: [.init(label: "a", images: [one])]))
        == .unevenRow(row: 0, columns: 2, images: 1))
    #expect(
      failure(ImageGrid(rows: [.init(label: "a", images: [one, try image(1, size: 4)])]))
        == .unequalImage(row: 0, column: 1, expected: "8×8 grey", found: "4×4 grey"))
    #expect(throws: FigureError.wrongPixelCount(expected: 4, found: 3)) {
      try GridImage(height: 2, width: 2, values: [0, 0, 0])
    }
  }

  @Test func `A long label, heading or note never reaches an image or its neighbour`() throws {
    let long = String(repeating: "incomprehensibilities ", count: 9)
    let plain = try grid(2, 3)
    var wordy = plain
    wordy.columns = plain.columns.map { _ in long }
    for row in wordy.rows.indices {
      wordy.rows[row].label = long
      for column in 0..<3 { wordy.rows[row].images[column].note = String(long.filter { $0 != " " }) }
    }
    let figure = try wordy.raster(scale: 8)
    for row in 0..<2 {
      for column in 0..<3 {
        let place = try #require(try wordy.position(row: row, column: column, scale: 8))
        #expect(shows(figure, wordy.rows[row].images[column], at: place, scale: 8))
        // The line between two columns is free of notes: white all the way down to the next row.
        let below = (place.y + 66..<place.y + 90).map { figure[place.x - 3, $0] }
        #expect(below.allSatisfy { $0 == [255] })
      }
    }
  }
}
