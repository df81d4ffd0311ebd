import Diagnostics

/// How a check or a run ended, in the order of severity.
public enum Ending: Int, Comparable, Sendable {
  case success, expectationFailed, mistake, missingFile, interrupted

  public static func < (left: Ending, right: Ending) -> Bool { left.rawValue < right.rawValue }

  /// The gravest of some diagnostics.
  public init(_ diagnostics: [Diagnostic]) {
    self = diagnostics.map(Ending.init).max() ?? .success
  }

  private init(_ diagnostic: Diagnostic) {
    self =
      switch diagnostic.code {
      case .expectationFailed, .replayDiffers: .expectationFailed
      case .interrupted: .interrupted
      case .missingFile, .brokenFile, .unusableFolder, .cannotWrite, .missingLock, .brokenLock, .notComputed:
        .missingFile
      default: diagnostic.severity == .error ? .mistake : .success
      }
  }

  /// Whether what follows is not run any more.
  public var stops: Bool { self > .expectationFailed }
}
