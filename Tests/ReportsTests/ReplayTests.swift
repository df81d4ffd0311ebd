import Datasets
import Diagnostics
import Figures
import Host
import Notebooks
import Reports
import Testing
import Text
import Workbench

/// What a replay compares, and what it says where something differs.
@Suite struct ReplayTests {
  private static let text = """
    <!-- cladec 1 -->
    ```cladec
    param images = 20
    param rates = [0.1, 0.25]
    let g = load "mnist", train: images, test: 12, size: 16
    let tiny = network [conv(2, stride: 4), dense(classes)]
    let C = train tiny, on: g, epochs: 1, batch: 10, seed: [1, 2]
    ```
    Prose.
    ```cladec #measured
    let E = cladec C, layer: -1, epochs: 1, batch: 10
    let T = evaluate E
    table T, save: "t"
    show 1 / 3
    show "text"
    ```
    ```cladec
    grid [input, E], of: g.test[0...3], save: "f"
    expect mean(accuracy(C), over: "seed") >= 0
    ```

    """

  private func source(_ text: String) -> SourceFile { SourceFile(name: "n.cladec", text: text) }

  /// MNIST's files with made-up images.
  /// - Parameter altered: the number of a test image of which one pixel is another one.
  private static func file(_ path: String, altered: Int?) -> [UInt8]? {
    guard let name = path.split(separator: "/").last.map(String.init), !name.hasSuffix(".gz") else { return nil }
    let count = 24
    let size = [0, 0, 0, UInt8(count)] as [UInt8]
    if name.contains("labels") { return [0, 0, 8, 1] + size + (0..<count).map { UInt8($0 % 10) } }
    var pixels = (0..<count * 784).map { UInt8(truncatingIfNeeded: $0 &* 2_654_435_761 >> 9) }
    if let altered, name.hasPrefix("t10k") { pixels[altered * 784 + 400] ^= 0x80 }
    return [0, 0, 8, 3] + size + [0, 0, 0, 28, 0, 0, 0, 28] + pixels
  }

  private func session(threads: Int = 1, altered: Int? = nil) -> Session {
    var setup = Session.Setup(.here)
    setup.threads = threads
    setup.keepsRecords = true
    setup.dataFolders = ["data"]
    setup.readFile = { path throws(DatasetError) in Self.file(path, altered: altered) }
    return Session(setup)
  }

  private func lock(_ text: String = text, altered: Int? = nil, threads: Int = 1) throws -> ReplayLock {
    let replay = Replay(Notebook(parsing: source(text)), session: session(threads: threads, altered: altered))
    return try #require(replay.run { _ in }.lock)
  }

  private func read(_ text: String) throws(Diagnostic) -> ReplayLock {
    try ReplayLock(reading: SourceFile(name: "replay.lock", text: text))
  }

  private func words(_ now: ReplayLock, _ locked: ReplayLock) throws -> String {
    let difference = try #require(now.differences(from: locked).diagnostic(in: source(Self.text)))
    return difference.title
  }

  @Test("a lock is the same text with any number of threads, and reads back as itself") func same() throws {
    let (one, two) = try (lock(), lock(threads: 2))
    #expect(one.text == two.text)
    #expect(one.differences(from: try read(two.text)).isEmpty)
    #expect(try read(one.text).text == one.text)
    // Git may give lines other ends.
    #expect(one.differences(from: try read(one.text.replacing("\n", with: "\r\n"))).isEmpty)
    for line in [
      "cladec replay lock\t1", "parameter\timages\t20", "parameter\trates\t[0.1, 0.25]",
      "result\t#measured.6\tshow 1 / 3\t0.333333",
    ] {
      #expect(one.text.contains(line), "\(line)")
    }
    #expect(!one.text.contains("n.cladec") && !one.text.contains("data/"))
  }

  @Test("every digit, letter and sign of a lock counts") func everyByte() throws {
    let lock = try lock()
    let bytes = Array(lock.text.utf8)
    for place in bytes.indices where bytes[place] < 0x80 {
      var altered = bytes
      altered[place] = bytes[place] == UInt8(ascii: "7") ? UInt8(ascii: "8") : UInt8(ascii: "7")
      guard let other = try? ReplayLock(reading: SourceFile(name: "replay.lock", bytes: altered)) else { continue }
      #expect(!lock.differences(from: other).isEmpty, "byte \(place)")
    }
  }

  @Test("without any of its lines, and with a line more, a lock is another one") func everyLine() throws {
    let lock = try lock()
    let lines = lock.text.split(separator: "\n")
    for index in lines.indices.dropFirst() {
      var fewer = lines
      fewer.remove(at: index)
      let other = try read(fewer.joined(separator: "\n") + "\n")
      let differences = lock.differences(from: other)
      #expect(differences.count == 1 && other.differences(from: lock).count == 1, "\(lines[index])")
    }
  }

