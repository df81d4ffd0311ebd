// Whole files, read at once.

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Whether anything has this name, be it a link that leads nowhere.
public func fileExists(_ path: String) -> Bool {
  var known = stat()
  return lstat(path, &known) == 0
}

/// All bytes of a regular file of at most `limit`. A pipe or a device is refused at once, and never waited for.
/// - Parameter shouldStop: asked before each part is read, which may come slowly; an answer of true breaks off.
public func readFile(
  _ path: String, limit: Int, shouldStop: () -> Bool = { false }
) throws(FileError) -> [UInt8] {
  let (descriptor, size) = try openFile(path)
  defer { close(descriptor) }
  guard size <= limit else { throw FileError(path: path, reason: .tooLarge(limit: limit)) }
  return try readAll(descriptor, path: path, limit: limit, expecting: size, shouldStop)
}

/// The first bytes of a regular file, `count` of them if it has so many, and how long all of it is.
public func readBeginning(of path: String, count: Int) throws(FileError) -> (bytes: [UInt8], size: Int) {
  let (descriptor, size) = try openFile(path)
  defer { close(descriptor) }
  return (try readPart(descriptor, path: path, from: 0, count: min(count, size)), size)
}

/// The last bytes of a regular file, `count` of them if it has so many.
public func readEnd(of path: String, count: Int) throws(FileError) -> [UInt8] {
  let (descriptor, size) = try openFile(path)
  defer { close(descriptor) }
  return try readPart(descriptor, path: path, from: max(0, size - count), count: min(count, size))
}

private func readPart(_ descriptor: Int32, path: String, from start: Int, count: Int) throws(FileError) -> [UInt8] {
  var bytes = [UInt8](repeating: 0, count: count)
  var filled = 0
  while filled < bytes.count {
    let wanted = bytes.count - filled
    let got = bytes.withUnsafeMutableBytes {
      pread(descriptor, $0.baseAddress.map { $0 + filled }, wanted, off_t(start + filled))
    }
    if got == 0 { break }
    if got < 0, errno == EINTR { continue }
    guard got > 0 else { throw FileError(path: path, number: errno, isWriting: false) }
    filled += got
  }
  return Array(bytes[..<filled])
}

/// Opens a regular file for reading, and tells how long it is.
private func openFile(_ path: String) throws(FileError) -> (descriptor: Int32, size: Int) {
  // Without O_NONBLOCK, opening a pipe would wait for its writer.
  let descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
  guard descriptor >= 0 else {
    // A socket cannot be opened at all.
    throw FileError(path: path, reason: errno == ENXIO ? .notAFile : FileError.Reason(errno, isWriting: false))
  }
  var known = stat()
  let reason: FileError.Reason?
  if fstat(descriptor, &known) != 0 {
    reason = .init(errno, isWriting: false)
  } else {
    switch known.st_mode & S_IFMT {
    case S_IFREG: return (descriptor, Int(known.st_size))
    case S_IFDIR: reason = .isAFolder
    default: reason = .notAFile
    }
  }
  close(descriptor)
  throw FileError(path: path, reason: reason ?? .notAFile)
}

/// All bytes that a stream gives until its end, such as standard input; it is refused when it goes beyond the limit.
/// - Parameter name: what the error calls it.
public func readStream(_ descriptor: Int32, name: String, limit: Int) throws(FileError) -> [UInt8] {
  try readAll(descriptor, path: name, limit: limit, expecting: 0)
}

/// Calls with each part of a regular file, from its beginning to its end, until the answer is false.
public func readParts(of path: String, _ each: ([UInt8]) -> Bool) throws(FileError) {
  let (descriptor, size) = try openFile(path)
  defer { close(descriptor) }
  for start in stride(from: 0, to: size, by: 1 << 20) {
    guard each(try readPart(descriptor, path: path, from: start, count: min(1 << 20, size - start))) else { return }
  }
}

private func readAll(
  _ descriptor: Int32, path: String, limit: Int, expecting size: Int, _ shouldStop: () -> Bool = { false }
) throws(FileError) -> [UInt8] {
  var bytes: [UInt8] = []
  bytes.reserveCapacity(size)
  var block = [UInt8](repeating: 0, count: 1 << 16)
  while true {
    if shouldStop() { throw FileError(path: path, reason: .interrupted) }
    let count = read(descriptor, &block, block.count)
    if count == 0 { return bytes }
    if count < 0, errno == EINTR { continue }
    guard count > 0 else { throw FileError(path: path, number: errno, isWriting: false) }
    guard bytes.count + count <= limit else { throw FileError(path: path, reason: .tooLarge(limit: limit)) }
    bytes += block[..<count]
  }
}
