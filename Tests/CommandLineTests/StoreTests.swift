import Foundation
import Testing

/// What is kept from one run to the next, as its users have it.
@Suite struct StoreTests {
  /// Two trainings, of which one has a decoder, on drawn images.
  static let notebook = """
    <!-- cladec 1 -->
    # T

    ```cladec
    param epochs = 1
    let g = load "garments", train: 40, test: 20, size: 16
    let N = network [conv(4, stride: 4), dense(classes)]
    let C = train N, on: g, epochs: epochs
    let E = cladec C, layer: -2, epochs: 1
    table evaluate(E), save: "numbers"
    grid [input, E], of: g.test[0...3], save: "pictures"
    ```
    """

  private func stored(_ folder: Folder) -> Set<String> {
    Set((try? FileManager.default.contentsOfDirectory(atPath: folder.store.path)) ?? [])
  }

  private func contents(_ folder: Folder) -> [String: Data] {
    Dictionary(
      uniqueKeysWithValues: folder.files.map { ($0, (try? Data(contentsOf: folder.url.appending(path: $0))) ?? Data()) }
    )
  }

  @Test("a run with a filled store, an empty one and none shows and writes the same bytes", arguments: ["1", "2"])
  func sameBytes(jobs: String) throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..").standardized
    let text = try String(contentsOf: root.appending(path: "Notebooks/quickstart.cladec"), encoding: .utf8)
    let small = text.replacing(/epochs: \d+/, with: "epochs: 1").replacing("test: 1000", with: "test: 24")
      .replacing("[-1, -3]", with: "[-1]")
    let folder = Folder()
    func run(_ more: String...) throws -> (result: Program.Result, files: [String: Data]) {
      try? FileManager.default.removeItem(at: folder.url.appending(path: "Outputs"))
      folder["quickstart.cladec"] = small
      let program = try Program(
        ["run", "quickstart.cladec", "--set", "images=48", "--jobs", jobs] + more, in: folder)
      let result = program.end()
      return (result, contents(folder))
    }
    let empty = try run()
    let kept = stored(folder)
    #expect(kept.count > 10 && empty.files.keys.contains("Outputs/quickstart/layers.png"))
    for other in [try run(), try run("--no-store")] {
      #expect(other.result.output == empty.result.output && other.result.errors == empty.result.errors)
      #expect(other.result.status == empty.result.status && other.files == empty.files)
    }
    #expect(stored(folder) == kept)
  }

  @Test("prose, names, comments and figures may change: nothing is trained again") func edited() throws {
    let folder = Folder()
    folder["x.cladec"] = Self.notebook
    #expect(try Program.run("run", "x.cladec", in: folder).status == 0)
    let kept = stored(folder)
    #expect(!kept.isEmpty && kept.allSatisfy { $0.hasSuffix(".safetensors") && $0.count == 76 })
    folder["y.cladec"] = Self.notebook.replacing("# T", with: "# Another title").replacing(
      "let C", with: "# more\nlet D"
    )
    .replacing("cladec C", with: "cladec D").replacing("\"pictures\"", with: "\"others\"")
    #expect(try Program.run("cache", "why", "y.cladec", in: folder).output.hasPrefix("nothing is missing: "))
    #expect(try Program.run("plan", "y.cladec", in: folder).output.contains("nothing to do"))
    #expect(try Program.run("run", "y.cladec", in: folder).status == 0)
    #expect(stored(folder) == kept && folder["Outputs/y/others.png"] != nil)
  }

  @Test("why names the first fact in which a job differs from what is stored") func why() throws {
    let folder = Folder()
    folder["x.cladec"] = Self.notebook
    let none = try Program.run("cache", "why", "x.cladec", in: folder).output
    #expect(none.contains("train C: nothing of the kind is stored: classifier"))
    #expect(try Program.run("run", "x.cladec", in: folder).status == 0)
    let epochs = try Program.run("cache", "why", "x.cladec", "--set", "epochs=2", in: folder).output
    #expect(epochs.contains("train C: epochs: 2, stored with 1\n"))
    #expect(epochs.contains("cladec E: its classifier's epochs: 2, stored with 1\n"))
    #expect(epochs.contains("measure E: its classifier's epochs: 2, stored with 1\n"))
    folder["x.cladec"] = Self.notebook.replacing("train: 40", with: "train: 41")
    let images = try Program.run("cache", "why", "x.cladec", in: folder).output
    #expect(images.contains("train C: its images are others\n"))
    folder["x.cladec"] = Self.notebook.replacing("layer: -2", with: "layer: -2, alpha: 0.5")
    let alpha = try Program.run("cache", "why", "x.cladec", in: folder).output
    #expect(alpha.contains("cladec E: alpha: 0.5, stored with 0\n") && !alpha.contains("train C"))
    let plan = try Program.run("plan", "x.cladec", "--json", in: folder).output
    let graph = try JSONSerialization.jsonObject(with: Data(plan.utf8)) as? [String: Any]
    let jobs = try #require(graph?["jobs"] as? [[String: Any]])
    let state = { (title: String) in jobs.filter { $0["job"] as? String == title }.map { $0["stored"] as? Bool } }
    #expect(state("train C") == [true] && state("cladec E") == [false])
  }

  @Test("one changed byte of a data file has that trained again which depends on it, and nothing else") func oneByte()
    throws
  {
    let folder = Folder()
    func word(_ number: UInt32) -> [UInt8] { (0..<4).map { UInt8(truncatingIfNeeded: number >> (24 - 8 * $0)) } }
    let data = folder.url.appending(path: "data/mnist")
    try FileManager.default.createDirectory(at: data, withIntermediateDirectories: true)
    func write(_ changed: Int?) throws {
      for (name, count) in [("train", 20), ("t10k", 10)] {
        var pixels = (0..<count * 64).map { UInt8(truncatingIfNeeded: $0 &* 40_503 >> 5) }
        if name == "train", let changed { pixels[changed] ^= 1 }
        let images = word(0x803) + word(UInt32(count)) + word(8) + word(8) + pixels
        let labels = word(0x801) + word(UInt32(count)) + (0..<count).map { UInt8($0 % 10) }
        try Data(images).write(to: data.appending(path: name + "-images-idx3-ubyte"))
        try Data(labels).write(to: data.appending(path: name + "-labels-idx1-ubyte"))
      }
    }
    folder["x.cladec"] = """
      <!-- cladec 1 -->
      ```cladec
      let m = load "mnist", size: 8
      let g = load "garments", train: 20, test: 10, size: 8
      let N = network [conv(4, stride: 4), dense(classes)]
      let first = train N, on: m.train[0...9], epochs: 1
      let second = train N, on: m.train[10...19], epochs: 1
      let third = train N, on: g, epochs: 1
      accuracy(first)
      accuracy(second)
      accuracy(third)
      ```
      """
    func run() throws -> Set<String> {
      let result = try Program.run("run", "x.cladec", "--data", "data", in: folder)
      #expect(result.status == 0 && result.errors.isEmpty, "\(result.errors)")
      return stored(folder)
    }
    try write(nil)
    let before = try run()
    // Three classifiers and what they make of the test images.
    #expect(before.filter { $0.hasSuffix("safetensors") }.count >= 6)
    try write(11 * 64 + 5)
    let why = try Program.run("cache", "why", "x.cladec", "--data", "data", in: folder).output
    #expect(why.contains("train second: its images are others\n") && !why.contains("first") && !why.contains("third"))
    let after = try run()
    #expect(after.isSuperset(of: before))
    let recipes = after.subtracting(before).compactMap { name -> String? in
      let bytes = try? Data(contentsOf: folder.store.appending(path: name))
      return bytes.map { String(decoding: $0.prefix(3000), as: UTF8.self) }
    }.filter { $0.contains(#"\"kind\":\"classifier\""#) || $0.contains(#"\"kind\":\"predictions\""#) }
    #expect(recipes.count == 2)
    // As it was before, everything is there.
    try write(nil)
    #expect(try run() == after)
  }

  @Test("what is wrong with the store is told on standard error, once, and changes nothing else") func troubles() throws
  {
    let folder = Folder()
    folder["x.cladec"] = Self.notebook
    let first = try Program.run("run", "x.cladec", in: folder)
    let files = contents(folder)
    for name in stored(folder) {
      let url = folder.store.appending(path: name)
      var bytes = try Data(contentsOf: url)
      bytes[bytes.count - 1] ^= 1
      try bytes.write(to: url)
    }
    let damaged = try Program.run("run", "x.cladec", in: folder)
    // The other lines are those of the first run, which say that little was learnt.
    let warnings = damaged.errors.split(separator: "\n").filter { $0.hasPrefix("warning: ") }
    #expect(!warnings.isEmpty && warnings.allSatisfy { $0.hasSuffix("it is made again") })
    #expect(first.errors.split(separator: "\n").allSatisfy { !$0.hasPrefix("warning: ") })
    #expect(Set(warnings).count == warnings.count)
    #expect(damaged.output == first.output && damaged.status == 0 && contents(folder) == files)
    #expect(try Program.run("run", "x.cladec", in: folder).errors == first.errors)
    // A file stands where the store should be.
    folder["file"] = ""
    let without = try Program.run("run", "x.cladec", "--store", "file", in: folder)
    #expect(without.status == 0 && without.output == first.output)
    #expect(without.errors.contains("warning: the store cannot be written: "))
    #expect(try Program.run("cache", "--store", "file", in: folder).status == 3)
    #expect(try Program.run("run", "x.cladec", "--store", "a", "--no-store", in: folder).status == 2)
  }

  @Test("eight processes that fill one store at once end well and leave it whole") func together() throws {
    let folders = (0..<8).map { _ in Folder() }
    let store = folders[0].store
    let programs = try folders.map { folder in
      folder["x.cladec"] = Self.notebook
      return try Program(["run", "x.cladec", "--store", store.path], in: folder)
    }
    let results = programs.map { $0.end() }
    #expect(results.allSatisfy { $0.status == 0 && !$0.errors.contains("warning: ") && $0.output == results[0].output })
    #expect(folders.allSatisfy { contents($0) == contents(folders[0]) })
    #expect(stored(folders[0]).allSatisfy { $0.hasSuffix(".safetensors") })
    let again = try Program.run("run", "x.cladec", in: folders[0])
    #expect(again.errors == results[0].errors && again.output == results[0].output)
  }

  @Test("the store is listed, measured and cleared, and only its own files go") func cache() throws {
    let folder = Folder()
    #expect(try Program.run("cache", in: folder).output.hasPrefix("there is nothing in "))
    folder["x.cladec"] = Self.notebook
    folder["other.cladec"] = Self.notebook.replacing("conv(4", with: "conv(5")
    #expect(try Program.run("run", "x.cladec", in: folder).status == 0)
    let first = stored(folder)
    #expect(try Program.run("run", "other.cladec", in: folder).status == 0)
    let all = stored(folder)
    try Data([1]).write(to: folder.store.appending(path: "mine.txt"))
    let list = try Program.run("cache", in: folder).output
    #expect(list.contains("[conv(4, stride: 4), dense(classes)]") && list.contains("layer -2, alpha 0, seed 1"))
    let json = try Program.run("cache", "list", "--json", in: folder).output
    let items = try #require(try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [[String: Any]])
    #expect(Set(items.compactMap { ($0["digest"] as? String).map { $0 + ".safetensors" } }) == all)
    #expect(items.contains { (($0["recipe"] as? [String: Any])?["kind"] as? String) == "cladec" })
    #expect(try Program.run("cache", "size", in: folder).output.hasPrefix("\(all.count) files, "))

    func clear(_ arguments: String...) throws -> String {
      let program = try Program(["cache", "clear"] + arguments, in: folder)
      let result = program.end()
      #expect(result.status == 0, "\(result.errors)")
      return result.output
    }
    #expect(try clear("--older", "1d") == "nothing was taken away\n")
    #expect(try clear("--limit", "1G") == "nothing was taken away\n")
    #expect(try clear("--unused-by", "x.cladec", "other.cladec") == "nothing was taken away\n")
    #expect(stored(folder) == all.union(["mine.txt"]))
    // What was used last stays.
    let old = try #require(first.sorted().first)
    try FileManager.default.setAttributes(
      [.modificationDate: Date(timeIntervalSinceNow: -3 * 86_400)], ofItemAtPath: folder.store.path + "/" + old)
    #expect(try clear("--older", "2d", "--unused-by", "x.cladec") == "nothing was taken away\n")
    let size = try all.reduce(0) { sum, name in
      sum + (try Data(contentsOf: folder.store.appending(path: name)).count)
    }
    #expect(try clear("--limit", "\(size - 1)").hasPrefix("1 file of \(all.count), "))
    #expect(stored(folder) == all.subtracting([old]).union(["mine.txt"]))
    #expect(try clear("--unused-by", "x.cladec").contains("files of"))
    #expect(stored(folder) == first.subtracting([old]).union(["mine.txt"]))
    _ = try clear()
    #expect(stored(folder) == ["mine.txt"])
  }

  @Test("the store lies where the command line or the environment says, and else in the user's cache") func place()
    throws
  {
    let folder = Folder()
    let home = folder.url.path
    func place(_ environment: [String: String], _ arguments: String...) throws -> String? {
      let program = try Program(["doctor"] + arguments, in: folder, environment: environment)
      return program.end().output.split(separator: "\n").first { $0.hasPrefix("store") }.map {
        String($0.dropFirst("store".count)).trimmingCharacters(in: .whitespaces)
      }
    }
    #expect(try place(["CLADEC_STORE": "/a"]) == "/a")
    #expect(try place(["CLADEC_STORE": "/a"], "--store", "b") == "b")
    #expect(try place(["CLADEC_STORE": "/a"], "--no-store") == "none")
    #expect(try place(["CLADEC_STORE": "", "XDG_CACHE_HOME": "/c"]) == "/c/cladec")
    #expect(try place(["CLADEC_STORE": "", "XDG_CACHE_HOME": "c"]) == "\(home)/.cache/cladec")
    #expect(try place(["CLADEC_STORE": "", "HOME": ""]) == "none")
  }
}
