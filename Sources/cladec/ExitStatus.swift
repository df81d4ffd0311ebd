import ArgumentParser
import Console
import Workbench

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

extension Ending {
  /// The exit status of the command line.
  var status: Int32 {
    switch self {
    case .success: 0
    case .expectationFailed: 1
    case .mistake: 2
    case .missingFile: 3
    // As a shell states the end by a signal: 130 for Ctrl-C.
    case .interrupted: 128 + (Interrupt.signal ?? SIGINT)
    }
  }

  /// Ends the program with this status.
  func exit() throws {
    if self != .success { throw ExitCode(status) }
  }
}
