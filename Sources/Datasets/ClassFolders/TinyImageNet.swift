/// Tiny ImageNet as it was published, or a part of it, or any data set laid out like it:
///
///     wnids.txt                     the classes' identifiers, one a line; without it, the folders of train/ in order
///     words.txt                     identifier, tab, words with commas between them: the first one is the class's name
///     train/ID/images/*.JPEG        training images
///     val/images/*.JPEG             test images, whose labels are in
///     val/val_annotations.txt       image, tab, identifier (and a box, which is not looked at)
///
/// The published test/ has no labels, and is not used. All of it is colour; grey images are repeated on three channels.
extension ImageLayout {
  private static let annotations = "val/val_annotations.txt"

  /// Whether a tree is laid out so.
  static func isTinyImageNet(_ tree: any FileTree) -> Bool { tree.has("wnids.txt") || tree.has(annotations) }

  init(tinyImageNetIn tree: any FileTree, name: String) throws(DatasetError) {
    let train = try Self.classFolders(below: "train/", in: tree)
    guard !train.classes.isEmpty else { throw .incomplete(name: name, folder: tree.path, missing: ["train/"]) }
    var identifiers = train.classes
    if tree.has("wnids.txt") {
      identifiers = []
      for (number, line) in try tree.lines(of: "wnids.txt").enumerated() where !line.isEmpty {
        let place = (file: tree.title("wnids.txt"), line: number + 1)
        guard train.classes.contains(line) else {
          throw .strangeClassInLine(file: place.file, line: place.line, name: line, known: train.classes)
        }
        guard !identifiers.contains(line) else {
          throw .twiceInLine(file: place.file, line: place.line, name: line)
        }
        identifiers.append(line)
      }
    }
    try Self.check(identifiers, in: tree)
    let places = Dictionary(uniqueKeysWithValues: zip(train.classes, train.paths))
    self.init(
      classes: try Self.names(of: identifiers, in: tree), identifiers: identifiers,
      images: [
        .train: Self.inTurn(identifiers.map { places[$0] ?? [] }),
        .test: Self.inTurn(try Self.testPaths(of: identifiers, in: tree, name: name)),
      ])
    isColour = true
  }

  /// The first word of each class; its identifier where it has none, and after it where two have the same.
  private static func names(of identifiers: [String], in tree: any FileTree) throws(DatasetError) -> [String] {
    guard tree.has("words.txt") else { return identifiers }
    var words: [String: String] = [:]
    for line in try tree.lines(of: "words.txt") {
      let parts = line.split(separator: "\t", maxSplits: 1)
      guard parts.count == 2, let first = parts[1].split(separator: ",").first else { continue }
      words[String(parts[0])] = String(first)
    }
    let names = identifiers.map { words[$0] ?? $0 }
    let uses = Dictionary(names.map { ($0, 1) }, uniquingKeysWith: +)
    return zip(names, identifiers).map { name, identifier in
      uses[name] == 1 ? name : "\(name) (\(identifier))"
    }
  }

  /// The test images of each class: as the list of labels has it, or without a list from a folder for each class.
  private static func testPaths(
    of identifiers: [String], in tree: any FileTree, name: String
  ) throws(DatasetError) -> [[String]] {
    guard tree.has(annotations) else {
      let sorted = try classFolders(below: "val/", in: tree)
      let places = Dictionary(uniqueKeysWithValues: zip(sorted.classes, sorted.paths))
      guard identifiers.contains(where: { places[$0] != nil }) else {
        throw .incomplete(name: name, folder: tree.path, missing: [annotations])
      }
      if let missing = identifiers.first(where: { places[$0] == nil }) {
        throw .emptyClass(folder: tree.title("val/" + missing))
      }
      return identifiers.map { places[$0] ?? [] }
    }
    let list = tree.title(annotations)
    let labels = Dictionary(uniqueKeysWithValues: identifiers.enumerated().map { ($1, $0) })
    var paths = [[String]](repeating: [], count: identifiers.count)
    var seen: Set<String> = []
    for (number, line) in try tree.lines(of: annotations).enumerated() where !line.isEmpty {
      let parts = line.split(separator: "\t").map(String.init)
      guard parts.count >= 2 else {
        throw .shortLine(file: list, line: number + 1, expected: "an image and its class, with a tab between them")
      }
      guard let label = labels[parts[1]] else {
        throw .strangeClassInLine(file: list, line: number + 1, name: parts[1], known: identifiers)
      }
      let path = "val/images/" + parts[0]
      guard tree.has(path) else {
        throw .strangeImageInLine(
          file: list, line: number + 1, name: parts[0], folder: tree.title("val/images"))
      }
      guard seen.insert(path).inserted else { throw .twiceInLine(file: list, line: number + 1, name: parts[0]) }
      paths[label].append(path)
    }
    for path in tree.paths where path.hasPrefix("val/images/") && !path.hasSuffix("/") {
      if try isPicture(path, in: tree), !seen.contains(path) {
        throw .unlabelled(file: tree.title(path), list: list)
      }
    }
    if let empty = paths.firstIndex(where: \.isEmpty) {
      throw .emptyClass(folder: tree.title("val/images of \(identifiers[empty])"))
    }
    return paths
  }
}
