import ArgumentParser
import Diagnostics
import Text

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Another program, run to its end.
struct ChildProcess {
  let output: String
  let errors: String
  /// As a shell states it.
  let status: Int32

  /// - Parameters:
  ///   - program: a path, or a name to be looked up where the shell looks.
  ///   - arguments: as they are; no shell reads them.
  /// - Throws: `batchSystem` if it cannot be started.
  init(_ program: String, _ arguments: [String]) throws(Diagnostic) {
    #if canImport(Darwin)
      var actions: posix_spawn_file_actions_t?
    #else
      var actions = posix_spawn_file_actions_t()
    #endif
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    var (output, errors): ([Int32], [Int32]) = ([-1, -1], [-1, -1])
    guard pipe(&output) == 0, pipe(&errors) == 0 else { throw Self.failure(program, errno) }
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
    for (pipe, own) in [(output, STDOUT_FILENO), (errors, STDERR_FILENO)] {
      posix_spawn_file_actions_adddup2(&actions, pipe[1], own)
      for end in pipe { posix_spawn_file_actions_addclose(&actions, end) }
    }
    var words: [UnsafeMutablePointer<CChar>?] = ([program] + arguments).map { strdup($0) }
    words.append(nil)
    defer { for word in words { free(word) } }
    var child = pid_t()
    let number = posix_spawnp(&child, program, &actions, nil, &words, environ)
    close(output[1])
    close(errors[1])
    guard number == 0 else {
      close(output[0])
      close(errors[0])
      throw Self.failure(program, number)
    }
    // What it says to its errors is short: it fits into the pipe.
    self.output = Self.text(output[0])
    self.errors = Self.text(errors[0])
    var status: Int32 = 0
    while waitpid(child, &status, 0) < 0, errno == EINTR {}
    self.status = status & 0x7f == 0 ? status >> 8 & 0xff : 128 + status & 0x7f
  }

  /// The first line of what it said of its failure.
  var reason: String {
    let lines = (errors + "\n" + output).split(whereSeparator: \.isNewline)
    return printable(lines.first.map(String.init) ?? "it ended with status \(status)")
  }

  private static func text(_ descriptor: Int32) -> String {
    var bytes: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 1 << 14)
    while true {
      let count = read(descriptor, &block, block.count)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { break }
      bytes += block[..<count]
    }
    close(descriptor)
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func failure(_ program: String, _ number: Int32) -> Diagnostic {
    Diagnostic(
      .batchSystem, "\(program) cannot be started: \(String(cString: strerror(number)))",
      help: "submit where its commands are, as on a cluster's login node")
  }
}

/// Where this program lies, for other machines that see the same files.
func programPath() -> String {
  guard let path = realpath("/proc/self/exe", nil) ?? realpath(CommandLine.arguments[0], nil) else {
    return CommandLine.arguments[0]
  }
  defer { free(path) }
  return String(cString: path)
}

/// What the system calls who runs this.
func userNumber() -> UInt32 { getuid() }
