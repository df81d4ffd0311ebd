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
    #if canImport(Darwin)
      var actions: posix_spawn_file_actions_t?
      var attributes: posix_spawnattr_t?
    #else
      var actions = posix_spawn_file_actions_t()
      var attributes = posix_spawnattr_t()
    #endif
    posix_spawn_file_actions_init(&actions)
    posix_spawnattr_init(&attributes)
    defer {
      posix_spawn_file_actions_destroy(&actions)
      posix_spawnattr_destroy(&attributes)
    }
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
    for own in [STDOUT_FILENO, STDERR_FILENO] {
      posix_spawn_file_actions_addopen(&actions, own, "/dev/null", O_WRONLY, 0)
    }
    // Ctrl-C at the prompt does not end it.
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP))
    posix_spawnattr_setpgroup(&attributes, 0)
    var words: [UnsafeMutablePointer<CChar>?] = [strdup(program), strdup(path), nil]
    defer { for word in words { free(word) } }
    var child = pid_t()
    let number = posix_spawnp(&child, program, &actions, &attributes, &words, environ)
    guard number == 0 else { throw failure(path, "\(program) cannot be started: \(String(cString: strerror(number)))") }
    for _ in 0..<50 {
      var status: Int32 = 0
      let ended = waitpid(child, &status, WNOHANG)
      if ended == child {
        guard status == 0 else { throw failure(path, "\(program) ended with status \(status >> 8 & 0xff)") }
        return
      }
      usleep(20_000)
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
