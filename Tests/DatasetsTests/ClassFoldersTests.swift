import Datasets
import Foundation
import Images
import Testing

/// A folder for each class, as anybody has it.
@Suite struct ClassFoldersTests {
  private func png(_ grey: UInt8) -> [UInt8] { PictureFolder.png(grey) }

  /// Two classes with three training images and one test image each.
  private var splits: [String: [UInt8]] {
    [
      "train/cat/b.png": png(12), "train/cat/a.png": png(11), "train/cat/c.PNG": png(13),
      "train/Dog/1.png": png(21), "train/Dog/10.png": png(22), "train/Dog/2.png": png(23),
      "test/cat/x.png": png(14), "test/Dog/y.png": png(24),
    ]
  }

  @Test func `Classes and images come by their names' bytes, class after class in turn`() throws {
    let data = try PictureFolder(splits).open()
    #expect(data.classes == ["Dog", "cat"] && data.channels == 1 && !data.isHeldOut)
    let train = try data.load(.train)
    #expect(train.labels == [0, 1, 0, 1, 0, 1] && train.classes == 2)
    #expect(train.firstValues == [21, 11, 22, 12, 23, 13])
    #expect(try data.load(.test).firstValues == [24, 14])
    #expect(try data.load(.train, count: 3).firstValues == [21, 11, 22])
    let cats = try data.load(.train, classes: [1], count: 2)
    #expect(cats.firstValues == [11, 12] && cats.labels == [0, 0] && cats.classes == 1)
    #expect(throws: DatasetError.self) { try data.load(.train, classes: [1], count: 4) }
  }

  @Test func `Validation images are the test split where there is no other`() throws {
    var files = splits
    for (name, bytes) in splits where name.hasPrefix("test/") {
      files[name] = nil
      files["val/" + name.dropFirst(5)] = bytes
    }
    #expect(try PictureFolder(files).open().load(.test).firstValues == [24, 14])
    files["test/cat/z.png"] = png(99)
    files["test/Dog/z.png"] = png(98)
    #expect(try PictureFolder(files).open().load(.test).firstValues == [98, 99])
  }

  @Test func `What is no picture and what is hidden is passed over`() throws {
    var files = splits
    for name in [
      "readme.txt", "train/notes.csv", "train/cat/list.txt", "train/cat/.hidden.png", "train/.cache/a.png",
      "__MACOSX/train/cat/a.png", "train/cat/noending",
    ] { files[name] = [1, 2, 3] }
    let data = try PictureFolder(files).open()
    #expect(data.classes == ["Dog", "cat"])
    #expect(try data.load(.train).firstValues == [21, 11, 22, 12, 23, 13])
  }

  @Test func `Pictures may lie deeper, and behind links`() throws {
    let folder = PictureFolder(splits)
    folder["train/cat/more/deep/d.png"] = png(15)
    try FileManager.default.createSymbolicLink(
      atPath: folder.path + "/train/cat/e.png", withDestinationPath: folder.path + "/test/cat/x.png")
    // A link to a folder above leads round and round.
    try FileManager.default.createSymbolicLink(
      atPath: folder.path + "/test/cat/round", withDestinationPath: folder.path + "/test/cat")
    #expect(try folder.open().load(.train, classes: [1]).firstValues == [11, 12, 13, 14, 15])
    #expect(Set(try folder.open().load(.test, classes: [1]).firstValues) == [14])
  }

  @Test func `One colour picture makes all of them colour, and grey ones are repeated`() throws {
    var files = splits
    files["test/cat/x.png"] = PictureFolder.png(1, 2, 3)
    let data = try PictureFolder(files).open()
    #expect(data.channels == 3)
    #expect(Array(try data.load(.train).bytes(of: 1)[..<6]) == [11, 11, 11, 11, 11, 11])
    #expect(Array(try data.load(.test).bytes(of: 1)[..<6]) == [1, 2, 3, 1, 2, 3])
  }

