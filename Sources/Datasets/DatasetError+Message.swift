import Text

/// The words for every `DatasetError`: what is wrong, and the way out.

extension DatasetError {
  /// One sentence in the user's terms, without a full stop.
  public var message: String {
    switch self {
    case .interrupted: "interrupted"
    case .notDeclared(let name):
      "the data set '\(name)' is not one of this exercise's"
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
    case .noFolder(let name, _):
      "there is no data set at \(name)"
    case .tooManyFiles(let folder, let limit):
      "\(folder) holds more than \(limit) files and folders, so it is no data set"
    case .brokenArchive(let file, let reason):
      "\(file) is cut off or damaged: \(reason)"
    case .unsafeEntry(let archive, let name):
      "\(archive) holds '\(name)', which leads out of it or is a link"
    case .entryTwice(let archive, let name):
      "\(archive) holds '\(name)' twice"
    case .noClasses(let folder):
      "\(folder) holds no folders with images, one for each class"
    case .oneClass(let folder, let name):
      "\(folder) holds a single class, '\(name)'; a classifier tells at least two apart"
    case .tooManyClasses(let folder, let count, let limit):
      "\(folder) holds \(count) classes, more than the \(limit) that are possible"
    case .emptyClass(let folder):
      "\(folder) holds no images"
    case .strangeClass(let folder, _):
      "\(folder) holds test images of a class that has no training images"
    case .tooFewToSplit(let folder, let count):
      "\(folder) holds \(counted(count, "image")), too few to learn from some and to test on others"
    case .otherFormat(let file):
      "\(file) is neither PNG nor JPEG"
    case .brokenPicture(let file, let reason):
      "\(file) is cut off or damaged: \(reason)"
    case .pictureTooLarge(let file, let width, let height, let limit):
      "the header of \(file) says \(width)×\(height) pixels, more than the \(limit) that are read"
    case .printColours(let file):
      "\(file) has the four colours of print (CMYK) instead of red, green and blue"
    case .strangeClassInLine(let file, let line, let name, _):
      "line \(line) of \(file) names the class '\(name)', which is none of the data set"
    case .strangeImageInLine(let file, let line, let name, let folder):
      "line \(line) of \(file) names the image '\(name)', which is not in \(folder)"
    case .twiceInLine(let file, let line, let name):
      "line \(line) of \(file) names '\(name)' a second time"
    case .shortLine(let file, let line, let expected):
      "line \(line) of \(file) is not \(expected)"
    case .unlabelled(let file, let list):
      "\(file) has no label: \(list) does not name it"
    case .notUTF8(let file):
      "\(file) is not UTF-8 text"
    case .wrongHeader(let file, let found, let expected):
      "\(file) begins with '\(found)' instead of '\(expected)'"
    case .unusableFactor(let file, let name, let reason):
      "\(file) has a factor '\(name)': \(reason)"
    case .noNumberInLine(let file, let line, let factor, let found):
      "line \(line) of \(file) has '\(found)' as its \(factor), which is a number in the lines above"
    case .tooManyKinds(let file, let factor, let limit):
      "\(file) has more than \(limit) different words as \(factor)"
    case .unevenRecords(let file, let length, let record):
      "\(file) has \(length) bytes, which is no whole number of records of \(record)"
    }
  }

  /// The way out, without a full stop.
  public var help: String {
    switch self {
    case .interrupted: "read it again"
    case .notDeclared:
      "an answer reads what the exercise itself loads, and what is drawn: garments and points"
    case .notFound(let name, let folders, let files):
      (folders.isEmpty
        ? "no folder was searched: name one with --data DIR or CLADEC_DATA"
        : "looked in \(folders.joined(separator: ", "))")
        + (files.first?.hasSuffix("/") ?? false
          ? "; it may be any of \(files.joined(separator: ", "))"
          : "; the files, each with or without .gz, are \(files.joined(separator: ", "))")
        + (folders.isEmpty ? "" : "; --data DIR or CLADEC_DATA names another folder to look in")
        + "; to download it: cladec data fetch \(name)"
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
    case .noFolder(let name, let places):
      (places.count > 1 || places.first != name ? "looked for \(places.joined(separator: ", ")); " : "")
        + (name.hasPrefix("~") ? "write the whole path instead of ~" : "see whether the path is right")
    case .tooManyFiles:
      "name the folder that holds the folders of the classes"
    case .brokenArchive:
      "download the archive again"
    case .unsafeEntry, .entryTwice:
      "pack the folder anew, without links and with each file once"
    case .noClasses, .oneClass:
      "there are two forms: train/CLASS/*.png with test/CLASS/*.png or val/CLASS/*.png, or CLASS/*.png (or .jpg)"
    case .tooManyClasses:
      "keep the classes that you want in a folder of their own"
    case .emptyClass:
      "put PNG or JPEG files there, or remove the folder of this class everywhere"
    case .strangeClass(let folder, let known):
      nearest(folder.split(separator: "/").last.map(String.init) ?? "", among: known).map {
        "rename the folder if it is meant to be '\($0)', or remove it"
      } ?? "put images of it among the training images, too, or remove the folder"
    case .tooFewToSplit:
      "add images, or remove this class"
    case .otherFormat:
      "convert it to PNG or JPEG, or remove it"
    case .brokenPicture:
      "replace the file, or remove it"
    case .pictureTooLarge:
      "scale the picture down before, or remove it"
    case .printColours:
      "convert it to RGB, such as with: magick FILE -colorspace sRGB FILE"
    case .strangeClassInLine(_, _, let name, let known):
      nearest(name, among: known).map { "did they mean '\($0)'? Correct the line, or remove it" }
        ?? "correct the line, or remove it"
    case .strangeImageInLine, .twiceInLine:
      "correct the line, or remove it"
    case .shortLine:
      "correct the line, or see whether this is the right file"
    case .unlabelled:
      "add a line for it, or remove the image"
    case .notUTF8:
      "save it as UTF-8"
    case .wrongHeader(_, _, let expected):
      "the first line names the columns: '\(expected)', then a name for each factor"
    case .unusableFactor:
      "give every factor a name of its own in the first line"
    case .noNumberInLine:
      "write a number with a decimal point, or leave the cell empty where the image has no such factor"
    case .tooManyKinds:
      "is it a number? Then its first value must be one; else merge kinds, or remove the column"
    case .unevenRecords:
      "see whether this is the binary version of the data set, or download it again"
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
