import Datasets
import Foundation
import Images
import Testing

/// Finding the four files and reading them as one data set.
@Suite struct LoadingTests {
  /// A folder of files in memory: three training images and two test images of 28×28.
  var disk: [String: [UInt8]] {
    let train = (0..<3).flatMap { [UInt8](repeating: UInt8($0 + 1), count: 784) }
    let test = (0..<2).flatMap { [UInt8](repeating: UInt8($0 + 101), count: 784) }
    return [
      "/d/mnist/train-images-idx3-ubyte.gz": Files.gzipped(Files.images(train, height: 28, width: 28)),
      "/d/mnist/train-labels-idx1-ubyte": Files.labels([7, 8, 9]),
      "/d/mnist/t10k-images-idx3-ubyte": Files.images(test, height: 28, width: 28),
      "/d/mnist/t10k-labels-idx1-ubyte.gz": Files.gzipped(Files.labels([4, 5])),
    ]
  }

  func open(
    _ known: KnownDataset = .mnist, in disk: [String: [UInt8]], folders: [String] = ["/d"]
  ) throws(DatasetError) -> any DatasetSource {
    try DatasetName.known(known).open(searching: folders) { (path) throws(DatasetError) -> [UInt8]? in disk[path] }
  }

  func load(
    _ known: KnownDataset = .mnist, from disk: [String: [UInt8]], in folders: [String] = ["/d"], train: Int? = nil,
    test: Int? = nil, classes: [Int]? = nil, size: Int = 32
  ) throws(DatasetError) -> (train: LabelledImages, test: LabelledImages) {
    let source = try open(known, in: disk, folders: folders)
    let selections = [(Split.train, train), (.test, test)].map {
      ImageSelection($0.0, classes: classes, count: $0.1, size: size)
    }
    let (train, test) = try (source.images(of: selections[0]), source.images(of: selections[1]))
    // What is said without decoding is what is there.
    let counts = try selections.map { (selection) throws(DatasetError) in try source.count(of: selection) }
    #expect(counts == [train.count, test.count])
    return (train, test)
  }

  @Test func `Four files, gzipped or not, make a data set`() throws {
    let data = try load(from: disk)
    #expect(try open(in: disk).classes == ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"])
    #expect(data.train.labels == [7, 8, 9] && data.test.labels == [4, 5])
    #expect(data.train.shape == Shape(channels: 1, height: 32, width: 32) && data.train.classes == 10)
    #expect(data.train.bytes(of: 2) == [UInt8](repeating: 3, count: 1024))
    #expect(data.test.bytes(of: 0) == [UInt8](repeating: 101, count: 1024))
    #expect(data.train.factors == nil)
  }

