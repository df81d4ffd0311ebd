/// Why a picture file could not be read.
public enum ImageFileError: Error, Hashable, Sendable {
  /// Neither PNG nor JPEG, or not the one that was asked for.
  case unknownFormat
  /// Cut off or damaged, in the library's words.
  case broken(reason: String)
  /// The header announces more pixels than are read.
  case tooLarge(width: Int, height: Int)
  /// Four components, as for printing.
  case notForScreens
}
