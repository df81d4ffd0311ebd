import Foundation
import ImageFiles
import Testing
import Text

/// Reading PNG and JPEG, whole and broken.
@Suite struct DecodingTests {
  static let readable = Picture.all.keys.filter { $0 != "print" }.sorted()

  @Test(arguments: readable) func `Pixels are those that Pillow reads, to the bit`(name: String) throws {
    let picture = try #require(Picture.all[name])
    let image = try decodeImage(picture.bytes)
    #expect(image.shape.width == picture.width && image.shape.height == picture.height)
    #expect(image.shape.channels == (picture.isColour ? 3 : 1))
    #expect(image.pixels.count == image.shape.count)
    if !picture.digest.isEmpty {
      #expect(SHA256.digest(of: image.pixels).description == picture.digest)
    }
  }

  @Test(arguments: Picture.all.keys.sorted()) func `A header says what is in the file`(name: String) throws {
    let picture = try #require(Picture.all[name])
    let header = try #require(ImageHeader(picture.bytes))
    #expect(header.width == picture.width && header.height == picture.height)
    #expect(header.isColour == picture.isColour || name == "print")
    for count in picture.bytes.indices {
      // Where the beginning is not enough it says nothing, and nothing else.
      let start = ImageHeader(Array(picture.bytes[..<count]))
      #expect(start == nil || start == header)
    }
  }

  @Test func `Sixteen bits are scaled to eight`() throws {
    let picture = try #require(Picture.all["grey16"])
    let pixels = try decodeImage(picture.bytes).pixels
    // 0, 65535, 32769, 255, 256 and 32640 of 65535, each the nearest of 256.
    #expect(Array(pixels[..<6]) == [0, 255, 128, 1, 1, 127])
  }

  @Test func `Four colours of print are no colours of a screen`() throws {
    let picture = try #require(Picture.all["print"])
    #expect(throws: ImageFileError.notForScreens) { try decodeImage(picture.bytes) }
  }

  @Test(arguments: readable) func `A file that is cut off anywhere is refused`(name: String) throws {
    let bytes = try #require(Picture.all[name]).bytes
    for count in bytes.indices {
      #expect(throws: ImageFileError.self, "\(count) bytes of \(name)") { try decodeImage(Array(bytes[..<count])) }
    }
  }

  @Test(arguments: readable) func `Any changed byte gives pixels of the right number or an error`(name: String) throws {
    let bytes = try #require(Picture.all[name]).bytes
    for place in bytes.indices {
      for change: UInt8 in [1, 0x80, 0xFF] {
        var other = bytes
        other[place] ^= change
        guard let image = try? decodeImage(other) else { continue }
        #expect(image.pixels.count == image.shape.count)
      }
    }
  }

  @Test func `A header that claims an enormous picture is refused without taking the memory`() throws {
    var jpeg = try #require(Picture.all["colour"]).bytes
    let frame = try #require(jpeg.indices.first { jpeg[$0] == 0xFF && jpeg[$0 + 1] == 0xC0 })
    jpeg.replaceSubrange(frame + 5..<frame + 9, with: [0xEA, 0x60, 0xEA, 0x60])
    #expect(throws: ImageFileError.tooLarge(width: 60_000, height: 60_000)) { try decodeImage(jpeg) }
    var png = try #require(Picture.all["rgb"]).bytes
    png.replaceSubrange(16..<24, with: [0, 0, 0xEA, 0x60, 0, 0, 0xEA, 0x60])
    #expect(throws: ImageFileError.tooLarge(width: 60_000, height: 60_000)) { try decodeImage(png) }
  }

  @Test func `Scan after scan over one picture is not waited for`() throws {
    let bytes = try #require(Data(base64Encoded: Self.scans, options: .ignoreUnknownCharacters).map { Array($0) })
    #expect(throws: ImageFileError.broken(reason: "it has more than 64 scans")) { try decodeImage(bytes) }
    #expect(try decodeImage(#require(Picture.all["progressive"]).bytes).shape.width == 19)
  }

