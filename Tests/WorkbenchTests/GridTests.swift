import Diagnostics
import Figures
import Host
import Syntax
import Tensors
import Testing
import Workbench

/// Which picture of a grid stands where, which are framed, and what stands below.
@Suite struct GridTests {
  private func figure(_ text: String) throws -> FigureValue {
    let figures = TableTests.elements(text).compactMap { if case .figure(let figure, _) = $0 { figure } else { nil } }
    return try #require(figures.last)
  }

  private func grid(_ text: String) throws -> ImageGrid { try figure(text).grid }

  @Test("the input's pictures are the images that were asked for, under their classes' names") func places() throws {
    let whole = try grid("grid [input], of: garments.test, count: 20")
    let part = try grid("grid [input, E1], of: garments.test[5...9]")
    #expect(part.rows.map(\.label) == ["input", "ClaDec\nlayer -1\nα 0"])
    #expect(part.rows[0].images.map(\.values) == whole.rows[0].images[5...9].map(\.values))
    #expect(part.columns == Array(whole.columns[5...9]) && Set(whole.columns).count == 10)
    #expect(part.rows[0].images.map(\.values) != part.rows[1].images.map(\.values))
    // Each picture of the one row is the picture in the other layout.
    let turned = try grid("grid [input, E1], of: garments.test[5...9], rows: \"image\", columns: \"model\"")
    #expect(turned.columns == ["input", "ClaDec"] && turned.rows.map(\.label) == part.columns)
    for column in 0..<5 { #expect(turned.rows[column].images == part.rows.map { $0.images[column] }) }
  }

  @Test("the pictures are the reconstructions of the model that the label names") func models() throws {
    let both = try grid("grid [E1, E2, R], of: garments.test[0...3]")
    #expect(both.rows.map { $0.label.contains("RefAE") } == [false, false, true])
    for (index, name) in ["E1", "E2", "R"].enumerated() {
      #expect(try grid("grid [\(name)], of: garments.test[0...3]").rows[0].images == both.rows[index].images)
    }
  }

  @Test("framed is what the classifier takes for another class, with that class's name, and nothing else")
  func frames() throws {
    let wrong = try grid("grid [input], of: garments.test, where: predicted(C) != class, count: 20, rows: \"model\"")
    #expect(wrong.rows[0].images.allSatisfy { !$0.isMarked }, "nobody judges the input alone")
    let judged = try grid("grid [input, E1], of: garments.test, where: predicted(C) != class, count: 20")
    #expect(judged.rows[0].images.count > 5)
    #expect(judged.rows[0].images.allSatisfy { $0.isMarked })
    #expect(zip(judged.rows[0].images, judged.columns).allSatisfy { $0.note != nil && $0.note != $1 })
    let right = try grid("grid [input, E1], of: garments.test, where: predicted(C) == class, count: 20")
    #expect(!right.rows[0].images.isEmpty)
    #expect(right.rows[0].images.allSatisfy { !$0.isMarked && $0.note == nil })
    for name in judged.columns.prefix(1) {
      let note = try #require(judged.rows[0].images[0].note)
      let same = try grid(
        "grid [input, E1], of: garments.test, where: predicted(C) == \"\(note)\" and class == \"\(name)\", count: 20")
      #expect(same.rows[0].images.contains { $0.values == judged.rows[0].images[0].values })
    }
    // What is made of the images is judged by itself, not by what is thought of the image.
    let kept = try #require(number("agreement(C, E1)"))
    let all = try grid("grid [input, E1], of: garments.test, count: 20")
    let same = zip(all.rows[0].images, zip(all.rows[1].images, all.columns)).count { input, other in
      (input.note ?? other.1) == (other.0.note ?? other.1)
    }
    #expect(Double(same) / 20 == kept)
  }

  private func number(_ text: String) -> Double? {
    TableTests.elements(text).compactMap { if case .text(let text) = $0 { Double(text) } else { nil } }.last
  }

  @Test("by layer, the input has a column of its own") func byLayer() throws {
    let grid = try grid(
      """
      let Ls = cladec C, layer: [-1, -2], epochs: 1, batch: 32
      grid [input, Ls], of: garments.test[0...2], columns: "layer"
      """)
    #expect(grid.columns == ["input", "layer -1", "layer -2"])
    #expect(grid.rows.count == 3 && grid.rows.allSatisfy { $0.images.count == 3 })
    let inputs = try self.grid("grid [input], of: garments.test[0...2]").rows[0].images
    #expect(grid.rows.map { $0.images[0].values } == inputs.map(\.values))
    #expect(!grid.rows.contains { $0.images[1...].contains { inputs.map(\.values).contains($0.values) } })
  }

  @Test("a layer that the text calls by its name is called so, and what is the same for all is said") func names()
    throws
  {
    let figure = try figure(
      "grid [input, cladec(C, layer: \"conv2\", units: [1, 5, 6], epochs: 1, batch: 32)], of: garments.test[0...2]")
    #expect(try figure.grid.rows[1].label == "ClaDec\nlayer conv2\nα 0")
    let caption = try #require(try figure.grid.caption)
    #expect(
      caption.contains(
        "For all: seed 1, network tiny, classifier epochs 1, classifier batch 32, units 1 5-6 (3 of 8), epochs 1, batch 32, data garments.train, 64 images."
      ))
    let turned = try grid("grid [E1, R], of: garments.test[0...1], rows: \"image\", columns: \"model\"")
    #expect(turned.caption?.contains("layer -1, α 0, seed 1") == true)
  }

