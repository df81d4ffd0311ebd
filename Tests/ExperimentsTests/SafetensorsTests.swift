import Experiments
import Testing
import Text

/// The file format, and what has it almost.
@Suite struct SafetensorsTests {
  private let artifact = Artifact(
    tensors: [
      "b/weight": .init(.floats([1, -0.0, .nan, .infinity, Float.leastNonzeroMagnitude, 3]), shape: [2, 3]),
      "history": .init(.doubles([0.1])),
      "classes": .init(.bytes([3, 0, 255])), "none": .init(.floats([]), shape: [0, 4]), "a": .init(.floats([5])),
    ], numbers: ["loss": 0.1, "not a number": .nan])
  private let metadata = ["recipe": #"{"kind":"a \"b\""}"#, "digest": "é"]

  private var bytes: [UInt8] { Safetensors.bytes(of: artifact, metadata: metadata) }

  /// A file with this header, made up with blanks as the format wants it.
  private func file(_ header: String, _ data: [UInt8] = []) -> [UInt8] {
    let text = Array(header.utf8) + [UInt8](repeating: 0x20, count: (8 - header.utf8.count % 8) % 8)
    return (0..<8).map { UInt8(truncatingIfNeeded: text.count >> (8 * $0)) } + text + data
  }

  @Test("what is written is read, to the bit, and the same artifact is the same bytes") func roundTrip() throws {
    let (again, texts) = try Safetensors.read(bytes)
    #expect(again.digest == artifact.digest && again.numbers.count == 2 && texts == metadata)
    #expect(again.tensors.mapValues(\.shape) == artifact.tensors.mapValues(\.shape))
    #expect(Safetensors.bytes(of: again, metadata: texts) == bytes)
    let empty = try Safetensors.read(Safetensors.bytes(of: Artifact(), metadata: [:]))
    #expect(empty.artifact == Artifact() && empty.metadata.isEmpty)
  }

  @Test("the form is the format's: names in order, widest elements first, every array at a multiple of its width")
  func form() {
    let small = Artifact(
      tensors: [
        "a": .init(.bytes([1, 2, 3])), "b": .init(.floats([1]), shape: [1, 1]), "h": .init(.doubles([2])),
      ], numbers: ["n": -2])
    let expected = file(
      #"{"__metadata__":{"k":"v"},"a":{"data_offsets":[20,23],"dtype":"U8","shape":[3]},"#
        + #""b":{"data_offsets":[16,20],"dtype":"F32","shape":[1,1]},"#
        + #""h":{"data_offsets":[0,8],"dtype":"F64","shape":[1]},"n":{"data_offsets":[8,16],"dtype":"F64","shape":[]}}"#,
      [0, 0, 0, 0, 0, 0, 0, 0x40, 0, 0, 0, 0, 0, 0, 0, 0xC0, 0, 0, 0x80, 0x3F, 1, 2, 3])
    #expect(Safetensors.bytes(of: small, metadata: ["k": "v"]) == expected)
  }

  @Test("every truncation and every longer file is refused") func truncated() {
    let whole = bytes
    for length in 0..<whole.count {
      #expect(throws: SafetensorsError.self, "\(length)") { try Safetensors.read(Array(whole[..<length])) }
    }
    #expect(throws: SafetensorsError.wrongSize(found: whole.count + 1, expected: whole.count)) {
      try Safetensors.read(whole + [0])
    }
  }

  @Test("a changed bit of the header is refused, or makes another artifact or another text") func flipped() {
    let whole = bytes
    let length = 8 + Int(whole[0]) + Int(whole[1]) << 8
    for place in 0..<length {
      for bit in 0..<8 {
        var changed = whole
        changed[place] ^= 1 << bit
        guard let (again, texts) = try? Safetensors.read(changed) else { continue }
        #expect(again.digest != artifact.digest || texts != metadata, "byte \(place), bit \(bit)")
      }
    }
  }

  @Test("arrays are limited all together, too") func allTogether() {
    let header =
      #"{"a":{"data_offsets":[0,1099511627776],"dtype":"U8","shape":[1099511627776]},"#
      + #""b":{"data_offsets":[1099511627776,2199023255552],"dtype":"U8","shape":[1099511627776]}}"#
    #expect(throws: SafetensorsError.badEntry("b")) { try Safetensors.read(file(header)) }
  }

