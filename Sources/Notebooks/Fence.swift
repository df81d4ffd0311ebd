import Diagnostics

/// A line that opens or closes a fenced block, as CommonMark has it: up to three spaces, then three or more backticks
/// or tildes.
struct Fence {
  let character: UInt8
  /// Where its first character stands.
  let start: Int
  let length: Int
  let indentation: Int
  /// What follows on the line, without blanks around it.
  let info: SourceSpan

  init?(_ line: SourceSpan, of bytes: [UInt8]) {
    var index = line.start
    while index < line.end, bytes[index] == UInt8(ascii: " ") { index += 1 }
    indentation = index - line.start
    guard index < line.end, bytes[index] == UInt8(ascii: "`") || bytes[index] == UInt8(ascii: "~") else { return nil }
    character = bytes[index]
    start = index
    while index < line.end, bytes[index] == character { index += 1 }
    length = index - start
    guard length >= 3 else { return nil }
    var end = line.end
    while index < end, Fence.isBlank(bytes[index]) { index += 1 }
    while end > index, Fence.isBlank(bytes[end - 1]) { end -= 1 }
    info = SourceSpan(start: index, end: end)
    // A backtick behind the fence makes it code within a line.
    if character == UInt8(ascii: "`"), bytes[index..<end].contains(character) { return nil }
  }

  static func isBlank(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") || byte == UInt8(ascii: "\r") || byte == UInt8(ascii: "\n")
  }

  func closes(_ opening: Fence, atAnyIndentation: Bool = false) -> Bool {
    (indentation <= 3 || atAnyIndentation) && info.start == info.end && character == opening.character
      && length >= opening.length
  }

  /// Whether the first word of the info string is `cladec`.
  func opensCell(in bytes: [UInt8], ignoringCase: Bool = false) -> Bool {
    opens("cladec", in: bytes, ignoringCase: ignoringCase)
  }

  /// Whether that is the first word of the info string.
  func opens(_ word: String, in bytes: [UInt8], ignoringCase: Bool = false) -> Bool {
    let word = Array(word.utf8)
    var info = bytes[info.start..<info.end]
    if ignoringCase { info = info.map { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) ? $0 | 0x20 : $0 }[...] }
    return info.starts(with: word) && (info.count == word.count || Fence.isBlank(info[info.startIndex + word.count]))
  }

  /// The fence of a cell with the same id and attributes, where the first word is nearly cladec.
  func asCell(in source: SourceFile) -> String {
    source.text(SourceSpan(start: start, end: start + length)) + "cladec" + source.text(info).dropFirst("cladec".count)
  }
}
