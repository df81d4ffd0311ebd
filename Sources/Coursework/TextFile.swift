import Diagnostics
import Text

/// A file that people have written, as text: with line feeds, whatever editor and encoding wrote it.
public struct TextFile {
  /// No submission's notebook is larger: a text has no more bytes either.
  static let largest = SourceFile.maximumBytes

  public let text: String
  /// What was done to read it, where that is worth knowing.
  let note: String?

  /// Why it cannot be read, in words that go on after "the file".
  public struct Refusal: Error {
    public let reason: String
  }

  public init(_ file: [UInt8]) throws(Refusal) {
    guard !file.isEmpty else { throw Refusal(reason: "is empty") }
    if let kind = Self.kind(of: file) { throw Refusal(reason: "is \(kind), not a notebook") }
    var text: String
    var note: String?
    if file.starts(with: [0xFF, 0xFE]) || file.starts(with: [0xFE, 0xFF]) {
      guard let decoded = Self.utf16(file) else { throw Refusal(reason: "begins as UTF-16 does and is none") }
      (text, note) = (decoded, "the file was UTF-16")
    } else {
      let rest = file.starts(with: [0xEF, 0xBB, 0xBF]) ? file.dropFirst(3) : file[...]
      if let utf8 = String(validating: rest, as: UTF8.self) {
        text = utf8
      } else if let decoded = Self.windows1252(rest) {
        (text, note) = (decoded, "the file was no UTF-8, and was read as Windows-1252")
      } else {
        throw Refusal(reason: "is in no encoding that is known: neither UTF-8, UTF-16 nor Windows-1252")
      }
    }
    // One that slipped in is a mistake at its place; a text full of them is none.
    let controls = text.unicodeScalars.count { $0.value < 0x20 && !"\t\n\r\u{0C}".unicodeScalars.contains($0) }
    guard !text.unicodeScalars.contains("\0"), controls * 100 <= text.utf8.count else {
      throw Refusal(reason: "has bytes that stand in no text: it is another kind of file, or damaged")
    }
    text = text.replacing("\r\n", with: "\n").replacing("\r", with: "\n")
    guard !text.allSatisfy(\.isWhitespace) else { throw Refusal(reason: "is empty") }
    (self.text, self.note) = (text, note)
  }

  /// What other files begin with.
  private static func kind(of file: [UInt8]) -> String? {
    let kinds: [([UInt8], String)] = [
      (Array("PK\u{3}\u{4}".utf8), "a zip archive or an office document"), (Array("%PDF".utf8), "a PDF"),
      ([0x89] + Array("PNG".utf8), "a picture"), ([0xFF, 0xD8, 0xFF], "a picture"), ([0x1F, 0x8B], "a gzip archive"),
      ([0x7F] + Array("ELF".utf8), "a program"), (Array("MZ".utf8), "a program"),
      (Array("<!DOCTYPE html".utf8), "a web page, such as a report"), (Array("<html".utf8), "a web page"),
    ]
    if let kind = kinds.first(where: { file.starts(with: $0.0) && !($0.1 == "a program" && !file.contains(0)) }) {
      return kind.1
    }
    let beginning = String(decoding: file.prefix(4096), as: UTF8.self)
    return beginning.drop(while: \.isWhitespace).hasPrefix("{") && beginning.contains("\"cells\"")
      ? "a Jupyter notebook" : nil
  }

  private static func utf16(_ file: [UInt8]) -> String? {
    let isLittle = file[0] == 0xFF
    guard file.count.isMultiple(of: 2) else { return nil }
    let units = stride(from: 2, to: file.count, by: 2).map { place -> UInt16 in
      let (first, second) = (UInt16(file[place]), UInt16(file[place + 1]))
      return isLittle ? second << 8 | first : first << 8 | second
    }
    return String(validating: units, as: UTF16.self)
  }

  /// The characters of 0x80 to 0x9F; five of them are none.
  private static let upper: [Unicode.Scalar?] = [
    "€", nil, "‚", "ƒ", "„", "…", "†", "‡", "ˆ", "‰", "Š", "‹", "Œ", nil, "Ž", nil,
    nil, "‘", "’", "“", "”", "•", "–", "—", "˜", "™", "š", "›", "œ", nil, "ž", "Ÿ",
  ]

  private static func windows1252(_ file: ArraySlice<UInt8>) -> String? {
    var text = String.UnicodeScalarView()
    for byte in file {
      switch byte {
      case 0x80..<0xA0:
        guard let scalar = upper[Int(byte) - 0x80] else { return nil }
        text.append(scalar)
      default: text.append(Unicode.Scalar(byte))
      }
    }
    return String(text)
  }
}
