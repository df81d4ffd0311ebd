/// What `load` is given: the name of a known data set, or the path of a folder or an archive.
public enum DatasetName: Hashable, Sendable {
  case known(KnownDataset)
  case path(String)

  /// A path has a stroke in it; none where it is neither a path nor known.
  public init?(_ text: String) {
    if let known = KnownDataset(rawValue: text) {
      self = .known(known)
    } else if text.contains("/"), !text.allSatisfy({ $0 == "/" }), !text.utf8.contains(0) {
      self = .path(text)
    } else {
      return nil
    }
  }

  /// How it is called: a path by its last part, without an archive's ending.
  public var word: String {
    switch self {
    case .known(let known): return known.rawValue
    case .path(let path):
      let last = path.split(separator: "/").last.map(String.init) ?? path
      guard let ending = ArchiveTree.endings.first(where: { last.hasSuffix($0) }), last.count > ending.count else {
        return last
      }
      return String(last.dropLast(ending.count))
    }
  }

  /// As `load` is given it.
  public var text: String {
    switch self {
    case .known(let known): known.rawValue
    case .path(let path): path
    }
  }

  /// Whether its images are drawn, and no file is read for them.
  public var isDrawn: Bool {
    if case .known(let known) = self, case .drawn = known.form { true } else { false }
  }

  /// Finds the data set, so that its images can be counted and read.
  ///
  /// - Parameters:
  ///   - seed: which images are drawn, where they are; which are held out, where they have to be.
  ///   - shortcut: the factor that tells the class, of what is drawn.
  ///   - holdout: the share of each class that is held out as test images where nobody has set any apart.
  ///   - folders: the data folders, as `dataFolders` gives them; the first that holds anything of it is taken, and of a file
  ///     the form with `.gz` before that without. A path begins in the current folder, or else in one of these.
  ///   - read: gives a file's bytes, `nil` where there is none of this name.
  ///   - isWanted: asked now and then while files are looked for; an answer of false breaks off.
  public func open(
    seed: UInt64 = Garments.defaultSeed, shortcut: String? = nil, holdout: Double = DatasetName.usualHoldout,
    searching folders: [String],
    read: (String) throws(DatasetError) -> [UInt8]? = { path throws(DatasetError) in try readFile(path) },
    isWanted: () -> Bool = { true }
  ) throws(DatasetError) -> any DatasetSource {
    switch self {
    case .known(let known):
      switch known.form {
      case .drawn where known == .points: return Points(seed: seed)
      case .drawn:
        let garments = Garments(seed: seed)
        return shortcut.flatMap { garments.with(shortcut: $0) } ?? garments
      case .folder: return try IDXFiles(known, in: candidateFolders(for: word, in: folders), read: read)
      case .tree:
        for place in known.places(in: folders) {
          if let tree = try Self.tree(at: place, isWanted) { return try source(in: tree, seed, holdout, isWanted) }
        }
        throw .notFound(name: word, folders: folders, files: known.files)
      }
    case .path(let path):
      let places = [path] + (path.hasPrefix("/") ? [] : folders.map { joined($0, path) })
      for place in places {
        if let tree = try Self.tree(at: place, isWanted) { return try source(in: tree, seed, holdout, isWanted) }
      }
      throw .noFolder(name: path, places: places)
    }
  }

  /// The share of each class that is held out unless it is said.
  public static let usualHoldout = 0.2

  private static func tree(at path: String, _ isWanted: () -> Bool) throws(DatasetError) -> (any FileTree)? {
    if ArchiveTree.endings.contains(where: { path.hasSuffix($0) }) {
      do throws(DatasetError) { if let archive = try ArchiveTree(path, isWanted: isWanted) { return archive } } catch {
        // A folder may be called so, too.
        guard error == .notAFile(path) else { throw error }
      }
    }
    return try FolderTree(path, isWanted: isWanted)
  }

  /// What lies there, by how it is laid out.
  private func source(
    in tree: any FileTree, _ seed: UInt64, _ holdout: Double, _ isWanted: () -> Bool
  ) throws(DatasetError) -> any DatasetSource {
    if self == .known(.cifar10) || CIFAR10.isThere(tree) { return try CIFAR10(tree, name: word) }
    let layout =
      self == .known(.tinyImageNet) || ImageLayout.isTinyImageNet(tree)
      ? try ImageLayout(tinyImageNetIn: tree, name: word)
      : try ImageLayout(classFoldersIn: tree, holdout: holdout, seed: seed)
    return try PictureFiles(layout, in: tree, name: word, isWanted: isWanted)
  }
}
