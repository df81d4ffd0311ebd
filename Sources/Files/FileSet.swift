// A folder's files as one set, which takes the place of the earlier one as a whole. New files are written into a hidden
// folder in it, flushed, and moved out of it by renames once all of them are there; until then the earlier set stays as
// it is, whatever happens to the process. What belongs to a set stands in a list in the folder, with digests: a file
// that is not in it, or is no longer as the list has it, is somebody else's and is never lost.

import Text

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The files of one run on their way into its folder.
public final class FileSet {
  /// What became of somebody else's file.
  public enum Notice: Hashable, Sendable {
    /// It had the name of a new file, and has another one now.
    case movedAside(String, to: String)
    /// It was written as a part of the earlier set and changed since; no new file has its name, and it stays.
    case leftChanged(String)
  }

  /// The list of the set's files, as `sha256sum --check` reads it.
  public static let list = ".cladec-files"

  private let folder: String
  private let stage: Stage
  private var digests: [String: SHA256.Digest] = [:]

  /// Makes the folder, if need be, and a place for new files in it; removes what sets of killed processes have left.
  public init(in folder: String) throws(FileError) {
    self.folder = folder
    try makeFolder(folder)
    Stage.removeAbandoned(in: folder)
    stage = try Stage(in: folder)
  }

  /// Writes a file of the new set, which is not seen before the set is published.
  /// - Throws: where it cannot be written, and where a folder has its name.
  public func add(_ name: String, _ bytes: [UInt8]) throws(FileError) {
    try refuseFolder(name)
    try writeNewFile(stage.path + "/" + name, bytes, path: folder + "/" + name)
    digests[name] = SHA256.digest(of: bytes)
  }

  /// Puts the new files into the places of the earlier set's, and takes away what the earlier set has beyond them. Two
  /// processes do so one after the other where the file system can lock a folder.
  /// - Parameter last: the file without which the set is none. It is taken away first and comes last, so that a process
  ///   that is killed in between leaves no mixture that looks whole.
  public func publish(last: String) throws(FileError) -> [Notice] {
    let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    if descriptor >= 0 { while flock(descriptor, LOCK_EX) != 0, errno == EINTR {} }
    defer { if descriptor >= 0 { close(descriptor) } }
    let names = digests.keys.filter { $0 != last }.sorted() + (digests[last] == nil ? [] : [last])
    for name in names { try refuseFolder(name) }
    let earlier = readList()
    // Whatever happens from here on, the list knows all files that are this program's.
    let known = earlier.merging(digests.mapValues { [$0] }) { $0.union($1) }
    try writeList(known)
    var notices: [Notice] = []
    for name in names where isForeign(name, known) { notices.append(try moveAside(name)) }
    if names.last == last { unlink(folder + "/" + last) }
    for name in names { try moveIn(name) }
    for name in earlier.keys.sorted() where digests[name] == nil {
      guard let found = regularFile(name) else { continue }
      if earlier[name]?.contains(found) == true {
        unlink(folder + "/" + name)
      } else {
        notices.append(.leftChanged(name))
      }
    }
    // The longer list does no harm.
    try? writeList(digests.mapValues { [$0] })
    if descriptor >= 0 { _ = fsync(descriptor) }
    return notices
  }

  private func refuseFolder(_ name: String) throws(FileError) {
    var known = stat()
    if lstat(folder + "/" + name, &known) == 0, known.st_mode & S_IFMT == S_IFDIR {
      throw FileError(path: folder + "/" + name, reason: .isAFolder)
    }
  }

  /// The digest of a regular file in the folder; none where there is none, or none that can be read.
  private func regularFile(_ name: String) -> SHA256.Digest? {
    var known = stat()
    guard lstat(folder + "/" + name, &known) == 0, known.st_mode & S_IFMT == S_IFREG else { return nil }
    return (try? readFile(folder + "/" + name, limit: Int(known.st_size))).map { SHA256.digest(of: $0) }
  }

  /// Whether a file is there that a new one must not replace. A link, a pipe or a device has no content to lose.
  private func isForeign(_ name: String, _ known: [String: Set<SHA256.Digest>]) -> Bool {
    var facts = stat()
    guard lstat(folder + "/" + name, &facts) == 0, facts.st_mode & S_IFMT == S_IFREG else { return false }
    guard let found = regularFile(name) else { return true }
    return known[name]?.contains(found) != true
  }

  private func moveAside(_ name: String) throws(FileError) -> Notice {
    var known = stat()
    var (other, number) = (name + ".kept", 1)
    while lstat(folder + "/" + other, &known) == 0 {
      number += 1
      other = "\(name).kept-\(number)"
    }
    guard rename(folder + "/" + name, folder + "/" + other) == 0 else {
      throw FileError(path: folder + "/" + name, number: errno, isWriting: true)
    }
    return .movedAside(name, to: other)
  }

