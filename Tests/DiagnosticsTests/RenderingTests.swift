import Diagnostics
import Testing
import Text

extension DiagnosticCode {
  fileprivate static let missingComma = DiagnosticCode("E022", "a missing comma", "Arguments are separated by commas.")
}

@Suite struct RenderingTests {
  private func rendered(
    _ text: String, _ start: String, _ marked: String, label: String = "here", help: String? = nil, colour: Bool = false
  ) -> [String] {
    let from = start.utf8.count
    let diagnostic = Diagnostic(
      .missingComma, "a comma is missing", source: SourceFile(name: "nb.cladec", text: text),
      span: SourceSpan(start: from, end: from + marked.utf8.count), label: label, help: help)
    return render(diagnostic, colour: colour).split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  @Test("the whole form") func form() {
    let above = String(repeating: "\n", count: 13)
    let lines = rendered(above + "train vgg5 on: f", above + "train vgg5 ", "on", help: "use commas\nbetween")
    #expect(
      lines == [
        "error[E022]: a comma is missing", "   ┌ nb.cladec:14:12", "14 │ train vgg5 on: f", "   │            ^^ here",
        "   = help: use commas", "           between",
      ])
  }

  @Test(
    "the caret stands on its cells, the column counts characters",
    arguments: [
      ("abc ", "de", 4, 2, 5), ("漢字 ", "é", 5, 1, 4), ("e\u{301}e\u{301}", "x", 2, 1, 3), ("👩‍👩‍👧", "漢", 2, 2, 2),
      ("\t", "a", 4, 1, 2), ("ab\t", "a", 4, 1, 4), ("漢\t", "\t", 4, 4, 3), ("❤️", "x", 2, 1, 2), ("x", "", 1, 1, 2),
      ("\u{1B}[31m", "x", 5, 1, 6), ("ｗ", "ﾊ", 2, 1, 2),
    ])
  func caret(start: String, marked: String, cells: Int, width: Int, column: Int) {
    let lines = rendered(start + marked + " end", start, marked, label: "")
    #expect(lines[1] == "  ┌ nb.cladec:1:\(column)")
    #expect(lines[3] == "  │ " + String(repeating: " ", count: cells) + String(repeating: "^", count: width))
    let shown = lines[2].dropFirst(4).dropLast(4)
    #expect(displayWidth(String(shown)) == cells + (marked.isEmpty ? 0 : width))
  }

  @Test("of several lines the first is marked to its end") func severalLines() {
    let lines = rendered("f(a,\r\nb)", "f", "(a,\r\nb)")
    #expect(lines[2...] == ["1 │ f(a,", "  │  ^^^ here"])
  }

  @Test("a place behind the last line is shown") func end() {
    #expect(rendered("a\n", "a\n", "")[1...] == ["  ┌ nb.cladec:2:1", "2 │ ", "  │ ^ here"])
    #expect(rendered("", "", "")[1...] == ["  ┌ nb.cladec:1:1", "1 │ ", "  │ ^ here"])
    #expect(rendered("a", "aaaa", "bbb")[1...] == ["  ┌ nb.cladec:1:2", "1 │ a", "  │  ^ here"])
  }

  @Test("nothing in the source steers the terminal") func steering() {
    let text = render(
      Diagnostic(
        .missingComma, "a\u{1B}[2Jb", source: SourceFile(name: "x\u{7}", text: "a\u{202E}b\u{9B}"),
        span: SourceSpan(start: 0, end: 1), label: "c\u{0}", help: "d\u{1B}"), colour: false)
    let isClean = text.unicodeScalars.allSatisfy { $0 == "\n" || $0.value >= 0x20 && !(0x7F..<0xA0).contains($0.value) }
    #expect(isClean && !text.contains("\u{202E}"))
  }

  @Test("a long line is cut around the place") func longLine() {
    let start = String(repeating: "a", count: 5000)
    let lines = rendered(start + "X" + start, start, "X")
    #expect(lines[2].count < 180)
    let place = lines[3].firstIndex(of: "^").map { lines[3].distance(from: lines[3].startIndex, to: $0) }
    #expect(place.map { Array(lines[2])[$0] } == "X")
  }

  @Test("colour only adds escape sequences") func colour() {
    let plain = rendered("a b", "a ", "b", help: "h")
    let coloured = rendered("a b", "a ", "b", help: "h", colour: true)
    let stripped = coloured.map { $0.replacing(/\u{1B}\[[0-9;]*m/, with: "") }
    #expect(plain == stripped && plain != coloured)
  }

  @Test("without a place, the title stands alone") func noPlace() {
    #expect(render(Diagnostic(.missingComma, "t"), colour: false) == "error[E022]: t")
    let warning = Diagnostic(.missingComma, severity: .warning, "t", source: SourceFile(name: "n", text: ""), help: "h")
    #expect(render(warning, colour: false) == "warning[E022]: t\n  ┌ n\n  = help: h")
  }

  @Test("no line is wider than the terminal, and no word is broken or lost", arguments: 40...200)
  func widths(width: Int) {
    let words =
      "a sentence of some length with words between which it can be broken wherever there is no more room for it"
    let line =
      "let C = train vgg5, on: 漢字漢字漢字漢字漢字, epochs: 3, name: \"and many more words\"  # and a long remark behind it"
    for start in [0, 30, line.utf8.count - 5] {
      let diagnostic = Diagnostic(
        .missingComma, words, source: SourceFile(name: "nb.cladec", text: line),
        span: SourceSpan(start: start, end: start + 3), label: words, help: words)
      let lines = render(diagnostic, colour: false, width: width).split(separator: "\n").map(String.init)
      #expect(lines.allSatisfy { displayWidth($0) <= width })
      let text = lines.joined(separator: " ").split { " │=┌^".contains($0) }.joined(separator: " ")
      #expect(text.components(of: words) == 3)
      // The caret stands under the place.
      let caret = lines.first { $0.contains("^") } ?? ""
      let column = displayWidth(String(caret.prefix { $0 != "^" }))
      let source = lines.first { $0.hasPrefix("1 │") } ?? ""
      var (shown, rest) = ("", source[...])
      while displayWidth(shown) < column, let next = rest.popFirst() { shown.append(next) }
      let marked = SourceFile(name: "", text: line).text(SourceSpan(start: start, end: start + 3))
      #expect(rest.first == marked.first)
    }
  }
}

extension String {
  fileprivate func components(of text: String) -> Int { ranges(of: text).count }
}
