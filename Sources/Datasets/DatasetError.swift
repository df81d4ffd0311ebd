/// What can be wrong with a data set, as facts; the wording is in `DatasetError+Message.swift`.
///
/// Offsets count bytes from 0, in the file as it lies on disk for what is wrong with its compression, and in its
/// decompressed content for all else.
public enum DatasetError: Error, Hashable, Sendable {
  /// Whoever watches has asked to stop.
  case interrupted
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
}
