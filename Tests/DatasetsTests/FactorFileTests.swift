import Datasets
import Images
import Testing

/// `factors.csv` beside the folders of the classes.
@Suite struct FactorFileTests {
  private func folder(_ table: String) -> PictureFolder {
    var files: [String: [UInt8]] = ["factors.csv": Array(table.utf8)]
    for (number, name) in ["train/cat/a.png", "train/cat/b.png", "train/dog/a.png", "test/cat/a.png", "test/dog/a.png"]
      .enumerated()
    {
      files[name] = PictureFolder.png(UInt8(number))
    }
    return PictureFolder(files)
  }

  @Test func `Each image has the values of its line, whatever the lines' order`() throws {
    let table = """
      file,tone,weather,size
      train/dog/a.png,0.25,rain,
      test/cat/a.png,-1e-3,sun,NaN
      train/cat/b.png,nan,,3
      train/cat/a.png,7,sun,2

      """
    let data = try folder(table).open()
    #expect(
      data.factors == [
        .init("tone", .numbers), .init("weather", .words(["rain", "sun"])), .init("size", .numbers),
      ])
    let train = try #require(try data.load(.train).factors)
    // The first of each class, then the second: cat a, dog a, cat b.
    let shown = train.values.map { $0.isNaN ? "–" : "\($0)" }
    #expect(shown == ["7.0", "1.0", "2.0", "0.25", "0.0", "–", "–", "–", "3.0"])
    let test = try #require(try data.load(.test).factors)
    #expect(test[0].prefix(2) == [-1e-3, 1] && test[1].allSatisfy(\.isNaN))
    let dogs = try #require(try data.load(.train, classes: [1]).factors)
    #expect(dogs.count == 1 && dogs.values.first == 0.25)
  }

  @Test(arguments: [
    "file;tone\r\ntrain/cat/a.png;5\r\n", "\u{FEFF}file\ttone\ntrain/cat/a.png\t5",
    "file,\"tone\"\n\"train/cat/a.png\", 5\n",
  ])
  func `Tables of other programs are read as well`(table: String) throws {
    let data = try folder(table).open()
    #expect(data.factors == [.init("tone", .numbers)])
    #expect(try data.load(.train).factors?.values.first == 5)
  }

  @Test func `Any layout may have it, and without it nothing is known`() throws {
    let folder = PictureFolder([
      "cat/a.png": PictureFolder.png(1), "cat/b.png": PictureFolder.png(2), "dog/a.png": PictureFolder.png(3),
      "dog/b.png": PictureFolder.png(4),
    ])
    #expect(try folder.open().factors.isEmpty && folder.open().load(.test).factors == nil)
    folder["factors.csv"] = Array("file,n\ncat/a.png,1\ncat/b.png,2\ndog/a.png,3\ndog/b.png,4\n".utf8)
    let data = try folder.open()
    for split in Split.allCases {
      let images = try data.load(split)
      #expect(images.firstValues.map { Float($0) } == images.factors?.values)
    }
  }

  private static let broken: [(String, DatasetError)] = [
    ("", .wrongHeader(file: "factors.csv", found: "", expected: "file")),
    ("path,tone\n", .wrongHeader(file: "factors.csv", found: "path", expected: "file")),
    ("file\n", .shortLine(file: "factors.csv", line: 1, expected: "'file' and names of factors")),
    ("file,\n", .unusableFactor(file: "factors.csv", name: "", reason: "it has no name")),
    (
      "file,class\n", .unusableFactor(file: "factors.csv", name: "class", reason: "the class is known from the folders")
    ),
    ("file,a,b,a\n", .unusableFactor(file: "factors.csv", name: "a", reason: "there are two of this name")),
    ("file,\"a\nb\"\n", .unusableFactor(file: "factors.csv", name: "a\nb", reason: "a name is one line of text")),
    (
      "file,a\n\ntrain/cat/a.png,1,2\n",
      .shortLine(file: "factors.csv", line: 3, expected: "a file and 1 value, as the first line is")
    ),
    (
      "file,a\ntrain/cat/a.png,1\ntrain/cat/b.png,0x1F\n",
      .noNumberInLine(file: "factors.csv", line: 3, factor: "a", found: "0x1F")
    ),
    (
      "file,a\ntrain/cat/,1\n",
      .strangeImageInLine(file: "factors.csv", line: 2, name: "train/cat/", folder: "")
    ),
    (
      "file,a\ntrain/cat/z.png,1\n",
      .strangeImageInLine(file: "factors.csv", line: 2, name: "train/cat/z.png", folder: "")
    ),
    (
      "file,a\ntrain/cat/a.png,1\ntrain/cat/a.png,2\n",
      .twiceInLine(file: "factors.csv", line: 3, name: "train/cat/a.png")
    ),
    (
      "file,a\ntrain/cat/a.png,1\ntrain/cat/b.png,\"0,5\"\n",
      .noNumberInLine(file: "factors.csv", line: 3, factor: "a", found: "0,5")
    ),
    (
      "file,a\ntrain/cat/a.png,1\ntrain/cat/b.png,inf\n",
      .noNumberInLine(file: "factors.csv", line: 3, factor: "a", found: "inf")
    ),
  ]

  @Test(arguments: broken) func `What is wrong is said with its line`(table: String, expected: DatasetError) throws {
    let folder = folder(table)
    do throws(DatasetError) {
      _ = try folder.open()
      Issue.record("it was read")
    } catch { #expect(error.shortened(folder.path) == expected) }
  }

  @Test func `Another encoding is refused`() throws {
    let folder = folder("")
    folder["factors.csv"] = Array("file,w".utf8) + [0xEF] + Array("nd\n".utf8)
    #expect(throws: DatasetError.notUTF8(file: folder.path + "/factors.csv")) {
      try DatasetName.path(folder.path).open(searching: [])
    }
  }

  @Test func `So many words are no kinds`() throws {
    let folder = PictureFolder()
    var table = "file,owner\n"
    for number in 0...256 {
      let name = "\(number % 2)/\(number).png"
      folder[name] = PictureFolder.png(1)
      table += "\(name),w\(number)\n"
    }
    folder["factors.csv"] = Array(table.utf8)
    #expect(throws: DatasetError.self) { try folder.open() }
    folder["factors.csv"] = Array(table.replacing("w256", with: "w0").utf8)
    #expect(try folder.open().factors.first?.scale != .numbers)
  }
}
