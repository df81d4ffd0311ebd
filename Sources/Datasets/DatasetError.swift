/// What can be wrong with a data set, as facts; the wording is in `DatasetError+Message.swift`.
///
/// Offsets count bytes from 0, in the file as it lies on disk for what is wrong with its compression, and in its
/// decompressed content for all else.
public enum DatasetError: Error, Hashable, Sendable {
  /// Whoever watches has asked to stop.
  case interrupted
  /// It may not be read here.
  case notDeclared(name: String)
  /// None of the folders holds any of the files. Each may also lie there with `.gz` after its name.
  case notFound(name: String, folders: [String], files: [String])
  /// The folder holds some of the files, but not these.
  case incomplete(name: String, folder: String, missing: [String])
  /// Fewer images in this split than were asked for.
  case tooFewImages(name: String, split: Split, asked: Int, available: Int)
  /// A number of images below 1.
  case unusableCount(split: Split, asked: Int)
  /// A side of the images outside what is supported.
  case unusableSize(asked: Int, allowed: ClosedRange<Int>)
  /// This many images of this side would take more memory than a split may.
  case tooMuchMemory(split: Split, images: Int, size: Int, limit: Int)

  /// The system could not read the file, for this reason.
  case unreadable(file: String, reason: String)
  /// A folder, a pipe or a device stands where a file should.
  case notAFile(String)
  /// The file is larger than any data set's.
  case tooLarge(file: String, limit: Int)
  /// The compressed data are wrong at, or shortly before, this offset.
  case damagedGzip(file: String, offset: Int)
  /// The compressed file ends before its content does.
  case truncatedGzip(file: String, length: Int)
  /// Something follows the compressed data.
  case bytesAfterGzip(file: String, offset: Int)

  /// The file's first four bytes are not those of such a file.
  case wrongMagic(file: String, found: UInt32, expected: UInt32)
  /// The content ends before what its header announces.
  case truncated(file: String, length: Int, expected: Int)
  /// The content goes on after what its header announces.
  case trailingBytes(file: String, expected: Int)
  /// The header announces no images, or sizes that no such data set has.
  case absurdDimensions(file: String, count: Int, height: Int, width: Int)
  /// The header announces no labels, or more than any data set has.
  case absurdCount(file: String, count: Int)
  /// The number of images is not the number of labels.
  case countsDisagree(imageFile: String, images: Int, labelFile: String, labels: Int)
  /// A label that is not the number of a class.
  case labelOutOfRange(file: String, offset: Int, found: Int, classes: Int)

  /// Nothing lies at any of these places.
  case noFolder(name: String, places: [String])
  /// A folder or an archive with more files than any data set has.
  case tooManyFiles(folder: String, limit: Int)
  /// The archive cannot be read, for this reason.
  case brokenArchive(file: String, reason: String)
  /// A name in an archive that leads out of it, or a link.
  case unsafeEntry(archive: String, name: String)
  /// The archive holds two files of this name.
  case entryTwice(archive: String, name: String)

  /// A folder that holds no folder for each class.
  case noClasses(folder: String)
  /// A single class, which is none.
  case oneClass(folder: String, name: String)
  /// More classes than labels can tell apart.
  case tooManyClasses(folder: String, count: Int, limit: Int)
  /// No image of a class.
  case emptyClass(folder: String)
  /// A folder of test images of a class that there is nothing to learn from.
  case strangeClass(folder: String, known: [String])
  /// One image, of which none can be held out.
  case tooFewToSplit(folder: String, count: Int)
  /// A picture in a format that is not read.
  case otherFormat(file: String)
  /// A picture that is cut off or damaged, for this reason.
  case brokenPicture(file: String, reason: String)
  /// A picture with more pixels than are read.
  case pictureTooLarge(file: String, width: Int, height: Int, limit: Int)
  /// A picture in the four colours of print.
  case printColours(file: String)

  /// A line of a list names a class that is not among the data set's. Lines count from 1.
  case strangeClassInLine(file: String, line: Int, name: String, known: [String])
  /// A line of a list names an image that is not there.
  case strangeImageInLine(file: String, line: Int, name: String, folder: String)
  /// A line of a list says again what an earlier one said.
  case twiceInLine(file: String, line: Int, name: String)
  /// A line of a list has too few parts.
  case shortLine(file: String, line: Int, expected: String)
  /// An image that a list of labels does not name.
  case unlabelled(file: String, list: String)
  /// A text in another encoding.
  case notUTF8(file: String)
  /// A table of factors whose first line does not begin with the name of its first column.
  case wrongHeader(file: String, found: String, expected: String)
  /// A factor that cannot be called so, for this reason.
  case unusableFactor(file: String, name: String, reason: String)
  /// A cell of a factor whose other values are numbers.
  case noNumberInLine(file: String, line: Int, factor: String, found: String)
  /// A factor with more words than kinds are told apart.
  case tooManyKinds(file: String, factor: String, limit: Int)
  /// A file of records whose length is no whole number of them, or none.
  case unevenRecords(file: String, length: Int, record: Int)
}
