import Datasets
import Testing

/// The words of every error.
@Suite struct DatasetErrorTests {
  static let all: [DatasetError] = [
    .notFound(name: "mnist", folders: ["f"], files: ["g"]),
    .notFound(name: "mnist", folders: [], files: ["g"]),
    .incomplete(name: "mnist", folder: "f", missing: ["g"]),
    .tooFewImages(name: "mnist", split: .train, asked: 2, available: 1),
    .unusableCount(split: .test, asked: 0),
    .unusableSize(asked: 1, allowed: 8...256),
    .tooMuchMemory(split: .train, images: 9, size: 32, limit: 1 << 30),
    .unreadable(file: "f", reason: "Permission denied"),
    .notAFile("f"),
    .tooLarge(file: "f", limit: 1 << 30),
    .damagedGzip(file: "f", offset: 12),
    .truncatedGzip(file: "f", length: 12),
    .bytesAfterGzip(file: "f", offset: 12),
    .wrongMagic(file: "f", found: 0x1_0203, expected: 0x803),
    .truncated(file: "f", length: 1, expected: 2),
    .trailingBytes(file: "f", expected: 2),
    .absurdDimensions(file: "f", count: 1, height: 2, width: 3),
    .absurdCount(file: "f", count: 0),
    .countsDisagree(imageFile: "f", images: 1, labelFile: "g", labels: 2),
    .labelOutOfRange(file: "f", offset: 8, found: 10, classes: 10),
    .notFound(name: "cifar-10", folders: ["f"], files: ["cifar-10/", "cifar-10-b*.tar"]),
    .noFolder(name: "my/pets", places: ["my/pets", "f/my/pets"]),
    .noFolder(name: "~/pets", places: ["~/pets"]),
    .tooManyFiles(folder: "f", limit: 9),
    .brokenArchive(file: "f", reason: "its end is missing"),
    .unsafeEntry(archive: "f", name: "../g"),
    .entryTwice(archive: "f", name: "g"),
    .noClasses(folder: "f"),
    .oneClass(folder: "f", name: "cat"),
    .tooManyClasses(folder: "f", count: 300, limit: 256),
    .emptyClass(folder: "f/cat"),
    .strangeClass(folder: "f/test/cats", known: ["cat"]),
    .strangeClass(folder: "f/test/zebra", known: ["cat"]),
    .tooFewToSplit(folder: "f/cat", count: 1),
    .otherFormat(file: "f"),
    .brokenPicture(file: "f", reason: "the file ends too early"),
    .pictureTooLarge(file: "f", width: 60_000, height: 60_000, limit: 1 << 26),
    .printColours(file: "f"),
    .strangeClassInLine(file: "f", line: 3, name: "n1", known: ["n01"]),
    .strangeClassInLine(file: "f", line: 3, name: "zebra", known: ["n01"]),
    .strangeImageInLine(file: "f", line: 3, name: "g", folder: "h"),
    .twiceInLine(file: "f", line: 3, name: "g"),
    .shortLine(file: "f", line: 3, expected: "an image and its class"),
    .unlabelled(file: "f", list: "g"),
    .notUTF8(file: "f"),
    .wrongHeader(file: "f", found: "path", expected: "file"),
    .unusableFactor(file: "f", name: "class", reason: "the class is known from the folders"),
    .noNumberInLine(file: "f", line: 3, factor: "tone", found: "dark"),
    .tooManyKinds(file: "f", factor: "owner", limit: 256),
    .unevenRecords(file: "f", length: 5, record: 3073),
  ]

  @Test(arguments: all) func `Each has a sentence and a way out, in the user's terms`(error: DatasetError) {
    for text in [error.message, error.help] {
      #expect(!text.isEmpty && !text.hasSuffix(".") && !text.contains("Optional") && !text.contains("DatasetError"))
    }
    #expect(error.message != error.help)
  }

  @Test func `The sentences name the place and both values`() {
    #expect(
      DatasetError.wrongMagic(file: "f", found: 0x1_0203, expected: 0x803).message
        == "f is no IDX file of images: it begins with 0x00010203 where 0x00000803 belongs")
    #expect(
      DatasetError.tooFewImages(name: "mnist", split: .train, asked: 70_000, available: 60_000).message
        == "'mnist' has 60000 training images, but train: asks for 70000")
    #expect(
      DatasetError.labelOutOfRange(file: "f", offset: 8, found: 10, classes: 10).message
        == "byte 8 of f is the label 10, but there are 10 classes, 0 to 9")
    #expect(
      DatasetError.countsDisagree(imageFile: "f", images: 1, labelFile: "g", labels: 2).message
        == "f holds 1 images, but g holds 2 labels")
  }
}
