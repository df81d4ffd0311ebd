import Console
import Datasets
import Diagnostics
import Workbench

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The folders in which data sets are looked for.
func dataFolders(_ surroundings: Surroundings) -> [String] {
  let names = ["CLADEC_DATA", "XDG_DATA_HOME", "HOME"]
  let variables = names.reduce(into: [String: String]()) { $0[$1] = environment($1) }
  return dataFolders(option: surroundings.data, environment: variables)
}

/// Makes a folder and those above it, as far as they are missing.
func makeFolder(_ path: String) throws(Diagnostic) {
  var made = path.hasPrefix("/") ? "/" : ""
  for part in path.split(separator: "/") {
    made += part + "/"
    guard mkdir(made, 0o777) == 0 || errno == EEXIST else {
      let reason = strerror(errno).map { String(cString: $0) } ?? "error \(errno)"
      throw Diagnostic(
        .cannotWrite, "the folder \(made) cannot be made: \(reason)", help: "name another one with --output DIR")
    }
  }
}

/// Writes a file into an output folder, which is made if need be.
func write(_ file: SavedFile, into folder: String) throws(Diagnostic) {
  try makeFolder(folder)
  try writeFile(file.bytes, to: folder + "/" + file.name)
}

/// Writes a file so that it is there whole or not at all.
func writeFile(_ bytes: [UInt8], to path: String) throws(Diagnostic) {
  do throws(FileError) {
    try writeFileAtomically(bytes, to: path)
  } catch {
    throw Diagnostic(
      .cannotWrite, "\(path) cannot be written: \(error.words)", label: "its result is lost", help: error.wayOut)
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

/// The bytes of a notebook.
func readNotebook(_ path: String) throws(Diagnostic) -> SourceFile {
  do throws(FileError) {
    return SourceFile(name: path, bytes: try Console.readFile(path))
  } catch {
    throw Diagnostic(
      error.reason == .missing ? .missingFile : .brokenFile, "\(path) cannot be read: \(error.words)",
      help: error.reason == .missing ? "see whether the name is right; notebooks end in .cladec" : nil)
  }
}

/// All of standard input.
func readStandardInput() -> [UInt8] {
  var bytes: [UInt8] = []
  var block = [UInt8](repeating: 0, count: 1 << 16)
  while true {
    let count = read(STDIN_FILENO, &block, block.count)
    if count < 0, errno == EINTR { continue }
    if count <= 0 { return bytes }
    bytes += block[..<count]
  }
}
