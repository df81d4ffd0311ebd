import Decoding
import Diagnostics
import Host
import Images
import Interpreter
import Networks
import Testing
import Workbench

/// What is typed at the prompt.
@Suite struct PromptTests {
  private func enter(_ lines: [String]) -> [String] {
    let session = Session(.here)
    var shown: [String] = []
    for line in lines {
      session.enter(line) { element in
        if case .diagnostic(let diagnostic) = element {
          shown.append("\(diagnostic.code.id) \(diagnostic.title)")
        } else {
          shown.append(GoldenTests.text(element))
        }
      }
    }
    return shown
  }

  @Test("a name whose definition failed stays free for another attempt") func retry() {
    #expect(enter(["let a = b", "let a = 3", "a + 1"]) == ["E101 there is no 'b' here", "a = 3", "4"])
  }

  @Test("a name is bound anew") func boundAgain() {
    #expect(enter(["let a = 3", "let a = 4", "a"]) == ["a = 3", "a = 4", "4"])
  }

  @Test("a name whose training fails stays free, too, and keeps no half-made value") func failedTraining() {
    let deep = "network([\(String(repeating: "dense(64), ", count: 32))dense(classes)])"
    let shown = enter([
      "let g = load \"garments\", train: 20, test: 20", "let C = train \(deep), on: g, epochs: 20, rate: 10", "C",
      "let C = 3",
    ])
    #expect(shown.dropFirst().map { $0.prefix(4) } == ["E402", "E101", "C = "])
  }

  @Test("what a list holds is made when its statement runs") func lists() {
    let session = Session(.here)
    let text = """
      let tiny = network [conv(4, stride: 8), dense(classes)]
      let g = load "garments", train: 20, test: 20
      let L = [train(tiny, on: g, epochs: 1), 3]
      """
    Driver(entry: text, session: session).run { _ in }
    #expect(session.schedule.entries.map { type(of: $0.job).kind } == ["images", "classifier"])
    #expect(session.executor.store.digests == session.schedule.digests)
  }

  @Test("a mistake stops the statements behind it, not the prompt") func mistakes() {
    #expect(enter(["1 +", "2 + 2"]).last == "4")
  }

  @Test("at the prompt a result may be saved again") func savingAgain() {
    let lines = ["let g = load \"garments\", train: 10, test: 10", "grid [input], of: g, save: \"a\""]
    #expect(enter(lines + [lines[1]]).filter { $0 == "saved a.png, a.svg, a.pdf" }.count == 2)
  }

  @Test("the prelude's networks are the paper's, block for block, and so is its decoder for the logits")
  func prelude() throws {
    let session = Session(.here)
    for architecture in [Architecture.vgg5, .resnet10] {
      #expect(session.architecture(named: architecture.name) == architecture)
      #expect(session.architecture(named: architecture.name)?.name == architecture.name)
    }
    let image = Shape(channels: 1, height: 32, width: 32)
    let logits = try #require(try Architecture.vgg5.layers(input: image, classes: 10).last)
    #expect(session.architecture(named: "paper_decoder") == (try Architecture.decoder(for: logits, image: image)))
    #expect(session.architecture(named: "nothing") == nil)
  }
}
