import ArgumentParser
import Console
import Diagnostics
import Experiments
import Figures
import Networks
import Notebooks
import Reports
import Text
import Workbench

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// `cladec cache`: what the store holds.
struct Cache: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Say what the store holds and why a job is not in it; take away what is not wanted any more.",
    discussion: """
      What jobs leave, trained models first of all, is kept by the digest of everything that determines it, so that a run computes only \
      what has not been computed before. Taking something away is safe at any time: it is computed again when it is needed.
      """,
    subcommands: [List.self, Size.self, Clear.self, Why.self], defaultSubcommand: List.self)
}

extension Cache {
  /// `cladec cache list`
  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "List what the store holds, what was used last first.")

    @OptionGroup var place: StorePlace

    @Flag(help: "Print one JSON object for each file.")
    var json = false

    func run() throws {
      let folder = try place.folder()
      let inventory = try reading { () throws(StoreTrouble) in try Inventory(of: folder) }
      let items = inventory.items.sorted {
        ($1.entry.lastUse, $0.entry.digest) < ($0.entry.lastUse, $1.entry.digest)
      }
      if json { return try writeLine(JSON.array(items.map(\.json)).indentedText) }
      guard !items.isEmpty else { return try writeLine("there is nothing in \(folder.path)") }
      let now = secondsSince1970()
      let table = TextTable(
        header: ["what", "network", "facts", "size", "last used"],
        rows: items.map { item in
          let kind = item.recipe?["kind"]?.string ?? "not readable"
          return [
            printable(kind + (item.entry.kind == .checkpoint ? ", checkpoint" : "")),
            printable(item.recipe.flatMap(inventory.network).map(nameOfNetwork) ?? ""),
            printable(item.recipe.map(inventory.words) ?? item.entry.digest.description), binarySize(item.entry.size),
            now > item.entry.lastUse ? duration(now - item.entry.lastUse) + " ago" : "just now",
          ]
        }, alignments: [.left, .left, .left, .right, .right])
      try writeLine(table.terminal(width: outputWidth, colour: Terminal.standardOutput.supportsColour))
      try writeLine(summary(items.map(\.entry), in: folder))
    }
  }

  /// `cladec cache size`
  struct Size: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Say how large the store is.")

    @OptionGroup var place: StorePlace

    func run() throws {
      let folder = try place.folder()
      try writeLine(summary(try reading { () throws(StoreTrouble) in try folder.entries() }, in: folder))
      try writeLine(
        folder.limit.map { "beyond \(binarySize($0)), what was used least recently is taken away" } ?? "it has no limit"
      )
    }
  }

  /// `cladec cache clear`
  struct Clear: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Take away what the store holds: all of it, or what meets every condition that is given.",
      discussion: "Only files that the store itself has written are taken away, never others in its folder.")

    @OptionGroup var surroundings: Surroundings

    @Option(help: ArgumentHelp("What was not used for so long, such as 30d, 12h or 2w.", valueName: "time"))
    var older: Age?

    @Option(
      name: .customLong("unused-by"), parsing: .upToNextOption,
      help: ArgumentHelp("What none of these notebooks needs, with their own parameters.", valueName: "notebook"))
    var unusedBy: [String] = []

    @Option(
      help: ArgumentHelp(
        "No more than what is above this size, what was used least recently first, such as 20G.", valueName: "size"))
    var limit: MemorySize?

    func run() throws {
      let folder = try existing(storeFolder(surroundings))
      var entries = try reading { () throws(StoreTrouble) in try folder.entries() }
      let whole = entries
      if !unusedBy.isEmpty {
        let unused = try self.unused(in: folder)
        entries = entries.filter { unused.contains($0) }
      }
      if let older {
        let now = secondsSince1970()
        entries = entries.filter { $0.lastUse < now - older.seconds }
      }
      if let limit { entries = ArtifactFolder.leastRecentlyUsed(entries, of: whole, above: limit.bytes) }
      for entry in entries {
        try reading { () throws(StoreTrouble) in try folder.remove(entry.digest, entry.kind) }
      }
      let freed = binarySize(entries.reduce(0) { $0 + $1.size })
      try writeLine(
        entries.isEmpty
          ? "nothing was taken away"
          : "\(counted(entries.count, "file")) of \(whole.count), \(freed), taken away from \(folder.path)")
    }

    private func unused(in folder: ArtifactFolder) throws -> Set<ArtifactFolder.Entry> {
      var (jobs, open): ([any Job], [any Job]) = ([], [])
      for path in unusedBy {
        let session = try checkedSession(path, [:], surroundings)
        jobs += session.schedule.entries.filter { !$0.isOpen }.map(\.job)
        open += session.schedule.entries.filter(\.isOpen).map(\.job)
      }
      let inventory = try reading { () throws(StoreTrouble) in try Inventory(of: folder) }
      return Set(inventory.unused(by: jobs, open: open))
    }
  }

  /// `cladec cache why NB`
  struct Why: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Say for each job that a notebook would do why it is not in the store.",
      discussion: """
        Named is the first fact in which the job's recipe differs from the most similar one of its kind that is stored, such as \
        'epochs: 5, stored with 4'.
        """)

    @Argument(help: ArgumentHelp("The notebooks.", valueName: "notebook"))
    var notebooks: [String]

    @OptionGroup var settings: Settings

    @OptionGroup var surroundings: Surroundings

    func run() throws {
      let folder = try existing(storeFolder(surroundings))
      let inventory = try reading { () throws(StoreTrouble) in try Inventory(of: folder) }
      for path in notebooks {
        let session = try checkedSession(path, settings.values, surroundings)
        if notebooks.count > 1 { try writeLine(path) }
        let missing = Set(session.executor.missing(of: session.schedule.asked).map(\.digest))
        let jobs = session.schedule.entries.filter { !$0.isOpen && type(of: $0.job).isStored }
        let entries = jobs.filter { missing.contains($0.job.digest) }
        for entry in entries {
          let difference = inventory.difference(of: entry.job, among: session.schedule.entries.map(\.job))
          let point = entry.point.description
          try writeLine(printable("\(entry.title)\(point.isEmpty ? "" : ", " + point): \(difference.words)"))
        }
        if entries.isEmpty {
          try writeLine("nothing is missing: \(counted(jobs.count, "job")) would be taken from the store")
        }
      }
    }
  }
}

