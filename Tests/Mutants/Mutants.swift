import Foundation

// Does a test notice when the program is wrong? A seeded sample of small changes of the sources, each tested on its own;
// what no test notices is listed. All changes are built into one program: the body of a changed function stands in it
// once as it is and once for each change, and the variable CLADEC_MUTANT chooses. A change that does not compile gives
// its place to the next one of the sample.
//
//     mutants PACKAGE WORK [COUNT [SEED [ROOM…]]]

/// The parts of the program that are sampled, each with the tests that are asked first.
let rooms: [(folder: String, tests: [String])] = [
  ("Decoding", ["DecodingTests"]), ("Networks", ["NetworksTests", "DecodingTests"]),
  ("Tensors/Operations", ["TensorsTests", "NetworksTests"]), ("Datasets", ["DatasetsTests"]),
  ("Interpreter", ["InterpreterTests", "WorkbenchTests"]), ("Experiments", ["ExperimentsTests", "WorkbenchTests"]),
  ("Figures", ["FiguresTests", "WorkbenchTests"]), ("Workbench", ["WorkbenchTests"]),
]

/// SplitMix64 (Steele, Lea and Flood 2014).
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

struct Room {
  let folder: String
  let tests: [String]
  /// What has not been taken yet, shuffled, by kind.
  var candidates: [Mutation.Kind: [Mutation]]
}

struct Mutant {
  let number: Int
  let mutation: Mutation
  let tests: [String]
}

enum Failure: Error { case text(String) }

@main struct Mutants {
  let package: URL
  let work: URL
  var sources: [String: String] = [:]
  var rooms: [Room] = []
  var next = 0

  static func main() throws {
    setvbuf(stdout, nil, _IOLBF, 0)
    let arguments = CommandLine.arguments.dropFirst()
    guard arguments.count >= 2 else { throw Failure.text("mutants PACKAGE WORK [COUNT [SEED [ROOM…]]]") }
    let rest = Array(arguments.dropFirst(2))
    var mutants = Mutants(
      package: URL(filePath: arguments[arguments.startIndex]), work: URL(filePath: arguments[arguments.startIndex + 1]))
    try mutants.copyPackage()
    try mutants.findSites(seed: rest.count > 1 ? UInt64(rest[1]) ?? 1 : 1, rooms: Array(rest.dropFirst(2)))
    try mutants.run(count: rest.first.flatMap { Int($0) } ?? 100)
  }

  /// What git knows of the package, as it is in the working tree.
  private func copyPackage() throws {
    let list = try output("git", ["-C", package.path, "ls-files", "-z"])
    let manager = FileManager.default
    for folder in ["Sources", "Tests"] { try? manager.removeItem(at: work.appending(path: folder)) }
    for name in list.split(separator: "\0").map(String.init) {
      let (from, to) = (package.appending(path: name), work.appending(path: name))
      guard manager.fileExists(atPath: from.path) else { continue }
      try manager.createDirectory(at: to.deletingLastPathComponent(), withIntermediateDirectories: true)
      try? manager.removeItem(at: to)
      try manager.copyItem(at: from, to: to)
    }
  }

  private mutating func findSites(seed: UInt64, rooms wanted: [String]) throws {
    var generator = Generator(state: seed)
    for room in mutants.rooms where wanted.isEmpty || wanted.contains(room.folder) {
      let folder = work.appending(path: "Sources").appending(path: room.folder)
      guard let files = FileManager.default.enumerator(atPath: folder.path) else { continue }
      var found: [Mutation] = []
      for name in files.allObjects.compactMap({ $0 as? String }).sorted() where name.hasSuffix(".swift") {
        let file = "Sources/\(room.folder)/\(name)"
        let source = try String(contentsOf: work.appending(path: file), encoding: .utf8)
        sources[file] = source
        found += Sites(file: file, source: source).mutations()
      }
      print("\(room.folder): \(found.count) places")
      var candidates = Dictionary(grouping: found, by: \.kind)
      for kind in Mutation.Kind.allCases { candidates[kind]?.shuffle(using: &generator) }
      rooms.append(Room(folder: room.folder, tests: room.tests, candidates: candidates))
    }
  }

