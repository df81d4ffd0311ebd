import Text

/// Any folder with a folder for each class:
///
///     train/CLASS/…  and  test/CLASS/…  or  val/CLASS/…     two splits; with both, test/ is the test split and val/ unused
///     CLASS/…                                               one, of which a share is held out for testing
///
/// Images are PNG or JPEG files, however deep in the class's folder; whatever is no picture by its name is passed over.
/// Classes are numbered in the order of their names' bytes.
extension ImageLayout {
  init(classFoldersIn tree: any FileTree, holdout: Double, seed: UInt64) throws(DatasetError) {
    let splits = Set(tree.paths.lazy.filter { $0.hasSuffix("/") }.map { $0.dropLast() }.filter { !$0.contains("/") })
    if splits.contains("train"), let test = ["test", "val"].first(where: { splits.contains(Substring($0)) }) {
      let train = try Self.classFolders(below: "train/", in: tree)
      try Self.check(train.classes, in: tree)
      let tested = try Self.classFolders(below: test + "/", in: tree)
      if let strange = tested.classes.first(where: { !train.classes.contains($0) }) {
        throw .strangeClass(folder: tree.title("\(test)/\(strange)"), known: train.classes)
      }
      if let missing = train.classes.first(where: { !tested.classes.contains($0) }) {
        throw .emptyClass(folder: tree.title("\(test)/\(missing)"))
      }
      self.init(
        classes: train.classes, images: [.train: Self.inTurn(train.paths), .test: Self.inTurn(tested.paths)])
    } else {
      let all = try Self.classFolders(below: "", in: tree)
      try Self.check(all.classes, in: tree)
      var (train, test): ([[String]], [[String]]) = ([], [])
      for (name, paths) in zip(all.classes, all.paths) {
        guard paths.count > 1 else { throw .tooFewToSplit(folder: tree.title(name), count: paths.count) }
        let count = min(max(Int((Double(paths.count) * holdout).rounded()), 1), paths.count - 1)
        let held = Set(Self.drawn(count, of: paths, seed: seed))
        test.append(paths.filter { held.contains($0) })
        train.append(paths.filter { !held.contains($0) })
      }
      self.init(classes: all.classes, images: [.train: Self.inTurn(train), .test: Self.inTurn(test)])
      isHeldOut = true
    }
  }

  /// Those whose names, after the seed, have the smallest digests: each image's lot depends on nothing but its path, so that
  /// few change their split where images come or go.
  private static func drawn(_ count: Int, of paths: [String], seed: UInt64) -> [String] {
    let lots = paths.map { (path: $0, lot: SHA256.digest(of: "\(seed) \($0)".utf8).bytes) }
    return lots.sorted { $0.lot.lexicographicallyPrecedes($1.lot) }.prefix(count).map(\.path)
  }

  /// The folders below a place, in the order of their names, with the images in each.
  static func classFolders(
    below place: String, in tree: any FileTree
  ) throws(DatasetError) -> (classes: [String], paths: [[String]]) {
    var paths: [String: [String]] = [:]
    for path in tree.paths where path.hasPrefix(place) {
      guard let end = path.dropFirst(place.count).firstIndex(of: "/") else { continue }
      let name = String(path[path.index(path.startIndex, offsetBy: place.count)..<end])
      if path.hasSuffix("/") {
        paths[name, default: []] += []
      } else if try isPicture(path, in: tree) {
        paths[name, default: []].append(path)
      }
    }
    let classes = paths.keys.sorted { $0.precedesByBytes($1) }
    if let empty = classes.first(where: { paths[$0]?.isEmpty ?? true }) {
      throw .emptyClass(folder: tree.title(place + empty))
    }
    return (classes, classes.map { paths[$0] ?? [] })
  }

  /// Whether a file is an image by its name; one of a format that is not read is no reason to go on with fewer images.
  static func isPicture(_ path: String, in tree: any FileTree) throws(DatasetError) -> Bool {
    switch NamedFormat(path) {
    case .readable: return true
    case .none: return false
    case .otherPicture: throw .otherFormat(file: tree.title(path))
    }
  }
}
