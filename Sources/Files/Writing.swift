// Whole files, written so that a reader sees the old or the new bytes and nothing between: beside the path, flushed to
// the disk, renamed. On an error nothing is left behind.

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Puts a new file in the place of whatever has this name but a folder: a link, a pipe or a device is replaced, and what
/// it leads to stays as it is. An earlier file's permissions are kept; a new one has those given, less the process's mask.
public func replaceFile(_ path: String, with bytes: [UInt8], permissions: UInt32 = 0o666) throws(FileError) {
  var known = stat()
  let exists = lstat(path, &known) == 0
  if exists, known.st_mode & S_IFMT == S_IFDIR { throw FileError(path: path, reason: .isAFolder) }
  let isFile = exists && known.st_mode & S_IFMT == S_IFREG
  try writeBeside(path, bytes, permissions: permissions, as: isFile ? known : nil, keepingOwner: false)
}

/// Gives a file other bytes: that which a link names, with its owner, group and permissions. A file with several names is
/// written in place, for a new one would have only one of them. What does not exist becomes a new file.
public func rewriteFile(_ path: String, with bytes: [UInt8], permissions: UInt32 = 0o666) throws(FileError) {
  var known = stat()
  guard stat(path, &known) == 0 else {
    return try writeBeside(path, bytes, permissions: permissions, as: nil, keepingOwner: false)
  }
  switch known.st_mode & S_IFMT {
  case S_IFREG: break
  case S_IFDIR: throw FileError(path: path, reason: .isAFolder)
  default: throw FileError(path: path, reason: .notAFile)
  }
  if known.st_nlink > 1 { return try writeInto(path, bytes) }
  try writeBeside(resolved(path) ?? path, bytes, permissions: permissions, as: known, keepingOwner: true)
}

/// Writes a file that does not exist yet.
/// - Throws: `isThere` where anything has this name.
public func createFile(_ path: String, _ bytes: [UInt8]) throws(FileError) {
  try writeNewFile(path, bytes, path: path)
}