  /// The next change: rooms by turns, and in each room kinds by turns.
  private mutating func draw() -> Mutant? {
    let kinds = Mutation.Kind.allCases
    for _ in 0..<rooms.count * kinds.count {
      let (room, kind) = (next % rooms.count, kinds[next / rooms.count % kinds.count])
      next += 1
      if let mutation = rooms[room].candidates[kind]?.popLast() {
        return Mutant(number: next, mutation: mutation, tests: rooms[room].tests)
      }
    }
    return nil
  }

  private mutating func run(count: Int) throws {
    // Some will not compile: as many are drawn as leave enough, for each round of building takes its time.
    var chosen: [Mutant] = []
    while chosen.count < count + count / 2, let mutant = draw() { chosen.append(mutant) }
    while true {
      let branches = try write(chosen)
      let log = try? output("swift", ["build", "--build-tests", "--package-path", work.path], mayFail: true)
      let broken = failing(log ?? "", branches)
      if broken.isEmpty {
        guard log?.contains("Build complete!") == true else { throw Failure.text("it does not build:\n\(log ?? "")") }
        break
      }
      print("\(broken.count) do not compile")
      chosen.removeAll { broken.contains($0.number) }
    }
    chosen = Array(chosen.prefix(count))
    // Optimised tests are asked: they take a tenth of the time.
    print(try output("swift", ["build", "-c", "release", "--build-tests", "--package-path", work.path]).suffix(100))
    let times = try timeOfTests()
    // The room's own tests first, which take seconds, then all others; the quickest first.
    let classes = times.keys.sorted { (times[$0] ?? 0, $0) < (times[$1] ?? 0, $1) }
    // What takes twenty times as long as without a change has been noticed: it hangs.
    func survives(_ number: Int, _ names: [String]) -> Bool {
      self.survives(number, names, seconds: 60 + 20 * names.reduce(0) { $0 + (times[$1] ?? 0) })
    }
    func isNoticed(_ mutant: Mutant) -> Bool {
      func isOwn(_ name: String) -> Bool { mutant.tests.contains { name.hasPrefix("\($0).") } }
      let own = classes.filter(isOwn)
      let quick = own.filter { times[$0] ?? 0 < 3 }
      return !survives(mutant.number, quick) || !survives(mutant.number, own.filter { !quick.contains($0) })
        || !survives(mutant.number, classes.filter { !isOwn($0) })
    }
    var survivors: [Mutant] = []
    let report = NSLock()
    var asked = 0
    DispatchQueue.concurrentPerform(iterations: chosen.count) { index in
      let mutant = chosen[index]
      let isNoticed = isNoticed(mutant)
      report.withLock {
        asked += 1
        print("\(asked)/\(chosen.count) \(isNoticed ? "noticed" : "SURVIVES") \(mutant.mutation.summary)")
        if !isNoticed { survivors.append(mutant) }
      }
    }
    print("\n\(chosen.count - survivors.count) of \(chosen.count) noticed")
    for mutant in survivors.sorted(by: { $0.number < $1.number }) { print("survives: \(mutant.mutation.summary)") }
  }

  /// Lines of a file that belong to one change, or to the body as it was.
  private struct Branch {
    let file: String
    let lines: ClosedRange<Int>
    let numbers: Set<Int>
  }

