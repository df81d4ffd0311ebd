import Images

/// The four files of a data set, found in one folder, gzipped or not.
struct FoundIDX {
  private let known: KnownDataset
  /// In the order of `IDXFiles.all`.
  private var files: [(path: String, bytes: [UInt8])] = []

  init(
    _ known: KnownDataset, in folders: [String], read: (String) throws(DatasetError) -> [UInt8]?
  ) throws(DatasetError) {
    self.known = known
    let names = IDXFiles.names.all
    for folder in folders {
      var missing: [String] = []
      for name in names {
        if let file = try Self.file(named: name, in: folder, read: read) {
          files.append(file)
        } else {
          missing.append(name)
        }
      }
      if missing.isEmpty { return }
      guard missing.count == names.count else {
        throw .incomplete(name: known.rawValue, folder: folder, missing: missing)
      }
    }
    throw .notFound(name: known.rawValue, folders: folders, files: names)
  }

  private static func file(
    named name: String, in folder: String, read: (String) throws(DatasetError) -> [UInt8]?
  ) throws(DatasetError) -> (path: String, bytes: [UInt8])? {
    for ending in [".gz", ""] {
      let path = joined(folder, name + ending)
      if let bytes = try read(path) { return (path, bytes) }
    }
    return nil
  }

  func images(
    of split: Split, count: Int?, size: Int
  ) throws(DatasetError) -> LabelledImages {
    let (imageFile, labelFile) = split == .train ? (files[0], files[1]) : (files[2], files[3])
    let labels = try IDXLabels(labelFile.bytes, classes: known.classes.count, file: labelFile.path).labels
    let images = try IDXImages(imageFile.bytes, file: imageFile.path)
    guard images.count == labels.count else {
      throw .countsDisagree(
        imageFile: imageFile.path, images: images.count, labelFile: labelFile.path, labels: labels.count)
    }
    let taken = count ?? images.count
    guard taken <= images.count else {
      throw .tooFewImages(name: known.rawValue, split: split, asked: taken, available: images.count)
    }
    try Dataset.check(taken, split, size)
    return LabelledImages(
      shape: Shape(channels: 1, height: size, width: size), pixels: .bytes(images.resized(to: size, count: taken)),
      labels: Array(labels.prefix(taken)), classes: known.classes.count)
  }
}
