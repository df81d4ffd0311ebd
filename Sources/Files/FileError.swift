import Text

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Why a file could not be read or written.
public struct FileError: Error, Hashable, Sendable {
  public enum Reason: Hashable, Sendable {
    case missing, missingFolder, notAllowed, notAFolder, isAFolder, readOnly, noSpace, quotaReached, nameTooLong,
      deviceFault
    /// Something has this name already, where nothing is to be replaced.
    case isThere
    /// A pipe, a device or a socket, where a file is wanted.
    case notAFile
    /// Another process writes it.
    case busy
    /// Whoever asked for it does not want it any more.
    case interrupted
    /// More bytes than are read.
    case tooLarge(limit: Int)
    /// Another error number of the system.
    case other(Int32)
  }

  public let path: String
  public let reason: Reason

  public init(path: String, reason: Reason) { (self.path, self.reason) = (path, reason) }

  /// What an error number of the system means where a file was to be written.
  public init(path: String, writing number: Int32) { self.init(path: path, number: number, isWriting: true) }

  /// `isWriting`: a missing thing is then the folder.
  init(path: String, number: Int32, isWriting: Bool) {
    self.init(path: path, reason: Reason(number, isWriting: isWriting))
  }
}

extension FileError.Reason {
  /// What an error number of the system means.
  init(_ number: Int32, isWriting: Bool) {
    self =
      switch number {
      case ENOENT: isWriting ? .missingFolder : .missing
      case EACCES, EPERM: .notAllowed
      case ENOTDIR: .notAFolder
      case EISDIR: .isAFolder
      case EROFS: .readOnly
      case ENOSPC: .noSpace
      case EDQUOT: .quotaReached
      case ENAMETOOLONG: .nameTooLong
      case EIO: .deviceFault
      case EEXIST: .isThere
      default: .other(number)
      }
  }
}

extension FileError: CustomStringConvertible {
  /// `path: reason`, the reason in words.
  public var description: String { "\(path): \(words)" }

  /// The reason in words.
  public var words: String {
    switch reason {
    case .missing: "there is no such file"
    case .missingFolder: "the folder does not exist"
    case .notAllowed: "permission denied"
    case .notAFolder: "a part of the path is a file, not a folder"
    case .isAFolder: "this is a folder, not a file"
    case .readOnly: "the disk is read-only"
    case .noSpace: "no space left on the device"
    case .quotaReached: "the disk quota is used up"
    case .nameTooLong: "the name is too long"
    case .deviceFault: "the device reports a fault"
    case .isThere: "there is a file or folder of this name already"
    case .notAFile: "this is a pipe or a device, not a file"
    case .busy: "another process is writing it"
    case .interrupted: "interrupted"
    case .tooLarge(let limit): "it is larger than \(binarySize(limit))"
    case .other(let number): strerror(number).map { String(cString: $0) } ?? "error \(number)"
    }
  }
}
