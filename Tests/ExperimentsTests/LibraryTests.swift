import Datasets
import Experiments
import Host
import Images
import Testing

/// What images from files and drawn ones are known by.
@Suite struct LibraryTests {
  /// MNIST's four files, in a folder: twelve images of 4×4 to learn from and six to test.
  static func files(folder: String, changing change: (String, Int)? = nil) -> [String: [UInt8]] {
    func word(_ number: UInt32) -> [UInt8] { (0..<4).map { UInt8(truncatingIfNeeded: number >> (24 - 8 * $0)) } }
    var files: [String: [UInt8]] = [:]
    for (name, count) in [("train", 12), ("t10k", 6)] {
      let pixels = (0..<count * 16).map { UInt8(truncatingIfNeeded: $0 &* 37) }
      files["\(folder)/\(name)-images-idx3-ubyte"] = word(0x803) + word(UInt32(count)) + word(4) + word(4) + pixels
      files["\(folder)/\(name)-labels-idx1-ubyte"] =
        word(0x801) + word(UInt32(count)) + (0..<count).map { UInt8($0 % 3) }
    }
    if let (name, offset) = change { files["\(folder)/\(name)"]?[offset] ^= 1 }
    return files
  }

  static func library(_ files: [String: [UInt8]]) -> Library {
    Library(folders: ["/data"]) { path throws(DatasetError) in files[path] }
  }

  private func digests(_ files: [String: [UInt8]], _ known: KnownDataset = .mnist) throws -> [String] {
    let library = Self.library(files)
    let facts = try library.facts(DatasetRequest(known, size: 8))
    return [(Split.train, 0..<12), (.train, 0..<8), (.train, 8..<12), (.test, 0..<6)].map {
      library.images(facts, $0.0, .range($0.1)).digest.description
    }
  }

  @Test("one changed byte changes the digests of the images that hold it, and no others") func oneByte() throws {
    let first = try digests(Self.files(folder: "/data/mnist"))
    #expect(Set(first).count == 4)
    func changed(_ file: String, _ offset: Int) throws -> [Int] {
      let other = try digests(Self.files(folder: "/data/mnist", changing: (file, offset)))
      return zip(first, other).enumerated().filter { $1.0 != $1.1 }.map(\.offset)
    }
    #expect(try changed("train-images-idx3-ubyte", 16 + 3) == [0, 1])
    #expect(try changed("train-images-idx3-ubyte", 16 + 9 * 16) == [0, 2])
    #expect(try changed("train-labels-idx1-ubyte", 8 + 11) == [0, 2])
    #expect(try changed("t10k-images-idx3-ubyte", 16 + 5 * 16 + 15) == [3])
  }

  @Test("where files lie and what the data set is called makes no difference") func moved() throws {
    #expect(
      try digests(Self.files(folder: "/data/mnist"))
        == digests(Self.files(folder: "/data/fashion-mnist"), .fashionMNIST))
  }

  @Test("drawn images are known by seed, size, split, classes and numbers, without being drawn") func drawn() throws {
    let library = Library()
    func digest(_ request: DatasetRequest, _ split: Split = .train, _ range: Range<Int> = 0..<20) throws -> String {
      library.images(try library.facts(request), split, .range(range)).digest.description
    }
    let all = try [
      digest(DatasetRequest(.garments)), digest(DatasetRequest(.garments, seed: 2)),
      digest(DatasetRequest(.garments, size: 16)), digest(DatasetRequest(.garments, classes: [1, 2])),
      digest(DatasetRequest(.garments), .test), digest(DatasetRequest(.garments), .train, 0..<19),
      digest(DatasetRequest(.garments), .train, 1..<20),
    ]
    #expect(Set(all).count == all.count)
    #expect(try digest(DatasetRequest(.garments, counts: [.train: 20])) == all[0])
  }

  @Test("the images are those of the selection") func selection() throws {
    let library = Self.library(Self.files(folder: "/data/mnist"))
    let facts = try library.facts(DatasetRequest(.mnist, size: 8, classes: [0, 2]))
    #expect(facts.classes == ["0", "2"] && facts.count(.train) == 8 && facts.count(.test) == 4)
    let job = library.images(facts, .train, .range(2..<5))
    let images = try Executor(on: .here, library: library).value(of: job)
    #expect(images.labels == [0, 1, 0] && images.shape == facts.shape && job.count == 3)
  }

  @Test("reading is stopped wherever it is, and goes on as if it had not begun")
  func stoppedAnywhere() throws {
    let files = Self.files(folder: "/data/mnist")
    let expected = try digests(files)
    for limit in 1...4 {
      let library = Self.library(files)
      var asked = 0
      #expect(throws: DatasetError.interrupted, "at question \(limit)") {
        _ = try library.facts(DatasetRequest(.mnist, size: 8)) { _ in
          asked += 1
          return asked < limit
        }
      }
      #expect(asked == limit)
      let facts = try library.facts(DatasetRequest(.mnist, size: 8))
      #expect(library.images(facts, .train, .range(0..<12)).digest.description == expected[0])
      #expect(library.images(facts, .test, .range(0..<6)).digest.description == expected[3])
    }
  }

  @Test("reading and drawing are watched and can be stopped") func stopped() throws {
    let files = Self.files(folder: "/data/mnist")
    var fractions: [Double] = []
    let reading = Executor(
      on: .here, library: Self.library(files),
      watch: { progress in
        fractions.append(progress.fraction)
        return fractions.count < 2
      })
    #expect(throws: JobError.interrupted) { try reading.facts(DatasetRequest(.mnist, size: 8)) }
    // A split is half of the work: its images, which are scaled after a half of that, are three quarters, their digest
    // is the rest.
    #expect(fractions == [0.375, 0.5])
    fractions = []
    let library = Library()
    let facts = try library.facts(DatasetRequest(.garments, size: 8, counts: [.train: 600]))
    let drawing = Executor(
      on: .here, library: library,
      watch: { progress in
        fractions.append(progress.fraction)
        return progress.fraction < 0.5
      })
    let job = library.images(facts, .train, .range(0..<10))
    #expect(throws: JobError.interrupted) { try drawing.make([job]) }
    #expect(fractions.count == 3 && fractions.last == 512 / 600)
    #expect(!drawing.store.has(job))
  }
}
