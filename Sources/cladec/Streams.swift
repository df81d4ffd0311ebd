import Console
import Diagnostics

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The streams that text goes to: results to standard output, diagnostics and progress to standard error.
enum Stream {
  case output, error

  var descriptor: Int32 { self == .output ? STDOUT_FILENO : STDERR_FILENO }
}

/// Writes a line at once, so that both streams keep their order. Where nobody reads any more, the program ends.
func writeLine(_ text: String, to stream: Stream = .output, terminator: String = "\n") {
  var bytes = Array((text + terminator).utf8)[...]
  while !bytes.isEmpty {
    let count = bytes.withUnsafeBytes { write(stream.descriptor, $0.baseAddress, $0.count) }
    if count < 0, errno == EINTR { continue }
    if count <= 0 { exit(stream == .output ? 1 : 2) }
    bytes = bytes.dropFirst(count)
  }
}

func writeDiagnostic(_ diagnostic: Diagnostic) {
  writeLine(render(diagnostic, colour: Terminal.standardError.supportsColour) + "\n", to: .error)
}

/// A variable of the environment.
func environment(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }
