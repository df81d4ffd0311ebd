import Text

/// The words for every `DatasetError`: what is wrong, and the way out.

extension DatasetError {
  /// One sentence in the user's terms, without a full stop.
  public var message: String {
    switch self {
    case .interrupted: "interrupted"
    case .notFound(let name, _, _):
      "the files of '\(name)' were not found"
    case .incomplete(let name, let folder, let missing):
      "'\(name)' is incomplete: \(folder) lacks \(missing.joined(separator: ", "))"
    case .tooFewImages(let name, let split, let asked, let available):
      "'\(name)' has \(available) \(split.adjective) images, but \(split.rawValue): asks for \(asked)"
    case .unusableCount(let split, let asked):
      "\(split.rawValue): must be at least 1, but is \(asked)"
    case .unusableSize(let asked, let allowed):
      "size: must be from \(allowed.lowerBound) to \(allowed.upperBound), but is \(asked)"
    case .tooMuchMemory(let split, let images, let size, let limit):
      "\(images) \(split.adjective) images of \(size)×\(size) take more than the \(mebibytes(limit)) a split may have"
    case .unreadable(let file, let reason):
      "\(file) cannot be read: \(reason)"
    case .notAFile(let file):
      "\(file) cannot be read: it is no regular file"
    case .tooLarge(let file, let limit):
      "\(file) is larger than \(mebibytes(limit)), so it is no file of this data set"
    case .damagedGzip(let file, let offset):
      "\(file) is damaged: its compressed data are wrong near byte \(offset)"
    case .truncatedGzip(let file, let length):
      "\(file) is cut off: it ends after \(length) bytes, in the middle of its compressed data"
    case .bytesAfterGzip(let file, let offset):
      "\(file) is damaged: after its compressed data, at byte \(offset), something else follows"
    case .wrongMagic(let file, let found, let expected):
      "\(file) is no IDX file of \(magicMeaning(expected)): "
        + "it begins with \(hexadecimal(found)) where \(hexadecimal(expected)) belongs"
    case .truncated(let file, let length, let expected):
      "\(file) is cut off: it should hold \(expected) bytes, but ends after \(length)"
    case .trailingBytes(let file, let expected):
      "\(file) goes on after byte \(expected), where its header says that it ends"
    case .absurdDimensions(let file, let count, let height, let width):
      "the header of \(file), bytes 4 to 15, says \(count) images of \(height)×\(width) pixels, which cannot be"
    case .absurdCount(let file, let count):
      "the header of \(file), bytes 4 to 7, says \(count) labels, which cannot be"
    case .countsDisagree(let imageFile, let images, let labelFile, let labels):
      "\(imageFile) holds \(images) images, but \(labelFile) holds \(labels) labels"
    case .labelOutOfRange(let file, let offset, let found, let classes):
      "byte \(offset) of \(file) is the label \(found), but there are \(classes) classes, 0 to \(classes - 1)"
    }
  }

  /// The way out, without a full stop.
  public var help: String {
    switch self {
    case .interrupted: "read it again"
    case .notFound(_, let folders, let files):
      (folders.isEmpty
        ? "no folder was searched: name one with --data DIR or CLADEC_DATA"
        : "looked in \(folders.joined(separator: ", "))")
        + "; the files, each with or without .gz, are \(files.joined(separator: ", "))"
        + (folders.isEmpty ? "" : "; --data DIR or CLADEC_DATA names another folder to look in")
    case .incomplete:
      "put the missing files there, with or without .gz"
    case .tooFewImages(_, let split, _, let available):
      "ask for \(split.rawValue): \(available) or fewer, or leave \(split.rawValue): out to take all"
    case .unusableCount(let split, _):
      "leave \(split.rawValue): out to take all images"
    case .unusableSize:
      "the networks of the paper take size: 32"
    case .tooMuchMemory(_, _, let size, let limit):
      "at this size, \(limit / (size * size)) images are possible"
    case .notAFile:
      "put the data set's file there, or a link to it"
    case .unreadable:
      "see whether the file is there and may be read"
    case .damagedGzip, .truncatedGzip, .bytesAfterGzip, .truncated, .trailingBytes:
      "download the file again"
    case .tooLarge, .wrongMagic, .absurdDimensions, .absurdCount, .labelOutOfRange:
      "see whether this is the right file, or download it again"
    case .countsDisagree:
      "see whether both files are of the same split and the same data set"
    }
  }
}

extension Split {
  fileprivate var adjective: String {
    switch self {
    case .train: "training"
    case .test: "test"
    }
  }
}

private func mebibytes(_ bytes: Int) -> String { "\(bytes >> 20) MiB" }

private func hexadecimal(_ word: UInt32) -> String {
  let digits = String(word, radix: 16)
  return "0x" + String(repeating: "0", count: 8 - digits.count) + digits
}

private func magicMeaning(_ magic: UInt32) -> String {
  magic == IDXFile.Kind.images.magic ? "images" : "labels"
}
