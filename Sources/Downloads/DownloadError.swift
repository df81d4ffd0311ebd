import Files
import Text

/// Why a file was not downloaded.
public enum DownloadError: Error, Hashable, Sendable {
  /// Whoever watches has asked to stop. What came so far is kept for the next time.
  case interrupted
  /// Nobody answers at this address, or what came broke off and nothing more came.
  case unreachable(address: String, reason: String)
  /// The server has something else to say than the file.
  case refused(address: String, status: Int)
  /// What came has another digest than it should have. It is thrown away.
  case otherContent(address: String, digest: SHA256.Digest, expected: SHA256.Digest)
  /// More comes than there should be.
  case tooLong(address: String, expected: Int)
  /// It cannot be written.
  case file(FileError)
}

extension DownloadError {
  /// One sentence without a full stop.
  public var message: String {
    switch self {
    case .interrupted: "interrupted"
    case .unreachable(let address, let reason): "\(address) cannot be downloaded: \(reason)"
    case .refused(let address, let status): "\(address) cannot be downloaded: the server answers with status \(status)"
    case .otherContent(let address, let digest, let expected):
      "what came from \(address) is not the file: its SHA-256 is \(digest) where \(expected) belongs"
    case .tooLong(let address, let expected):
      "what comes from \(address) is not the file: it goes on after \(expected) bytes"
    case .file(let error): "\(error.path) cannot be written: \(error.words)"
    }
  }
}
