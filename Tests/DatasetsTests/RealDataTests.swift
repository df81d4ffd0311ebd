import Datasets
import Images
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The folder of real data sets, which is no part of the project.
enum RealData {
  static let folder: String? = getenv("CLADEC_DATA").map { String(cString: $0) }

  static func has(_ name: String) -> Bool {
    candidateFolders(for: name, in: folder.map { [$0] } ?? []).contains { access($0, R_OK) == 0 }
  }
}

/// Facts about the published files, wherever $CLADEC_DATA has them.
@Suite struct RealDataTests {
  private func images(
    of known: KnownDataset, train: Int? = nil, size: Int = 32
  ) throws -> (train: LabelledImages, test: LabelledImages) {
    let source = try known.open(searching: [#require(RealData.folder)])
    return try (
      source.images(of: ImageSelection(.train, count: train, size: size)),
      source.images(of: ImageSelection(.test, size: size))
    )
  }

  private func mean(_ images: LabelledImages) -> Double {
    Double(images.bytes.reduce(0) { $0 + Int($1) }) / Double(images.bytes.count) / 255
  }

  @Test(.enabled(if: RealData.has("fashion-mnist"), "CLADEC_DATA names no folder with Fashion-MNIST"))
  func `Fashion-MNIST has its counts, labels and means`() throws {
    let data = try images(of: .fashionMNIST, size: 28)
    #expect(data.train.count == 60_000 && data.test.count == 10_000)
    #expect(data.train.labels.prefix(10) == [9, 0, 0, 3, 0, 2, 7, 2, 5, 5])
    #expect(data.test.labels.prefix(10) == [9, 2, 1, 1, 6, 1, 4, 6, 5, 7])
    #expect(abs(mean(data.train) - 0.286041) < 5e-7 && abs(mean(data.test) - 0.286849) < 5e-7)
    let scaled = try images(of: .fashionMNIST, train: 100)
    #expect(scaled.train.count == 100 && scaled.test.bytes.count == 10_000 * 1024)
    #expect(abs(mean(scaled.test) - 0.286849) < 0.003)
  }

  @Test(.enabled(if: RealData.has("mnist"), "CLADEC_DATA names no folder with MNIST"))
  func `MNIST has its counts, labels and means`() throws {
    let data = try images(of: .mnist, size: 28)
    #expect(data.train.count == 60_000 && data.test.count == 10_000)
    #expect(data.train.labels.prefix(10) == [5, 0, 4, 1, 9, 2, 1, 3, 1, 4])
    #expect(data.test.labels.prefix(10) == [7, 2, 1, 0, 4, 1, 4, 9, 5, 9])
    #expect(abs(mean(data.train) - 0.130660) < 5e-7 && abs(mean(data.test) - 0.132515) < 5e-7)
  }
}