  /// Writes the sources with all changes. Names what stands where.
  private func write(_ mutants: [Mutant]) throws -> [Branch] {
    var branches: [Branch] = []
    var targets: Set<String> = []
    for (file, source) in sources {
      let here = mutants.filter { $0.mutation.file == file }
      var text = ""
      var place = source.startIndex
      var line = 1
      func add(_ more: some StringProtocol) {
        text += more
        line += more.count(where: \.isNewline)
      }
      let bodies = Dictionary(grouping: here, by: \.mutation.body.lowerBound).sorted { $0.key < $1.key }
      for (start, members) in bodies {
        let body = members[0].mutation.body
        add(source[place..<start])
        for mutant in members {
          let range = mutant.mutation.range
          let first = line
          add(" if activeMutant == \(mutant.number) {")
          add(source[body.lowerBound..<range.lowerBound])
          add(mutant.mutation.replacement)
          add(source[range.upperBound..<body.upperBound])
          add("\n} else")
          branches.append(Branch(file: file, lines: first...line - 1, numbers: [mutant.number]))
        }
        let first = line
        add(" {\(source[body])\n}\n")
        branches.append(Branch(file: file, lines: first...line, numbers: Set(members.map(\.number))))
        place = body.upperBound
      }
      add(source[place...])
      let url = work.appending(path: file)
      if try String(contentsOf: url, encoding: .utf8) != text {
        try text.write(to: url, atomically: true, encoding: .utf8)
      }
      targets.insert(String(file.split(separator: "/")[1]))
    }
    for target in targets {
      let url = work.appending(path: "Sources/\(target)/ActiveMutant.swift")
      let text = """
        import Foundation

        let activeMutant = Int(ProcessInfo.processInfo.environment["CLADEC_MUTANT"] ?? "") ?? 0

        """
      if (try? String(contentsOf: url, encoding: .utf8)) != text {
        try text.write(to: url, atomically: true, encoding: .utf8)
      }
    }
    return branches
  }

  /// The changes that the compiler complains about.
  private func failing(_ log: String, _ branches: [Branch]) -> Set<Int> {
    var numbers: Set<Int> = []
    for line in log.split(separator: "\n") where line.contains(": error:") {
      let parts = line.split(separator: ":")
      guard parts.count > 3, let number = Int(parts[1]) else { continue }
      for branch in branches where parts[0].hasSuffix(branch.file) && branch.lines.contains(number) {
        numbers.formUnion(branch.numbers)
      }
    }
    return numbers
  }

  /// Seconds that each class of tests takes without any change, `TensorsTests.PlanTests` for one.
  private func timeOfTests() throws -> [String: Double] {
    let list = try output("swift", ["test", "list", "-c", "release", "--skip-build", "--package-path", work.path])
    var times: [String: Double] = [:]
    for name in Set(list.split(separator: "\n").compactMap { $0.split(separator: "/").first.map(String.init) })
    where name.contains("Tests.") {
      let start = Date()
      guard survives(nil, [name], seconds: 900) else { throw Failure.text("\(name) fails without any change") }
      times[name] = -start.timeIntervalSinceNow
    }
    return times
  }

  /// Whether these classes of tests pass with the change in so many seconds. The first that does not ends them.
  private func survives(_ number: Int?, _ tests: [String], seconds: Double) -> Bool {
    if tests.isEmpty { return true }
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    let bundle = work.appending(path: ".build/release/cladecPackageTests.xctest").path
    // Seconds of work, which others on the machine do not spend; what waits for ever is ended later.
    process.arguments =
      ["timeout", "-k", "5", "\(Int(seconds) * 4)", "prlimit", "--cpu=\(Int(seconds) * 2)", bundle]
      + ["--testing-library", "swift-testing"]
      + tests.flatMap { ["--filter", "^\(NSRegularExpression.escapedPattern(for: $0))/"] }
    process.currentDirectoryURL = work
    var environment = ProcessInfo.processInfo.environment
    environment["CLADEC_MUTANT"] = number.map { "\($0)" }
    // A crash is noticed by its end; nobody reads how it came about.
    environment["SWIFT_BACKTRACE"] = "enable=no"
    process.environment = environment
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    do { try process.run() } catch { return false }
    var text = Data()
    while case let more = pipe.fileHandleForReading.availableData, !more.isEmpty {
      text = text.suffix(20) + more
      if text.range(of: Data(" recorded an issue".utf8)) != nil { process.terminate() }
    }
    process.waitUntilExit()
    return process.terminationReason == .exit && process.terminationStatus == 0
  }

  private func output(_ program: String, _ arguments: [String], mayFail: Bool = false) throws -> String {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = [program] + arguments
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard mayFail || process.terminationStatus == 0 else { throw Failure.text("\(program) failed") }
    return String(decoding: data, as: UTF8.self)
  }
}