  /// An earlier file's permissions are kept.
  private func moveIn(_ name: String) throws(FileError) {
    let (old, new) = (folder + "/" + name, stage.path + "/" + name)
    var known = stat()
    if lstat(old, &known) == 0, known.st_mode & S_IFMT == S_IFREG { _ = chmod(new, known.st_mode & 0o7777) }
    guard rename(new, old) == 0 else { throw FileError(path: old, number: errno, isWriting: true) }
  }
}

// MARK: the list

extension FileSet {
  private func writeList(_ files: [String: Set<SHA256.Digest>]) throws(FileError) {
    let lines = files.flatMap { name, digests in digests.map { "\($0)  \(name)\n" } }
    let inOrder = lines.sorted { $0.dropFirst(64) == $1.dropFirst(64) ? $0 < $1 : $0.dropFirst(64) < $1.dropFirst(64) }
    try replaceFile(folder + "/" + Self.list, with: Array(inOrder.joined().utf8))
  }

  /// Lines that no list of this program has are passed over: nothing outside the folder, and nothing hidden, is ever
  /// taken for a part of the set.
  private func readList() -> [String: Set<SHA256.Digest>] {
    guard let bytes = try? readFile(folder + "/" + Self.list, limit: 1 << 26) else { return [:] }
    var files: [String: Set<SHA256.Digest>] = [:]
    for line in String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline) {
      let name = String(line.dropFirst(66))
      guard let digest = SHA256.Digest(line.prefix(64)), line.dropFirst(64).hasPrefix("  "), !name.isEmpty,
        !name.hasPrefix("."), !name.contains("/")
      else { continue }
      files[name, default: []].insert(digest)
    }
    return files
  }
}

// MARK: the place for new files

/// A hidden folder whose process holds a lock: it is abandoned once nobody does.
private final class Stage {
  private static let prefix = ".cladec-stage-"
  private static let lock = ".lock"

  let path: String
  private let descriptor: Int32

  init(in folder: String) throws(FileError) {
    for attempt in 0... {
      let path = folder + "/" + Self.prefix + "\(attempt)"
      guard mkdir(path, 0o777) == 0 else {
        guard errno == EEXIST, attempt < 10_000 else {
          throw FileError(path: folder, number: errno, isWriting: true)
        }
        continue
      }
      let descriptor = open(path + "/" + Self.lock, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
      guard descriptor >= 0 else {
        let number = errno
        // Somebody has taken the empty folder for an abandoned one, or another one has made it anew since.
        if number == ENOENT || number == EEXIST { continue }
        rmdir(path)
        throw FileError(path: folder, number: number, isWriting: true)
      }
      if flock(descriptor, LOCK_EX | LOCK_NB) != 0, errno == EWOULDBLOCK {
        close(descriptor)
        continue
      }
      if Self.isLock(descriptor, of: path) {
        (self.path, self.descriptor) = (path, descriptor)
        return
      }
      close(descriptor)
    }
    throw FileError(path: folder, reason: .other(EEXIST))
  }

  deinit {
    Self.remove(path)
    close(descriptor)
  }

  /// Removes the folders that nobody holds. Where there are no locks, none is known to be abandoned.
  static func removeAbandoned(in folder: String) {
    for name in names(in: folder) where name.hasPrefix(prefix) {
      let path = folder + "/" + name
      var known = stat()
      guard lstat(path, &known) == 0, known.st_mode & S_IFMT == S_IFDIR else { continue }
      let descriptor = open(path + "/" + lock, O_RDWR | O_NOFOLLOW | O_CLOEXEC)
      guard descriptor >= 0 else {
        if errno == ENOENT { rmdir(path) }
        continue
      }
      // It may be the lock of a folder that is gone, in whose place another process has one by now.
      if flock(descriptor, LOCK_EX | LOCK_NB) == 0, isLock(descriptor, of: path) { remove(path) }
      close(descriptor)
    }
  }

  /// Whether this is the lock that lies in the folder now.
  private static func isLock(_ descriptor: Int32, of path: String) -> Bool {
    var (own, there) = (stat(), stat())
    return fstat(descriptor, &own) == 0 && stat(path + "/" + lock, &there) == 0 && own.st_ino == there.st_ino
  }

  /// Its files, the lock last, and itself.
  private static func remove(_ path: String) {
    for name in names(in: path) where name != lock { unlink(path + "/" + name) }
    unlink(path + "/" + lock)
    rmdir(path)
  }

  private static func names(in folder: String) -> [String] {
    guard let entries = opendir(folder) else { return [] }
    defer { closedir(entries) }
    var names: [String] = []
    while let entry = readdir(entries) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
      if name != ".", name != ".." { names.append(name) }
    }
    return names
  }
}
