// The paper's figures: every image at its place, enlarged exactly, on one scale.
import Figures
import Testing
import Text

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
      columns: (0..<columns).map { "column \($0)" },
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

  @Test func `The drawing of a grid stops as soon as it is asked to`() throws {
    let grid = try grid(3, 5)
    var asked = 0
    _ = try grid.raster {
      asked += 1
      return false
    }
    // Once for each picture at least.
    #expect(asked > 15)
    for place in [1, 2, asked / 2, asked] {
      var count = 0
      #expect(throws: FigureError.interrupted) {
        try grid.raster {
          count += 1
          return count == place
        }
      }
      #expect(count == place)
    }
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

  private func row(_ count: Int, size: Int) throws -> ImageGrid {
    ImageGrid(rows: [.init(label: "", images: Array(repeating: try image(1, size: size), count: count))])
  }

  @Test func `Images of 32×32 are enlarged at least threefold, fewer columns more, small images much more`() throws {
    #expect(try [1, 8, 12, 30].map { try row($0, size: 32).preferredScale() } == [5, 4, 3, 3])
    #expect(try [8, 16, 64, 256].map { try row(4, size: $0).preferredScale() } == [12, 6, 4, 1])
  }

  @Test func `Two red frames side by side or one above the other do not touch`() throws {
    let marked = try image(1, size: 32, isMarked: true)
    let grid = ImageGrid(rows: (0..<2).map { _ in .init(label: "", images: [marked, marked]) })
    let figure = try grid.raster()
    let places = try [(0, 0), (0, 1), (1, 0)].map { try #require(try grid.position(row: $0.0, column: $0.1)) }
    let size = try 32 * grid.preferredScale()
    let across = (places[0].x + size..<places[1].x).map { figure[$0, places[0].y] }
    let down = (places[0].y + size..<places[2].y).map { figure[places[0].x, $0] }
    for gap in [across, down] {
      #expect(gap.first == gap.last && Set(gap.first ?? []).count > 1, "red at both ends")
      #expect(gap.contains([255, 255, 255]))
    }
  }

  @Test func `A row that is too long for a page goes on below, in bands of equal length`() throws {
    let images = try (0..<50).map { try image($0, size: 32, isMarked: $0 == 13) }
    let grid = ImageGrid(
      columns: (0..<50).map { "c\($0)" }, rows: [.init(label: "a", images: images), .init(label: "b", images: images)])
    let figure = try grid.raster()
    #expect(figure.width < 1500)
    for row in 0..<2 {
      for column in [0, 9, 10, 13, 37, 49] {
        let place = try grid.position(row: row, column: column)
        #expect(shows(figure, images[column], at: place, scale: 3), "row \(row), column \(column)")
      }
    }
    let places = try (0..<50).map { try #require(try grid.position(row: 0, column: $0)) }
    #expect(Set(places.map(\.x)).count == 10 && Set(places.map(\.y)).count == 5)
    let below = try #require(try grid.position(row: 1, column: 9))
    #expect(places[10].y > below.y + 96 && places[10].x == places[0].x)
  }

  @Test func `The names of classes are written out over the smallest images`() throws {
    func figure(_ heading: String, _ note: String) throws -> Raster {
      try ImageGrid(columns: [heading], rows: [.init(label: "", images: [try image(1, note: note)])]).raster()
    }
    let whole = try figure("Trouser", "Pullover")
    #expect(try figure("Trousex", "Pullover") != whole)
    #expect(try figure("Trouser", "Pullovex") != whole)
  }

  /// A grid of which only the outline is known: images of this size in rows, with a note that may be any class.
  private func outline(size: Int, rows: Int) -> GridOutline {
    GridOutline(
      imageWidth: size, imageHeight: size, columns: ["input", "ClaDec"],
      rows: (0..<rows).map { _ in GridOutline.Row(label: GridOutline.unknown, notes: [GridOutline.unknown]) },
      candidates: ["Bag", "T-shirt/top", "a class of several words"])
  }

  @Test func `What fits is drawn smaller rather than refused, and what never fits is refused before it is drawn`()
    throws
  {
    let scales = try [8, 64, 128].map { try outline(size: 64, rows: $0).measure().scale }
    #expect(scales[0] == 5 && scales[1] < 5 && scales[2] <= scales[1])
    for size in [8, 256] {
      do throws(FigureError) {
        _ = try outline(size: size, rows: 2048).measure()
        Issue.record("2048 rows of \(size) pixels fit")
      } catch {
        guard case .tooLarge(_, let height) = error else { throw error }
        #expect(height > 20_000)
      }
    }
  }

  @Test func `A grid whose outline was measured before can be drawn, whatever its names turn out to be`() throws {
    for (size, rows) in [(64, 64), (8, 200), (32, 100)] {
      let measure = try outline(size: size, rows: rows).measure()
      for note in ["Bag", "T-shirt/top", "a class of several words"] {
        let picture = try image(1, size: size, note: note, isMarked: true)
        let grid = ImageGrid(
          columns: ["input", "ClaDec"], rows: (0..<rows).map { _ in .init(label: note, images: [picture, picture]) },
          measure: measure)
        let figure = try grid.raster()
        #expect(figure.height <= 20_000)
        let place = try grid.position(row: rows - 1, column: 1)
        #expect(shows(figure, picture, at: place, scale: measure.scale))
      }
    }
  }

  @Test func `In a terminal each picture has its heading and its note, those that are marked a cross`() throws {
    let grid = ImageGrid(
      columns: ["Bag", "Coat"],
      rows: [
        .init(label: "input\nα 0", images: [try image(1, note: "Dress", isMarked: true), try image(2)]),
        .init(label: "b", images: [try image(3), try image(4, note: "\u{1B}[31m")]),
      ], caption: "Said below.")
    let text = grid.terminal(width: 40, colours: .none)
    let lines = text.split(separator: "\n")
    #expect(lines.first == "input, α 0" && lines.last == "Said below.")
    #expect(lines.count { $0.contains("Bag") && $0.contains("Coat") } == 2)
    #expect(text.contains("✗ Dress") && text.count { $0 == "✗" } == 1)
    #expect(!text.contains("\u{1B}"))
    #expect(lines.allSatisfy { displayWidth(String($0)) <= 40 })
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
        // The line between two columns is free of notes and headings: white all the way down to the next row.
        guard column > 0 else { continue }
        let before = try #require(try wordy.position(row: row, column: column - 1, scale: 8))
        let middle = (before.x + 64 + place.x) / 2
        let beside = (place.y - 40..<place.y + 100).map { figure[middle, $0] }
        #expect(beside.allSatisfy { $0 == [255] })
      }
    }
  }
}