  @Test func `Pictures of any size are cut to the square in their middle and scaled`() throws {
    var files = splits
    files["train/Dog/1.png"] = PictureFolder.png(77, width: 300, height: 20)
    files["test/Dog/y.png"] = PictureFolder.png(78, width: 3, height: 5)
    let data = try PictureFolder(files).open()
    #expect(try data.load(.train, size: 16).bytes(of: 0) == [UInt8](repeating: 77, count: 256))
    #expect(try data.load(.test, size: 16).bytes(of: 0) == [UInt8](repeating: 78, count: 256))
  }

  // MARK: a share held out

  /// Ten cats and five dogs, every grey once.
  private var unsplit: [String: [UInt8]] {
    var files: [String: [UInt8]] = [:]
    for number in 0..<10 { files["cat/\(number).png"] = png(UInt8(number)) }
    for number in 0..<5 { files["dog/\(number).png"] = png(UInt8(100 + number)) }
    return files
  }

  @Test func `Without test images a share of each class is held out, each image once`() throws {
    let data = try PictureFolder(unsplit).open()
    #expect(data.isHeldOut && data.classes == ["cat", "dog"])
    let (train, test) = try (data.load(.train), data.load(.test))
    #expect(test.labels.sorted() == [0, 0, 1] && train.count == 12)
    #expect(Set(train.firstValues + test.firstValues) == Set(0..<10).union(100..<105))
  }

  @Test func `The share and the seed decide, and nothing else`() throws {
    func test(seed: UInt64 = 1, holdout: Double = 0.4, _ files: [String: [UInt8]]? = nil) throws -> [UInt8] {
      try PictureFolder(files ?? unsplit).open(seed: seed, holdout: holdout).load(.test).firstValues
    }
    let first = try test()
    #expect(try test() == first && first.count == 6)
    #expect(Set(try (1...4).map { try test(seed: $0) }).count > 1)
    // A smaller share is a part of a larger one, and an image more moves at most one of the others.
    #expect(Set(first).isSuperset(of: try test(holdout: 0.2)))
    var more = unsplit
    more["cat/new.png"] = png(50)
    #expect(Set(try test(more)).intersection(first).count >= 5)
    // At least one image of each class is on each side.
    #expect(try test(holdout: 0.01).count == 2 && test(holdout: 0.99).count == 13)
    // These are the ones, on every machine.
    #expect(first == [4, 101, 5, 102, 6, 9])
  }

  @Test func `A class of one image cannot be divided`() {
    var files = unsplit
    files["bird/1.png"] = png(1)
    let folder = PictureFolder(files)
    #expect(throws: DatasetError.tooFewToSplit(folder: "\(folder.path)/bird", count: 1)) { try folder.open() }
  }

  // MARK: what is wrong

