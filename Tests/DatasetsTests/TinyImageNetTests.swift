import Datasets
import Foundation
import Images
import Testing

/// Tiny ImageNet's layout, in a folder and in an archive.
@Suite struct TinyImageNetTests {
  /// Three classes, of which two have the same first word; two training images and two test images of each.
  static var files: [String: [UInt8]] {
    var files: [String: [UInt8]] = [
      "wnids.txt": Array("n03\nn01\r\nn02\n".utf8),
      "words.txt": Array("n01\tcrane, bird\nn02\tcrane, machine\nn03\tschool bus\nn99\tmoon\n".utf8),
      "test/images/test_0.JPEG": [1],
    ]
    var lines = ""
    for (number, name) in ["n01", "n02", "n03"].enumerated() {
      let base = UInt8(10 * (number + 1))
      for image in 0..<2 {
        files["train/\(name)/images/\(name)_\(image).JPEG"] = PictureFolder.png(base + UInt8(image))
        let file = "val_\(5 - number * 2 - image).JPEG"
        files["val/images/" + file] = PictureFolder.png(base + 5 + UInt8(image), 0, 0)
        lines += "\(file)\t\(name)\t0\t0\t62\t62\n"
      }
      files["train/\(name)/\(name)_boxes.txt"] = Array("n\t0\t0\t1\t1\n".utf8)
    }
    files["val/val_annotations.txt"] = Array(lines.utf8)
    return files
  }

  private func data(_ files: [String: [UInt8]], in place: String = "tiny-imagenet-200/") throws -> any DatasetSource {
    let folder = PictureFolder()
    for (name, bytes) in files { folder[place + name] = bytes }
    return try DatasetName.known(.tinyImageNet).open(searching: ["/none", folder.path])
  }

  @Test func `Classes stand as wnids.txt has them, and are called by their first word`() throws {
    for place in ["tiny-imagenet-200/", "tiny-imagenet/"] {
      let data = try data(Self.files, in: place)
      #expect(data.classes == ["school bus", "crane (n01)", "crane (n02)"])
      #expect(data.identifiers == ["n03", "n01", "n02"] && data.channels == 3)
      let train = try data.load(.train)
      #expect(train.labels == [0, 1, 2, 0, 1, 2] && train.firstValues == [30, 10, 20, 31, 11, 21])
      // Grey is repeated.
      #expect(Array(train.bytes(of: 0)[..<3]) == [30, 30, 30])
      // val_1 and val_0 are the bus's, whose names come first by their bytes.
      #expect(try data.load(.test).firstValues == [36, 16, 26, 35, 15, 25])
      #expect(Array(try data.load(.test).bytes(of: 0)[..<3]) == [36, 0, 0])
      #expect(try data.load(.test, classes: [0, 2], count: 3).labels == [0, 1, 0])
    }
  }

  @Test func `Without lists, folders and identifiers stand in for them`() throws {
    var files = Self.files
    files["wnids.txt"] = nil
    #expect(try data(files).identifiers == ["n01", "n02", "n03"])
    files["words.txt"] = nil
    #expect(try data(files).classes == ["n01", "n02", "n03"])
    // Test images sorted into folders need no list.
    files["val/val_annotations.txt"] = nil
    #expect(throws: DatasetError.self) { try data(files) }
    for number in 1...3 { files["val/n0\(number)/images/val_9.JPEG"] = PictureFolder.png(UInt8(number)) }
    #expect(try data(files).load(.test).firstValues == [1, 2, 3])
    files["val/n02/images/val_9.JPEG"] = nil
    #expect(throws: DatasetError.self) { try data(files) }
  }

  @Test func `Any folder laid out so is read so`() throws {
    let folder = PictureFolder()
    for (name, bytes) in Self.files { folder["mine/" + name] = bytes }
    #expect(try folder.open("mine").identifiers == ["n03", "n01", "n02"])
  }

