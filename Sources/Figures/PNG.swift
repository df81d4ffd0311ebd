// PNG files from memory to memory, through libpng. Text chunks carry a figure's provenance.
import CPNG
import ImageFiles

/// The bytes of a PNG file: 8 bits, grey or RGB, with the texts as tEXt chunks (iTXt where they are not ASCII). The
/// same picture and texts give the same bytes with the same libpng and zlib; no time is written.
///
/// A keyword has 1 to 79 printable ASCII characters, no space at its ends nor two in a row.
/// - Parameters:
///   - density: how many pixels make a metre where the picture is printed; 0 where nobody knows.
///   - shouldStop: asked before each row; an answer of true stops the work, which throws `interrupted`.
public func encodePNG(
  _ raster: Raster, text: [(keyword: String, value: String)] = [], density: Int = 0, shouldStop: () -> Bool = { false }
) throws(FigureError) -> [UInt8] {
  for (keyword, value) in text {
    if let reason = objection(toKeyword: keyword) ?? objection(toValue: value) {
      throw .unusableText(keyword: keyword, reason: reason)
    }
  }
  // All strings in one block, so that no pointer outlives the call.
  var block = [CChar]()
  var starts = [(keyword: Int, value: Int, international: Bool)]()
  for (keyword, value) in text {
    let keywordStart = block.count
    block += keyword.utf8.map { CChar(bitPattern: $0) } + [0]
    let valueStart = block.count
    block += value.utf8.map { CChar(bitPattern: $0) } + [0]
    starts.append((keywordStart, valueStart, !value.utf8.allSatisfy { $0 < 0x80 }))
  }
  var result = CPNGResult()
  let outcome = block.withUnsafeBufferPointer { strings in
    let texts = starts.compactMap { start in
      strings.baseAddress.map {
        CPNGText(
          keyword: $0 + start.keyword, value: $0 + start.value, international: start.international ? 1 : 0)
      }
    }
    return raster.pixels.withUnsafeBufferPointer { pixels in
      withoutActuallyEscaping(shouldStop) { shouldStop in
        withUnsafePointer(to: shouldStop) { question in
          cpng_write(
            pixels.baseAddress, UInt32(raster.width), UInt32(raster.height), Int32(raster.channels), texts,
            Int32(texts.count), UInt32(max(0, density)),
            { $0?.assumingMemoryBound(to: (() -> Bool).self).pointee() == true ? 1 : 0 }, question,
            &result)
        }
      }
    }
  }
  defer { cpng_free(&result) }
  guard outcome >= 0 else { throw .interrupted }
  guard outcome == 1 else { throw .pngNotWritten(reason: message(of: result)) }
  return Array(UnsafeBufferPointer(start: result.bytes, count: result.count))
}

/// The picture in a PNG file, as `ImageFiles` reads it.
public func decodePNG(_ bytes: [UInt8]) throws(FigureError) -> Raster {
  do throws(ImageFileError) {
    let image = try ImageFiles.decodePNG(bytes)
    return Raster(
      trusted: image.pixels, width: image.shape.width, height: image.shape.height, channels: image.shape.channels)
  } catch { throw error.ofPNG }
}

/// The text chunks of a PNG file, in their order. Refuses what `decodePNG` refuses.
public func textOfPNG(_ bytes: [UInt8]) throws(FigureError) -> [(keyword: String, value: String)] {
  do throws(ImageFileError) { return try ImageFiles.textOfPNG(bytes) } catch { throw error.ofPNG }
}

extension ImageFileError {
  fileprivate var ofPNG: FigureError {
    switch self {
    case .unknownFormat: .notPNG
    case .broken(let reason): .brokenPNG(reason: reason)
    case .tooLarge: .brokenPNG(reason: "the image is too large")
    case .notForScreens: .brokenPNG(reason: "its colours are not those of a PNG file")
    }
  }
}

private func message(of result: CPNGResult) -> String {
  let text = withUnsafeBytes(of: result.message) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
  return text.isEmpty ? "out of memory" : text
}

private func objection(toKeyword keyword: String) -> String? {
  let bytes = Array(keyword.utf8)
  guard (1...79).contains(bytes.count) else { return "the keyword must have 1 to 79 characters" }
  guard bytes.allSatisfy({ (0x20...0x7E).contains($0) }) else { return "the keyword must be printable ASCII" }
  let spacesAreSingle = zip(bytes, bytes.dropFirst()).allSatisfy { $0 != 0x20 || $1 != 0x20 }
  guard bytes.first != 0x20, bytes.last != 0x20, spacesAreSingle else {
    return "the keyword must not have a space at its ends, nor two in a row"
  }
  return nil
}

private func objection(toValue value: String) -> String? {
  value.utf8.contains(0) ? "the value contains a zero byte" : nil
}
