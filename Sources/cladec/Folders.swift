import ArgumentParser
import Datasets
import Diagnostics
import Experiments
import Files
import Text
import Workbench

/// The folders in which data sets are looked for.
func dataFolders(_ surroundings: Surroundings) -> [String] { dataFolders(option: surroundings.data) }

/// The same, where the option has this value.
func dataFolders(option: String?) -> [String] {
  let names = ["CLADEC_DATA", "XDG_DATA_HOME", "HOME"]
  let variables = names.reduce(into: [String: String]()) { $0[$1] = environment($1) }
  return dataFolders(option: option, environment: variables)
}

/// The folder of the store; none where nothing is to be kept, or where nobody says where.
func storeFolder(_ surroundings: Surroundings) -> ArtifactFolder? {
  surroundings.isWithoutStore ? nil : storeFolder(named: surroundings.store)
}

/// The store with this name, or the usual one.
func storeFolder(named name: String?) -> ArtifactFolder? {
  guard let path = name ?? usualStorePath() else { return nil }
  // One that is no size was refused at the start.
  return ArtifactFolder(path, limit: try? storeLimit())
}

/// How many bytes the variable `CLADEC_STORE_LIMIT` lets a store have; none for any number.
func storeLimit() throws(ValidationError) -> Int? {
  guard let text = environment("CLADEC_STORE_LIMIT"), !text.isEmpty else { return ArtifactFolder.usualLimit }
  if text == "none" { return nil }
  guard let bytes = bytes(ofBinarySize: text) else {
    throw ValidationError(
      "The variable CLADEC_STORE_LIMIT is '\(printable(text))'; it takes a size such as 50G, or none.")
  }
  return bytes
}

private func usualStorePath() -> String? {
  if let path = environment("CLADEC_STORE"), !path.isEmpty { return path }
  // As XDG's base directory specification has it, a relative folder counts as none.
  if let caches = environment("XDG_CACHE_HOME"), caches.hasPrefix("/") { return caches + "/cladec" }
  guard let home = environment("HOME"), home.hasPrefix("/") else { return nil }
  return home + "/.cache/cladec"
}

/// The folder, made if need be, of what a user's sessions leave for later ones; none where nobody says where.
func stateFolder() -> String? {
  let parent = environment("XDG_STATE_HOME") ?? environment("HOME").map { $0 + "/.local/state" }
  guard let parent, parent.hasPrefix("/") else { return nil }
  do throws(FileError) { try makeFolder(parent + "/cladec") } catch { return nil }
  return parent + "/cladec"
}

/// Makes a folder of results and those above it, as far as they are missing.
func makeOutputFolder(_ path: String) throws(Diagnostic) {
  do throws(FileError) { try makeFolder(path) } catch {
    throw Diagnostic(
      .cannotWrite, "the folder \(error.path) cannot be made: \(error.words)",
      help: "name another one with --output DIR")
  }
}

/// Writes a file into an output folder, which is made if need be.
func write(_ file: SavedFile, into folder: String) throws(Diagnostic) {
  let path = folder + "/" + file.name
  try makeOutputFolder(folder)
  try writing(path) { () throws(FileError) in try replaceFile(path, with: file.bytes) }
}

/// Calls what writes a file, and says what is lost where it cannot.
/// - Parameter wayOut: what helps then; none where another folder for results does.
func writing(_ path: String, otherwise wayOut: String? = nil, _ write: () throws(FileError) -> Void) throws(Diagnostic)
{
  do throws(FileError) { try write() } catch {
    throw Diagnostic(
      .cannotWrite, "\(path) cannot be written: \(error.words)", label: "its result is lost",
      help: wayOut ?? error.wayOut)
  }
}

extension FileError {
  /// What helps where a file cannot be written.
  fileprivate var wayOut: String {
    switch reason {
    case .noSpace, .quotaReached: "make room on the disk, or name a folder on another one with --output DIR"
    case .notAllowed, .readOnly: "allow writing there, or name another folder with --output DIR"
    default: "name another folder with --output DIR"
    }
  }
}

/// No text is larger, whatever it says: 64 MiB.
let largestText = 1 << 26

/// The bytes of a notebook.
func readNotebook(_ path: String) throws(Diagnostic) -> SourceFile {
  do throws(FileError) {
    return SourceFile(name: path, bytes: try readFile(path, limit: largestText))
  } catch {
    throw Diagnostic(
      error.reason == .missing ? .missingFile : .brokenFile, "\(path) cannot be read: \(error.words)",
      help: error.reason == .missing ? "see whether the name is right; notebooks end in .cladec" : nil)
  }
}

/// All of standard input.
func readStandardInput() throws(Diagnostic) -> [UInt8] {
  do throws(FileError) {
    return try readStream(0, name: "standard input", limit: largestText)
  } catch {
    throw Diagnostic(.brokenFile, "standard input cannot be read: \(error.words)")
  }
}