  @Test func `Lists that do not match the files are wrong at a line`() throws {
    func error(_ name: String, _ change: (String) -> String) -> DatasetError? {
      var files = Self.files
      files[name] = Array(change(String(decoding: files[name] ?? [], as: UTF8.self)).utf8)
      let folder = PictureFolder()
      for (name, bytes) in files { folder[name] = bytes }
      do throws(DatasetError) { _ = try folder.open() } catch { return error.shortened(folder.path) }
      return nil
    }
    let list = "val/val_annotations.txt"
    #expect(
      error("wnids.txt") { $0 + "n04\n" }
        == .strangeClassInLine(file: "wnids.txt", line: 4, name: "n04", known: ["n01", "n02", "n03"]))
    #expect(error("wnids.txt") { $0 + "n01\n" } == .twiceInLine(file: "wnids.txt", line: 4, name: "n01"))
    #expect(
      error(list) { $0.replacing("val_4.JPEG\tn01", with: "val_4.JPEG\tn1") }
        == .strangeClassInLine(file: list, line: 2, name: "n1", known: ["n03", "n01", "n02"]))
    #expect(
      error(list) { $0.replacing("val_4.JPEG", with: "val_44.JPEG") }
        == .strangeImageInLine(file: list, line: 2, name: "val_44.JPEG", folder: "val/images"))
    #expect(error(list) { $0 + "val_0.JPEG\tn01\n" } == .twiceInLine(file: list, line: 7, name: "val_0.JPEG"))
    #expect(
      error(list) { _ in "val_0.JPEG" }
        == .shortLine(
          file: list, line: 1, expected: "an image and its class, with a tab between them"))
    #expect(
      error(list) { $0.split(separator: "\n").dropLast().joined(separator: "\n") }
        == .unlabelled(file: "val/images/val_0.JPEG", list: list))
    #expect(error(list) { $0.replacing("n02", with: "n01") } == .emptyClass(folder: "val/images of n02"))
  }

  // MARK: archives

  private func entries(_ top: String = "tiny-imagenet-200/") -> [(name: String, content: [UInt8])] {
    [(top, [])] + Self.files.sorted { $0.key > $1.key }.map { (top + $0.key, $0.value) }
  }

  private func open(_ archive: [UInt8], _ name: String = "tiny-imagenet-3.tar") throws -> any DatasetSource {
    try PictureFolder([name: archive]).open(name)
  }

  @Test func `An archive gives what its folder gives, gzipped or not`() throws {
    let plain = try data(Self.files)
    for (name, bytes) in [
      ("tiny-imagenet-3.tar", Tar.archive(entries())),
      ("tiny-imagenet-3.tar.gz", Files.gzipped(Tar.archive(entries()))),
      ("tiny-imagenet.tgz", Files.gzipped(Tar.archive(entries("")))),
    ] {
      let folder = PictureFolder([name: bytes])
      let packed = try DatasetName.known(.tinyImageNet).open(searching: [folder.path])
      #expect(packed.classes == plain.classes && packed.identifiers == plain.identifiers)
      for split in Split.allCases {
        let (first, second) = try (packed.load(split), plain.load(split))
        #expect(first.pixels == second.pixels && first.labels == second.labels)
        #expect(
          try packed.load(split, classes: [1], count: 1).firstValues
            == plain.load(split, classes: [1], count: 1).firstValues)
      }
    }
  }

  @Test func `A folder goes before an archive, and the first archive by its name before others`() throws {
    var other = entries()
    for index in other.indices where other[index].name.hasSuffix("words.txt") { other[index].content = [] }
    let folder = PictureFolder([
      "tiny-imagenet-b.tar": Tar.archive(entries()), "tiny-imagenet-a.tar": Tar.archive(other),
    ])
    let name = DatasetName.known(.tinyImageNet)
    #expect(try name.open(searching: [folder.path]).classes == ["n03", "n01", "n02"])
    for (name, bytes) in Self.files { folder["tiny-imagenet-200/" + name] = bytes }
    #expect(try name.open(searching: [folder.path]).classes.first == "school bus")
    #expect(KnownDataset.tinyImageNet.place(in: ["/none", folder.path]) == .found(folder.path + "/tiny-imagenet-200"))
  }

  @Test func `A zip file made by Python is read`() throws {
    let folder = PictureFolder([
      "pets.zip": try #require(Data(base64Encoded: Self.zip, options: .ignoreUnknownCharacters).map(Array.init))
    ])
    let data = try folder.open("pets.zip")
    #expect(data.classes == ["cat", "dog"])
    #expect(try data.load(.train).firstValues == [11, 21] && data.load(.test).firstValues == [12, 22])
    // Cut off anywhere, it is refused, unless only what follows the last entry is missing.
    let bytes = try #require(folder["pets.zip"])
    for count in stride(from: 0, to: bytes.count, by: 7) {
      folder["pets.zip"] = Array(bytes[..<count])
      #expect(throws: DatasetError.self) {
        let data = try folder.open("pets.zip")
        return try (data.load(.train), data.load(.test))
      }
    }
  }

  @Test func `An archive that is cut off or damaged is refused`() throws {
    let archive = Tar.archive(entries())
    for count in stride(from: 0, to: archive.count - 1536, by: 256) {
      let part = Array(archive[..<count])
      #expect(throws: DatasetError.self, "\(count)") { try open(part).load(.train) }
    }
    let packed = Files.gzipped(archive)
    for count in stride(from: 10, to: packed.count - 2000, by: 991) {
      #expect(throws: DatasetError.self, "\(count)") { try open(Array(packed[..<count]), "t.tar.gz").load(.train) }
    }
  }

  @Test func `What leads out of an archive, links, doubles and bombs are refused before anything is read`() throws {
    let end = [UInt8](repeating: 0, count: 1024)
    func error(_ archive: [UInt8]) -> DatasetError? {
      let folder = PictureFolder(["a.tar": archive])
      do throws(DatasetError) { _ = try folder.open("a.tar") } catch { return error.shortened(folder.path) }
      return nil
    }
    for name in ["../escape.png", "train/../../x.png", "/etc/passwd"] {
      #expect(error(Tar.archive([(name, [1])])) == .unsafeEntry(archive: "a.tar", name: name))
    }
    #expect(
      error(Tar.entry("train/x.png", [], kind: "2", link: "/etc/passwd") + end)
        == .unsafeEntry(archive: "a.tar", name: "train/x.png"))
    #expect(
      error(Tar.entry("a/x.png", [1]) + Tar.entry("a/y.png", [], kind: "1", link: "a/x.png") + end)
        == .unsafeEntry(archive: "a.tar", name: "a/y.png"))
    #expect(
      error(Tar.archive([("a/x.png", [1]), ("a/x.png", [2])])) == .entryTwice(archive: "a.tar", name: "a/x.png"))
    #expect(
      error(Tar.entry("a/x.png", [], size: 0o7_7777_7777_77) + end) == .tooLarge(file: "a.tar", limit: 1 << 32))
    // Pipes and devices in it are nobody's data.
    #expect(error(Tar.entry("tiny-imagenet-200/pipe.png", [], kind: "6") + Tar.archive(entries())) == nil)
  }

  @Test func `A list longer than any list of names is refused`() throws {
    var entries = entries()
    entries.append(("tiny-imagenet-200/more", []))
    for index in entries.indices where entries[index].name.hasSuffix("words.txt") {
      entries[index].content = [UInt8](repeating: 32, count: 1 << 24 + 1)
    }
    #expect(throws: DatasetError.self) { try open(Tar.archive(entries)) }
  }

  /// Four pictures below `pets/`.
  private static let zip = """
    UEsDBBQAAAAIAAAAIVARNcCPQAAAAEcAAAAUAAAAcGV0cy90cmFpbi9jYXQvMS5wbmfrDPBz5+WS4mJgYOD19HAJAtIcIAwiGB6mPAwHUnyeLo
    4hFXOSH7QxsZ2SYEj2YDq4VrR1HkiFp6ufyzqnhCYAUEsDBBQAAAAIAAAAIVBPBgnWQAAAAEcAAAAUAAAAcGV0cy90cmFpbi9kb2cvMS5wbmfr
    DPBz5+WS4mJgYOD19HAJAtIcIAwiGB6mPAwHUnyeLo4hFXOSBVqZ2E5JMOz1YHVcPblpD0iFp6ufyzqnhCYAUEsDBBQAAAAIAAAAIVDGKzAsQA
    AAAEcAAAATAAAAcGV0cy90ZXN0L2NhdC8xLnBuZ+sM8HPn5ZLiYmBg4PX0cAkC0hwgDCIYHqY8DAdSfJ4ujiEVc5IfNDKxnZJgyPFgZpx6tdYB
    pMLT1c9lnVNCEwBQSwMEFAAAAAgAAAAhUHZraAVAAAAARwAAABMAAABwZXRzL3Rlc3QvZG9nLzEucG5n6wzwc+flkuJiYGDg9fRwCQLSHCAMIh
    gepjwMB1J8ni6OIRVzkgWamdhOSTAc82BtbLwufg2kwtPVz2WdU0ITAFBLAQIUAxQAAAAIAAAAIVARNcCPQAAAAEcAAAAUAAAAAAAAAAAAAACA
    AQAAAABwZXRzL3RyYWluL2NhdC8xLnBuZ1BLAQIUAxQAAAAIAAAAIVBPBgnWQAAAAEcAAAAUAAAAAAAAAAAAAACAAXIAAABwZXRzL3RyYWluL2
    RvZy8xLnBuZ1BLAQIUAxQAAAAIAAAAIVDGKzAsQAAAAEcAAAATAAAAAAAAAAAAAACAAeQAAABwZXRzL3Rlc3QvY2F0LzEucG5nUEsBAhQDFAAA
    AAgAAAAhUHZraAVAAAAARwAAABMAAAAAAAAAAAAAAIABVQEAAHBldHMvdGVzdC9kb2cvMS5wbmdQSwUGAAAAAAQABAAGAQAAxgEAAAAA
    """
}

