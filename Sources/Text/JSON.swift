// JSON (RFC 8259) as a value: written so that the same value is always the same bytes, read so that no file can do harm.

/// A JSON value. Objects keep the order of their members.
public indirect enum JSON: Hashable, Sendable {
  case null
  case boolean(Bool)
  /// A whole number, with all its digits.
  case integer(Int)
  /// Another number; what is none (nan, infinity) is written as null, for JSON knows no such number.
  case number(Double)
  case string(String)
  case array([JSON])
  case object([Member])

  public struct Member: Hashable, Sendable {
    public var name: String
    public var value: JSON

    public init(_ name: String, _ value: JSON) { (self.name, self.value) = (name, value) }
  }
}

extension JSON: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral,
  ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
  public init(stringLiteral value: String) { self = .string(value) }
  public init(integerLiteral value: Int) { self = .integer(value) }
  public init(floatLiteral value: Double) { self = .number(value) }
  public init(booleanLiteral value: Bool) { self = .boolean(value) }
  public init(arrayLiteral elements: JSON...) { self = .array(elements) }
  public init(dictionaryLiteral elements: (String, JSON)...) { self = .object(elements.map { Member($0.0, $0.1) }) }
}

extension JSON {
  /// The member of this name; none where there is none, or where this is no object.
  public subscript(name: String) -> JSON? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.name == name }?.value
  }

  public var string: String? { if case .string(let text) = self { text } else { nil } }
  public var integer: Int? { if case .integer(let number) = self { number } else { nil } }
  public var boolean: Bool? { if case .boolean(let truth) = self { truth } else { nil } }
  public var elements: [JSON]? { if case .array(let elements) = self { elements } else { nil } }
  public var members: [Member]? { if case .object(let members) = self { members } else { nil } }

  /// A number, whole or not.
  public var number: Double? {
    switch self {
    case .integer(let number): Double(number)
    case .number(let number): number
    default: nil
    }
  }
}

extension JSON {
  /// The value without any blank: one value, one text.
  public var text: String {
    var result = ""
    write(into: &result, indentation: nil)
    return result
  }

  /// The value for reading: each member and element on a line of its own, but for lists of plain values.
  public var indentedText: String {
    var result = ""
    write(into: &result, indentation: 0)
    return result
  }

  /// With the members of all objects in the order of their names' bytes, so that equal facts give equal texts.
  public var sorted: JSON {
    switch self {
    case .array(let elements): .array(elements.map(\.sorted))
    case .object(let members):
      .object(
        members.map { Member($0.name, $0.value.sorted) }.sorted {
          $0.name.utf8.lexicographicallyPrecedes($1.name.utf8)
        })
    default: self
    }
  }

  private func write(into result: inout String, indentation: Int?) {
    switch self {
    case .null: result += "null"
    case .boolean(let truth): result += truth ? "true" : "false"
    case .integer(let number): result += String(number)
    case .number(let number): result += number.isFinite ? formatted(number, .shortest) : "null"
    case .string(let text): JSON.write(text, into: &result)
    case .array(let elements):
      let isPlain = elements.allSatisfy { $0.elements == nil && $0.members == nil }
      JSON.write(elements, "[", "]", into: &result, indentation: isPlain ? nil : indentation) { element, inner, text in
        element.write(into: &text, indentation: inner)
      }
    case .object(let members):
      JSON.write(members, "{", "}", into: &result, indentation: indentation) { member, inner, text in
        JSON.write(member.name, into: &text)
        text += inner == nil ? ":" : ": "
        member.value.write(into: &text, indentation: inner)
      }
    }
  }

  private static func write<Part>(
    _ parts: [Part], _ opening: String, _ closing: String, into result: inout String, indentation: Int?,
    _ writePart: (Part, Int?, inout String) -> Void
  ) {
    result += opening
    let inner = indentation.map { $0 + 2 }
    for (index, part) in parts.enumerated() {
      if index > 0 { result += "," }
      if let inner { result += "\n" + String(repeating: " ", count: inner) }
      writePart(part, inner, &result)
    }
    if let indentation, !parts.isEmpty { result += "\n" + String(repeating: " ", count: indentation) }
    result += closing
  }

  private static func write(_ text: String, into result: inout String) {
    result += "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": result += "\\" + String(scalar)
      case "\n": result += "\\n"
      case "\t": result += "\\t"
      case _ where scalar.value < 0x20 || scalar.steers && scalar.value < 0x10000:
        result += "\\u" + hexadecimal(scalar).lowercased()
      default: result.unicodeScalars.append(scalar)
      }
    }
    result += "\""
  }
}
