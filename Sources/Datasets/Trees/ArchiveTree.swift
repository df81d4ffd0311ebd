import Files

/// A tar file, gzipped or not, or a zip file, read by libarchive from its beginning to its end and never unpacked to the disk.
/// Where everything in it lies in one folder, paths go on from there.
struct ArchiveTree: FileTree {
  /// How the names of such files end.
  static let endings = [".tar", ".tar.gz", ".tgz", ".zip"]

  let path: String
  let paths: [String]
  private let sizes: [String: Int]
  /// The folder that everything lies in, with its stroke, or nothing.
  private let top: String

  /// Lists everything in the archive; `nil` where there is no file of this name.
  init?(_ path: String, isWanted: () -> Bool) throws(DatasetError) {
    self.path = path
    let end: [UInt8]
    do throws(FileError) { end = try readEnd(of: path, count: 1024) } catch {
      if error.reason == .missing || error.reason == .notAFolder { return nil }
      throw error.ofData
    }
    // Without its end, two blocks of zeros, a tar file may look like a whole one with fewer files in it.
    guard !path.hasSuffix(".tar") || end.count == 1024 && end.allSatisfy({ $0 == 0 }) else {
      throw .brokenArchive(file: path, reason: "its end is missing")
    }
    var sizes: [String: Int] = [:]
    var folders: Set<String> = []
    var total = 0
    let reader = try ArchiveReader(path)
    while let entry = try reader.next() {
      guard isWanted() else { throw .interrupted }
      guard sizes.count + folders.count < TreeLimits.entries else {
        throw .tooManyFiles(folder: path, limit: TreeLimits.entries)
      }
      let parts = entry.name.split(separator: "/")
      guard !parts.contains(".."), !entry.name.hasPrefix("/") else {
        throw .unsafeEntry(archive: path, name: entry.name)
      }
      if parts.isEmpty || parts.contains(where: { String($0).isBesideData }) { continue }
      let name = parts.joined(separator: "/")
      switch entry.kind {
      case .folder: folders.insert(name + "/")
      case .link: throw .unsafeEntry(archive: path, name: entry.name)
      case .other: continue
      case .file:
        // What is skipped has to be decompressed as well.
        (total, _) = total.addingReportingOverflow(entry.size)
        guard entry.size >= 0, total >= 0, total <= TreeLimits.archiveBytes else {
          throw .tooLarge(file: path, limit: TreeLimits.archiveBytes)
        }
        guard sizes.updateValue(entry.size, forKey: name) == nil else {
          throw .entryTwice(archive: path, name: name)
        }
        // Folders need not be listed themselves.
        for end in parts.indices.dropFirst() {
          folders.insert(parts[..<end].joined(separator: "/") + "/")
        }
      }
    }
    let top = Self.commonFolder(of: sizes.keys)
    self.top = top
    self.sizes = sizes
    paths = (Array(sizes.keys) + folders).filter { $0.hasPrefix(top) && $0 != top }.map {
      String($0.dropFirst(top.count))
    }
    .sorted { $0.precedesByBytes($1) }
  }

  private static func commonFolder(of names: some Collection<String>) -> String {
    guard let first = names.first, let end = first.firstIndex(of: "/") else { return "" }
    let top = String(first[...end])
    return names.allSatisfy { $0.hasPrefix(top) } ? top : ""
  }

  func title(_ name: String) -> String { "\(path):\(name)" }

  func size(of name: String) throws(DatasetError) -> Int { sizes[top + name] ?? 0 }

  func read(
    _ names: [String], _ amount: ReadingAmount, _ each: (Int, [UInt8]) throws(DatasetError) -> Bool
  ) throws(DatasetError) {
    var wanted: [String: Int] = [:]
    for (place, name) in names.enumerated() { wanted[top + name] = place }
    let reader = try ArchiveReader(path)
    while !wanted.isEmpty, let entry = try reader.next() {
      guard entry.kind == .file,
        let place = wanted.removeValue(forKey: entry.name.split(separator: "/").joined(separator: "/"))
      else { continue }
      guard try each(place, try reader.content(amount, title: title(names[place]))) else { return }
    }
    // It was there when the archive was listed.
    if let lost = wanted.keys.min(by: { $0.precedesByBytes($1) }) {
      throw .unreadable(file: title(String(lost.dropFirst(top.count))), reason: "the archive has changed")
    }
  }
}
