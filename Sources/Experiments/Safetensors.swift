import Text

/// Artifacts in the file format safetensors (https://huggingface.co/docs/safetensors), which other programs read too:
///
///     8 bytes   the header's length, little endian
///     header    a JSON object: for each array its type, shape, and the first and last offset of its bytes; texts by name
///     bytes     the arrays, one after the other without gaps, little endian
///
/// The same artifact is always the same bytes: members of the header are in the order of their names, arrays in that of
/// the width of their elements, widest first, and then of their names; blanks fill the header up, so that all arrays lie
/// at multiples of their width. Only what has this form is read. A number is an array of doubles without extents.
package enum Safetensors {
  /// No header is longer: 16 MiB.
  package static let longestHeader = 1 << 24
  /// Nor are there more bytes of arrays: 1 TiB.
  static let mostBytes = 1 << 40

  /// What a file says of itself before its arrays.
  struct Header: Hashable {
    struct Entry: Hashable {
      let name: String
      let kind: Artifact.Elements.Kind
      let shape: [Int]
      /// Within the bytes of all arrays.
      let range: Range<Int>
    }

    let metadata: [String: String]
    /// In the order of their bytes.
    let entries: [Entry]
    /// With its length before it.
    let bytes: [UInt8]

    /// How long the whole file is.
    var fileSize: Int { bytes.count + (entries.last?.range.upperBound ?? 0) }
  }

  /// - Precondition: no array and no number have one name, and no array of doubles is without extents.
  package static func bytes(of artifact: Artifact, metadata: [String: String]) -> [UInt8] {
    precondition(artifact.numbers.keys.allSatisfy { artifact.tensors[$0] == nil }, "one name, one thing")
    let arrays = artifact.tensors.merging(
      artifact.numbers.mapValues { Artifact.Tensor(.doubles([$0]), shape: []) }, uniquingKeysWith: { $1 })
    let header = Header(arrays.mapValues { ($0.elements.kind, $0.shape) }, metadata: metadata)
    var bytes = header.bytes
    bytes.reserveCapacity(header.fileSize)
    for entry in header.entries {
      switch arrays[entry.name]?.elements {
      case .bytes(let values): bytes += values
      case .floats(let values): bytes += littleEndian(values.map(\.bitPattern))
      case .doubles(let values): bytes += littleEndian(values.map(\.bitPattern))
      case nil: break
      }
    }
    return bytes
  }

  package static func read(_ bytes: [UInt8]) throws(SafetensorsError) -> (
    artifact: Artifact, metadata: [String: String]
  ) {
    let header = try Header(reading: bytes)
    guard bytes.count == header.fileSize else { throw .wrongSize(found: bytes.count, expected: header.fileSize) }
    var artifact = Artifact()
    for entry in header.entries {
      let start = header.bytes.count + entry.range.lowerBound
      let part = bytes[start..<start + entry.range.count]
      let elements: Artifact.Elements =
        switch entry.kind {
        case .bytes: .bytes(Array(part))
        case .floats: .floats(words(part, UInt32.self).map { Float(bitPattern: $0) })
        case .doubles: .doubles(words(part, UInt64.self).map { Double(bitPattern: $0) })
        }
      if case .doubles(let values) = elements, entry.shape.isEmpty {
        artifact.numbers[entry.name] = values[0]
      } else {
        artifact.tensors[entry.name] = Artifact.Tensor(elements, shape: entry.shape)
      }
    }
    return (artifact, header.metadata)
  }

  private static func words<Word: FixedWidthInteger>(_ bytes: ArraySlice<UInt8>, _ type: Word.Type) -> [Word] {
    let count = bytes.count / MemoryLayout<Word>.size
    let words = [Word](unsafeUninitializedCapacity: count) { buffer, initialised in
      UnsafeMutableRawBufferPointer(buffer).copyBytes(from: bytes)
      initialised = count
    }
    return Word(1).littleEndian == 1 ? words : words.map { Word(littleEndian: $0) }
  }
}

