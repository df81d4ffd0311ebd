// What is listed below the line, and texts in pages.
import Console
import Testing
import Text

@Suite struct `Lists of candidates` {
  private let candidates = [
    ("epochs:", "how often every image is seen"), ("on:", "what to learn from; of a data set, its training split"),
    ("x", ""),
  ].map { (text: $0.0, note: $0.1) }

  @Test func `A wide terminal has room for what is said about each`() {
    #expect(
      completionListing(candidates, width: 80, height: 24) == [
        "epochs:  how often every image is seen", "on:      what to learn from; of a data set, its training split", "x",
      ])
    #expect(
      completionListing(candidates, width: 40, height: 24) == [
        "epochs:  how often every image is seen", "on:      what to learn from; of a data …", "x",
      ])
  }

  @Test func `A narrow or low one has the candidates side by side`() {
    #expect(completionListing(candidates, width: 30, height: 24) == ["epochs:  on:      x"])
    #expect(completionListing(candidates, width: 80, height: 3) == ["epochs:  on:      x"])
    #expect(completionListing(candidates, width: 16, height: 24) == ["epochs:  x", "on:"])
    #expect(completionListing(candidates, width: 5, height: 24) == ["epochs:", "on:", "x"])
  }

  @Test(arguments: 8...120) func `Nothing is wider than the terminal, and no word is broken`(width: Int) {
    let words = Set(candidates.flatMap { [$0.text] + $0.note.split(separator: " ").map(String.init) } + ["…"])
    for height in [2, 24] {
      for line in completionListing(candidates, width: width, height: height) {
        #expect(displayWidth(line) <= width)
        #expect(line.split(separator: " ").allSatisfy { words.contains(String($0)) }, "\(line)")
      }
    }
  }
}

@Suite struct `Pages` {
  /// What is written, for these keys.
  private func shown(_ count: Int, height: Int, width: Int = 80, keys: String) throws -> [String] {
    let terminal = Terminal(
      isTerminal: true, width: width, height: height, colours: .none, showsUnicode: true, isDumb: false)
    var (texts, keys) = ([String](), Array(keys.utf8)[...])
    let pager = Pager(command: nil, on: terminal, write: { texts.append($0) }, readKey: { keys.popFirst() })
    try pager.showHere((0..<count).map { "line \($0)" })
    return texts
  }

  @Test func `Each page leaves room for the question, which goes`() throws {
    let texts = try shown(5, height: 3, keys: "  ")
    #expect(
      texts == [
        "line 0\nline 1\n", "-- 3 more lines: Enter goes on, q ends --", "\r\u{1B}[K", "line 2\nline 3\n",
        "-- 1 more line: Enter goes on, q ends --", "\r\u{1B}[K", "line 4\n",
      ])
  }

  @Test(arguments: ["q", "\u{3}", "\u{4}", "\u{1B}", ""]) func `It ends when it is told to, or nobody is there`(
    key: String
  )
    throws
  {
    #expect(try shown(9, height: 4, keys: key).count == 3)
  }

  @Test(arguments: 2...60) func `The question fits the terminal`(width: Int) throws {
    #expect(try shown(9, height: 4, width: width, keys: "q")[1].count < width)
  }
}
