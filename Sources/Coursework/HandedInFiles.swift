import Datasets
import Files
import Text

/// Files that were handed in, with their paths below what was named: of folders and of archives, which are never unpacked to the
/// disk. Links are not followed, and nothing is read that is too large to be a notebook.
struct HandedInFiles {
  struct File: Hashable {
    /// `["submission_123", "sheet.cladec"]`
    var parts: [String]
    let content: Content

    var name: String { parts.last ?? "" }
  }

  enum Content: Hashable {
    case bytes([UInt8])
    /// Why it was not read, in words that go on after "the file".
    case refused(String)
  }

  enum Limits {
    static let entries = 100_000
    static let depth = 8
    /// Of an archive that a student has handed in.
    static let archive = 1 << 24
    /// Of everything that is read of one archive.
    static let total = 1 << 29
    /// Of a list of submissions.
    static let list = 1 << 24
  }

  private(set) var files: [File] = []
  private var total = 0

  /// Everything in a folder.
  init(folder: String) throws(FileError) {
    try addFolder(folder, [], depth: 0)
  }

  /// Everything in an archive.
  init(archive: String) {
    do throws(DatasetError) { try addEntries(of: ArchiveReader(archive), [], isNested: false) } catch {
      files = [File(parts: [fileName(of: archive)], content: .refused("cannot be read: \(error.message)"))]
    }
  }

  private init() {}

  // MARK: folders

  private mutating func addFolder(_ folder: String, _ parts: [String], depth: Int) throws(FileError) {
    for (name, kind) in try ownEntries(of: folder) where !Self.isBeside(name) {
      guard files.count < Limits.entries else { return }
      let (path, inner) = (folder + "/" + name, parts + [name])
      switch kind {
      case .folder:
        if depth < Limits.depth { try? addFolder(path, inner, depth: depth + 1) }
      case .link: files.append(File(parts: inner, content: .refused("is a symbolic link, which is not followed")))
      case .other: files.append(File(parts: inner, content: .refused("is a pipe or a device")))
      case .file: addFile(path, inner)
      }
    }
  }

  private mutating func addFile(_ path: String, _ parts: [String]) {
    if Self.isArchive(path) {
      guard case .file(let size) = kind(of: path), size <= Limits.archive else {
        return files.append(File(parts: parts, content: .refused("is larger than \(binarySize(Limits.archive))")))
      }
      do throws(FileError) { addArchive(try readFile(path, limit: Limits.archive), parts) } catch {
        files.append(File(parts: parts, content: .refused("cannot be read: \(error.words)")))
      }
    } else {
      files.append(File(parts: parts, content: Self.content(of: path)))
    }
  }

  /// A regular file that may be a notebook.
  static func content(of path: String) -> Content {
    guard case .file(let size) = kind(of: path) else {
      return .refused(kind(of: path) == .link ? "is a symbolic link, which is not followed" : "is not a file")
    }
    let limit = isList(path) ? Limits.list : TextFile.largest
    guard size <= limit else {
      return .refused("has \(binarySize(size)), more than the \(limit) bytes that a notebook may have")
    }
    do throws(FileError) { return .bytes(try readFile(path, limit: limit)) } catch {
      return .refused("cannot be read: \(error.words)")
    }
  }

  // MARK: archives

  /// An archive that a student has handed in stands for a folder; one within it is not opened.
  private mutating func addArchive(_ bytes: [UInt8], _ parts: [String]) {
    let folder = parts.dropLast() + [stem(of: parts.last ?? "")]
    do throws(DatasetError) {
      try addEntries(of: ArchiveReader(bytes, path: parts.last ?? ""), Array(folder), isNested: true)
    } catch {
      files.append(File(parts: parts, content: .refused("cannot be read: \(error.message)")))
    }
  }

  private mutating func addEntries(
    of reader: ArchiveReader, _ folder: [String], isNested: Bool
  ) throws(DatasetError) {
    var count = 0
    while let entry = try reader.next() {
      count += 1
      guard count <= Limits.entries, files.count < Limits.entries else {
        throw .tooManyFiles(folder: folder.last ?? "the archive", limit: Limits.entries)
      }
      let parts = entry.name.split(separator: "/").map(String.init)
      guard let name = parts.last, !parts.contains(where: Self.isBeside) || parts.contains("..") else { continue }
      let inner = folder + parts.filter { $0 != ".." && $0 != "." }.prefix(Limits.depth)
      guard !parts.contains(".."), !entry.name.hasPrefix("/"), !entry.name.contains("\\"), parts.count <= Limits.depth
      else {
        if entry.kind != .folder {
          files.append(File(parts: inner, content: .refused("has a path that leads out of its archive")))
        }
        continue
      }
      switch entry.kind {
      case .folder, .other: continue
      case .link: files.append(File(parts: inner, content: .refused("is a link, which is not followed")))
      case .file:
        let isArchive = Self.isArchive(name)
        let limit = isArchive ? Limits.archive : Self.isList(name) ? Limits.list : TextFile.largest
        guard entry.size <= limit, !(isArchive && isNested) else {
          files.append(
            File(
              parts: inner,
              content: .refused(
                isArchive && isNested
                  ? "is an archive within an archive" : Self.tooLarge(limit))))
          continue
        }
        // What the header says is not believed.
        let bytes: [UInt8]
        do throws(DatasetError) { bytes = try reader.content(.whole(limit: limit), title: name) } catch {
          let reason: String
          if case .tooLarge = error {
            reason = Self.tooLarge(limit)
          } else {
            reason = "cannot be read: \(error.message)"
          }
          files.append(File(parts: inner, content: .refused(reason)))
          continue
        }
        total += bytes.count
        guard total <= Limits.total else { throw .tooLarge(file: name, limit: Limits.total) }
        if isArchive { addArchive(bytes, inner) } else { files.append(File(parts: inner, content: .bytes(bytes))) }
      }
    }
  }

  private static func tooLarge(_ limit: Int) -> String { "is larger than the \(limit) bytes that it may have" }

  // MARK: names

  /// Hidden, or what other systems put beside files.
  private static func isBeside(_ name: String) -> Bool {
    name.hasPrefix(".") || name == "__MACOSX" || name == "Thumbs.db" || name == "desktop.ini"
  }

  static func isArchive(_ path: String) -> Bool { path.lowercased().hasSuffix(".zip") }

  /// What learning platforms and teachers put beside submissions.
  static func isList(_ path: String) -> Bool {
    let name = fileName(of: path).lowercased()
    return name == "submission_metadata.yml" || name.hasSuffix(".csv") || name.hasSuffix(".xlsx")
  }
}

func fileName(of path: String) -> String { path.split(separator: "/").last.map(String.init) ?? path }

/// A file's name without its last ending.
func stem(of path: String) -> String {
  let name = fileName(of: path)
  guard let dot = name.lastIndex(of: "."), dot > name.startIndex else { return name }
  return String(name[..<dot])
}
