import Files

/// What is wrong with the folder of a store. None of it stops the work.
public enum StoreTrouble: Error, Hashable, Sendable {
  /// A file is not what its name says.
  case damaged(path: String, reason: String)
  case unreadable(FileError)
  case unwritable(FileError)
  /// The same of how far a training has come.
  case noCheckpoint(FileError)

  /// Whether there is no room for what was to be written.
  var isFull: Bool {
    switch self {
    case .unwritable(let error), .noCheckpoint(let error): error.reason == .noSpace || error.reason == .quotaReached
    case .damaged, .unreadable: false
    }
  }

  public var words: String {
    switch self {
    case .damaged(let path, let reason): "\(path) is no use: \(reason); it is made again"
    case .unreadable(let error): "the store cannot be read: \(error)"
    case .noCheckpoint(let error):
      "how far trainings have come cannot be written down: \(error); one that breaks off will begin anew"
    case .unwritable(let error):
      "the store cannot be written: \(error); "
        + (isFull ? "what has no room is not kept" : "nothing more is kept in it")
    }
  }
}
