import Diagnostics
import Host
import Notebooks
import Reports
import Syntax
import Testing
import Workbench

/// No text crashes the check: seeded mutations of a good one.
@Suite struct RobustnessTests {
  static let words =
    RunningTests.text.split { $0 == " " || $0 == "\n" }.map(String.init) + [
      "vgg5", "resnet10", "-1", "0", "1e300", "-1e300", "0.5", "1...3", "1...100000", "[]", "[[1]]", "\"\"", "input",
      "class",
      "predicted(C)", "where:", "over:", "units:", "[0]", ".test", "mean(", "average()", "pool(16)", "conv(65536)",
      "deconv(65536, stride: 16)", "dense(65536)", "units: [0]", "units: [[0], 1...2]", "classes: [1, \"Bag\"]",
      "classes:", "rows:", "columns: \"image\"",
      "paper_decoder", "plot", "nan", "conv3", ".png", "reshape: [1, 1, 1]", "layers(C)", "or", "not", "~",
      "±",
      "show", "inspect", "table", "evaluate", "sort:", "save:",
    ]

  @Test("mutated notebooks are checked, whatever they say", arguments: 0..<8)
  func mutations(seed: Int) {
    var random = Generator(state: UInt64(seed) &* 0x9E37_79B9 &+ 1)
    let session = Session(.here)
    for _ in 0..<60 {
      var lines = RunningTests.text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        let line = Int.random(in: 0..<lines.count, using: &random)
        var parts = lines[line].split(separator: " ").map(String.init)
        let place = Int.random(in: 0...parts.count, using: &random)
        let word = Self.words[Int.random(in: 0..<Self.words.count, using: &random)]
        if place < parts.count, Bool.random(using: &random) {
          parts[place] = word
        } else {
          parts.insert(word, at: place)
        }
        lines[line] = parts.joined(separator: " ")
      }
      let text = lines.joined(separator: "\n")
      let notebook = Notebook(parsing: SourceFile(name: "mutant", text: text))
      for mistake in NotebookRunner(notebook, session: session).check() {
        #expect(!mistake.title.isEmpty, "\(text)")
        let end = mistake.span?.end ?? 0
        #expect(end <= text.utf8.count)
      }
    }
  }

  /// SplitMix64: the same numbers everywhere.
  struct Generator: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var z = state
      z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
      z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
      return z ^ (z >> 31)
    }
  }
}
