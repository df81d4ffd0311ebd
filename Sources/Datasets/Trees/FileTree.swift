/// Files with their paths from one place on: a folder on the disk, or an archive that holds one.
protocol FileTree: Sendable {
  /// Where it is.
  var path: String { get }
  /// Everything in it, in the order of the paths' bytes; a folder's path ends with a stroke. What is hidden is not among it.
  var paths: [String] { get }

  /// What a message calls one of its files.
  func title(_ name: String) -> String

  /// The length of one of its files.
  func size(of name: String) throws(DatasetError) -> Int

  /// Reads some of its files, each once, in whatever order they come. A smaller number of bytes than a file has is refused,
  /// or is its beginning.
  /// - Parameter each: told the place of the file's path among those given, and its bytes; an answer of false ends it.
  func read(
    _ names: [String], _ amount: ReadingAmount, _ each: (Int, [UInt8]) throws(DatasetError) -> Bool
  ) throws(DatasetError)
}

/// How much of a file is read.
package enum ReadingAmount {
  /// All of it, unless it is longer than this.
  case whole(limit: Int)
  /// So many bytes, or all of it where it is shorter.
  case beginning(Int)
}

/// What keeps a hostile data set from taking all time and memory.
enum TreeLimits {
  /// No picture's file is larger: 64 MiB.
  static let pictureBytes = 1 << 26
  /// No list of names or labels is: 16 MiB.
  static let textBytes = 1 << 24
  /// Nothing holds more files and folders: 2²⁰, eight times what Tiny ImageNet has.
  static let entries = 1 << 20
  /// No archive holds more than 4 GiB.
  static let archiveBytes = 1 << 32
  /// Folders within folders, from the place that is named on.
  static let depth = 6
}

extension FileTree {
  /// A text's bytes.
  func text(of name: String) throws(DatasetError) -> [UInt8] {
    var text: [UInt8] = []
    try read([name], .whole(limit: TreeLimits.textBytes)) { _, bytes in
      text = bytes
      return false
    }
    return text
  }

  /// A text's lines, without what blank space surrounds them.
  func lines(of name: String) throws(DatasetError) -> [String] {
    try text(of: name).split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map { line in
      String(decoding: line, as: UTF8.self).trimmingBlanks
    }
  }

  /// Whether it has a file of this path.
  func has(_ name: String) -> Bool {
    var (low, high) = (0, paths.count)
    while low < high {
      let middle = (low + high) / 2
      if paths[middle].precedesByBytes(name) { low = middle + 1 } else { high = middle }
    }
    return low < paths.count && paths[low] == name
  }
}

extension String {
  /// An order that no locale and no version of Unicode changes.
  func precedesByBytes(_ other: String) -> Bool { utf8.lexicographicallyPrecedes(other.utf8) }

  var trimmingBlanks: String {
    let isBlank = { (character: Character) in character == " " || character == "\t" || character.isNewline }
    return String(drop(while: isBlank).reversed().drop(while: isBlank).reversed())
  }

  /// Whether a part of a path is nobody's data: hidden, or what other systems put beside files.
  var isBesideData: Bool { hasPrefix(".") || self == "__MACOSX" }
}
