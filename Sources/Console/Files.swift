// Whole files: read at once, and written so that a reader sees the old or the new bytes and nothing between.

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Writes the bytes beside the path, flushes them to the disk and renames, so that the file is complete or as it was.
/// On an error nothing is left behind. A new file has the permissions given, less the process's mask; an old one keeps
/// its own.
public func writeFileAtomically(
  _ bytes: [UInt8], to path: String, permissions: UInt32 = 0o666
) throws(FileError) {
  var known = stat()
  let exists = stat(path, &known) == 0
  if exists, known.st_mode & S_IFMT == S_IFDIR { throw FileError(path: path, reason: .isAFolder) }
  // A device or a pipe is written to; replacing it by a file would harm everybody.
  if exists, known.st_mode & S_IFMT != S_IFREG { return try writeInto(path, bytes) }
  // Through a link, the file that it names is written.
  let target = exists ? resolved(path) ?? path : path
  let folder = target.lastIndex(of: "/").map { String(target[...$0]) } ?? "./"
  let name = target.split(separator: "/").last.map(String.init) ?? ""
  let (temporary, descriptor) = try openBeside(folder: folder, name: name, path: path, permissions: permissions)
  do throws(FileError) {
    try write(bytes, to: descriptor, path: path)
    if exists { _ = fchmod(descriptor, known.st_mode & 0o7777) }
    guard fsync(descriptor) == 0 || errno == EINVAL else { throw FileError(path: path, number: errno, isWriting: true) }
  } catch {
    close(descriptor)
    unlink(temporary)
    throw error
  }
  guard close(descriptor) == 0, rename(temporary, target) == 0 else {
    let number = errno
    unlink(temporary)
    throw FileError(path: path, number: number, isWriting: true)
  }
  // The new name is safe once the folder is on the disk too; not every file system can do that.
  let folderDescriptor = open(folder, O_RDONLY)
  if folderDescriptor >= 0 {
    _ = fsync(folderDescriptor)
    close(folderDescriptor)
  }
}

/// All bytes of a file.
public func readFile(_ path: String) throws(FileError) -> [UInt8] {
  let descriptor = open(path, O_RDONLY | O_CLOEXEC)
  guard descriptor >= 0 else { throw FileError(path: path, number: errno, isWriting: false) }
  defer { close(descriptor) }
  var bytes = [UInt8]()
  var block = [UInt8](repeating: 0, count: 1 << 16)
  while true {
    let count = read(descriptor, &block, block.count)
    if count == 0 { return bytes }
    if count < 0, errno == EINTR { continue }
    guard count > 0 else { throw FileError(path: path, number: errno, isWriting: false) }
    bytes += block[..<count]
  }
}

private func writeInto(_ path: String, _ bytes: [UInt8]) throws(FileError) {
  let descriptor = open(path, O_WRONLY | O_CLOEXEC)
  guard descriptor >= 0 else { throw FileError(path: path, number: errno, isWriting: true) }
  defer { close(descriptor) }
  try write(bytes, to: descriptor, path: path)
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
    let temporary = "\(folder).\(name.utf8.count > 200 ? "" : name).\(getpid())-\(attempt).tmp"
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
