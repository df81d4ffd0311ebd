import Console
import Testing

/// What a terminal answers is told from what is typed, however it comes.
@Suite struct TerminalRepliesTests {
  private let name = "\u{1B}P>|kitty(0.35.2)\u{1B}\\"
  private let attributes = "\u{1B}[?62;4;22c"
  private let kitty = "\u{1B}_Gi=31;OK\u{1B}\\"

  @Test("answers are read, and keys before, between and behind them are kept") func keys() {
    let text = "a" + name + "é\u{1B}[A" + kitty + attributes + "\r"
    // In one go, byte by byte, and cut anywhere.
    for cut in 0...text.utf8.count {
      var replies = TerminalReplies()
      var keys = replies.take(Array(text.utf8.prefix(cut)))
      keys += replies.take(Array(text.utf8.dropFirst(cut)))
      #expect(String(decoding: keys, as: UTF8.self) == "aé\u{1B}[A\r")
      #expect(replies.name == "kitty(0.35.2)" && replies.attributes == [62, 4, 22] && replies.takesKitty == true)
    }
    var replies = TerminalReplies()
    let keys = text.utf8.flatMap { replies.take([$0]) }
    #expect(String(decoding: keys, as: UTF8.self) == "aé\u{1B}[A\r")
  }

  @Test(
    "keys that begin as an answer does are keys",
    arguments: ["\u{1B}", "\u{1B}[", "\u{1B}P", "\u{1B}_", "\u{1B}[?25h", "\u{1B}\u{1B}[A", "\u{1B}OP", "\u{1B}x"])
  func sequences(text: String) {
    var replies = TerminalReplies()
    var keys = replies.take(Array(text.utf8))
    keys += replies.giveUp()
    #expect(String(decoding: keys, as: UTF8.self) == text)
    #expect(replies.attributes == nil && replies.name == nil)
  }

  @Test("an answer that is cut off is no key; one without an end is not waited for") func incomplete() {
    var replies = TerminalReplies()
    #expect(replies.take(Array("\u{1B}[?62;".utf8)).isEmpty && replies.giveUp().isEmpty)
    #expect(replies.take(Array("4cx".utf8)) == Array("x".utf8) && replies.attributes == [62, 4])
    var endless = TerminalReplies()
    let keys = endless.take(Array("\u{1B}P>|".utf8) + [UInt8](repeating: 65, count: 10_000))
    #expect(keys.count > 9_000)
  }

  @Test("a refusal is none") func refusal() {
    var replies = TerminalReplies()
    _ = replies.take(Array("\u{1B}_Gi=31;ENOTSUPPORTED:no\u{1B}\\\u{1B}[?1c".utf8))
    #expect(replies.takesKitty == false && replies.attributes == [1])
  }

  /// What a terminal with these answers and variables is found to take, and what it was asked.
  private func found(
    _ environment: [String: String], name: String = "", attributes: String = "", kitty: Bool = false,
    outer: String = ""
  ) -> (kind: PictureProtocol?, asked: String) {
    var asked = ""
    func answer(_ question: String, _ last: TerminalReplies.Answer) -> TerminalReplies {
      asked += question
      var replies = TerminalReplies(upTo: last)
      // tmux hands on what it is told to, and answers the rest itself.
      if question.hasPrefix("\u{1B}Ptmux;\u{1B}\u{1B}[>0q") {
        if !outer.isEmpty { _ = replies.take(Array("\u{1B}P>|\(outer)\u{1B}\\".utf8)) }
        return replies
      }
      if question.contains("[>0q"), !name.isEmpty { _ = replies.take(Array("\u{1B}P>|\(name)\u{1B}\\".utf8)) }
      if question.contains("_G") { _ = replies.take(Array((kitty ? self.kitty : "").utf8)) }
      if !attributes.isEmpty { _ = replies.take(Array("\u{1B}[?\(attributes)c".utf8)) }
      return replies
    }
    let kind = PictureProtocol.find(environment: { environment[$0] }, ask: answer)
    return (kind, asked)
  }

