import Datasets
import Foundation
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

  /// The archive or folder of Tiny ImageNet, or a part of it.
  static let tinyImageNet: String? = {
    guard let folder, case .found(let path) = KnownDataset.tinyImageNet.place(in: [folder]) else { return nil }
    return path
  }()
}

/// Facts about the published files, wherever $CLADEC_DATA has them.
@Suite struct RealDataTests {
  private func images(
    of known: KnownDataset, train: Int? = nil, size: Int = 32
  ) throws -> (train: LabelledImages, test: LabelledImages) {
    let source = try DatasetName.known(known).open(searching: [#require(RealData.folder)])
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

  @Test(.enabled(if: RealData.tinyImageNet != nil, "CLADEC_DATA names no folder with Tiny ImageNet"))
  func `Of Tiny ImageNet the first twenty classes have their counts, names and means`() throws {
    let source = try DatasetName.known(.tinyImageNet).open(searching: [#require(RealData.folder)])
    let train = try source.images(of: ImageSelection(.train, size: 64))
    let test = try source.images(of: ImageSelection(.test, size: 64))
    let classes = source.classes.count
    #expect(train.count == 500 * classes && test.count == 50 * classes)
    #expect(Array(train.labels.prefix(classes)) == (0..<UInt8(classes)).map { $0 })
    #expect(source.classes.contains("monarch") && source.identifiers.contains("n02279972"))
    guard classes == 20 else { return }
    #expect(source.classes.prefix(3) == ["monarch", "school bus", "pizza"])
    // Measured by others, over all pixels.
    for (channel, expected) in [0.4655, 0.4384, 0.3811].enumerated() {
      var sum = 0
      for place in stride(from: channel, to: train.bytes.count, by: 3) { sum += Int(train.bytes[place]) }
      #expect(abs(Double(sum) * 3 / Double(train.bytes.count) / 255 - expected) < 5e-5)
    }
  }

  /// Python with Pillow, where there is one.
  private static let pillow: String? = ["/usr/bin/python3", "/usr/local/bin/python3"].first { python in
    (try? output(of: python, ["-c", "import PIL.Image"])) != nil
  }

  private static func output(of program: String, _ arguments: [String]) throws -> [UInt8] {
    let (process, pipe) = (Process(), Pipe())
    process.executableURL = URL(filePath: program)
    process.arguments = arguments
    process.standardOutput = pipe
    process.standardError = FileHandle.nullDevice
    try process.run()
    let data = try pipe.fileHandleForReading.readToEnd() ?? Foundation.Data()
    process.waitUntilExit()
    struct Failed: Error {}
    guard process.terminationStatus == 0 else { throw Failed() }
    return Array(data)
  }

  @Test(
    .enabled(
      if: RealData.tinyImageNet?.hasSuffix(".tar") == true && pillow != nil,
      "there is no tar file of Tiny ImageNet, or no Pillow"))
  func `Pillow reads the same pixels, and scales them to within one`() throws {
    let script = """
      import io, sys, tarfile
      from PIL import Image
      tar = tarfile.open(sys.argv[1])
      names = tar.getnames()
      top = names[0].split('/')[0]
      wnids = tar.extractfile(top + '/wnids.txt').read().decode().split()
      for size in (64, 32):
        for rank in range(4):
          for wnid in wnids:
            name = sorted(n for n in names if n.startswith(f'{top}/train/{wnid}/images/') and n.endswith('.JPEG'))[rank]
            image = Image.open(io.BytesIO(tar.extractfile(name).read())).convert('RGB')
            sys.stdout.buffer.write(image.resize((size, size), Image.BILINEAR).tobytes())
      """
    let expected = try Self.output(of: #require(Self.pillow), ["-c", script, #require(RealData.tinyImageNet)])
    let source = try DatasetName.known(.tinyImageNet).open(searching: [#require(RealData.folder)])
    let count = 4 * source.classes.count
    let whole = try source.images(of: ImageSelection(.train, count: count, size: 64)).bytes
    let half = try source.images(of: ImageSelection(.train, count: count, size: 32)).bytes
    try #require(expected.count == whole.count + half.count)
    #expect(whole == Array(expected.prefix(whole.count)))
    #expect(zip(half, expected.dropFirst(whole.count)).allSatisfy { abs(Int($0) - Int($1)) <= 1 })
  }
}
