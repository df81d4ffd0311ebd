// What lies in a folder, and when it was used.

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// What is known of a regular file without reading it.
public struct FileFacts: Hashable, Sendable {
  public let name: String
  /// In bytes.
  public let size: Int
  /// Seconds since 1970, by the clock of the file system.
  public let modified: Double
}

/// The regular files of a folder, links not among them, in the order of their names.
public func files(in folder: String) throws(FileError) -> [FileFacts] {
  try names(in: folder).sorted().compactMap { facts(of: folder + "/" + $0) }
}

/// What a folder holds: files of any kind, and folders. What a link leads to counts; one that leads nowhere is a file.
public func entries(in folder: String) throws(FileError) -> [(name: String, isFolder: Bool)] {
  guard let entries = opendir(folder) else { throw FileError(path: folder, number: errno, isWriting: false) }
  defer { closedir(entries) }
  var found: [(name: String, isFolder: Bool)] = []
  while let entry = readdir(entries) {
    let name = withUnsafeBytes(of: &entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    if name == "." || name == ".." { continue }
    switch Int32(entry.pointee.d_type) {
    case Int32(DT_REG): found.append((name, false))
    case Int32(DT_DIR): found.append((name, true))
    default:
      var known = stat()
      found.append((name, stat(folder + "/" + name, &known) == 0 && known.st_mode & S_IFMT == S_IFDIR))
    }
  }
  return found
}

/// What something in a folder is, itself: of a link nothing is looked at but that it is one.
public enum EntryKind: Hashable, Sendable {
  case file(size: Int)
  case folder, link, other
}

/// What lies at a path; none where there is nothing, or nothing that may be looked at.
public func kind(of path: String) -> EntryKind? {
  var known = stat()
  guard lstat(path, &known) == 0 else { return nil }
  switch known.st_mode & S_IFMT {
  case S_IFREG: return .file(size: Int(known.st_size))
  case S_IFDIR: return .folder
  case S_IFLNK: return .link
  default: return .other
  }
}

/// What a folder holds, in the order of the names' bytes, links not followed.
public func ownEntries(of folder: String) throws(FileError) -> [(name: String, kind: EntryKind)] {
  try names(in: folder).filter { $0 != "." && $0 != ".." }.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    .compactMap { name in kind(of: folder + "/" + name).map { (name, $0) } }
}

/// Whether this process may read what has this name.
public func isReadable(_ path: String) -> Bool { access(path, R_OK) == 0 }

/// Says that a file was used just now. Where this is not allowed, it seems older than it is.
public func touchFile(_ path: String) { utimensat(AT_FDCWD, path, nil, 0) }

func names(in folder: String) throws(FileError) -> [String] {
  guard let entries = opendir(folder) else { throw FileError(path: folder, number: errno, isWriting: false) }
  defer { closedir(entries) }
  var names: [String] = []
  while let entry = readdir(entries) {
    names.append(
      withUnsafeBytes(of: &entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) })
  }
  return names
}

func facts(of path: String) -> FileFacts? {
  var known = stat()
  guard lstat(path, &known) == 0, known.st_mode & S_IFMT == S_IFREG else { return nil }
  #if canImport(Darwin)
    let time = known.st_mtimespec
  #else
    let time = known.st_mtim
  #endif
  return FileFacts(
    name: path.split(separator: "/").last.map(String.init) ?? path, size: Int(known.st_size),
    modified: Double(time.tv_sec) + Double(time.tv_nsec) / 1e9)
}
