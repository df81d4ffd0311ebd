import ArgumentParser
import Console
import Datasets
import Diagnostics
import Downloads
import Files
import Text
import Workbench

/// `cladec data`
struct DataCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "data", abstract: "List the data sets that load knows by name, and download them.",
    discussion: """
      Data sets are looked for in the folder that --data names, in $CLADEC_DATA, and in ~/.local/share/cladec. Downloads go into \
      the first of these; what breaks off is continued by the next call, and a file counts only once its SHA-256 is right.
      """,
    subcommands: [DataList.self, DataFetch.self, DataPath.self], defaultSubcommand: DataList.self)
}

/// `cladec data list`
struct DataList: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the data sets: where each is, or what is missing.")

  @OptionGroup var place: DataFolder

  func run() throws {
    let folders = place.folders
    let width = KnownDataset.allCases.map(\.rawValue.count).max() ?? 0
    for known in KnownDataset.allCases {
      let words: String
      switch known.place(in: folders) {
      case .builtIn: words = "built in"
      case .found(let path): words = path
      case .incomplete(let folder, let missing): words = "\(folder) lacks \(missing.joined(separator: ", "))"
      case .absent:
        let size = binarySize(known.published.reduce(0) { $0 + $1.size })
        words = "not found; cladec data fetch \(known.rawValue) downloads it (\(size))"
      }
      let name = known.rawValue + String(repeating: " ", count: width + 2 - known.rawValue.count)
      try writeLine(name + printable(words))
    }
    if folders.isEmpty {
      try writeLine("no folder is looked in: name one with --data DIR")
    } else {
      try writeLine("looked in " + folders.map { printable($0) }.joined(separator: ", "))
    }
  }
}

/// `cladec data path`
struct DataPath: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "path", abstract: "Print the folder that downloads go into, or where a data set is.")

  @OptionGroup var place: DataFolder

  @Argument(help: ArgumentHelp("A data set's name, such as mnist.", valueName: "name")) var name: String?

  func run() throws {
    guard let name else { return try writeLine(try place.first()) }
    let known = try knownDataset(name)
    guard case .found(let path) = known.place(in: place.folders) else {
      throw Diagnostic(
        .missingFile, known == .garments ? "garments are drawn, and lie nowhere" : "'\(name)' was not found",
        help: known == .garments ? nil : "to download it: cladec data fetch \(name)")
    }
    try writeLine(path)
  }
}

/// `cladec data fetch mnist`
struct DataFetch: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fetch", abstract: "Download data sets from where their authors have published them.")

  @OptionGroup var place: DataFolder

  @Option(
    help: ArgumentHelp(
      "Another place to download from, such as a mirror nearby: the files' names are put after it.", valueName: "url"))
  var from: String?

  @Argument(help: ArgumentHelp("The data sets' names, such as mnist.", valueName: "name")) var names: [String]

  func validate() throws {
    guard let from, !["http://", "https://"].contains(where: { from.hasPrefix($0) }) else { return }
    throw ValidationError("--from takes an address that begins with http:// or https://.")
  }

  func run() throws {
    for known in try names.map(knownDataset) {
      if known.published.isEmpty {
        try writeLine("\(known.rawValue) needs no files")
        continue
      }
      if case .found(let path) = known.place(in: place.folders) {
        try writeLine("\(known.rawValue) is there: \(printable(path))")
        continue
      }
      let folder = try place.first()
      for file in known.published { try fetch(file, of: known, into: folder) }
    }
  }

  private func fetch(_ file: PublishedFile, of known: KnownDataset, into folder: String) throws {
    let path = folder + "/" + file.path
    if let found = try? beginningDigest(path), found == file.digest { return }
    let bar = ProgressBar(label: file.name)
    defer { bar.finish() }
    let addresses = from.map { [$0 + ($0.hasSuffix("/") ? "" : "/") + file.name] } ?? file.addresses
    do throws(FileError) {
      try makeFolder(path.split(separator: "/").dropLast().reduce(path.hasPrefix("/") ? "/" : "") { $0 + $1 + "/" })
    } catch {
      throw Diagnostic(.cannotWrite, "the folder \(error.path) cannot be made: \(error.words)")
    }
    do throws(DownloadError) {
      try download(
        from: addresses, to: path, size: file.size, digest: file.digest,
        agent: "cladec/\(Cladec.configuration.version)"
      ) { count in
        bar.update(
          fraction: Double(count) / Double(file.size), facts: ["\(binarySize(count)) of \(binarySize(file.size))"])
        return !Interrupt.requested
      }
    } catch {
      bar.finish()
      throw diagnostic(of: error, file, known, addresses, path)
    }
    bar.finish()
    try writeLine(printable(path))
  }

  /// The digest of a file that is there already, which another data set's part may be.
  private func beginningDigest(_ path: String) throws(FileError) -> SHA256.Digest {
    var hash = SHA256()
    try readParts(of: path) { part in
      hash.update(part)
      return !Interrupt.requested
    }
    return hash.digest
  }

  private func diagnostic(
    of error: DownloadError, _ file: PublishedFile, _ known: KnownDataset, _ addresses: [String], _ path: String
  ) -> Diagnostic {
    switch error {
    case .interrupted:
      return Diagnostic(
        .interrupted, "interrupted",
        help: "what has come is kept: cladec data fetch \(known.rawValue) goes on from there")
    case .file:
      return Diagnostic(.cannotWrite, error.message, help: "make room, or name another folder with --data DIR")
    case .otherContent, .tooLong:
      return Diagnostic(
        .brokenFile, error.message, help: "try again later, or from another place: --from URL")
    case .unreachable, .refused:
      return Diagnostic(
        .missingFile, error.message,
        help:
          "without a network, put the file that is published at \(addresses.last ?? "") there by hand: \(path) (\(file.size) bytes, SHA-256 \(file.digest))"
      )
    }
  }
}

/// Where data sets lie.
struct DataFolder: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The folder that holds data sets. Else $CLADEC_DATA, then ~/.local/share/cladec.", valueName: "dir"))
  var data: String?

  var folders: [String] { dataFolders(option: data) }

  /// The folder that downloads go into.
  func first() throws(Diagnostic) -> String {
    if let first = folders.first { return first }
    throw Diagnostic(.missingFile, "there is no folder for data sets", help: "name one with --data DIR")
  }
}

private func knownDataset(_ name: String) throws(Diagnostic) -> KnownDataset {
  if let known = KnownDataset(rawValue: name) { return known }
  let all = KnownDataset.allCases.map(\.rawValue)
  throw Diagnostic(
    .unknownDataset, "there is no data set '\(printable(name))'",
    help: nearest(name, among: all).map { "did you mean '\($0)'?" } ?? "there are \(all.joined(separator: ", "))")
}
