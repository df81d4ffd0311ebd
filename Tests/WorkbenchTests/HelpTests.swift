import Diagnostics
import Host
import Testing
import Workbench

/// What help says about ideas and words.
@Suite struct HelpTests {
  @Test("every idea has an example that runs, and none of its words is another's") func examples() {
    let context = """
      let garments = load "garments", train: 40, test: 40
      let C = train vgg5, on: garments, epochs: 1
      let E = cladec C, layer: -1, epochs: 1
      let R = refae C, layer: -1, epochs: 1
      let T = evaluate [E, R], judge: vgg5, epochs: 1
      """
    for topic in HelpTopic.all where !topic.example.isEmpty {
      let session = Session(.here)
      let text = topic.example.replacing("epochs: 5", with: "epochs: 1").replacing(
        "param epochs = 5", with: "param epochs = 1"
      )
      .replacing(/train: 4000, test: \d+/, with: "train: 40, test: 40")
      for entry in [context, text] {
        session.enter(entry) {
          // What is expected of many images need not hold for a few, and of these little is learnt.
          if case .diagnostic(let diagnostic) = $0, diagnostic.code != .expectationFailed, diagnostic.severity == .error
          {
            Issue.record("\(topic.word): \(diagnostic.title)")
          }
        }
      }
    }
    let words = HelpTopic.all.map(\.word)
    #expect(Set(words).count == words.count && words.count > 15)
  }

  @Test(
    "help finds ideas by other words for them, verbs, codes and words of the prompt",
    arguments: [
      ("data", "data sets"), ("sweep", "sweeps"), ("axes", "sweeps"), ("alpha", "alpha"), ("judge", "the judge"),
      ("layers", "layers(CLASSIFIER)"), ("layer", "layers"), ("notebooks", "notebooks"), ("train", "train NETWORK"),
      ("e021", "E021"), ("verbs", "Verbs"), ("drop", "drop NAME"), ("session", "a session"), ("keys", "typing"),
      ("let", "let NAME"), ("lr", "'lr' comes from another tool"), ("swepes", "there is no help for 'swepes'"),
      ("seesion", "did you mean 'session'?"),
    ])
  func found(word: String, beginning: String) {
    let text = helpText(for: [word], Session(.here).vocabulary)
    #expect(text.hasPrefix(beginning) || word == "seesion" && text.hasSuffix(beginning), "\(text)")
  }

  @Test("every word that is offered behind help is explained") func offered() {
    let vocabulary = Session(.here).vocabulary
    for topic in helpTopics(vocabulary) {
      let text = helpText(for: [topic.text], vocabulary)
      #expect(!text.hasPrefix("there is no help") && !text.contains("comes from another tool"), "\(topic.text)")
      #expect(!topic.note.isEmpty, "\(topic.text)")
    }
  }

  @Test("the overview fits a screen of 24 lines") func overview() {
    #expect(helpText(for: [], Session(.here).vocabulary).split(separator: "\n").count <= 20)
  }
}
