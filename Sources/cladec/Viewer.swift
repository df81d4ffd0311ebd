import Console
import Diagnostics
import Files
import Text
import Workbench

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The program of the desktop that shows files.
enum Viewer {
  #if canImport(Darwin)
    private static let program = "open"
  #else
    private static let program = "xdg-open"
  #endif

  /// Starts it, and waits a moment for it to fail.
  static func show(_ path: String) throws(Diagnostic) {
    #if !canImport(Darwin)
      guard ["DISPLAY", "WAYLAND_DISPLAY"].contains(where: { !(environment($0) ?? "").isEmpty }) else {
        throw failure(path, "there is no desktop here (neither DISPLAY nor WAYLAND_DISPLAY is set)")
      }
    #endif
    let viewer: StartedProgram
    do throws(StartedProgram.Failure) {
      // Ctrl-C at the prompt does not end it.
      viewer = try StartedProgram(program, [path], isApart: true)
    } catch {
      throw failure(path, "\(program) cannot be started: \(error.reason)")
    }
    if let status = viewer.end(within: 1), status != 0 {
      throw failure(path, "\(program) ended with status \(status)")
    }
  }

  private static func failure(_ path: String, _ reason: String) -> Diagnostic {
    Diagnostic(.cannotWrite, "the figure cannot be shown: \(reason)", help: "it is in \(path)")
  }
}

/// Writes a file where a viewer finds it: a folder of this user's own among the temporary files.
func writeForViewer(_ file: SavedFile) throws(Diagnostic) -> String {
  let parent = environment("TMPDIR").flatMap { $0.hasPrefix("/") ? $0 : nil } ?? "/tmp"
  let folder = "\(parent)/cladec-\(userNumber())"
  let path = folder + "/" + file.name
  try writing(path) { () throws(FileError) in
    try makeFolder(folder)
    // Only a folder that is this user's: others can make one of that name.
    var facts = stat()
    guard lstat(folder, &facts) == 0, facts.st_uid == userNumber(), facts.st_mode & S_IFMT == S_IFDIR else {
      throw FileError(path: folder, reason: .notAllowed)
    }
    _ = chmod(folder, 0o700)
    try replaceFile(path, with: file.bytes)
  }
  return path
}
