/// Why a text is not JSON, and at which of its bytes.
public struct JSONError: Error, Hashable, Sendable, CustomStringConvertible {
  public enum Reason: String, Hashable, Sendable {
    case unexpected = "something else is expected"
    case endsEarly = "the text ends early"
    case tooDeep = "there are too many levels"
    case repeatedName = "an object has two members of one name"
    case badNumber = "this is no number"
    case badString = "this string is not closed, or has an escape that means nothing"
    case notText = "the text is not UTF-8"
  }

  public let reason: Reason
  public let offset: Int

  public init(_ reason: Reason, at offset: Int) { (self.reason, self.offset) = (reason, offset) }

  public var description: String { "\(reason.rawValue) (byte \(offset))" }
}

extension JSON {
  /// Levels of lists and objects in each other.
  static let mostLevels = 64

  /// Reads a text that is one JSON value and nothing else. Takes time in proportion to its length, and no more memory
  /// than its values; what is not JSON, what is nested too deeply, and objects with two members of one name are refused.
  public init(reading bytes: [UInt8]) throws(JSONError) {
    guard String(validating: bytes, as: UTF8.self) != nil else { throw JSONError(.notText, at: 0) }
    var reader = JSONReader(bytes: bytes)
    self = try reader.readValue(level: 0)
    reader.skipBlanks()
    guard reader.index == bytes.count else { throw JSONError(.unexpected, at: reader.index) }
  }
}

private struct JSONReader {
  let bytes: [UInt8]
  var index = 0

  init(bytes: [UInt8]) { self.bytes = bytes }

  private var next: UInt8? { index < bytes.count ? bytes[index] : nil }

  mutating func skipBlanks() {
    while let byte = next, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { index += 1 }
  }

  mutating func readValue(level: Int) throws(JSONError) -> JSON {
    skipBlanks()
    guard let byte = next else { throw JSONError(.endsEarly, at: index) }
    switch byte {
    case UInt8(ascii: "{"): return try readObject(level: level)
    case UInt8(ascii: "["): return try readArray(level: level)
    case UInt8(ascii: "\""): return .string(try readString())
    case UInt8(ascii: "t"): return try readWord("true", .boolean(true))
    case UInt8(ascii: "f"): return try readWord("false", .boolean(false))
    case UInt8(ascii: "n"): return try readWord("null", .null)
    default: return try readNumber()
    }
  }

  private mutating func readWord(_ word: String, _ value: JSON) throws(JSONError) -> JSON {
    guard bytes[index...].starts(with: word.utf8) else { throw JSONError(.unexpected, at: index) }
    index += word.utf8.count
    return value
  }

  private mutating func readArray(level: Int) throws(JSONError) -> JSON {
    guard level < JSON.mostLevels else { throw JSONError(.tooDeep, at: index) }
    index += 1
    var elements: [JSON] = []
    skipBlanks()
    if take("]") { return .array([]) }
    repeat { elements.append(try readValue(level: level + 1)) } while try takeComma(or: "]")
    return .array(elements)
  }

  private mutating func readObject(level: Int) throws(JSONError) -> JSON {
    guard level < JSON.mostLevels else { throw JSONError(.tooDeep, at: index) }
    index += 1
    var members: [JSON.Member] = []
    var names: Set<String> = []
    skipBlanks()
    if take("}") { return .object([]) }
    repeat {
      skipBlanks()
      let start = index
      guard next == UInt8(ascii: "\"") else { throw JSONError(next == nil ? .endsEarly : .unexpected, at: index) }
      let name = try readString()
      guard names.insert(name).inserted else { throw JSONError(.repeatedName, at: start) }
      skipBlanks()
      guard take(":") else { throw JSONError(next == nil ? .endsEarly : .unexpected, at: index) }
      members.append(JSON.Member(name, try readValue(level: level + 1)))
    } while try takeComma(or: "}")
    return .object(members)
  }

  private mutating func take(_ sign: Unicode.Scalar) -> Bool {
    guard next == UInt8(ascii: sign) else { return false }
    index += 1
    return true
  }

  /// Whether another one follows; else the closing bracket was taken.
  private mutating func takeComma(or closing: Unicode.Scalar) throws(JSONError) -> Bool {
    skipBlanks()
    if take(",") { return true }
    guard take(closing) else { throw JSONError(next == nil ? .endsEarly : .unexpected, at: index) }
    return false
  }

  private mutating func readNumber() throws(JSONError) -> JSON {
    let start = index
    _ = take("-")
    let firstDigit = next
    var isWhole = true
    guard takeDigits() else { throw JSONError(index == start ? .unexpected : .badNumber, at: start) }
    let digits = index - start - (bytes[start] == UInt8(ascii: "-") ? 1 : 0)
    if firstDigit == UInt8(ascii: "0"), digits > 1 { throw JSONError(.badNumber, at: start) }
    if take(".") {
      isWhole = false
      guard takeDigits() else { throw JSONError(.badNumber, at: start) }
    }
    if take("e") || take("E") {
      isWhole = false
      if !take("+") { _ = take("-") }
      guard takeDigits() else { throw JSONError(.badNumber, at: start) }
    }
    guard index - start <= 400 else { throw JSONError(.badNumber, at: start) }
    let text = String(decoding: bytes[start..<index], as: UTF8.self)
    if isWhole, text != "-0", let number = Int(text) { return .integer(number) }
    guard let number = Double(text), number.isFinite else { throw JSONError(.badNumber, at: start) }
    return .number(number)
  }

  private mutating func takeDigits() -> Bool {
    let start = index
    while let byte = next, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) { index += 1 }
    return index > start
  }

  private mutating func readString() throws(JSONError) -> String {
    let start = index
    index += 1
    var text: [UInt8] = []
    while let byte = next {
      index += 1
      switch byte {
      case UInt8(ascii: "\""): return String(decoding: text, as: UTF8.self)
      case UInt8(ascii: "\\"):
        guard let scalar = takeEscape() else { throw JSONError(.badString, at: start) }
        text += Array(String(scalar).utf8)
      case 0..<0x20: throw JSONError(.badString, at: start)
      default: text.append(byte)
      }
    }
    throw JSONError(.endsEarly, at: start)
  }

  private mutating func takeEscape() -> Unicode.Scalar? {
    guard let byte = next else { return nil }
    index += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(byte)
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{C}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"):
      guard let first = takeCodeUnit() else { return nil }
      guard (0xD800...0xDBFF).contains(first) else { return Unicode.Scalar(first) }
      // The second half of a pair follows.
      guard take("\\"), take("u"), let second = takeCodeUnit(), (0xDC00...0xDFFF).contains(second) else { return nil }
      return Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
    default: return nil
    }
  }

  private mutating func takeCodeUnit() -> UInt32? {
    guard index + 4 <= bytes.count else { return nil }
    let digits = bytes[index..<index + 4]
    guard digits.allSatisfy({ Unicode.Scalar($0).properties.isASCIIHexDigit }) else { return nil }
    index += 4
    return UInt32(String(decoding: digits, as: UTF8.self), radix: 16)
  }
}
