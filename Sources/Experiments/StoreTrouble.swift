import Files

/// What is wrong with the folder of a store. None of it stops the work.
public enum StoreTrouble: Error, Hashable, Sendable {
  /// A file is not what its name says.
  case damaged(path: String, reason: String)
  case unreadable(FileError)
  case unwritable(FileError)

  public var words: String {
    switch self {
    case .damaged(let path, let reason): "\(path) is no use: \(reason); it is made again"
    case .unreadable(let error): "the store cannot be read: \(error)"
    case .unwritable(let error): "the store cannot be written: \(error); nothing more is kept in it"
    }
  }
}
