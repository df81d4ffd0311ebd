import Images

/// A data set in the IDX format: four files in one folder, gzipped or not.
struct IDXFiles: DatasetSource {
  /// The names that MNIST and Fashion-MNIST were published under, without `.gz`: images and labels of the training
  /// split, images and labels of the test split.
  static let names = [
    "train-images-idx3-ubyte", "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte",
  ]

  private struct Part {
    let images: IDXFile
    let labels: IDXFile
  }

  let classes: [String]
  let channels = 1
  private let name: String
  private let train: Part
  private let test: Part

  /// Looks through the folders, and judges the headers of the files that it finds.
  init(
    _ known: KnownDataset, in folders: [String], read: (String) throws(DatasetError) -> [UInt8]?
  ) throws(DatasetError) {
    (name, classes) = (known.rawValue, known.classes)
    let files = try Self.files(of: known, in: folders, read: read)
    train = try Self.part(images: files[0], labels: files[1])
    test = try Self.part(images: files[2], labels: files[3])
  }

  private typealias FoundFile = (path: String, bytes: [UInt8])

  /// The four files, in the order of their names.
  private static func files(
    of known: KnownDataset, in folders: [String], read: (String) throws(DatasetError) -> [UInt8]?
  ) throws(DatasetError) -> [FoundFile] {
    for folder in folders {
      var found: [FoundFile] = []
      var missing: [String] = []
      for name in names {
        if let file = try file(named: name, in: folder, read: read) { found.append(file) } else { missing.append(name) }
      }
      if missing.isEmpty { return found }
      guard found.isEmpty else { throw .incomplete(name: known.rawValue, folder: folder, missing: missing) }
    }
    throw .notFound(name: known.rawValue, folders: folders, files: names)
  }

  private static func file(
    named name: String, in folder: String, read: (String) throws(DatasetError) -> [UInt8]?
  ) throws(DatasetError) -> FoundFile? {
    for ending in [".gz", ""] {
      let path = joined(folder, name + ending)
      if let bytes = try read(path) { return (path, bytes) }
    }
    return nil
  }

  private static func part(images: FoundFile, labels: FoundFile) throws(DatasetError) -> Part {
    let part = Part(
      images: try IDXFile(images.bytes, holding: .images, name: images.path),
      labels: try IDXFile(labels.bytes, holding: .labels, name: labels.path))
    guard part.images.count == part.labels.count else {
      throw .countsDisagree(
        imageFile: images.path, images: part.images.count, labelFile: labels.path, labels: part.labels.count)
    }
    return part
  }

  private func part(_ split: Split) -> Part { split == .train ? train : test }

  func count(of selection: ImageSelection) throws(DatasetError) -> Int {
    // What is asked for is judged before any label is read for it.
    if let asked = selection.count { try selection.check(asked, channels: channels) }
    let labels = part(selection.split).labels
    let available =
      selection.classes == nil
      ? labels.count : try labels.labels(labels.count, classes: classes.count).count(where: selection.keeps)
    return try selection.count(of: available, in: name, channels: channels)
  }

  func images(of selection: ImageSelection, progress: (Double) -> Bool) throws(DatasetError) -> LabelledImages {
    let count = try count(of: selection)
    let part = part(selection.split)
    let all = try part.labels.labels(selection.classes == nil ? count : part.labels.count, classes: classes.count)
    let chosen = all.indices.filter { selection.keeps(all[$0]) }.prefix(count)
    // Nothing is decompressed beyond the last image that is wanted.
    let read = (chosen.last ?? -1) + 1
    var pixels = try part.images.values(read) { progress($0 / 2) }
    let size = part.images.height * part.images.width
    if chosen.count < read { pixels = chosen.flatMap { pixels[$0 * size..<($0 + 1) * size] } }
    let shape = Shape(channels: channels, height: part.images.height, width: part.images.width)
    var scaled: [UInt8] = []
    let step = imagesBetweenReports(of: max(size, selection.size * selection.size))
    for first in stride(from: 0, to: count, by: step) {
      let end = min(first + step, count)
      scaled += fitted(Array(pixels[first * size..<end * size]), of: shape, to: selection.size, channels: channels)
      guard progress((1 + Double(end) / Double(count)) / 2) else { throw .interrupted }
    }
    return LabelledImages(
      shape: Shape(channels: channels, height: selection.size, width: selection.size), pixels: .bytes(scaled),
      labels: selection.renumbered(chosen.map { all[$0] }), classes: selection.classes?.count ?? classes.count)
  }
}
