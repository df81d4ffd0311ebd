import Testing
import Text

@Suite struct `JSON values` {
  private static let value: JSON = [
    "a": [1, -2.5, true, .null, "x\n\u{1B}\"\\é\u{2028}"], "b": ["c": [:], "d": []], "": 1e22,
  ]

  @Test func `A value has one text`() {
    #expect(
      Self.value.text
        == #"{"a":[1,-2.5,true,null,"x\n\u001b\"\\é\u2028"],"b":{"c":{},"d":[]},"":1e22}"#)
    #expect(JSON.number(.nan).text == "null" && JSON.number(3).text == "3")
    #expect(JSON.integer(.max).text == "9223372036854775807")
  }

  @Test func `Indented, each member has a line`() {
    #expect(
      Self.value["b"]?.indentedText == "{\n  \"c\": {},\n  \"d\": []\n}")
    #expect(JSON.array([[:], [1]]).indentedText == "[\n  {},\n  [1]\n]")
    #expect(JSON.array([]).indentedText == "[]" && JSON.object([]).indentedText == "{}")
  }

  @Test func `Sorted by names, equal facts have equal texts`() {
    let one: JSON = ["b": 1, "a": ["d": 2, "c": 3]]
    let other: JSON = ["a": ["c": 3, "d": 2], "b": 1]
    #expect(one.text != other.text && one.sorted.text == #"{"a":{"c":3,"d":2},"b":1}"#)
    #expect(one.sorted == other.sorted)
  }

  @Test func `What is written is read back`() throws {
    #expect(try JSON(reading: Array(Self.value.text.utf8)) == Self.value)
    #expect(try JSON(reading: Array(Self.value.indentedText.utf8)) == Self.value)
    let pair = try JSON(reading: Array(#" "\ud83d\ude42\/\u00E9" "#.utf8))
    #expect(pair == "🙂/é")
  }

  @Test(arguments: [
    ("", JSONError.Reason.endsEarly, 0), ("[1,", .endsEarly, 3), ("[1 2]", .unexpected, 3),
    ("{\"a\":1,}", .unexpected, 7),
    ("{\"a\" 1}", .unexpected, 5), ("{1:2}", .unexpected, 1), ("01", .badNumber, 0), ("-", .badNumber, 0),
    ("1.", .badNumber, 0), ("1e", .badNumber, 0), ("1e999", .badNumber, 0), (".5", .unexpected, 0),
    ("[NaN]", .unexpected, 1), ("tru", .unexpected, 0), ("1 1", .unexpected, 2), ("\"a", .endsEarly, 0),
    ("\"\\x\"", .badString, 0), ("\"\\ud800\"", .badString, 0), ("\"\\u12g4\"", .badString, 0),
    ("\"a\nb\"", .badString, 0),
    ("{\"a\":1,\"a\":2}", .repeatedName, 7), ("[1],", .unexpected, 3), ("]", .unexpected, 0),
  ])
  func `What is no JSON is refused at its place`(text: String, reason: JSONError.Reason, offset: Int) {
    #expect(throws: JSONError(reason, at: offset)) { try JSON(reading: Array(text.utf8)) }
  }

  @Test func `Bytes that are no text, and endless levels, are refused`() throws {
    #expect(throws: JSONError(.notText, at: 0)) { try JSON(reading: [0x22, 0xFF, 0x22]) }
    let deep = { (levels: Int) in [UInt8](repeating: 0x5B, count: levels) + [UInt8](repeating: 0x5D, count: levels) }
    _ = try JSON(reading: deep(64))
    #expect(throws: JSONError(.tooDeep, at: 64)) { try JSON(reading: deep(65)) }
    #expect(throws: JSONError(.tooDeep, at: 64)) { try JSON(reading: deep(100_000)) }
  }

  /// Every text of a few signs is read or refused, and what is read is written as a text that reads the same.
  @Test func `No text does harm`() {
    let signs = Array("[]{},:\"\\u0e-.1tn ".utf8)
    var random = SplitMix(state: 3)
    for _ in 0..<20_000 {
      let bytes = (0..<random.next(upTo: 12)).map { _ in signs[random.next(upTo: signs.count)] }
      guard let value = try? JSON(reading: bytes) else { continue }
      #expect((try? JSON(reading: Array(value.text.utf8)))?.text == value.text)
    }
  }
}