  @Test func `Decompressing and scaling are told of, and are broken off wherever an answer says so`() throws {
    let source = try open(in: disk)
    for (split, shares) in [(Split.train, [0.5, 1]), (.test, [1])] {
      for limit in 1...shares.count {
        var told: [Double] = []
        #expect(throws: DatasetError.interrupted) {
          _ = try source.images(of: ImageSelection(split)) { share in
            told.append(share)
            return told.count < limit
          }
        }
        #expect(zip(told, shares).allSatisfy { abs($0 - $1) < 1e-2 } && told.count == limit)
      }
    }
  }

  @Test func `Of larger images fewer are drawn between two questions`() throws {
    for (size, questions) in [(32, 1), (64, 4), (256, 64)] {
      var asked = 0
      _ = try Garments().images(of: ImageSelection(.test, count: 256, size: size)) { _ in
        asked += 1
        return true
      }
      #expect(asked == questions)
    }
  }

  @Test func `The first images are taken where fewer are asked for`() throws {
    let data = try load(from: disk, train: 2, test: 1, size: 16)
    #expect(data.train.labels == [7, 8] && data.test.labels == [4])
    #expect(data.train.bytes == [UInt8](repeating: 1, count: 256) + [UInt8](repeating: 2, count: 256))
  }

  @Test func `More images than there are is an error that says how many there are`() {
    #expect(throws: DatasetError.tooFewImages(name: "mnist", split: .train, asked: 4, available: 3)) {
      try load(from: disk, train: 4)
    }
    #expect(throws: DatasetError.tooFewImages(name: "mnist", split: .test, asked: 3, available: 2)) {
      try load(from: disk, test: 3)
    }
  }

  @Test func `Counts and sizes that make no sense are refused`() {
    for name in [KnownDataset.garments, .mnist] {
      #expect(throws: DatasetError.unusableCount(split: .train, asked: 0)) { try load(name, from: disk, train: 0) }
      #expect(throws: DatasetError.unusableCount(split: .test, asked: -1)) { try load(name, from: disk, test: -1) }
      for size in [7, 257, -1, Int.max] {
        #expect(throws: DatasetError.unusableSize(asked: size, allowed: 8...256)) {
          try load(name, from: disk, size: size)
        }
      }
      #expect(throws: DatasetError.tooMuchMemory(split: .train, images: .max, size: 32, limit: 1 << 30)) {
        try load(name, from: disk, train: .max)
      }
    }
  }

  @Test func `Not found tells the folders and the four files`() {
    let files = [
      "train-images-idx3-ubyte", "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte",
    ]
    let error = DatasetError.notFound(
      name: "fashion-mnist", folders: ["/d/fashion-mnist", "e/fashion-mnist"], files: files)
    #expect(throws: error) { try open(.fashionMNIST, in: disk, folders: ["/d/", "e"]) }
    for part in files + ["/d/fashion-mnist", "e/fashion-mnist", "--data", "CLADEC_DATA"] {
      #expect(error.help.contains(part))
    }
  }

  @Test func `A folder with some of the files is named, with the missing ones`() {
    for missing in disk.keys {
      var rest = disk
      rest[missing] = nil
      let name = missing.dropFirst("/d/mnist/".count).prefix { $0 != "." }
      #expect(throws: DatasetError.incomplete(name: "mnist", folder: "/d/mnist", missing: [String(name)])) {
        try load(from: rest)
      }
    }
  }

  @Test func `The first folder that holds the files is taken`() throws {
    var both = disk
    for (path, bytes) in disk { both["/e" + path.dropFirst(2)] = bytes }
    both["/e/mnist/train-labels-idx1-ubyte"] = Files.labels([1, 1, 1])
    #expect(try load(from: both, in: ["/none", "/e", "/d"]).train.labels == [1, 1, 1])
    #expect(try load(from: both, in: ["/d", "/e"]).train.labels == [7, 8, 9])
  }

  @Test func `Images and labels that disagree are both named`() {
    var wrong = disk
    wrong["/d/mnist/train-labels-idx1-ubyte"] = Files.labels([1, 2])
    #expect(
      throws: DatasetError.countsDisagree(
        imageFile: "/d/mnist/train-images-idx3-ubyte.gz", images: 3, labelFile: "/d/mnist/train-labels-idx1-ubyte",
        labels: 2)
    ) { try load(from: wrong) }
  }

  @Test func `A broken file is named even where few images are asked for`() {
    var broken = disk
    broken["/d/mnist/t10k-images-idx3-ubyte"]?.removeLast()
    #expect(
      throws: DatasetError.truncated(file: "/d/mnist/t10k-images-idx3-ubyte", length: 1583, expected: 1584)
    ) { try load(from: broken, train: 1, test: 1) }
  }

  @Test func `Garments need no files`() throws {
    let data = try load(.garments, from: [:], in: [], train: 3, test: 2, size: 16)
    #expect(data.train.count == 3 && data.test.count == 2 && data.train.shape.width == 16)
    #expect(data.test.bytes(of: 1) == Garments.image(index: 1, split: .test, size: 16).pixels)
  }

  @Test func `Data folders come in order, each once`() {
    let environment = ["CLADEC_DATA": "/env", "XDG_DATA_HOME": "/share", "HOME": "/home/me"]
    #expect(dataFolders(option: "dir", environment: environment) == ["dir", "/env", "/share/cladec"])
    #expect(dataFolders(option: "/env", environment: environment) == ["/env", "/share/cladec"])
    #expect(dataFolders(option: nil, environment: ["HOME": "/home/me"]) == ["/home/me/.local/share/cladec"])
    #expect(
      dataFolders(option: "", environment: ["CLADEC_DATA": "", "XDG_DATA_HOME": "relative", "HOME": "/h/"])
        == ["/h/.local/share/cladec"])
    #expect(dataFolders(option: nil, environment: [:]) == [])
    #expect(candidateFolders(for: "mnist", in: ["/a", "b/"]) == ["/a/mnist", "b/mnist"])
  }

  @Test func `Classes that are kept are numbered anew, and the first images of them come`() throws {
    let two = try load(from: disk, classes: [5, 7, 9], size: 8)
    #expect(two.train.labels == [1, 2] && two.test.labels == [1 - 1])
    #expect(two.train.classes == 3 && two.train.bytes(of: 1) == [UInt8](repeating: 3, count: 64))
    #expect(try load(from: disk, train: 1, classes: [5, 9], size: 8).train.bytes == [UInt8](repeating: 3, count: 64))
    #expect(throws: DatasetError.tooFewImages(name: "mnist", split: .train, asked: 3, available: 2)) {
      try load(from: disk, train: 3, classes: [5, 7, 9])
    }
    let garments = try load(.garments, from: [:], train: 25, test: 7, classes: [3, 8])
    #expect(garments.train.count == 25 && Set(garments.train.labels) == [0, 1])
    let all = try load(.garments, from: [:], train: 130, test: 40)
    let kept = all.train.labels.indices.filter { [3, 8].contains(all.train.labels[$0]) }.prefix(25)
    #expect(garments.train.pixels == all.train.selecting(kept).pixels)
    #expect(try Garments().count(of: ImageSelection(.train, classes: [3, 8])) == 2000)
  }

  @Test func `Few images are read where little is asked for, whatever the file holds`() throws {
    var disk = disk
    // The end is missing, behind the two images that are asked for.
    disk["/d/mnist/train-images-idx3-ubyte.gz"]?.removeLast(700)
    #expect(try load(from: disk, train: 2).train.labels == [7, 8])
    #expect(throws: DatasetError.self) { try load(from: disk) }
  }

  @Test func `What is drawn is known by what draws it, what is read is not`() throws {
    #expect(try open(in: disk).drawing(of: ImageSelection(.train)) == nil)
    let selections = [
      ImageSelection(.train), ImageSelection(.test), ImageSelection(.train, size: 16),
      ImageSelection(.train, classes: [1, 2]),
    ]
    let drawings = [1, 1 << 40].flatMap { seed in selections.map { Garments(seed: seed).drawing(of: $0) } }
    #expect(Set(drawings).count == 8 && !drawings.contains(nil))
    #expect(Garments().drawing(of: ImageSelection(.train, count: 3)) == drawings[0])
    #expect(Garments().drawing(of: ImageSelection(.train, classes: Array(0...9))) == drawings[0])
  }

  @Test func `A file that is not there is nothing, and only regular files are read`() throws {
    #expect(try readFile("/nonexistent/file") == nil)
    #expect(throws: DatasetError.notAFile("/")) { try readFile("/") }
    #expect(throws: DatasetError.notAFile("/dev/zero")) { try readFile("/dev/zero") }
    let pipe = FileManager.default.temporaryDirectory.appending(path: "pipe-\(UUID().uuidString)").path
    try #require(mkfifo(pipe, 0o600) == 0)
    defer { unlink(pipe) }
    #expect(throws: DatasetError.notAFile(pipe)) { try readFile(pipe) }
  }

  @Test func `A file larger than the limit is refused before it is read`() throws {
    let file = FileManager.default.temporaryDirectory.appending(path: "large-\(UUID().uuidString)").path
    try #require(FileManager.default.createFile(atPath: file, contents: nil) && truncate(file, 1 << 30) == 0)
    defer { unlink(file) }
    #expect(throws: DatasetError.tooLarge(file: file, limit: 1 << 28)) { try readFile(file) }
  }
}
