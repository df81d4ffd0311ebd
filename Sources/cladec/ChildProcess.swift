import Console
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
    guard let output = openPipe() else { throw Self.failure(program, String(cString: strerror(errno))) }
    guard let errors = openPipe() else {
      let reason = String(cString: strerror(errno))
      for end in [output.reading, output.writing] { close(end) }
      throw Self.failure(program, reason)
    }
    defer { for end in [output.reading, errors.reading] { close(end) } }
    let child: StartedProgram
    do throws(StartedProgram.Failure) {
      defer { for end in [output.writing, errors.writing] { close(end) } }
      child = try StartedProgram(
        program, arguments, output: .descriptor(output.writing), errors: .descriptor(errors.writing))
    } catch {
      throw Self.failure(program, error.reason)
    }
    // What it says to its errors is short: it fits into the pipe.
    self.output = Self.text(output.reading)
    self.errors = Self.text(errors.reading)
    status = child.end()
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
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func failure(_ program: String, _ reason: String) -> Diagnostic {
    Diagnostic(
      .batchSystem, "\(program) cannot be started: \(reason)",
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
