import Files

/// No file of a data set is larger: 256 MiB, five times what MNIST takes.
public let maximumFileBytes = 1 << 28

/// The bytes of a regular file; `nil` where there is none of this name. Reads no more than `maximumFileBytes`, and
/// waits for no pipe.
/// - Parameter shouldStop: asked now and then; an answer of true breaks off.
public func readFile(
  _ path: String, shouldStop: () -> Bool = { false }
) throws(DatasetError) -> [UInt8]? {
  do throws(FileError) {
    return try readFile(path, limit: maximumFileBytes, shouldStop: shouldStop)
  } catch {
    switch error.reason {
    case .interrupted: throw .interrupted
    case .missing, .notAFolder: return nil
    case .notAFile, .isAFolder: throw .notAFile(path)
    case .tooLarge(let limit): throw .tooLarge(file: path, limit: limit)
    default: throw .unreadable(file: path, reason: error.words)
    }
  }
}