  @Test("each terminal gets the pictures that it takes") func kinds() {
    let xterm = ["TERM": "xterm-256color"]
    #expect(found(["TERM": "xterm-kitty"], name: "kitty(0.35)", attributes: "62", kitty: true).kind == .kitty)
    #expect(found(xterm, name: "ghostty 1.0", attributes: "62", kitty: true).kind == .kitty)
    #expect(found(xterm, name: "iTerm2 3.5", attributes: "62;4").kind == .iTerm2)
    #expect(found(xterm.merging(["LC_TERMINAL": "iTerm2"]) { $1 }, attributes: "62;4").kind == .iTerm2)
    #expect(found(xterm, name: "XTerm(390)", attributes: "64;4").kind == .sixel)
    #expect(found(xterm, name: "foot(1.16)", attributes: "62;4;22").kind == .sixel)
    #expect(found(xterm, name: "VTE(7006)", attributes: "65;1").kind == nil)
    #expect(found(xterm, attributes: "1;2").kind == nil)
    #expect(found(["TERM": "tmux-256color", "TMUX": "/tmp/x"], attributes: "1;2;4").kind == .sixel)
    #expect(found(["TERM": "tmux-256color", "TMUX": "/tmp/x"], attributes: "1;2", kitty: true).kind == nil)
  }

  @Test(
    "within tmux it is the terminal around it that counts, if it has places for pictures",
    arguments: [
      ("kitty(0.28.0)", true), ("kitty(0.35.2)", true), ("kitty(1.0)", true), ("ghostty 1.0.1", true),
      ("kitty(0.26.5)", false), ("kitty", false), ("WezTerm 20240203", false), ("iTerm2 3.5", false), ("", false),
    ])
  func outer(name: String, isKitty: Bool) {
    let tmux = ["TERM": "tmux-256color", "TMUX": "/tmp/x"]
    #expect(found(tmux, attributes: "1;2", outer: name).kind == (isKitty ? .kittyInTmux : nil))
    #expect(found(tmux, attributes: "1;2;4", outer: name).kind == .sixel)
    #expect(found(["TERM": "screen", "STY": "1"], attributes: "1;2", outer: name).kind == nil)
  }

  @Test("answers are waited for up to the one that is wanted") func last() {
    var replies = TerminalReplies(upTo: .name)
    _ = replies.take(Array(attributes.utf8))
    #expect(!replies.areComplete)
    _ = replies.take(Array(name.utf8))
    #expect(replies.areComplete && !TerminalReplies().areComplete)
  }

  @Test("a terminal is asked nothing that it might show") func questions() {
    for environment in [["TERM": "dumb"], ["TERM": "linux"], [:], ["TERM": "xterm", "TERM_PROGRAM": "Apple_Terminal"]] {
      #expect(found(environment, attributes: "4").asked.isEmpty)
    }
    // Only one that says its name is asked for kitty's pictures, and none within tmux or screen.
    #expect(!found(["TERM": "xterm"], attributes: "1;2", kitty: true).asked.contains("_G"))
    for within in [["TERM": "screen", "STY": "1"], ["TERM": "screen.xterm"]] {
      #expect(found(within, name: "tmux 3.4", attributes: "1;2", kitty: true).asked == "\u{1B}[c")
    }
    for within in [["TERM": "xterm", "TMUX": "x"], ["TERM": "tmux-256color"]] {
      let asked = found(within, attributes: "1;2", kitty: true, outer: "kitty(0.35.2)").asked
      #expect(asked == "\u{1B}[c\u{1B}Ptmux;\u{1B}\u{1B}[>0q\u{1B}\\")
    }
    // One that does not answer is asked once.
    #expect(found(["TERM": "xterm-kitty"]).asked == "\u{1B}[>0q\u{1B}[c")
  }
}