/// Which store is meant.
struct StorePlace: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The store's folder. Else $CLADEC_STORE, then $XDG_CACHE_HOME/cladec, then ~/.cache/cladec.", valueName: "dir"))
  var store: String?

  func folder() throws -> ArtifactFolder { try existing(storeFolder(named: store)) }
}

private func existing(_ folder: ArtifactFolder?) throws -> ArtifactFolder {
  guard let folder else { throw ValidationError("There is no store: name its folder with --store.") }
  return folder
}

/// A time as it is typed: `30d`.
struct Age: ExpressibleByArgument {
  let seconds: Double

  init?(argument: String) {
    guard let seconds = Text.seconds(ofDuration: argument) else { return nil }
    self.seconds = seconds
  }
}

/// A session that has checked a notebook; its mistakes end the program.
private func checkedSession(_ path: String, _ settings: [String: String], _ surroundings: Surroundings) throws
  -> Session
{
  let bar = TrainingBar(isQuiet: false)
  let session = Session(surroundings, settings: settings, bar: bar)
  let mistakes = NotebookRunner(Notebook(parsing: try readNotebook(path)), session: session).check()
  bar.finish()
  for mistake in mistakes { writeDiagnostic(mistake) }
  try Ending(mistakes).exit()
  return session
}

private func summary(_ entries: [ArtifactFolder.Entry], in folder: ArtifactFolder) -> String {
  let size = binarySize(entries.reduce(0) { $0 + $1.size })
  return "\(counted(entries.count, "file")), \(size), in \(folder.path)"
}

private func nameOfNetwork(_ definition: String) -> String {
  if let known = [Architecture.vgg5, .resnet10].first(where: { $0.definition == definition }) { return known.name }
  return definition.count > 40 ? definition.prefix(39) + "…" : definition
}

/// What is wrong with the store, where it is what was asked about.
private func reading<Result>(_ body: () throws(StoreTrouble) -> Result) throws(Diagnostic) -> Result {
  do throws(StoreTrouble) { return try body() } catch {
    throw Diagnostic(.brokenFile, error.words, help: "name another folder with --store DIR")
  }
}

private func secondsSince1970() -> Double {
  var now = timespec()
  clock_gettime(CLOCK_REALTIME, &now)
  return Double(now.tv_sec) + Double(now.tv_nsec) / 1e9
}

extension Inventory.Item {
  fileprivate var json: JSON {
    [
      "digest": .string(entry.digest.description), "form": .string(entry.kind == .artifact ? "artifact" : "checkpoint"),
      "bytes": .integer(entry.size), "lastUsed": .number(entry.lastUse), "recipe": recipe ?? .null,
    ]
  }
}
