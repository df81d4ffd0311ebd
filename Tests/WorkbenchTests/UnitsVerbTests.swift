import Decoding
import Diagnostics
import Experiments
import Host
import Syntax
import Testing
import Workbench

/// Which units of a layer a decoder sees, by number or by how much they vary.
@Suite struct UnitsVerbTests {
  private static let context = """
    let tiny = network [conv(4, stride: 4), dense(classes)]
    let g = load "garments", train: 40, test: 20, size: 8
    let C = train tiny, on: g, epochs: 2, seed: [5, 6], batch: 8, rate: 0.01

    """

  private func check(_ text: String) -> (mistakes: [Diagnostic], units: [Units]) {
    let session = Session(.here)
    let mistakes = session.check([parse(SourceFile(name: "n", text: Self.context + text))])
    return (mistakes, session.schedule.entries.compactMap { ($0.job as? ClaDecTraining)?.units })
  }

  @Test func `Ranks are asked of the classifier, the layer and the images that are decoded`() throws {
    let units = check("cladec C, layer: -2, units: varying(least: 3), on: g.train[0...9], epochs: 1").units
    #expect(units.count == 2)
    for (choice, seed) in zip(units, [5, 6]) {
      guard case .ranked(let ranking, count: 3, isMost: false) = choice else {
        Issue.record("\(choice)")
        continue
      }
      #expect(ranking.classifier.options.seed == seed && ranking.layer == -2 && ranking.channels == 4)
      #expect(ranking.images.count == 10)
    }
    // As many as there are are all.
    #expect(check("cladec C[seed: 5], layer: -2, units: varying(most: 4), epochs: 1").units == [.all])
    #expect(check("cladec C[seed: 5], layer: -2, units: 0...3, epochs: 1").units == [.all])
    #expect(check("cladec C[seed: 5], layer: -2, units: [2, 0], epochs: 1").units == [.numbered([0, 2])])
    #expect(check("cladec C[seed: 5], layer: -2, units: [[2, 0]], epochs: 1").units == [.numbered([0, 2])])
  }

  @Test func `Choices sweep beside numbers, and tables and summaries say which is which`() throws {
    let text =
      Self.context
        + """
        let E = cladec C[seed: 5], layer: -2, units: [0...1, varying(most: 2), varying(least: 2)], epochs: 1
        E[units: "varying most: 2"].units
        E[units: "varying least: 2"]
        table evaluate(E), rows: "units", columns: "squared error"
        """
    var (lines, rows) = ([String](), [String]())
    Session(.here).enter(text) { element in
      switch element {
      case .text(let line): lines.append(line)
      case .table(let table, _): rows = table.rows.map { $0.first ?? "" }
      case .diagnostic(let diagnostic): lines.append(diagnostic.title)
      default: break
      }
    }
    #expect(lines.contains("2 units by their variance, the most varying"), "\(lines)")
    #expect(lines.contains { $0.contains("the least varying 2 of 4 units") }, "\(lines)")
    #expect(rows == ["0...1", "varying most: 2", "varying least: 2"], "\(lines)")
  }

  @Test func `What varies most of each classifier is one choice, over which tables take means`() throws {
    let text =
      Self.context
        + """
        let E = cladec C, layer: -2, units: varying(most: 2), epochs: 1
        let F = cladec C, layer: -2, units: varying(least: 1), epochs: 1
        let T = evaluate [E, F]
        table T, rows: "units", columns: ["squared error", "cycle"], over: "seed"
        show mean(T[units: "varying most: 2 (2 of 4)"]["squared error"]) > 0
        inspect E[seed: 5]
        """
    var (lines, rows) = ([String](), [[String]]())
    Session(.here).enter(text) { element in
      switch element {
      case .text(let line): lines.append(line)
      case .table(let table, _): rows = table.rows
      case .diagnostic(let diagnostic): lines.append(diagnostic.title)
      default: break
      }
    }
    #expect(rows.map { $0.first } == ["varying most: 2 (2 of 4)", "varying least: 1 (1 of 4)"], "\(rows)")
    #expect(rows.allSatisfy { $0[1].contains("(2") }, "\(rows)")
    #expect(lines.contains("true"), "\(lines)")
    #expect(lines.contains { $0.wholeMatch(of: /units: [0-3], [0-3]/) != nil }, "\(lines)")
  }

  @Test func `What cannot be chosen is refused with a way out`() {
    func titles(_ text: String) -> [String] { check(text).mistakes.map(\.title) }
    #expect(titles("cladec C, layer: -2, units: varying(most: 5)") == ["the layer conv1 has no unit 4"])
    #expect(titles("varying()") == ["'varying' takes 'most:' or 'least:', one of them"])
    #expect(titles("varying(most: 1, least: 2)") == ["'varying' takes 'most:' or 'least:', one of them"])
    #expect(
      titles("refae C[seed: 5], layer: -2, units: varying(most: 2)") == [
        "the units of a reference have no ranks among the classifier's"
      ])
    #expect(titles("varying(most: 0)").count == 1)
  }
}
