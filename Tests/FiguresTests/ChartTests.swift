// Charts: numbers at their places, round numbers at the axes, nothing covered.
import Figures
import Foundation
import Testing
import Text

@Suite struct `Charts` {
  /// Every text with its place, as the SVG has it.
  private func texts(_ chart: some Figure) throws -> [(text: String, x: Double, y: Double, size: Double)] {
    try chart.drawing().svg(title: "").matches(
      of: /<text x="([^"]*)" y="([^"]*)" font-size="([^"]*)"[^>]*>([^<]*)<\/text>/
    ).map { (String($0.4), Double($0.1) ?? 0, Double($0.2) ?? 0, Double($0.3) ?? 0) }
  }

  /// The paths that are stroked in a colour and not filled, each as its points.
  private func lines(_ chart: some Figure, _ colour: String) throws -> [[(x: Double, y: Double)]] {
    try chart.drawing().svg(title: "").matches(of: /<path d="([^"]*)" fill="none" stroke="([^"]*)"/)
      .filter { $0.2 == colour }.map { match in
        match.1.matches(of: /[ML]([-0-9.]+) ([-0-9.]+)/).map { (Double($0.1) ?? 0, Double($0.2) ?? 0) }
      }
  }

  private static let blue = "#0072b2"

  private func line(
    _ values: [(Double, Double)], x: Chart.Axis = .init(title: "x"), y: Chart.Axis = .init(title: "y"),
    form: Chart.Form = .curve
  ) -> Chart {
    Chart(
      panels: [
        .init(
          title: "", x: x, y: y, series: [.init(number: 0, form: form, places: values.map { .init(x: $0.0, y: $0.1) })])
      ], legend: [""], width: .column)
  }

  @Test func `The stripes of a bar stay within it`() throws {
    let series = (0..<2).map { number in
      Chart.Series(number: number, form: .bars, places: [.init(x: 0, y: 3), .init(x: 1, y: 1 + Double(number))])
    }
    let chart = Chart(
      panels: [.init(title: "", x: .init(title: "x"), y: .init(title: "y"), series: series)], legend: ["a", "b"],
      width: .column)
    let outlines = try lines(chart, "#1c1c1c").filter { $0.count == 4 }
    let stripes = try lines(chart, "#ffffff").filter { $0.count == 2 }
    #expect(outlines.count >= 4 && stripes.count > 10)
    for stripe in stripes {
      #expect(
        outlines.contains { outline in
          stripe.allSatisfy { point in
            let (x, y) = (outline.map(\.x), outline.map(\.y))
            return point.x > (x.min() ?? 0) - 0.1 && point.x < (x.max() ?? 0) + 0.1 && point.y > (y.min() ?? 0) - 0.1
              && point.y < (y.max() ?? 0) + 0.1
          }
        })
    }
  }

  @Test func `A line goes through its values, in proportion, upward`() throws {
    let curve = try #require(try lines(line([(0, 10), (1, 20), (4, 40)]), Self.blue).first)
    #expect(curve.count == 3)
    let (first, second, third) = (curve[0], curve[1], curve[2])
    #expect(abs((third.x - first.x) - 4 * (second.x - first.x)) < 0.05)
    #expect(abs((first.y - third.y) - 3 * (first.y - second.y)) < 0.05)
    #expect(third.y < first.y && third.x > first.x)
  }

  @Test(arguments: [
    (0.0, 1.0, ["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"]),
    (0, 0.093, ["0.00", "0.02", "0.04", "0.06", "0.08", "0.10"]),
    (94, 107, ["92.5", "95.0", "97.5", "100.0", "102.5", "105.0", "107.5"]),
    (-3, 3, ["−3", "−2", "−1", "0", "1", "2", "3"]),
    (12_000, 61_000, ["0", "20000", "40000", "60000", "80000"]), (1.01e-6, 1.09e-6, []),
  ])
  func `Round numbers stand at the axis`(low: Double, high: Double, wanted: [String]) throws {
    let chart = line([(0, low), (1, high)])
    // Those to the left of the axis, from the lowest up.
    let axis = try #require(try lines(chart, "#5a5a5a").max { $0.count < $1.count }?.first)
    let found = try texts(chart).filter { $0.x < axis.x - 3 && $0.size == 7 }.sorted { $0.y > $1.y }.map(\.text)
    if wanted.isEmpty {
      #expect(found.count > 2 && Set(found).count == found.count, "\(found)")
    } else {
      #expect(found == wanted || found.count == wanted.count / 2 + 1 && found.allSatisfy(wanted.contains), "\(found)")
    }
  }

  @Test func `An axis has its title at its middle`() throws {
    func start(_ title: String) throws -> Double {
      try #require(try texts(line([(0, 1), (1, 2)], x: .init(title: title))).first { $0.text == title }).x
    }
    let axis = try #require(try lines(line([(0, 1), (1, 2)]), "#5a5a5a").max { $0.count < $1.count })
    // Twice the letters are twice as wide.
    let middle = 2 * (try start("oooo")) - (try start("oooooooo"))
    #expect(abs(middle - (axis[0].x + axis[2].x) / 2) < 0.5)
  }

  @Test func `The numbers at an axis are where their values are`() throws {
    let chart = line([(0, 0), (10, 50)], y: .init(title: "y"))
    let curve = try #require(try lines(chart, Self.blue).first)
    let labels = try texts(chart).filter { $0.size == 7 }
    let at = { (text: String) in labels.filter { $0.text == text }.map(\.y).min() ?? .nan }
    // Baselines are half a capital below the places.
    #expect(abs((at("0") - at("50")) - (curve[0].y - curve[1].y)) < 40, "both axes have a 0")
    #expect(abs((at("20") - at("40")) - (curve[0].y - curve[1].y) * 0.4) < 0.1)
  }

  @Test(arguments: [
    (0.02, 20.0, ["0.01", "0.1", "1", "10", "100"]), (22, 74, ["20", "50", "100"]),
    (1, 1000, ["1", "10", "100", "1000"]),
    (3, 40, ["2", "5", "10", "20", "50"]), (94, 107, ["90", "95", "100", "105", "110"]), (5, 5, []), (1e-9, 1e9, []),
    (1e-300, 2e-300, []), (0.999, 1.001, []),
  ])
  func `On a logarithmic axis equal ratios are equally far apart, and round numbers stand at their places`(
    low: Double, high: Double, wanted: [String]
  ) throws {
    let chart = line(
      [(0, low), (1, low.squareRoot() * high.squareRoot()), (2, high)], y: .init(title: "y", scale: .logarithmic))
    let curve = try #require(try lines(chart, Self.blue).first)
    #expect(curve.count == 3 && abs((curve[0].y - curve[1].y) - (curve[1].y - curve[2].y)) < 0.05)
    let axis = try #require(try lines(chart, "#5a5a5a").max { $0.count < $1.count }?.first)
    let labels = try texts(chart).filter { $0.x < axis.x - 3 && $0.size == 7 }.sorted { $0.y > $1.y }
    #expect(labels.count > 1 && labels.count <= 7, "\(labels.map(\.text))")
    if !wanted.isEmpty { #expect(labels.map(\.text) == wanted) }
    guard high > low else { return }
    // Half a capital above its baseline a number has its place.
    let numbers = try labels.map { try #require(Double($0.text.replacing("−", with: "-"))) }
    let unit = (curve[0].y - curve[2].y) / log10(high / low)
    for (label, number) in zip(labels, numbers) {
      #expect(abs(label.y - labels[0].y + unit * log10(number / numbers[0])) < 0.1, "\(label.text)")
    }
    let frame = try #require(try lines(chart, "#5a5a5a").max { $0.count < $1.count }?.map(\.y))
    #expect(curve.allSatisfy { ((frame.min() ?? 0) - 0.05...(frame.max() ?? 0) + 0.05).contains($0.y) })
  }

  @Test func `Below a logarithmic axis an error bar has no end, and nothing is drawn there`() throws {
    var chart = line([], y: .init(title: "y", scale: .logarithmic), form: .markedLine)
    chart.panels[0].series[0].places = [.init(x: 0, y: 1, spread: 2), .init(x: 1, y: 10, spread: 2)]
    let bars = try lines(chart, Self.blue).filter { $0.count > 2 && $0[0].x == $0[1].x && $0[0].y != $0[1].y }
    #expect(bars.map(\.count) == [4, 6])
    let frame = try #require(try lines(chart, "#5a5a5a").max { $0.count < $1.count })
    let bottom = frame.map(\.y).max() ?? 0
    #expect(abs((bars[0].map(\.y).max() ?? 0) - bottom) < 0.05)
    #expect(try lines(chart, Self.blue).joined().allSatisfy { $0.y <= bottom + 0.05 })
    // Short marks between the numbers tell it from a linear axis.
    let marks = { (chart: Chart) in
      try chart.drawing().svg(title: "").matches(of: /stroke="#5a5a5a" stroke-width="0.4"/).count
    }
    #expect(try marks(chart) >= 10)
    #expect(try marks(line([(0, 1), (1, 10)])) == 0)
  }

  @Test func `Proportions near 1 are as far apart as those between, and the ends stand beyond`() throws {
    let alphas = [0, 0.9, 0.99, 0.999, 1]
    let chart = line(
      alphas.map { ($0, $0) }, x: .init(title: "α", scale: .proportion, places: alphas), form: .markedLine)
    let line = try #require(try lines(chart, Self.blue).first { $0.count == 5 })
    let steps = zip(line, line.dropFirst()).map { $1.x - $0.x }
    #expect(steps.allSatisfy { $0 > 8 })
    // log₁₀ of 9, 99 and 999 are 0.954, 1.996 and 2.9996.
    #expect(abs(steps[1] / steps[2] - (1.99563 - 0.95424) / (2.99957 - 1.99563)) < 0.01)
    #expect(abs(steps[0] - steps[3]) < 0.1)
    let labels = try texts(chart).map(\.text)
    for text in ["0", "0.9", "0.99", "0.999", "1"] { #expect(labels.contains(text)) }
  }

  @Test func `Numbers and names at an axis never touch`() throws {
    for width in Chart.Width.allCases {
      for count in [2, 5, 9, 12] {
        for names in [
          (0..<count).map { "\($0)" }, (0..<count).map { "a class of several words \($0)" },
          (0..<count).map { "incomprehensibility\($0)" },
        ] {
          let chart = Chart(
            panels: [
              .init(
                title: "t", x: .init(title: "x", scale: .categories(names)), y: .init(title: "y"),
                series: [.init(number: 0, form: .bars, places: (0..<count).map { .init(x: Double($0), y: 1) })])
            ], legend: [""], width: width)
          let svg = try chart.drawing().svg(title: "")
          let level = svg.matches(
            of: /<text x="([^"]*)" y="([^"]*)" font-size="7"[^>]*fill="#484848" textLength="([^"]*)"/
          ).map { (x: Double($0.1) ?? 0, y: Double($0.2) ?? 0, width: Double($0.3) ?? 0) }
          for (index, left) in level.enumerated() {
            for right in level[(index + 1)...] where abs(left.y - right.y) < 6 {
              #expect(left.x + left.width <= right.x || right.x + right.width <= left.x, "\(names)")
            }
          }
        }
      }
    }
  }

  @Test func `The legend stands above everything that is drawn, whole, and only where there is something to tell`()
    throws
  {
    let names = (0..<8).map { "ClaDec, layer −\($0), α 0.\($0)" }
    let chart = Chart(
      panels: [
        .init(
          title: "p", x: .init(title: "x"), y: .init(title: "y"),
          series: names.indices.map { number in
            .init(
              number: number, form: .markedLine,
              places: (0..<4).map { .init(x: Double($0), y: Double($0 * number), spread: 1) })
          })
      ], legend: names, width: .column)
    let all = try texts(chart)
    let legend = all.filter { names.contains($0.text) }
    #expect(legend.count == 8)
    let top = try #require(try lines(chart, "#5a5a5a").max { $0.count < $1.count }?.map(\.y).min())
    #expect(legend.allSatisfy { $0.y < top - 5 })
    #expect(legend.allSatisfy { $0.x > 0 && $0.x < 238 })
    var single = chart
    single.panels[0].series = [chart.panels[0].series[0]]
    single.legend = ["ClaDec"]
    #expect(try !texts(single).contains { $0.text == "ClaDec" })
  }

  @Test func `Series differ in grey and without colours: in dashes, in markers or in stripes`() throws {
    let series = { (form: Chart.Form) in
      (0..<8).map { number in
        Chart.Series(number: number, form: form, places: [.init(x: 0, y: 1), .init(x: 1, y: 2)])
      }
    }
    func looks(_ form: Chart.Form) throws -> Set<String> {
      Set(
        try series(form).map { series in
          let chart = Chart(
            panels: [.init(title: "", x: .init(title: ""), y: .init(title: ""), series: [series])], legend: [""],
            width: .column)
          // All that is said of the series but its colours.
          return try chart.drawing().svg(title: "").split(separator: "\n").filter {
            $0.contains("<path") && !$0.contains("#5a5a5a") && !$0.contains("#e2e2e2")
          }.joined().replacing(/#(?!ffffff)[0-9a-f]{6}/, with: "#")
        })
    }
    #expect(try looks(.markedLine).count == 8)
    #expect(try looks(.curve).count == 4)
    #expect(try looks(.bars).count == 2)
  }

  /// Okabe and Ito, "Color universal design", 2008; the last two are black and a grey of ours.
  @Test func `Series have Okabe and Ito's colours`() throws {
    let series = (0..<8).map { number in
      Chart.Series(number: number, form: .curve, places: [.init(x: 0, y: Double(number)), .init(x: 1, y: 2)])
    }
    let chart = Chart(
      panels: [.init(title: "", x: .init(title: ""), y: .init(title: ""), series: series)],
      legend: (0..<8).map { "\($0)" }, width: .column)
    for colour in ["#0072b2", "#e69f00", "#009e73", "#000000", "#cc79a7", "#d55e00", "#56b4e9", "#808080"] {
      #expect(!(try lines(chart, colour)).isEmpty, "\(colour)")
    }
  }

  @Test func `Error bars and bands end a standard deviation from the mean`() throws {
    let places = [Chart.Place(x: 0, y: 10, spread: 2), .init(x: 1, y: 20, spread: 4)]
    var chart = line([], form: .markedLine)
    chart.panels[0].series[0].places = places
    // 8 and 24 are the ends: the scale begins at 0, near 8.
    let bars = try lines(chart, Self.blue).filter { $0.count == 6 && $0[0].x == $0[1].x }
    let heights = bars.map { abs($0[0].y - $0[1].y) }.filter { $0 > 1 }.sorted()
    #expect(heights.count == 2)
    let axis = try #require(
      try lines(chart, Self.blue).first { $0.count == 2 && $0[0].x != $0[1].x && abs($0[0].y - $0[1].y) > 5 })
    let unit = abs(axis[0].y - axis[1].y) / 10
    #expect(abs(heights[0] - 4 * unit) < 0.1 && abs(heights[1] - 8 * unit) < 0.1)
    chart.panels[0].series[0].form = .curve
    let band = try chart.drawing().svg(title: "").firstMatch(of: /<path d="([^"]*)Z" fill="#0072b2" fill-opacity="0.2"/)
    let corners = try #require(band).1.matches(of: /[ML]([-0-9.]+) ([-0-9.]+)/).map { Double($0.2) ?? 0 }
    #expect(corners.count == 4)
    #expect(abs((corners[3] - corners[0]) - 4 * unit) < 0.1 && abs((corners[2] - corners[1]) - 8 * unit) < 0.1)
  }

  @Test func `Bars begin at zero, and blocks adjoin`() throws {
    for values in [[3.0, 5], [-3, 5], [-3, -5]] {
      let chart = Chart(
        panels: [
          .init(
            title: "", x: .init(title: "", scale: .categories(["a", "b"])), y: .init(title: "y"),
            series: [.init(number: 0, form: .bars, places: values.enumerated().map { .init(x: Double($0), y: $1) })])
        ], legend: [""], width: .column)
      let bars = try chart.drawing().svg(title: "").matches(of: /<path d="([^"]*)Z" fill="#0072b2"\/>/).map { match in
        match.1.matches(of: /[ML]([-0-9.]+) ([-0-9.]+)/).map { Double($0.2) ?? 0 }
      }
      #expect(bars.count == 2)
      let heights = bars.map { ($0.max() ?? 0) - ($0.min() ?? 0) }
      #expect(abs(heights[0] / heights[1] - abs(values[0] / values[1])) < 0.01)
      if values[0] < 0, values[1] > 0 { #expect(abs((bars[0].min() ?? 0) - (bars[1].max() ?? 0)) < 0.02) }
    }
    let histogram = Chart(
      panels: [
        .init(
          title: "", x: .init(title: "x"), y: .init(title: "number"),
          series: [
            .init(
              number: 0, form: .blocks(width: 0.5), places: [.init(x: 0, y: 2), .init(x: 0.5, y: 4), .init(x: 1, y: 1)])
          ])
      ], legend: [""], width: .column)
    let blocks = try histogram.drawing().svg(title: "").matches(
      of: /<path d="M([-0-9.]+) [^L]*L([-0-9.]+) [^"]*Z" fill="#0072b2"/
    )
    .map { (Double($0.1) ?? 0, Double($0.2) ?? 0) }
    #expect(blocks.count == 3 && abs(blocks[0].1 - blocks[1].0) < 0.02 && abs(blocks[1].1 - blocks[2].0) < 0.02)
  }

  @Test func `Panels of one measure have one axis; another measure has its own`() throws {
    let panel = { (title: String, measure: String, top: Double) in
      Chart.Panel(
        title: title, x: .init(title: "x"), y: .init(title: measure),
        series: [.init(number: 0, form: .curve, places: [.init(x: 0, y: 0), .init(x: 1, y: top)])])
    }
    let same = Chart(panels: [panel("a", "m", 1), panel("b", "m", 4)], legend: [""], width: .page)
    let rise = { (chart: Chart) in try lines(chart, Self.blue).map { abs($0[0].y - $0[1].y) } }
    let (small, large) = (try rise(same)[0], try rise(same)[1])
    #expect(abs(large / small - 4) < 0.01)
    let other = Chart(panels: [panel("a", "m", 1), panel("b", "n", 4)], legend: [""], width: .page)
    let heights = try rise(other)
    #expect(abs(heights[0] - heights[1]) < 0.5 * heights[0])
  }

  @Test func `Cells of a confusion matrix hold their numbers, darker the larger their share of the row`() throws {
    let chart = ConfusionChart(
      classes: ["Bag", "Coat"], matrices: [.init(title: "C", counts: [[8, 2], [0, 50]])], caption: "c", width: .column)
    #expect(chart.matrices[0].accuracy == 58.0 / 60)
    let found = try texts(chart)
    let place = { (text: String) in found.first { $0.text == text } }
    let (eight, two, fifty) = (try #require(place("8")), try #require(place("2")), try #require(place("50")))
    #expect(eight.y == two.y && two.x > eight.x && fifty.y > two.y && fifty.x > eight.x)
    #expect(place("0") == nil)
    #expect(found.count { $0.text == "Bag" } == 2)
    let raster = try chart.drawing().raster()
    // The corner of each cell, from the places of its number.
    let shade = { (cell: (text: String, x: Double, y: Double, size: Double)) in
      raster[Int((cell.x - 6) * 300 / 72), Int((cell.y + 5) * 300 / 72)].reduce(0) { $0 + Int($1) }
    }
    #expect(shade(fifty) < shade(eight) && shade(eight) < shade(two) && shade(two) < 765)
  }

  @Test func `Lines of a confusion matrix cross it whole, and those of its caption follow each other`() throws {
    let chart = ConfusionChart(
      classes: ["Bag", "Coat", "Shirt"], matrices: [.init(title: "C", counts: [[8, 2, 1], [0, 50, 3], [1, 1, 1]])],
      caption: Array(repeating: "much to be said of it", count: 12).joined(separator: ", "), width: .column)
    let rules = try lines(chart, "#e2e2e2")
    let (across, down) = (rules.filter { $0[0].y == $0[1].y }, rules.filter { $0[0].x == $0[1].x })
    #expect(rules.count == 8 && across.count == 4 && down.count == 4)
    let size = (across.map { $0[0].y }.max() ?? 0) - (across.map { $0[0].y }.min() ?? 0)
    #expect(across.allSatisfy { abs($0[1].x - $0[0].x - size) < 0.1 } && size > 30)
    #expect(down.allSatisfy { abs($0[1].y - $0[0].y - size) < 0.1 })
    let caption = try texts(chart).filter { $0.text.contains("said") }
    #expect(caption.count >= 3)
    for (line, next) in zip(caption, caption.dropFirst()) { #expect(next.y > line.y + line.size) }
    let height = try #require(try chart.drawing().svg(title: "").firstMatch(of: #/viewBox="0 0 [0-9.]+ ([0-9.]+)"/#)).1
    #expect((caption.last?.y ?? .infinity) < Double(height) ?? 0)
  }

  @Test(arguments: [40, 80, 120]) func `In a terminal a chart keeps to the width, and names its series and numbers`(
    width: Int
  )
    throws
  {
    for form in [Chart.Form.curve, .markedLine, .level, .points, .bars] {
      let chart = Chart(
        panels: [
          .init(
            title: "panel", x: .init(title: "layer", places: [0, 1, 2]), y: .init(title: "squared error"),
            series: (0..<2).map { number in
              .init(
                number: number, form: form,
                places: (0..<3).map { .init(x: Double($0), y: Double($0 + number) * 10, spread: 1) })
            })
        ], legend: ["ClaDec", "RefAE"], caption: "Said below.", width: .column)
      let text = chart.terminal(width: width, colours: .none)
      let lines = text.split(separator: "\n")
      #expect(lines.allSatisfy { displayWidth(String($0)) <= width }, "\(text)")
      for word in ["ClaDec", "RefAE", "panel", "squared error", "Said below."] {
        #expect(text.contains(word), "\(text)")
      }
      #expect(!text.contains("\u{1B}"))
      #expect(text.contains("20") && text.contains("30"))
      let coloured = chart.terminal(width: width, colours: .full)
      #expect(coloured.contains("\u{1B}[38;2;0;114;178m"))
    }
    let matrix = ConfusionChart(
      classes: ["Bag", "Coat"], matrices: [.init(title: "C", counts: [[8, 2], [0, 50]])], width: .column)
    let text = matrix.terminal(width: width, colours: .none)
    #expect(text.contains("50") && text.contains("Coat"))
  }

  @Test func `A line in a terminal rises where its values do`() throws {
    let text = line([(0, 0), (1, 1)]).terminal(width: 60, colours: .none)
    let rows = text.split(separator: "\n").filter { $0.contains("│") || $0.contains("┤") }
    let dots = rows.map { row in
      row.enumerated().first { (0x2801...0x28FF).contains($1.unicodeScalars.first?.value ?? 0) }?.offset
    }
    let places = dots.compactMap { $0 }
    #expect(places.count == rows.count && zip(places, places.dropFirst()).allSatisfy { $0 > $1 })
  }
}