  @Test(
    "a header that lies is refused, and takes no memory",
    arguments: [
      #"[]"#, #"{"a":1}"#, #"{"a":{}}"#, #"{"a":{"data_offsets":[0,1],"dtype":"U8"}}"#,
      // A type that there is not, and one that is wider than its bytes.
      #"{"a":{"data_offsets":[0,1],"dtype":"BF16","shape":[1]}}"#,
      #"{"a":{"data_offsets":[0,1],"dtype":"F32","shape":[1]}}"#,
      // Extents below nothing, beyond everything, and no whole numbers.
      #"{"a":{"data_offsets":[0,1],"dtype":"U8","shape":[-1]}}"#,
      #"{"a":{"data_offsets":[0,1],"dtype":"U8","shape":[0,-1]}}"#,
      #"{"a":{"data_offsets":[0,0],"dtype":"U8","shape":[4611686018427387904,4611686018427387904,0]}}"#,
      #"{"a":{"data_offsets":[0,1],"dtype":"F64","shape":[4611686018427387904]}}"#,
      #"{"a":{"data_offsets":[0,1],"dtype":"U8","shape":[1.0]}}"#,
      #"{"a":{"data_offsets":[0,1],"dtype":"U8","shape":[99999999999999999999]}}"#,
      #"{"a":{"data_offsets":[0,4611686018427387904],"dtype":"U8","shape":[4611686018427387904]},"#
        + #""b":{"data_offsets":[4611686018427387904,4611686018427387905],"dtype":"U8","shape":[4611686018427387904]}}"#,
      // Offsets that overlap, leave a gap, go backwards or beyond the end.
      #"{"a":{"data_offsets":[0,1],"dtype":"U8","shape":[1]},"b":{"data_offsets":[0,1],"dtype":"U8","shape":[1]}}"#,
      #"{"a":{"data_offsets":[1,2],"dtype":"U8","shape":[1]}}"#,
      #"{"a":{"data_offsets":[1,0],"dtype":"U8","shape":[1]}}"#,
      #"{"a":{"data_offsets":[0,9223372036854775807],"dtype":"U8","shape":[9223372036854775807]}}"#,
      // A name twice, other orders, blanks, and metadata that are no texts.
      #"{"a":{"data_offsets":[0,1],"dtype":"U8","shape":[1]},"a":{"data_offsets":[0,1],"dtype":"U8","shape":[1]}}"#,
      #"{"a":{"dtype":"U8","data_offsets":[0,1],"shape":[1]}}"#,
      #"{ "a":{"data_offsets":[0,1],"dtype":"U8","shape":[1]}}"#,
      #"{"a":{"data_offsets":[0,1],"dtype":"U8","shape":[1],"more":1}}"#,
      #"{"__metadata__":{"x":1},"a":{"data_offsets":[0,1],"dtype":"U8","shape":[1]}}"#,
      #"{"__metadata__":[],"a":{"data_offsets":[0,1],"dtype":"U8","shape":[1]}}"#,
      #"{"__metadata__":{},"a":{"data_offsets":[0,1],"dtype":"U8","shape":[1]}}"#,
      #"{"a":{"data_offsets":[0,1],"dtype":"U8","shape":[1]}"#,
    ])
  func lies(header: String) {
    #expect(throws: SafetensorsError.self) { try Safetensors.read(file(header, [7])) }
  }

  @Test("a length of the header that no file has is refused before anything is reserved") func longHeader() {
    for length in [[255, 255, 255, 255, 255, 255, 255, 255], [1, 0, 0, 1, 0, 0, 0, 0], [0, 0, 0, 0, 0, 0, 0, 128]] {
      #expect(throws: SafetensorsError.headerTooLong) { try Safetensors.read(length.map(UInt8.init) + [0x7B, 0x7D]) }
    }
    #expect(throws: SafetensorsError.endsEarly) { try Safetensors.read([0, 0, 0, 1, 0, 0, 0, 0]) }
  }
}
