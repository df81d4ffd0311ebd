import Console
import Diagnostics

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Writes a line of results to standard output. Where this fails, what was to be shown is lost, and that is a mistake
/// like a file that cannot be written.
func writeLine(_ text: String, terminator: String = "\n") throws(Diagnostic) {
  do throws(StandardStream.Failure) {
    try StandardStream.output.write(text + terminator)
  } catch {
    throw Diagnostic(.cannotWrite, "standard output cannot be written: \(error)")
  }
}

/// Writes a line to standard error; there is no other place to tell that this fails.
func writeError(_ text: String) {
  try? StandardStream.error.write(text + "\n")
}

func writeDiagnostic(_ diagnostic: Diagnostic) {
  let terminal = Terminal.standardError
  let width = terminal.isTerminal ? terminal.width : .max
  writeError(render(diagnostic, colour: terminal.supportsColour, width: width) + "\n")
}

/// How wide lines of results may be.
var outputWidth: Int {
  let terminal = Terminal.standardOutput
  return terminal.isTerminal ? terminal.width : .max
}

/// A variable of the environment.
func environment(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }
