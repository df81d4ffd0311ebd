import Diagnostics

/// The names under which a text's results are saved, so that no result replaces another.
final class SaveNames {
  /// `table-1.csv`: results of two kinds may share a name where their files have different endings.
  private var taken: [String: SourceSpan] = [:]

  /// Takes a name for files with these endings; none where it is free, else the mistake.
  func take(_ name: String, endings: [String], at span: SourceSpan, in source: SourceFile) -> Mistake? {
    guard Self.isPlain(name) else { return .badSaveName(name) }
    let files = endings.map { name + "." + $0 }
    if let earlier = files.lazy.compactMap({ self.taken[$0] }).first {
      return .savedTwice(name, line: source.location(of: earlier.start).line)
    }
    for file in files { taken[file] = span }
    return nil
  }

  func free() { taken = [:] }

  /// Letters, digits, `-` and `_`: what every file system and every web page takes.
  private static func isPlain(_ name: String) -> Bool {
    guard (1...100).contains(name.utf8.count), name.first != "-" else { return false }
    return name.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
        true
      default: false
      }
    }
  }
}
