import Diagnostics
import Foundation
import Syntax
import Testing

/// What holds for every text, shown on many.
@Suite struct PropertyTests {
  static let corpus: [String] = GoldenTests.names.compactMap { name in
    let file = try? String(contentsOf: GoldenTests.folder.appending(path: name), encoding: .utf8)
    return file?.components(separatedBy: GoldenTests.separator).first
  }

  @Test("printing any tree and parsing it restores it", arguments: [1, 2, 3, 4])
  func restoring(seed: UInt64) {
    var trees = RandomTrees(seed: seed)
    for _ in 0..<1500 {
      let statement = trees.statement()
      let text = format([statement])
      let parsed = parse(SourceFile(name: "tree", text: text))
      guard parsed.diagnostics.isEmpty, parsed.statements.count == 1,
        outline(parsed.statements[0]) == outline(statement)
      else {
        Issue.record("\(outline(statement))\n\(text)\(parsed.diagnostics.map { render($0, colour: false) })")
        return
      }
    }
  }

  @Test("comments anywhere in a statement are kept, and change nothing else", arguments: [1, 2, 3, 4])
  func comments(seed: UInt64) {
    var trees = RandomTrees(seed: seed)
    var random = SplitMix(seed: seed)
    for _ in 0..<1500 {
      let statement = trees.statement()
      let text = Self.withComments(format([statement]), &random)
      let parsed = parse(SourceFile(name: "tree", text: text))
      guard parsed.diagnostics.isEmpty, parsed.statements.map(outline) == [outline(statement)] else {
        Issue.record("\(outline(statement))\n\(text)\(parsed.diagnostics.map { render($0, colour: false) })")
        return
      }
      check(Array(text.utf8))
    }
  }

  /// The text with comments behind some brackets and commas, and before some closing brackets.
  private static func withComments(_ text: String, _ random: inout SplitMix) -> String {
    var result = ""
    var isInString = false
    var isEscaped = false
    var number = 0
    func comment() -> String {
      number += 1
      let pieces = [" # c\(number)\n", "\n # c\(number)\n", " # c\(number),\n", "\n\n#\n"]
      return random.below(4) == 0 ? pieces[random.below(pieces.count)] : ""
    }
    for character in text {
      let isOutside = !isInString
      if isEscaped {
        isEscaped = false
      } else if character == "\\" {
        isEscaped = true
      } else if character == "\"" {
        isInString.toggle()
      }
      if isOutside, ")]".contains(character) { result += comment() }
      result.append(character)
      if isOutside, "([,".contains(character) { result += comment() }
    }
    return result
  }

  @Test("a string that hides something is printed with what it hides written out") func hidden() {
    let text = #"show "a\u{2028}b\u{AD}\u{202E}é\u{3B1}\u{A0}👩\u{200D}🔬""#
    #expect(
      format(parse(SourceFile(name: "t", text: text))) == #"show "a\u{2028}b\u{AD}\u{202E}éα\u{A0}👩\#u{200D}🔬""# + "\n")
  }

  @Test("any beginning of a text parses, with places inside it")
  func truncation() {
    for text in PropertyTests.corpus {
      let bytes = Array(text.utf8)
      for count in 0...bytes.count { check(Array(bytes[..<count])) }
    }
  }

  @Test("any mutation of a text parses, with places inside it", arguments: 1...8)
  func mutation(seed: Int) {
    var random = SplitMix(seed: UInt64(seed))
    let pieces = [
      "(", ")", "[", "]", ",", ":", "=", "==", "~", "±", "+-", "...", "..", ".", "-", "not ", " and ", "let ", "train ",
      "\n", "\r\n", "\r", "#", "\"", "“", "'", ";", "5", "1e", "_", "\t", "\u{0}", "é", "漢", "\\", "expect ", "for ",
    ].map { Array($0.utf8) }
    for _ in 0..<1000 {
      var bytes = Array(PropertyTests.corpus[random.below(PropertyTests.corpus.count)].utf8)
      for _ in 0...random.below(4) where !bytes.isEmpty {
        let place = random.below(bytes.count)
        switch random.below(4) {
        case 0: bytes.remove(at: place)
        case 1: bytes[place] = UInt8(random.below(256))
        case 2: bytes.insert(contentsOf: pieces[random.below(pieces.count)], at: place)
        default: bytes.removeSubrange(place..<min(bytes.count, place + random.below(30)))
        }
      }
      check(bytes)
    }
  }

  @Test("texts made to exhaust the parser are answered")
  func exhaustion() {
    let pieces = [
      "(", "[", "f(", "-", "not ", "a.", "a+", "a,", "[1,", "(\n", "(@\n", "f(;\n", "let a = (\n", "train (", "x ~ ",
      "\"", "“", "#\n", "a[", "1...", "a=", ";", "\n", "a ", "for x\n  (\n", "f(a: ", ")", "...", "é", "& ",
    ]
    for piece in pieces {
      let parsed = parse(SourceFile(name: "many", text: String(repeating: piece, count: 300_000 / piece.utf8.count)))
      #expect(parsed.diagnostics.count <= Diagnostic.mostShown + 1)
      _ = isIncomplete(String(repeating: piece, count: 20_000))
    }
    let tooLong = parse(SourceFile(name: "long", bytes: [UInt8](repeating: 32, count: Limits.bytes + 1)))
    #expect(tooLong.diagnostics.map(\.code) == [.tooLong])
  }

  /// What holds for every text: places lie inside it; without mistakes its canonical form means the same, keeps all
  /// comments, and is its own canonical form.
  private func check(_ bytes: [UInt8]) {
    let source = SourceFile(name: "text", bytes: bytes)
    let parsed = parse(source)
    let spans = parsed.statements.map(\.span) + parsed.diagnostics.compactMap(\.span)
    var isGood = spans.allSatisfy { 0 <= $0.start && $0.start <= $0.end && $0.end <= bytes.count }
    for diagnostic in parsed.diagnostics { isGood = isGood && !render(diagnostic, colour: true).isEmpty }
    if parsed.diagnostics.isEmpty {
      let form = format(parsed)
      let again = parse(SourceFile(name: "form", text: form))
      isGood = isGood && again.diagnostics.isEmpty && again.statements.map(outline) == parsed.statements.map(outline)
      isGood = isGood && format(again) == form && comments(parsed).sorted() == comments(again).sorted()
    }
    if !isGood { Issue.record("\(String(decoding: bytes, as: UTF8.self).debugDescription)\n\(format(parsed))") }
  }

  private func comments(_ text: ParsedText) -> [String] {
    let trivia = text.statements.flatMap(\.leading) + text.trailing
    let lines = trivia.compactMap { if case .comment(let text) = $0 { text } else { nil } }
    return lines + text.statements.flatMap { $0.innerComments.map(\.text) }
      + text.statements.compactMap(\.trailingComment)
  }
}
