// The file of typed lines: bounded, private, and kept at once.
import Console
import Files
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

@Suite struct `The history of typed lines` {
  private let path: String = {
    var template = Array("/tmp/cladec-history-XXXXXX".utf8CString)
    close(mkstemp(&template))
    let path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    unlink(path)
    return path
  }()

  @Test func `Lines are there next time, but not repeated, empty or hidden ones`() {
    defer { unlink(path) }
    var history = History(path: path)
    let kept = ["let a = 1", "let a = 1", "", "  ", " hidden", "\thidden", "let a = 1 "].map { history.add($0) }
    #expect(kept == ["let a = 1", nil, nil, nil, nil, nil, nil])
    #expect(history.add("show a") == "show a")
    #expect(History(path: path).entries == ["let a = 1", "show a"])
  }

  @Test func `An entry of several lines comes back as it was, whatever its lines begin with`() {
    defer { unlink(path) }
    var history = History(path: path)
    let entry = "let a = [1,  # one\n  2,\n\n\t3\n]"
    #expect(history.add(entry + "\n") == "let a = [1,  # one\n  2,\n\t3\n]")
    #expect(history.add("show a") == "show a")
    #expect(History(path: path).entries == ["let a = [1,  # one\n  2,\n\t3\n]", "show a"])
  }

  @Test func `Of entries of several lines none is cut in two`() {
    defer { unlink(path) }
    for round in 0..<5 {
      var history = History(path: path, limit: 4)
      for line in 0..<3 { _ = history.add("[\(round),\n\(line)\n]") }
    }
    let entries = History(path: path, limit: 4).entries
    #expect(entries.count == 4 && entries.allSatisfy { $0.first == "[" && $0.last == "]" })
    #expect(entries.last == "[4,\n2\n]")
  }

  @Test func `The file is private and bounded`() throws {
    defer { unlink(path) }
    for round in 0..<5 {
      var history = History(path: path, limit: 20)
      for line in 0..<15 { _ = history.add("\(round)-\(line)") }
      #expect(history.entries.count <= 20)
    }
    #expect(History(path: path, limit: 20).entries.last == "4-14")
    #expect(try readFile(path, limit: 1 << 20).count { $0 == 0x0A } <= 25)
    var known = stat()
    #expect(stat(path, &known) == 0 && known.st_mode & 0o777 == 0o600)
  }

  @Test func `A history that cannot be kept is no obstacle`() {
    var history = History(path: "/absent/folder/history")
    let added = history.add("x")
    #expect(added == "x" && history.entries == ["x"])
  }
}