  @Test func `What leaves every pixel as it is may be in a file`() throws {
    let picture = try #require(Picture.all["colour"])
    // Bytes of nobody between two segments.
    let bytes = Array(picture.bytes[..<20]) + [0, 1, 2] + picture.bytes[20...]
    #expect(try decodeImage(bytes) == decodeImage(picture.bytes))
  }

  @Test func `Other formats are not read`() {
    for text in ["", "GIF89a", "RIFF....WEBP", "BM"] {
      #expect(throws: ImageFileError.unknownFormat) { try decodeImage(Array(text.utf8)) }
    }
  }

  /// 8×8 greys in 99 scans, each of one coefficient, made by jpegtran.
  private static let scans = """
    /9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAMCAgMCAgMDAwMEAwMEBQgFBQQEBQoHBwYIDAoMDAsKCwsNDhIQDQ4RDgsLEBYQERMUFRUVDA8XGB
    YUGBIUFRT/wgALCAAIAAgBAREA/8QAFAABAAAAAAAAAAAAAAAAAAAABf/aAAgBAQAAAABX/8QAFBABAAAAAAAAAAAAAAAAAAAABP/aAAgBAQAB
    AQE//8QAFBABAAAAAAAAAAAAAAAAAAAABf/aAAgBAQACAgEr/8QAFBABAAAAAAAAAAAAAAAAAAAABP/aAAgBAQADAwFf/8QAFBABAAAAAAAAAA
    AAAAAAAAAABf/aAAgBAQAEBAEj/8QAFBABAAAAAAAAAAAAAAAAAAAAA//aAAgBAQAFBQFP/8QAFBABAAAAAAAAAAAAAAAAAAAABP/aAAgBAQAG
    BgFn/8QAFBABAAAAAAAAAAAAAAAAAAAABP/aAAgBAQAHBwEn/8QAFBABAAAAAAAAAAAAAAAAAAAABf/aAAgBAQAICAEv/8QAFBABAAAAAAAAAA
    AAAAAAAAAABf/aAAgBAQAJCQFD/8QAFBABAAAAAAAAAAAAAAAAAAAABP/aAAgBAQAKCgFX/8QAFBABAAAAAAAAAAAAAAAAAAAABf/aAAgBAQAL
    CwEn/8QAFBABAAAAAAAAAAAAAAAAAAAAAv/aAAgBAQAMDAFf/8QAFBABAAAAAAAAAAAAAAAAAAAAAf/aAAgBAQANDQE//8QAFBABAAAAAAAAAA
    AAAAAAAAAAAv/aAAgBAQAODgF//8QAFBABAAAAAAAAAAAAAAAAAAAAA//aAAgBAQAPDwFP/8QAFBABAAAAAAAAAAAAAAAAAAAAA//aAAgBAQAQ
    EAEf/8QAFBABAAAAAAAAAAAAAAAAAAAAAf/aAAgBAQAREQF//8QAFBABAAAAAAAAAAAAAAAAAAAABP/aAAgBAQASEgEf/8QAFBABAAAAAAAAAA
    AAAAAAAAAABP/aAAgBAQATEwEn/8QAFBABAAAAAAAAAAAAAAAAAAAAA//aAAgBAQAUFAFv/8QAFBABAAAAAAAAAAAAAAAAAAAAA//aAAgBAQAV
    FQEf/8QAFBABAAAAAAAAAAAAAAAAAAAAAv/aAAgBAQAWFgE//8QAFBABAAAAAAAAAAAAAAAAAAAAAv/aAAgBAQAXFwF//8QAFBABAAAAAAAAAA
    AAAAAAAAAAAv/aAAgBAQAYGAF//8QAFBABAAAAAAAAAAAAAAAAAAAAAv/aAAgBAQAZGQFf/8QAFBABAAAAAAAAAAAAAAAAAAAAA//aAAgBAQAa
    GgEv/8QAFBABAAAAAAAAAAAAAAAAAAAAAv/aAAgBAQAbGwE//8QAFBABAAAAAAAAAAAAAAAAAAAAAP/aAAgBAQAcHAF//8QAFBABAAAAAAAAAA
    AAAAAAAAAABP/aAAgBAQAdHQFP/8QAFBABAAAAAAAAAAAAAAAAAAAAAv/aAAgBAQAeHgEf/8QAFBABAAAAAAAAAAAAAAAAAAAAAf/aAAgBAQAf
    HwF//8QAFBABAAAAAAAAAAAAAAAAAAAAAP/aAAgBAQAgIAF//8QAFBABAAAAAAAAAAAAAAAAAAAAAf/aAAgBAQAhIQF//8QAFBABAAAAAAAAAA
    AAAAAAAAAAAP/aAAgBAQAiIgF//8QAFBABAAAAAAAAAAAAAAAAAAAAAv/aAAgBAQAjIwEf/8QAFBABAAAAAAAAAAAAAAAAAAAAAv/aAAgBAQAk
    JAF//8QAFBABAAAAAAAAAAAAAAAAAAAAAP/aAAgBAQAlJQF//8QAFBABAAAAAAAAAAAAAAAAAAAAA//aAAgBAQAmJgFf/8QAFBABAAAAAAAAAA
    AAAAAAAAAAAv/aAAgBAQAnJwE//8QAFBABAAAAAAAAAAAAAAAAAAAAAf/aAAgBAQAoKAE//8QAFBABAAAAAAAAAAAAAAAAAAAAAf/aAAgBAQAp
    KQF//8QAFBABAAAAAAAAAAAAAAAAAAAAA//aAAgBAQAqKgF//8QAFBABAAAAAAAAAAAAAAAAAAAAAv/aAAgBAQArKwE//8QAFBABAAAAAAAAAA
    AAAAAAAAAAAv/aAAgBAQAsLAE//8QAFBABAAAAAAAAAAAAAAAAAAAAAv/aAAgBAQAtLQFf/8QAFBABAAAAAAAAAAAAAAAAAAAAAv/aAAgBAQAu
    LgEf/8QAFBABAAAAAAAAAAAAAAAAAAAAAf/aAAgBAQAvLwE//8QAFBABAAAAAAAAAAAAAAAAAAAAAf/aAAgBAQAwMAE//8QAFBABAAAAAAAAAA
    AAAAAAAAAAAP/aAAgBAQAxMQF//8QAFBABAAAAAAAAAAAAAAAAAAAAAf/aAAgBAQAyMgF//8QAFBABAAAAAAAAAAAAAAAAAAAAAf/aAAgBAQAz
    MwF//8QAFBABAAAAAAAAAAAAAAAAAAAAAf/aAAgBAQA0NAE//8QAFBABAAAAAAAAAAAAAAAAAAAAAv/aAAgBAQA1NQF//8QAFBABAAAAAAAAAA
    AAAAAAAAAAAv/aAAgBAQA2NgF//8QAFBABAAAAAAAAAAAAAAAAAAAAAP/aAAgBAQA3NwF//8QAFBABAAAAAAAAAAAAAAAAAAAAAP/aAAgBAQA4
    OAF//8QAFBABAAAAAAAAAAAAAAAAAAAAAv/aAAgBAQA5OQFf/8QAFBABAAAAAAAAAAAAAAAAAAAAAv/aAAgBAQA6OgF//8QAFBABAAAAAAAAAA
    AAAAAAAAAAAv/aAAgBAQA7OwE//8QAFBABAAAAAAAAAAAAAAAAAAAAAP/aAAgBAQA8PAF//8QAFBABAAAAAAAAAAAAAAAAAAAAAf/aAAgBAQA9
    PQE//8QAFBABAAAAAAAAAAAAAAAAAAAAAv/aAAgBAQA+PgEf/8QAFBABAAAAAAAAAAAAAAAAAAAAAv/aAAgBAQA/PwE//8QAFBABAAAAAAAAAA
    AAAAAAAAAAAP/aAAgBAQABARA//8QAFBABAAAAAAAAAAAAAAAAAAAAAP/aAAgBAQACAhB//8QAFBABAAAAAAAAAAAAAAAAAAAAAP/aAAgBAQAD
    AxA//8QAFBABAAAAAAAAAAAAAAAAAAAAAP/aAAgBAQAEBBA//8QAFBABAAAAAAAAAAAAAAAAAAAAAP/aAAgBAQAFBRB//8QAFBABAAAAAAAAAA
    AAAAAAAAAAAP/aAAgBAQAGBhB//8QAFBABAAAAAAAAAAAAAAAAAAAAAP/aAAgBAQAHBxA//8QAFBABAAAAAAAAAAAAAAAAAAAAAP/aAAgBAQAI
    CBB//8QAFBABAAAAAAAAAAAAAAAAAAAAAP/aAAgBAQAJCRB//8QAFBABAAAAAAAAAAAAAAAAAAAAAP/aAAgBAQAKChB//8QAFBABAAAAAAAAAA
    AAAAAAAAAAAP/aAAgBAQALCxA//8QAFBABAAAAAAAAAAAAAAAAAAAAAP/aAAgBAQAMDBB//8QAFBABAAAAAAAAAAAAAAAAAAAAAP/aAAgBAQAN
    DRB//8QAFBABAAAAAAAAAAAAAAAAAAAAAP/aAAgBAQAODhB//8QAFBABAAAAAAAAAAAAAAAAAAAAAP/aAAgBAQAPDxB//8QAFBABAAAAAAAAAA
    AAAAAAAAAAAP/aAAgBAQAQEBA//8QAFBABAAAAAAAAAAAAAAAAAAAAAP/aAAgBAQARERB//8QAFBABAAAAAAAAAAAAAAAAAAAAAP/aAAgBAQAS
    EhA//8QAFBABAAAAAAAAAAAAAAAAAAAAAP/aAAgBAQATExA//8QAFBABAAAAAAAAAAAAAAAAAAAAAP/aAAgBAQAUFBA//8QAFBABAAAAAAAAAA
    AAAAAAAAAAAP/aAAgBAQAVFRB//8QAFBABAAAAAAAAAAAAAAAAAAAAAP/aAAgBAQAWFhB//8QAFBABAAAAAAAAAAAAAAAAAAAAAP/aAAgBAQAX
    FxB//8QAFBABAAAAAAAAAAAAAAAAAAAAAP/aAAgBAQAYGBB//8QAFBABAAAAAAAAAAAAAAAAAAAAAP/aAAgBAQAZGRA//8QAFBABAAAAAAAAAA
    AAAAAAAAAAAP/aAAgBAQAaGhA//8QAFBABAAAAAAAAAAAAAAAAAAAAAP/aAAgBAQAbGxB//8QAFBABAAAAAAAAAAAAAAAAAAAAAf/aAAgBAQAc
    HBB//8QAFBABAAAAAAAAAAAAAAAAAAAAAP/aAAgBAQAdHRB//8QAFBABAAAAAAAAAAAAAAAAAAAAAP/aAAgBAQAeHhB//8QAFBABAAAAAAAAAA
    AAAAAAAAAAAP/aAAgBAQAfHxB//8QAFBABAAAAAAAAAAAAAAAAAAAAAP/aAAgBAQAgIBB//8QAFBABAAAAAAAAAAAAAAAAAAAAAP/aAAgBAQAh
    IRB//8QAFBABAAAAAAAAAAAAAAAAAAAAAf/aAAgBAQAiIhB//8QAFBABAAAAAAAAAAAAAAAAAAAAAP/aAAgBAQAjIxA//9k=
    """
}
