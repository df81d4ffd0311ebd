import Files

/// A folder on the disk. Links in it are followed.
struct FolderTree: FileTree {
  let path: String
  let paths: [String]

  /// Lists everything in the folder; `nil` where there is none of this name.
  init?(_ path: String, isWanted: () -> Bool) throws(DatasetError) {
    self.path = path
    var paths: [String] = []
    var open = [(prefix: "", depth: 0)]
    while let (prefix, depth) = open.popLast() {
      guard isWanted() else { throw .interrupted }
      let folder = prefix.isEmpty ? path : joined(path, String(prefix.dropLast()))
      let found: [(name: String, isFolder: Bool)]
      do throws(FileError) { found = try entries(in: folder) } catch {
        if prefix.isEmpty, error.reason == .missing || error.reason == .notAFolder { return nil }
        throw .unreadable(file: folder, reason: error.words)
      }
      for (name, isFolder) in found where !name.isBesideData {
        let entry = prefix + name + (isFolder ? "/" : "")
        paths.append(entry)
        if isFolder, depth < TreeLimits.depth { open.append((entry, depth + 1)) }
      }
      guard paths.count <= TreeLimits.entries else {
        throw .tooManyFiles(folder: path, limit: TreeLimits.entries)
      }
    }
    self.paths = paths.sorted { $0.precedesByBytes($1) }
  }

  func title(_ name: String) -> String { joined(path, name) }

  func size(of name: String) throws(DatasetError) -> Int {
    let file = title(name)
    do throws(FileError) { return try readBeginning(of: file, count: 0).size } catch { throw error.ofData }
  }

  func read(
    _ names: [String], _ amount: ReadingAmount, _ each: (Int, [UInt8]) throws(DatasetError) -> Bool
  ) throws(DatasetError) {
    for (place, name) in names.enumerated() {
      let file = title(name)
      let bytes: [UInt8]
      do throws(FileError) {
        switch amount {
        case .whole(let limit): bytes = try Files.readFile(file, limit: limit)
        case .beginning(let count): bytes = try readBeginning(of: file, count: count).bytes
        }
      } catch { throw error.ofData }
      guard try each(place, bytes) else { return }
    }
  }
}

extension FileError {
  /// The same, where a data set's file was expected.
  var ofData: DatasetError {
    switch reason {
    case .interrupted: .interrupted
    case .notAFile, .isAFolder: .notAFile(path)
    case .tooLarge(let limit): .tooLarge(file: path, limit: limit)
    default: .unreadable(file: path, reason: words)
    }
  }
}
