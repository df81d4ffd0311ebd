import Images

/// CIFAR-10 in its binary form (Krizhevsky, 2009): five files of training images, one of test images, and the classes'
/// names, one a line.
///
/// A file is a row of records of 3073 bytes: a label, then 32×32 values of red, as many of green and of blue, row after row.
struct CIFAR10: DatasetSource {
  static let names: [Split: [String]] = [
    .train: (1...5).map { "data_batch_\($0).bin" }, .test: ["test_batch.bin"],
  ]
  static let namesOfClasses = "batches.meta.txt"
  static let classes = [
    "airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck",
  ]
  private static let shape = Shape(channels: 3, height: 32, width: 32)
  private static let record = 1 + shape.count

  let classes: [String]
  let channels = 3
  private let name: String
  private let tree: any FileTree
  /// The images in each file.
  private let counts: [String: Int]

  /// Whether a tree is laid out so.
  static func isThere(_ tree: any FileTree) -> Bool { Split.allCases.contains { tree.has(names[$0]?.first ?? "") } }

  /// Looks at the files' lengths, and reads the classes' names.
  init(_ tree: any FileTree, name: String) throws(DatasetError) {
    (self.name, self.tree) = (name, tree)
    let missing = Split.allCases.flatMap { Self.names[$0] ?? [] }.filter { !tree.has($0) }
    guard missing.isEmpty else { throw .incomplete(name: name, folder: tree.path, missing: missing) }
    var counts: [String: Int] = [:]
    for split in Split.allCases {
      for file in Self.names[split] ?? [] {
        let length = try tree.size(of: file)
        guard length <= maximumFileBytes else { throw .tooLarge(file: tree.title(file), limit: maximumFileBytes) }
        guard length > 0, length.isMultiple(of: Self.record) else {
          throw .unevenRecords(file: tree.title(file), length: length, record: Self.record)
        }
        counts[file] = length / Self.record
      }
    }
    self.counts = counts
    let lines = tree.has(Self.namesOfClasses) ? try tree.lines(of: Self.namesOfClasses).filter { !$0.isEmpty } : []
    classes = lines.count == Self.classes.count ? lines : Self.classes
  }

  /// Calls with each record of some of a split's files, each of which has its order; the files come as they lie in an archive.
  private func read(
    _ files: [String], _ each: (Int, ArraySlice<UInt8>) throws(DatasetError) -> Void
  ) throws(DatasetError) {
    try tree.read(files, .whole(limit: maximumFileBytes)) { (file, bytes) throws(DatasetError) in
      for start in stride(from: 0, to: bytes.count - Self.record + 1, by: Self.record) {
        guard Int(bytes[start]) < classes.count else {
          throw .labelOutOfRange(
            file: tree.title(files[file]), offset: start, found: Int(bytes[start]), classes: classes.count)
        }
        try each(file, bytes[start..<start + Self.record])
      }
      return true
    }
  }

  func count(of selection: ImageSelection) throws(DatasetError) -> Int {
    if let asked = selection.count { try selection.check(asked, channels: channels) }
    var available = Self.names[selection.split]?.reduce(0) { $0 + (counts[$1] ?? 0) } ?? 0
    if selection.classes != nil {
      available = 0
      try read(Self.names[selection.split] ?? []) { _, record in
        if let label = record.first, selection.keeps(label) { available += 1 }
      }
    }
    return try selection.count(of: available, in: name, channels: channels)
  }

  func images(of selection: ImageSelection, progress: (Double) -> Bool) throws(DatasetError) -> LabelledImages {
    let count = try count(of: selection)
    let files = files(of: selection, count: count)
    let shape = Shape(channels: channels, height: selection.size, width: selection.size)
    var parts = [(pixels: [UInt8], labels: [UInt8])](repeating: ([], []), count: files.count)
    var picture = [UInt8](repeating: 0, count: Self.shape.count)
    var done = 0
    let step = imagesBetweenReports(of: max(shape.pixels, Self.shape.pixels))
    let all = files.reduce(0) { $0 + (counts[$1] ?? 0) }
    try read(files) { (file, record) throws(DatasetError) in
      done += 1
      if done.isMultiple(of: step) || done == all, !progress(Double(done) / Double(all)) { throw .interrupted }
      guard let label = record.first, selection.keeps(label), parts[file].labels.count < count else { return }
      let start = record.startIndex + 1
      for channel in 0..<channels {
        for pixel in 0..<Self.shape.pixels {
          picture[pixel * channels + channel] = record[start + channel * Self.shape.pixels + pixel]
        }
      }
      parts[file].pixels += resized(picture, of: Self.shape, to: selection.size)
      parts[file].labels.append(label)
    }
    let labels = parts.flatMap(\.labels).prefix(count)
    guard labels.count == count else { throw .unreadable(file: tree.path, reason: "its files have changed") }
    var pixels: [UInt8] = []
    pixels.reserveCapacity(parts.reduce(0) { $0 + $1.pixels.count })
    for part in parts.indices {
      pixels += parts[part].pixels
      parts[part].pixels = []
    }
    pixels.removeLast(pixels.count - count * shape.count)
    return LabelledImages(
      shape: shape, pixels: .bytes(pixels), labels: selection.renumbered(Array(labels)),
      classes: selection.classes?.count ?? classes.count)
  }

  /// Those that a selection's images may be in.
  private func files(of selection: ImageSelection, count: Int) -> [String] {
    let all = Self.names[selection.split] ?? []
    guard selection.classes == nil else { return all }
    var reached = 0
    return Array(
      all.prefix { file in
        defer { reached += counts[file] ?? 0 }
        return reached < count
      })
  }
}
