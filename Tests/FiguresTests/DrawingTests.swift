// One drawing in three kinds of files: the same texts at the same places.
import Figures
import Foundation
import Testing

@Suite struct `Drawings` {
  static func chart(
    _ change: (inout Chart) -> Void = { _ in }
  ) -> Chart {
    var chart = Chart(
      panels: [
        Chart.Panel(
          title: "panel", x: .init(title: "layer", places: [-5, -3, -1]), y: .init(title: "mse & more"),
          series: [
            .init(number: 0, form: .markedLine, places: [-5, -3, -1].map { .init(x: $0, y: 1 - $0, spread: 0.25) }),
            .init(number: 1, form: .curve, places: [-5, -3, -1].map { .init(x: $0, y: 2 - $0 / 2, spread: 0.5) }),
          ])
      ], legend: ["ClaDec, α 0.9", "RefAE"], caption: "Mean ± 1 sd, n = 3.", width: .column)
    change(&chart)
    return chart
  }

  private func texts(_ svg: String) -> [String] {
    svg.matches(of: /<text [^>]*>([^<]*)<\/text>/).map { String($0.1).replacing("&amp;", with: "&") }
  }

  @Test func `In SVG every text is text, with what XML would take for markup as it is`() throws {
    let svg = try Self.chart().drawing().svg(title: "a <title>", facts: [("Software", "cladec & co")])
    let found = texts(svg)
    for text in ["ClaDec, α 0.9", "RefAE", "panel", "layer", "mse & more", "Mean ± 1 sd, n = 3.", "−5", "−3", "−1"] {
      #expect(found.contains(text), "\(text) is not among \(found)")
    }
    #expect(svg.contains("aria-label=\"a &lt;title&gt;\"") && svg.contains("<desc>Software: cladec &amp; co</desc>"))
    #expect(svg.matches(of: /<[a-z]+ [^>]*[^\/]>/).count == svg.matches(of: /<\/[a-z]+>/).count - 1, "all are closed")
  }

  @Test func `The same figure gives the same bytes each time`() throws {
    let drawing = try Self.chart().drawing()
    #expect(try drawing.svg(title: "t") == Self.chart().drawing().svg(title: "t"))
    #expect(try drawing.pdf(title: "t") == Self.chart().drawing().pdf(title: "t"))
    #expect(try drawing.raster() == Self.chart().drawing().raster())
    #expect(try drawing.digest == Self.chart().drawing().digest)
  }

  @Test func `The digest knows every text, place, size and colour`() throws {
    let changes: [(String, (inout Chart) -> Void)] = [
      ("a title", { $0.panels[0].title = "panels" }), ("an axis", { $0.panels[0].x.title = "layers" }),
      ("the legend", { $0.legend[1] = "RefAe" }), ("the caption", { $0.caption = "Mean ± 1 sd, n = 4." }),
      ("the width", { $0.width = .page }), ("a value", { $0.panels[0].series[0].places[1].y += 0.03 }),
      ("a spread", { $0.panels[0].series[0].places[1].spread = 0.2 }),
      ("a band", { $0.panels[0].series[1].places[1].spread = 0.4 }),
      ("a series' look", { $0.panels[0].series[0].number = 2 }),
      ("a form", { $0.panels[0].series[1].form = .markedLine }),
    ]
    let own = try Self.chart().drawing().digest
    for (name, change) in changes {
      #expect(try Self.chart(change).drawing().digest != own, "\(name) makes no difference")
    }
    let pixels = { (value: Float) in
      let image = try GridImage(height: 1, width: 2, values: [0.5, value])
      return try ImageGrid(rows: [.init(label: "", images: [image])]).drawing().digest
    }
    #expect(try pixels(0.25) != pixels(0.255))
    #expect(try pixels(0.25) == pixels(0.25))
  }

  @Test func `A chart is as wide as a paper's column or page, at 300 pixels to an inch`() throws {
    for (width, inches) in [(Chart.Width.column, 3.3), (.page, 6.9)] {
      let drawing = try Self.chart { $0.width = width }.drawing()
      let raster = try drawing.raster()
      #expect(abs(Double(raster.width) / 300 - inches) < 0.02)
      #expect(drawing.dotsPerMetre == 11811)
      let pdf = String(decoding: try drawing.pdf(title: "t"), as: Unicode.ASCII.self)
      let box = try #require(pdf.firstMatch(of: #/MediaBox \[ 0 0 ([0-9.]+) /#)?.1)
      #expect(abs((Double(box) ?? 0) / 72 - inches) < 0.02)
      #expect(!pdf.contains("/CreationDate") && pdf.contains("/Title (t)"))
    }
    let small = try Self.chart().drawing().raster(width: 320)
    #expect(small.width == 320)
  }

  @Test func `What is drawn in colour and in grey differs from white where the lines are`() throws {
    let raster = try Self.chart().drawing().raster()
    #expect(raster.channels == 3)
    var colours = Set<[UInt8]>()
    for y in 0..<raster.height { for x in 0..<raster.width { colours.insert(raster[x, y]) } }
    // The two series' own colours are there, whole.
    #expect(colours.contains([0, 114, 178]) && colours.contains([230, 159, 0]))
  }

  @Test func `A chart without a number is refused`() {
    #expect(throws: FigureError.emptyChart) {
      try Self.chart { $0.panels[0].series = [] }.drawing()
    }
    #expect(throws: FigureError.emptyChart) {
      try Self.chart { $0.panels[0].series = [.init(number: 0, form: .points, places: [.init(x: 1, y: .nan)])] }
        .drawing()
    }
  }

  @Test(.enabled(if: Tool.isThere("pdftotext"), "pdftotext is not installed"))
  func `In PDF every text is text`() throws {
    let image = try GridImage(height: 8, width: 8, values: [Float](repeating: 0.5, count: 64), note: "Größe")
    let grid = ImageGrid(columns: ["X\u{302} fi"], rows: [.init(label: "ClaDec\nlayer −1\nα 0.9", images: [image])])
    for (drawing, words) in [
      (try grid.drawing(), ["ClaDec", "layer −1", "α 0.9", "Größe", "fi", "one grey scale"]),
      (try Self.chart().drawing(), ["ClaDec, α 0.9", "RefAE", "mse & more", "Mean ± 1 sd, n = 3.", "−5"]),
    ] {
      let url = FileManager.default.temporaryDirectory.appending(path: "cladec-\(UUID().uuidString).pdf")
      defer { try? FileManager.default.removeItem(at: url) }
      try Data(try drawing.pdf(title: "Größe α")).write(to: url)
      let text = try Tool.run("pdftotext", ["-layout", url.path, "-"])
      for word in words { #expect(text.contains(word), "\(word) is not in \(text)") }
      #expect(try Tool.run("pdfinfo", [url.path]).contains("Größe α"))
    }
  }
}

/// Programs that nobody here wrote.
enum Tool {
  static func isThere(_ name: String) -> Bool { path(name) != nil }

  private static func path(_ name: String) -> String? {
    ["/usr/bin/", "/usr/local/bin/", "/opt/homebrew/bin/"].map { $0 + name }.first {
      FileManager.default.isExecutableFile(atPath: $0)
    }
  }

  static func run(_ name: String, _ arguments: [String]) throws -> String {
    let (process, output) = (Process(), Pipe())
    process.executableURL = URL(filePath: path(name) ?? name)
    process.arguments = arguments
    process.standardOutput = output
    try process.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return String(decoding: data, as: UTF8.self)
  }
}
