import Diagnostics
import Host
import Notebooks
import Testing
import Workbench

/// The tour, with few images.
@Suite struct TourTests {
  private func small(_ text: String) -> String {
    text.replacing("train: 4000, test: 1000", with: "train: 40, test: 20").replacing("epochs: 5", with: "epochs: 1")
  }

  private func enter(_ text: String, _ session: Session) { session.enter(text) { _ in } }

  @Test("the examples lead from nothing to a notebook") func walk() throws {
    let session = Session(.here)
    var tour = Tour(session)
    for step in Tour.Step.allCases.dropLast() {
      #expect(tour.step == step && !tour.isOver)
      #expect(tour.text(in: session).contains(tour.example(in: session)))
      enter(small(tour.example(in: session)), session)
      let answer = tour.didEnter(in: session)
      #expect(answer.hasPrefix("✓ "), "\(step)")
    }
    #expect(tour.example(in: session) == "save \"first\"" && Command(tour.example(in: session)) == .save("first"))
    let said = tour.didSave(in: session)
    let end = try #require(said)
    #expect(tour.isOver && end.contains("cladec run first.cladec"))
    let notebook = try #require(session.notebook())
    #expect(["load", "train", "cladec", "refae", "grid"].allSatisfy { notebook.contains($0) })
  }

  @Test("any right way counts, with names of the user's own") func otherWays() {
    let session = Session(.here)
    var tour = Tour(session)
    let ways = [
      "let data = load \"garments\", train: 40, test: 20, seed: 3", "data.test[0...1]",
      "let small = network [conv(8, stride: 4), dense(classes)]\nlet K = train small, on: data, epochs: 1, seed: 1...2",
      "expect mean(accuracy(K), over: \"seed\") >= 0", "let D = cladec(K, layer: [-1, -2], epochs: 1)",
      "let Z = refae(K, layer: [-1, -2], epochs: 1)", "grid [Z, D], of: data.test[0]", "expect mean(loss(D)) > 0",
    ]
    for (step, way) in zip(Tour.Step.allCases, ways) {
      #expect(tour.step == step)
      enter(way, session)
      let answer = tour.didEnter(in: session)
      #expect(answer.hasPrefix("✓ "), "\(way)")
    }
    #expect(tour.step == .save)
    let before = tour.back(in: session)
    #expect(before.contains("expect loss(Z) < loss(D)"))
  }

  @Test("what does not do a step is answered by what would") func wrongWays() {
    let session = Session(.here)
    var tour = Tour(session)
    let nearly = [
      "load \"garments\", train: 40, test: 20", "let h = garments.test[0]", "train vgg5, on: garments, epochs: 1",
      "layers(C)",
      "cladec C, layer: -1, epochs: 1", "let Q = cladec C, layer: -1, epochs: 1", "grid [input], of: garments.test[0]",
      "loss(E)",
    ]
    for (step, wrong) in zip(Tour.Step.allCases, nearly) {
      for text in [wrong, "let x = 3", "let y = absent", "let garments = ", "expect 1 < 2"] {
        enter(text, session)
        let answer = tour.didEnter(in: session)
        #expect(tour.step == step && !answer.hasPrefix("✓"), "\(step): \(text)")
        #expect(answer.contains("For example:\n    \(tour.example(in: session))"))
        #expect(
          answer.hasPrefix("The message above") == (text == "let y = absent" || text == "let garments = "), "\(text)")
      }
      let early = tour.didSave(in: session)
      #expect(early == nil)
      enter(small(tour.example(in: session)), session)
      _ = tour.didEnter(in: session)
    }
    // At the last step nothing but saving counts.
    enter("let x = 3", session)
    let last = tour.didEnter(in: session)
    #expect(!last.hasPrefix("✓") && !tour.isOver)
  }

  @Test("one that was left goes on in a later session, with the same names") func kept() throws {
    let session = Session(.here)
    var tour = Tour(session)
    #expect(tour.kept(of: session) == nil)
    var all: [Tour.Kept] = []
    for step in Tour.Step.allCases.dropLast() {
      enter(small(tour.example(in: session)).replacing("garments =", with: "g ="), session)
      _ = tour.didEnter(in: session)
      let kept = try #require(tour.kept(of: session), "\(step)")
      #expect(kept.step == tour.step && Tour.Kept(text: kept.text) == kept)
      #expect(Tour.offer(kept).contains("step \(step.rawValue + 2) of 9"))
      all.append(kept)
    }
    for kept in [all[0], all[1], all[3], all[5]] {
      let later = Session(.here)
      let notebook = Notebook(parsing: SourceFile(name: "tour", text: kept.notebook))
      _ = Driver(entering: notebook, session: later).run { _ in }
      #expect(Tour(later, from: kept).step == kept.step, "\(kept.step)")
      #expect(Tour(later, from: kept).example(in: later).contains("garments") == false)
    }
    // What the names do not show is done again.
    #expect(Tour(Session(.here), from: all[7]).step == .load)
    let first = Session(.here)
    _ = Driver(entering: Notebook(parsing: SourceFile(name: "tour", text: all[1].notebook)), session: first).run { _ in
    }
    #expect(Tour(first, from: all[7]).step == .train)
    _ = tour.didSave(in: session)
    #expect(tour.isOver && tour.kept(of: session) == nil)
  }

  @Test("what is not, or no longer, a kept tour is none") func broken() throws {
    let session = Session(.here)
    enter("let a = 3", session)
    let good = Tour.Kept(.train, notebook: try #require(session.notebook())).text
    #expect(Tour.Kept(text: good)?.step == .train)
    for text in [
      "", "\n\n\n", "tour", good.replacing("tour train", with: "tour sail"),
      good.replacing("tour train", with: "tour load"),
      good.replacing("cladec 1", with: "cladec 2"), good.replacing("```\n", with: "\n"), String(good.dropFirst()),
      session.notebook() ?? "", good.replacing("<!-- tour train -->\n", with: ""), good.replacing(" -->", with: ""),
    ] { #expect(Tour.Kept(text: text) == nil, "\(text)") }
  }

  @Test("it goes on where a session is") func resumed() {
    let session = Session(.here)
    #expect(Tour(session).step == .load)
    enter("let g = load \"garments\", train: 40, test: 20", session)
    #expect(Tour(session).step == .look)
    enter("let C = train vgg5, on: g, epochs: 1", session)
    #expect(Tour(session).step == .measure)
    enter("let E = cladec C, layer: -1, epochs: 1", session)
    #expect(Tour(session).step == .reference)
    enter("let R = refae C, layer: -1, epochs: 1", session)
    #expect(Tour(session).step == .compare)
    #expect(Tour(session).example(in: session) == "grid [input, R, E], of: g.test[0...7], save: \"layers\"")
    #expect(Tour().step == .load)
  }
}