extension DatasetError {
  /// The same with the files' paths from a folder on.
  func shortened(_ folder: String) -> DatasetError {
    func short(_ path: String) -> String {
      path.replacing(folder, with: "").replacing("//", with: "/").trimmingPrefix("/").description
    }
    return switch self {
    case .strangeClassInLine(let file, let line, let name, let known):
      .strangeClassInLine(file: short(file), line: line, name: name, known: known)
    case .strangeImageInLine(let file, let line, let name, let folder):
      .strangeImageInLine(file: short(file), line: line, name: name, folder: short(folder))
    case .twiceInLine(let file, let line, let name): .twiceInLine(file: short(file), line: line, name: name)
    case .shortLine(let file, let line, let expected): .shortLine(file: short(file), line: line, expected: expected)
    case .notUTF8(let file): .notUTF8(file: short(file))
    case .wrongHeader(let file, let found, let expected):
      .wrongHeader(file: short(file), found: found, expected: expected)
    case .unusableFactor(let file, let name, let reason):
      .unusableFactor(file: short(file), name: name, reason: reason)
    case .noNumberInLine(let file, let line, let factor, let found):
      .noNumberInLine(file: short(file), line: line, factor: factor, found: found)
    case .tooManyKinds(let file, let factor, let limit):
      .tooManyKinds(file: short(file), factor: factor, limit: limit)
    case .unlabelled(let file, let list): .unlabelled(file: short(file), list: short(list))
    case .emptyClass(let folder): .emptyClass(folder: short(folder))
    case .unsafeEntry(let archive, let name): .unsafeEntry(archive: short(archive), name: name)
    case .entryTwice(let archive, let name): .entryTwice(archive: short(archive), name: name)
    case .tooLarge(let file, let limit): .tooLarge(file: short(file), limit: limit)
    case .unevenRecords(let file, let length, let record):
      .unevenRecords(file: short(file), length: length, record: record)
    case .labelOutOfRange(let file, let offset, let found, let classes):
      .labelOutOfRange(file: short(file), offset: offset, found: found, classes: classes)
    case .incomplete(let name, let folder, let missing):
      .incomplete(name: name, folder: short(folder), missing: missing)
    default: self
    }
  }
}
