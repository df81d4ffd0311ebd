/// The one place of this target that touches the file system: reading a whole file.

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// No file of a data set is larger: 256 MiB, five times what MNIST takes.
public let maximumFileBytes = 1 << 28

/// The bytes of a regular file; `nil` where there is none of this name. Reads no more than `maximumFileBytes`, and
/// waits for no pipe.
public func readFile(_ path: String) throws(DatasetError) -> [UInt8]? {
  let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
  guard descriptor >= 0 else {
    if errno == ENOENT || errno == ENOTDIR { return nil }
    throw .unreadable(file: path, reason: systemReason())
  }
  defer { close(descriptor) }
  var bytes: [UInt8] = []
  var status = stat()
  guard fstat(descriptor, &status) == 0 else { throw .unreadable(file: path, reason: systemReason()) }
  guard status.st_mode & S_IFMT == S_IFREG else { throw .notAFile(path) }
  guard status.st_size <= maximumFileBytes else { throw .tooLarge(file: path, limit: maximumFileBytes) }
  bytes.reserveCapacity(Int(status.st_size))
  var chunk = [UInt8](repeating: 0, count: 1 << 18)
  while true {
    let count = chunk.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
    if count < 0 {
      if errno == EINTR { continue }
      throw .unreadable(file: path, reason: systemReason())
    }
    if count == 0 { return bytes }
    guard bytes.count + count <= maximumFileBytes else { throw .tooLarge(file: path, limit: maximumFileBytes) }
    bytes.append(contentsOf: chunk[..<count])
  }
}

/// What the system says of the last failure: "Permission denied".
private func systemReason() -> String {
  strerror(errno).map { String(cString: $0) } ?? "error \(errno)"
}
