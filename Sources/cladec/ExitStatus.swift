import ArgumentParser
import Workbench

extension Ending {
  /// The exit status of the command line.
  var status: Int32 {
    switch self {
    case .success: 0
    case .expectationFailed: 1
    case .mistake: 2
    case .missingFile: 3
    case .interrupted: 130
    }
  }

  /// Ends the program with this status.
  func exit() throws {
    if self != .success { throw ExitCode(status) }
  }
}