/// Writes a file that does not exist yet, and flushes it to the disk.
/// - Parameter path: what an error calls it.
func writeNewFile(_ file: String, _ bytes: [UInt8], path: String) throws(FileError) {
  let descriptor = open(file, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
  guard descriptor >= 0 else { throw FileError(path: path, number: errno, isWriting: true) }
  do throws(FileError) {
    try write(bytes, to: descriptor, path: path)
    try flush(descriptor, path: path)
  } catch {
    close(descriptor)
    unlink(file)
    throw error
  }
  guard close(descriptor) == 0 else { throw FileError(path: path, number: errno, isWriting: true) }
}

/// Makes a folder and those above it, as far as they are missing.
public func makeFolder(_ path: String) throws(FileError) {
  var made = path.hasPrefix("/") ? "/" : ""
  for part in path.split(separator: "/") {
    made += part + "/"
    if mkdir(made, 0o777) == 0 { continue }
    let number = errno
    var known = stat()
    if stat(made, &known) == 0, known.st_mode & S_IFMT == S_IFDIR { continue }
    throw FileError(path: made, reason: number == EEXIST ? .notAFolder : .init(number, isWriting: true))
  }
}

/// Removes from a folder what writes that were killed have left in it; those of processes that live are let alone.
public func removeLeftovers(in folder: String) {
  for name in (try? names(in: folder)) ?? [] {
    guard let process = Temporary.process(of: name), process != getpid(), kill(process, 0) != 0, errno == ESRCH else {
      continue
    }
    unlink(folder + "/" + name)
  }
}

/// The same in a folder that several machines share, where the number of a process says nothing: what is so many seconds
/// older than a file that was written just now, by the one clock that both have their times from.
public func removeLeftovers(in folder: String, olderThan age: Double, before file: String) {
  guard let now = facts(of: folder + "/" + file)?.modified else { return }
  for name in (try? names(in: folder)) ?? [] where Temporary.process(of: name) != nil {
    guard let facts = facts(of: folder + "/" + name), facts.modified < now - age else { continue }
    unlink(folder + "/" + name)
  }
}

/// `.NAME.PROCESS-ATTEMPT.tmp`
private enum Temporary {
  static func name(for name: String, attempt: Int) -> String {
    ".\(name.utf8.count > 200 ? "" : name).\(getpid())-\(attempt).tmp"
  }

  /// The process that made a file of this name; none where it is not a temporary one.
  static func process(of name: String) -> pid_t? {
    guard name.hasPrefix("."), name.hasSuffix(".tmp"),
      let last = name.dropLast(4).split(separator: ".", omittingEmptySubsequences: false).last
    else { return nil }
    let parts = last.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 2, Int(parts[1]) != nil, let process = pid_t(parts[0]), process > 0 else { return nil }
    return process
  }
}

/// Removes a file; one that is not there need not be removed.
public func removeFile(_ path: String) throws(FileError) {
  guard unlink(path) != 0, errno != ENOENT else { return }
  throw FileError(path: path, number: errno, isWriting: true)
}

/// - Parameter known: the file that is replaced, whose permissions stay.
private func writeBeside(
  _ path: String, _ bytes: [UInt8], permissions: UInt32, as known: stat?, keepingOwner: Bool
) throws(FileError) {
  let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? "./"
  let name = path.split(separator: "/").last.map(String.init) ?? ""
  let (temporary, descriptor) = try openBeside(folder: folder, name: name, path: path, permissions: permissions)
  do throws(FileError) {
    try write(bytes, to: descriptor, path: path)
    if let known {
      // Where it is not allowed to give the file away, it belongs to who writes it.
      if keepingOwner { _ = fchown(descriptor, known.st_uid, known.st_gid) }
      _ = fchmod(descriptor, known.st_mode & 0o7777)
    }
    try flush(descriptor, path: path)
  } catch {
    close(descriptor)
    unlink(temporary)
    throw error
  }
  guard close(descriptor) == 0, rename(temporary, path) == 0 else {
    let number = errno
    unlink(temporary)
    throw FileError(path: path, number: number, isWriting: true)
  }
  // The new name is safe once the folder is on the disk too; not every file system can do that.
  let folderDescriptor = open(folder, O_RDONLY | O_CLOEXEC)
  if folderDescriptor >= 0 {
    _ = fsync(folderDescriptor)
    close(folderDescriptor)
  }
}

private func writeInto(_ path: String, _ bytes: [UInt8]) throws(FileError) {
  let descriptor = open(path, O_WRONLY | O_CLOEXEC)
  guard descriptor >= 0 else { throw FileError(path: path, number: errno, isWriting: true) }
  defer { close(descriptor) }
  try write(bytes, to: descriptor, path: path)
  guard ftruncate(descriptor, off_t(bytes.count)) == 0 else {
    throw FileError(path: path, number: errno, isWriting: true)
  }
  try flush(descriptor, path: path)
}

private func resolved(_ path: String) -> String? {
  guard let real = realpath(path, nil) else { return nil }
  defer { free(real) }
  return String(cString: real)
}

/// Opens a new file whose name nobody else has.
private func openBeside(
  folder: String, name: String, path: String, permissions: UInt32
) throws(FileError) -> (path: String, descriptor: Int32) {
  for attempt in 0... {
    let temporary = folder + Temporary.name(for: name, attempt: attempt)
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode_t(permissions))
    if descriptor >= 0 { return (temporary, descriptor) }
    guard errno == EEXIST, attempt < 1000 else { break }
  }
  throw FileError(path: path, number: errno, isWriting: true)
}

private func write(_ bytes: [UInt8], to descriptor: Int32, path: String) throws(FileError) {
  var written = 0
  while written < bytes.count {
    let count = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress.map { $0 + written }, bytes.count - written) }
    if count < 0, errno == EINTR { continue }
    guard count > 0 else { throw FileError(path: path, number: count == 0 ? ENOSPC : errno, isWriting: true) }
    written += count
  }
}

private func flush(_ descriptor: Int32, path: String) throws(FileError) {
  guard fsync(descriptor) == 0 || errno == EINVAL else { throw FileError(path: path, number: errno, isWriting: true) }
}