  @Test("what differs is named with both values, the cause before its consequences") func wording() throws {
    let lock = try lock()
    func altered(_ old: String, _ new: String) throws -> ReplayLock {
      try #require(lock.text.contains(old))
      return try read(lock.text.replacing(old, with: new))
    }
    #expect(
      try words(lock, altered("show 1 / 3\t0.333333", "show 1 / 3\t0.333334"))
        == "cell #measured, show 1 / 3: 0.333333, locked 0.333334")
    #expect(try words(lock, altered("images\t20", "images\t30")) == "the parameter images is 20, locked 30")
    #expect(
      try words(lock, altered("numerics\t", "numerics\t9")).wholeMatch(
        of: /the numbers' version is (\d+), locked 9\1/) != nil)
    // Of a row with many numbers, the one that differs.
    let row = try #require(lock.facts.first { $0.subject.hasPrefix("T, model ClaDec") })
    let mse = try #require(row.value.firstMatch(of: /mse [0-9.]+/)).output
    #expect(
      try words(lock, altered(String(mse), "mse 0.5"))
        == "cell #measured, \(row.subject): \(mse), locked mse 0.5")
    // The bits behind equal words.
    let digest = try #require(lock.facts.first { $0.subject == "show 1 / 3" }?.digest).description
    let other = String(digest.reversed())
    #expect(
      try words(lock, altered(digest, other))
        == "cell #measured, show 1 / 3: 0.333333, as locked, but not to the last bit (digest \(digest.prefix(12))…, locked \(other.prefix(12))…)"
    )
    let several = try altered("images\t20", "images\t30").text.replacing("0.333333", with: "0.3")
    let diagnostic = try #require(
      lock.differences(from: try read(several)).diagnostic(in: source(Self.text)))
    #expect(diagnostic.code == .replayDiffers && Ending([diagnostic]) == .expectationFailed)
    #expect(
      diagnostic.help
        == "the first result that differs: cell #measured, show 1 / 3: 0.333333, locked 0.3; 1 more fact differs")
    #expect(diagnostic.span.map { source(Self.text).text($0) } == "param images = 20")
  }

  @Test("a cell that was changed is told from a result that differs") func changedCell() throws {
    let lock = try lock()
    let commented = Self.text.replacing("show \"text\"", with: "show \"text\" # the same")
    #expect(try words(self.lock(commented), lock) == "cell #measured is not the text that was locked")
    #expect(try self.lock(commented).differences(from: lock).map(\.kind) == [.cell])
    #expect(lock.changedCells(in: Notebook(parsing: source(commented))) == ["#measured"])
    #expect(lock.changedCells(in: Notebook(parsing: source(Self.text.replacing("Prose.", with: "Other.")))).isEmpty)
    let longer = Self.text + "```cladec\nshow 2\n```\n"
    #expect(lock.changedCells(in: Notebook(parsing: source(longer))) == ["4"])
    #expect(try self.lock(longer).changedCells(in: Notebook(parsing: source(Self.text))) == ["4"])
  }

  @Test("one pixel of one image is found, in the data and in what is made of it") func pixels() throws {
    let lock = try lock()
    // Of the test images the figure shows the first four.
    let shown = try self.lock(altered: 2).differences(from: lock)
    #expect(shown.first?.kind == .data)
    #expect(
      try words(self.lock(altered: 2), lock).hasPrefix("mnist.test, 12 images, 16×16 pixels: not the images that"))
    #expect(shown.contains { $0.kind == .result && $0.place == "3.1" })
    let hidden = try self.lock(altered: 7).differences(from: lock)
    #expect(hidden.first?.kind == .data && !hidden.contains { $0.place == "3.1" })
    // Beyond those that were asked for.
    #expect(try self.lock(altered: 20).differences(from: lock).isEmpty)
  }

  @Test("a figure is locked by what is drawn") func figure() throws {
    var figures: [FigureValue] = []
    NotebookRunner(Notebook(parsing: source(Self.text)), session: session()).run(
      show: { if case .element(.figure(let figure, _)) = $0 { figures.append(figure) } }, write: { _ in })
    let drawing = try #require(figures.last).figure.drawing()
    #expect(try lock().facts.first { $0.place == "3.1" }?.digest == drawing.digest)
  }

  @Test(
    "what is not a lock is refused at its line",
    arguments: [
      ("", 1), ("cladec replay lock\t2\n", 1), ("<!-- cladec 1 -->\n", 1),
      ("cladec replay lock\t1\nnumerics\t2\nnonsense\t1\n", 3), ("cladec replay lock\t1\nnumerics\n", 2),
      ("cladec replay lock\t1\n\nnumerics\t2\n", 2), ("cladec replay lock\t1\nparameter\ta\t1\nparameter\ta\t2\n", 3),
      ("cladec replay lock\t1\ncell\t1\tabc\n", 2), ("cladec replay lock\t1\nresult\t1.1\ts\tv\tabc\n", 2),
      ("cladec replay lock\t1\ndata\tx\t" + String(repeating: "A", count: 64) + "\n", 2),
    ])
  func broken(text: String, line: Int) {
    do throws(Diagnostic) {
      _ = try read(text)
      Issue.record("it was read")
    } catch {
      #expect(error.code == .brokenLock && Ending([error]) == .missingFile)
      #expect(error.span.flatMap { error.source?.location(of: $0.start).line } == line)
      #expect(error.help?.contains("--update") == true)
    }
  }

  @Test("a lock that is cut off anywhere is refused, or differs") func cutOff() throws {
    let lock = try lock()
    let bytes = Array(lock.text.utf8)
    for length in stride(from: 0, to: bytes.count - 1, by: 7) {
      guard let other = try? ReplayLock(reading: SourceFile(name: "l", bytes: Array(bytes[..<length]))) else {
        continue
      }
      #expect(!lock.differences(from: other).isEmpty, "\(length)")
    }
  }

  @Test("a run that does not come to its end has no lock") func unfinished() {
    let text =
      "<!-- cladec 1 -->\n```cladec\nlet g = load \"garments\", train: 10, test: 10\ngrid [input], of: g, where: class == \"Bag\" and class != \"Bag\"\n```\n"
    let result = Replay(Notebook(parsing: source(text)), session: session()).run { _ in }
    #expect(result.ending == .mistake && result.lock == nil)
  }
}