extension Safetensors.Header {
  /// The header of arrays of these types and shapes.
  init(_ arrays: [String: (kind: Artifact.Elements.Kind, shape: [Int])], metadata: [String: String]) {
    let ordered = arrays.sorted { left, right in
      let widths = (left.value.kind.width, right.value.kind.width)
      return widths.0 != widths.1 ? widths.0 > widths.1 : precedes(left.key, right.key)
    }
    var end = 0
    entries = ordered.map { name, array in
      let start = end
      end += array.shape.reduce(1, *) * array.kind.width
      return Entry(name: name, kind: array.kind, shape: array.shape, range: start..<end)
    }
    self.metadata = metadata
    var members = entries.map { entry in
      JSON.Member(
        entry.name,
        [
          "dtype": .string(entry.kind.rawValue), "shape": .array(entry.shape.map { .integer($0) }),
          "data_offsets": [.integer(entry.range.lowerBound), .integer(entry.range.upperBound)],
        ])
    }
    if !metadata.isEmpty {
      members.append(JSON.Member("__metadata__", .object(metadata.map { JSON.Member($0.key, .string($0.value)) })))
    }
    var text = Array(JSON.object(members).sorted.text.utf8)
    text += [UInt8](repeating: UInt8(ascii: " "), count: (8 - text.count % 8) % 8)
    bytes = littleEndian(UInt64(text.count)) + text
  }

  /// - Parameter bytes: of a file, at least to the header's end.
  init(reading bytes: [UInt8]) throws(SafetensorsError) {
    let length = try Self.length(reading: bytes)
    guard bytes.count >= length else { throw .endsEarly }
    let json: JSON
    do throws(JSONError) { json = try JSON(reading: Array(bytes[8..<length])) } catch { throw .notJSON(error) }
    guard let members = json.members else { throw .badHeader }
    var metadata: [String: String] = [:]
    var arrays: [String: (kind: Artifact.Elements.Kind, shape: [Int])] = [:]
    var size = 0
    for member in members {
      if member.name == "__metadata__" {
        for text in member.value.members ?? [] { metadata[text.name] = text.value.string }
        continue
      }
      guard let kind = member.value["dtype"]?.string.flatMap({ Artifact.Elements.Kind(rawValue: $0) }),
        let extents = member.value["shape"]?.elements
      else { throw .badEntry(member.name) }
      let shape = extents.compactMap(\.integer)
      guard shape.count == extents.count, let bytes = kind.size(of: shape) else { throw .badEntry(member.name) }
      size += bytes
      guard size <= Safetensors.mostBytes else { throw .badEntry(member.name) }
      arrays[member.name] = (kind, shape)
    }
    self.init(arrays, metadata: metadata)
    // Offsets, order and blanks are as they are written, or else something is wrong.
    guard self.bytes.elementsEqual(bytes[..<length]) else { throw .badHeader }
  }

  /// How long the header is, with its length before it.
  static func length(reading bytes: [UInt8]) throws(SafetensorsError) -> Int {
    guard bytes.count >= 8 else { throw .endsEarly }
    let length = (0..<8).reduce(UInt64(0)) { $0 | UInt64(bytes[$1]) << UInt64(8 * $1) }
    guard length <= Safetensors.longestHeader else { throw .headerTooLong }
    return 8 + Int(length)
  }
}

/// Why a file is not one that was written here.
package enum SafetensorsError: Error, Hashable, CustomStringConvertible {
  case endsEarly, headerTooLong, badHeader
  case notJSON(JSONError)
  /// What the header says of an array makes no sense.
  case badEntry(String)
  case wrongSize(found: Int, expected: Int)

  package var description: String {
    switch self {
    case .endsEarly: "it ends within its header"
    case .headerTooLong: "its header is longer than any that is written"
    case .badHeader: "its header is not as it is written"
    case .notJSON(let error): "its header is not JSON: \(error)"
    case .badEntry(let name): "its header says nothing sensible of the array \(printable(name))"
    case .wrongSize(let found, let expected): "it has \(found) bytes in place of \(expected)"
    }
  }
}

extension Artifact.Elements {
  /// As safetensors names them.
  enum Kind: String {
    case bytes = "U8"
    case floats = "F32"
    case doubles = "F64"

    /// Bytes of an element.
    var width: Int {
      switch self {
      case .bytes: 1
      case .floats: 4
      case .doubles: 8
      }
    }

    /// Bytes of an array; none where there cannot be so many.
    func size(of shape: [Int]) -> Int? {
      var size = width
      for extent in shape {
        let product = size.multipliedReportingOverflow(by: extent)
        guard extent >= 0, !product.overflow, product.partialValue <= Safetensors.mostBytes else { return nil }
        size = product.partialValue
      }
      return size
    }
  }

  var kind: Kind {
    switch self {
    case .bytes: .bytes
    case .floats: .floats
    case .doubles: .doubles
    }
  }
}

private func precedes(_ left: String, _ right: String) -> Bool { left.utf8.lexicographicallyPrecedes(right.utf8) }