  @Test func `Classes that do not match are named`() {
    let folder = PictureFolder(splits)
    folder["test/cats/x.png"] = png(1)
    #expect(throws: DatasetError.strangeClass(folder: "\(folder.path)/test/cats", known: ["Dog", "cat"])) {
      try folder.open()
    }
    folder["test/cats"] = nil
    folder["test/cat"] = nil
    #expect(throws: DatasetError.emptyClass(folder: "\(folder.path)/test/cat")) { try folder.open() }
    folder["test/cat/notes.txt"] = [1]
    #expect(throws: DatasetError.emptyClass(folder: "\(folder.path)/test/cat")) { try folder.open() }
  }

  @Test func `An empty class, a single class, no class and too many are refused`() throws {
    let folder = PictureFolder(splits)
    try FileManager.default.createDirectory(atPath: folder.path + "/train/bird", withIntermediateDirectories: true)
    #expect(throws: DatasetError.emptyClass(folder: "\(folder.path)/train/bird")) { try folder.open() }
    let single = PictureFolder(["train/cat/1.png": png(1), "test/cat/1.png": png(1)])
    #expect(throws: DatasetError.oneClass(folder: "\(single.path)/", name: "cat")) { try single.open() }
    let none = PictureFolder(["a.png": png(1)])
    #expect(throws: DatasetError.noClasses(folder: "\(none.path)/")) { try none.open() }
    let many = PictureFolder()
    for number in 0..<256 { for image in 0...1 { many["\(number)/\(image).png"] = [0] } }
    #expect(try many.open().classes.count == 256)
    for number in 256..<300 { many["\(number)/0.png"] = [0] }
    #expect(throws: DatasetError.tooManyClasses(folder: "\(many.path)/", count: 300, limit: 256)) { try many.open() }
  }

  @Test func `Broken, huge and strange files are named, with what is wrong`() throws {
    func error(_ bytes: [UInt8], _ name: String = "train/Dog/10.png") throws -> DatasetError? {
      let folder = PictureFolder(splits)
      folder[name] = bytes
      do throws(DatasetError) { _ = try folder.open().load(.train) } catch { return error.inFolder(folder.path) }
      return nil
    }
    let whole = PictureFolder.png(1)
    #expect(
      try error(Array(whole.dropLast(20)))
        == .brokenPicture(file: "/train/Dog/10.png", reason: "the file ends too early"))
    var huge = whole
    huge.replaceSubrange(16..<24, with: [0, 0, 0xEA, 0x60, 0, 0, 0xEA, 0x60])
    #expect(
      try error(huge)
        == .pictureTooLarge(file: "/train/Dog/10.png", width: 60_000, height: 60_000, limit: 1 << 26))
    #expect(try error([]) == .otherFormat(file: "/train/Dog/10.png"))
    #expect(try error(Array("GIF89a".utf8)) == .otherFormat(file: "/train/Dog/10.png"))
    #expect(try error(whole, "train/Dog/more.webp") == .otherFormat(file: "/train/Dog/more.webp"))
  }

  @Test func `Pipes are not waited for, and links that lead nowhere are told`() throws {
    let folder = PictureFolder(splits)
    try #require(mkfifo(folder.path + "/train/cat/pipe.png", 0o600) == 0)
    #expect(throws: DatasetError.notAFile("\(folder.path)/train/cat/pipe.png")) { try folder.open() }
    folder["train/cat/pipe.png"] = nil
    try FileManager.default.createSymbolicLink(
      atPath: folder.path + "/train/cat/z.png", withDestinationPath: "/nowhere")
    #expect(
      throws: DatasetError.unreadable(file: "\(folder.path)/train/cat/z.png", reason: "there is no such file")
    ) { try folder.open().load(.train) }
  }

  @Test func `A path is looked for here and in the data folders`() throws {
    let folder = PictureFolder()
    for (name, bytes) in splits { folder["my/pets/" + name] = bytes }
    let name = try #require(DatasetName("my/pets"))
    #expect(try name.open(searching: ["/none", folder.path]).classes == ["Dog", "cat"])
    #expect(name.word == "pets")
    #expect(throws: DatasetError.noFolder(name: "my/pets", places: ["my/pets", "/none/my/pets"])) {
      try name.open(searching: ["/none"])
    }
    #expect(DatasetName("pets") == nil && DatasetName("mnist") == .known(.mnist) && DatasetName("/") == nil)
    #expect(DatasetName("./pets.tar.gz")?.word == "pets" && DatasetName("/a/.tar/")?.word == ".tar")
  }

  @Test func `Reading is told of, and is broken off wherever an answer says so`() throws {
    let data = try PictureFolder(splits).open()
    for limit in 1...6 {
      var told: [Double] = []
      #expect(throws: DatasetError.interrupted) {
        _ = try data.images(of: ImageSelection(.train, size: 8)) { share in
          told.append(share)
          return told.count < limit
        }
      }
      #expect(told == (1...limit).map { Double($0) / 6 })
    }
    #expect(throws: DatasetError.interrupted) {
      try DatasetName.path(PictureFolder(splits).path).open(searching: [], isWanted: { false })
    }
  }
}

extension DatasetError {
  /// The same with the files' paths from a folder on.
  fileprivate func inFolder(_ folder: String) -> DatasetError {
    func short(_ path: String) -> String { path.replacing(folder, with: "") }
    return switch self {
    case .brokenPicture(let file, let reason): .brokenPicture(file: short(file), reason: reason)
    case .pictureTooLarge(let file, let width, let height, let limit):
      .pictureTooLarge(file: short(file), width: width, height: height, limit: limit)
    case .otherFormat(let file): .otherFormat(file: short(file))
    default: self
    }
  }
}
