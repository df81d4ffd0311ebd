import Testing
import Text

/// The examples that NIST publishes for FIPS 180-4 and in its validation suite (SHAVS), and how bytes may come.
@Suite struct SHA256Tests {
  static let vectors: [(bytes: [UInt8], digest: String)] = [
    ([], "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    (Array("abc".utf8), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
      Array("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq".utf8),
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    ),
    (
      Array(
        "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu"
          .utf8), "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1"
    ),
    ([0xbd], "68325720aabd7c82f30f554b313d0570c95accbb7dc4b5aae11204c08ffe732b"),
    ([0xc9, 0x8c, 0x8e, 0x55], "7abc22c0ae5af26ce93dbb94433a0e0b2e119d014f8e7f65bd56c61ccccd9504"),
    (
      [UInt8](repeating: 0, count: 55), "02779466cdec163811d078815c633f21901413081449002f24aa3e80f0b88ef7"
    ),
    ([UInt8](repeating: 0, count: 56), "d4817aa5497628e7c77e6b606107042bbba3130888c5f47a375e6179be789fbb"),
    ([UInt8](repeating: 0, count: 57), "65a16cb7861335d5ace3c60718b5052e44660726da4cd13bb745381b235a1785"),
    ([UInt8](repeating: 0, count: 64), "f5a5fd42d16a20302798ef6ed309979b43003d2320d9f0e8ea9831a92759fb4b"),
    ([UInt8](repeating: 0x61, count: 1_000_000), "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"),
  ]

  @Test("published examples", arguments: vectors.indices) func published(index: Int) {
    #expect(SHA256.digest(of: Self.vectors[index].bytes).description == Self.vectors[index].digest)
  }

  @Test("bytes may come in pieces of any size, and a digest may be asked for in between") func pieces() {
    let bytes = (0..<1000).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 3) }
    let whole = SHA256.digest(of: bytes)
    for size in [1, 3, 63, 64, 65, 127, 500] {
      var hash = SHA256()
      for start in stride(from: 0, to: bytes.count, by: size) {
        hash.update(bytes[start..<min(start + size, bytes.count)])
        _ = hash.digest
      }
      #expect(hash.digest == whole)
    }
    var hash = SHA256()
    hash.update(AnySequence(bytes))
    #expect(hash.digest == whole)
  }

  @Test("a digest is read from its digits, and from nothing else") func digits() {
    let digest = SHA256.digest(of: "abc".utf8)
    let text = digest.description
    #expect(SHA256.Digest(text) == digest)
    for wrong in [
      "", String(text.dropLast()), text + "0", text.uppercased(), text.dropLast() + "g", text.dropLast() + "é",
    ] {
      #expect(SHA256.Digest(wrong) == nil, "\(wrong)")
    }
  }

  @Test("digests are ordered as their digits are") func order() {
    let digests = Self.vectors.map { SHA256.digest(of: $0.bytes) }
    #expect(digests.sorted().map(\.description) == digests.map(\.description).sorted())
    #expect(digests[1].bytes.prefix(3) == [0xba, 0x78, 0x16] && digests[1].bytes.count == 32)
  }
}
