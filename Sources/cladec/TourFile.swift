import Files
import Text
import Workbench

/// The file beside the history that keeps how far a tour has come. One that is missing, broken or not to be written is as
/// good as none.
struct TourFile {
  let path: String

  /// More than any tour.
  private static let limit = 1 << 20

  var kept: Tour.Kept? {
    guard fileExists(path), let bytes = try? readFile(path, limit: Self.limit) else { return nil }
    return Tour.Kept(text: String(decoding: bytes, as: UTF8.self))
  }

  /// - Parameter isOver: whether there is nothing more to go on with; what was kept before stays otherwise.
  func keep(_ kept: Tour.Kept?, isOver: Bool) {
    if let kept {
      try? replaceFile(path, with: Array(kept.text.utf8), permissions: 0o600)
    } else if isOver, fileExists(path) {
      try? removeFile(path)
    }
  }
}