  @Test("a decoder that has learned nothing is named") func collapse() throws {
    let grid = try grid(
      """
      let X = cladec C, layer: -1, epochs: 1, batch: 32, rate: 1e-9
      grid [input, X], of: garments.test[0...4]
      """)
    #expect(grid.caption?.contains("ClaDec layer -1 α 0 has collapsed: it gives one picture for all images.") == true)
    let inputs = try self.grid("grid [input, E1], of: garments.test[0...4]")
    #expect(inputs.caption?.contains("input has collapsed") == false)
  }

  @Test("names cannot break a title, a caption or a label") func controls() throws {
    let figure = try figure(
      """
      let odd = network [conv(4, stride: 4), dense(classes)], name: "a\\nb\\u{1B}[31m\\u{202E}"
      let G = cladec train(odd, on: garments, epochs: 1, batch: 32), layer: -1, epochs: 1, batch: 32
      grid [input, G, F], of: garments.test[0...1]
      """)
    let texts = [figure.title, try #require(try figure.grid.caption)] + (try figure.grid).rows.map(\.label)
    for text in texts {
      #expect(!text.unicodeScalars.contains("\u{1B}") && !text.unicodeScalars.contains("\u{202E}"))
    }
    #expect(try !figure.title.contains("\n") && figure.grid.caption?.contains("\n") == false)
    #expect(try figure.grid.rows.contains { $0.label.contains("network a\u{FFFD}b\u{FFFD}[31m\u{FFFD}") })
  }

  @Test("a figure's file says what it shows, which program made it, and from what") func provenance() throws {
    let figure = try figure("grid [input, E1], of: garments.test[3...5]")
    let origin = Origin(notebook: "/home/me/n.cladec", settings: ["seed": "3", "images": "48"], version: "1.2")
    let texts = try textOfPNG(figure.file(named: "f", from: origin).bytes)
    #expect(texts.map(\.keyword) == ["Title", "Software", "Notebook", "Settings", "Provenance"])
    #expect(
      texts.dropLast().map(\.value)
        == [figure.title, "cladec 1.2, numerics \(numericsVersion)", "n.cladec", "images = 48, seed = 3"])
    let typed = try textOfPNG(figure.file(named: "f", from: Origin(version: "1.2")).bytes)
    #expect(typed.map(\.keyword) == ["Title", "Software", "Provenance"])
    let lines = texts[4].value.split(separator: "\n")
    #expect(lines.count == 3 && lines[0].hasPrefix("images 3 4 5 of garments.test") && lines[1] == "input")
    for fact in ["ClaDec of tiny, layer -1", "α 0, seed 1, 1 epoch, batch 32", "tiny on garments, 64 images, 1 epoch"] {
      #expect(lines[2].contains(fact))
    }
    #expect(lines[2].contains(/; recipe [0-9a-f]{64}$/))
  }

  @Test("what the check lets pass is drawn, and what cannot be drawn is found by the check", arguments: [64, 4])
  func size(count: Int) throws {
    let context = """
      let g = load "garments", train: 20, test: 64, size: 64
      let C = train network([conv(2, stride: 8), conv(2, stride: 8), dense(classes)], name: "n"), on: g, epochs: 1
      let E = cladec C, layer: -2, epochs: 1

      """
    let text = context + "grid [input, E], of: g.test, count: \(count), rows: \"image\", columns: \"model\""
    let parsed = parse(SourceFile(name: "grid", text: text))
    let session = Session(.here)
    #expect(session.check([parsed]).isEmpty)
    let elements = parsed.statements.flatMap { session.run($0, in: parsed.source) }
    let figure = try #require(elements.compactMap { if case .figure(let figure, _) = $0 { figure } else { nil } }.last)
    #expect(try figure.grid.raster().height <= 20_000)
    // With 30 seeds the figure is too high, with 40 it has too many pictures, most of them blank.
    for (seeds, reason) in [(30, "more than a figure may have"), (40, "a grid of 5120 pictures is too large")] {
      let many =
        context + "let Es = cladec C, layer: -2, seed: 1...\(seeds), epochs: 1\n"
        + "grid [input, Es], of: g.test, count: 64, rows: [\"image\", \"seed\"], columns: \"model\""
      let mistakes = Session(.here).check([parse(SourceFile(name: "grid", text: many))])
      #expect(mistakes.map(\.code) == [.outOfRange])
      #expect(mistakes.first?.title.contains(reason) == true)
    }
  }
}
