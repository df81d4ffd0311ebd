import Diagnostics
import Foundation
import Syntax
import Testing

/// Each file in `Cases` holds a text, a line of `=`, and what parsing it gives: the tree, the canonical form where
/// there are no mistakes, and else the mistakes as people see them. `CLADEC_RECORD=1` writes what is there now, and
/// fails.
@Suite struct GoldenTests {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Cases")
  static let separator = "\n" + String(repeating: "=", count: 40) + "\n"

  static var names: [String] {
    let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return files.filter { $0.hasSuffix(".txt") }.sorted()
  }

  @Test("cases are there") func casesExist() {
    #expect(GoldenTests.names.count > 10)
  }

  @Test("parsing gives what is written below the text", arguments: names)
  func parsing(name: String) throws {
    let url = GoldenTests.folder.appending(path: name)
    let file = try String(contentsOf: url, encoding: .utf8)
    let parts = file.components(separatedBy: GoldenTests.separator)
    let source = try #require(parts.first)
    let result = GoldenTests.outcome(of: source)
    if ProcessInfo.processInfo.environment["CLADEC_RECORD"] != nil {
      try (source + GoldenTests.separator + result).write(to: url, atomically: true, encoding: .utf8)
      Issue.record("recorded \(name)")
    } else {
      #expect(parts.count == 2 && parts[1] == result)
    }
  }

  static func outcome(of text: String) -> String {
    let parsed = parse(SourceFile(name: "case", text: text))
    var result = parsed.statements.map { outline($0) + "\n" }.joined()
    if parsed.diagnostics.isEmpty {
      result += "\n" + format(parsed)
    } else {
      let shown = parsed.diagnostics.map { render($0, colour: false) + "\n" }.joined(separator: "\n")
      result += (result.isEmpty ? "" : "\n") + shown
    }
    return result
  }
}
