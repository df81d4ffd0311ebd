// Files from the web, by libcurl: written beside their place, continued where they broke off, compared with a digest, and
// moved into their place only then.

import CCurl
import Files
import Text

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Downloads a file of a known length and SHA-256. What has come is kept beside it, with `.part` after its name, until all of
/// it is there: the next call goes on from there, and so does this one where a connection breaks off, as long as each new
/// one brings something.
/// - Parameters:
///   - addresses: where the file is; the next is asked where one does not have it.
///   - progress: told how many bytes are there; an answer of false breaks off.
/// - Throws: the last address's error.
public func download(
  from addresses: [String], to path: String, size: Int, digest: SHA256.Digest, agent: String = "cladec",
  progress: (Int) -> Bool = { _ in true }
) throws(DownloadError) {
  var last = DownloadError.unreachable(address: path, reason: "no address is known")
  for address in addresses {
    do throws(DownloadError) {
      let part = try PartialFile(path + ".part")
      var isContinued = part.count > 0
      if part.count > size { try part.restart() }
      while true {
        try complete(part, from: address, size: size, agent: agent, progress)
        let found = try part.digest()
        if found == digest { return try part.move(to: path) }
        // What was there may have been of another file.
        guard isContinued else {
          part.remove()
          throw .otherContent(address: address, digest: found, expected: digest)
        }
        isContinued = false
        try part.restart()
      }
    } catch {
      switch error {
      case .interrupted, .file: throw error
      default: last = error
      }
    }
  }
  throw last
}

/// Connects again and again, as long as that brings something.
private func complete(
  _ part: PartialFile, from address: String, size: Int, agent: String, _ progress: (Int) -> Bool
) throws(DownloadError) {
  for _ in 0..<1000 where part.count < size {
    let before = part.count
    let failure = transfer(address, into: part, limit: size, agent: agent, progress)
    if part.count > before || part.count == 0 && before > 0 {
      // It goes on, or from the beginning.
      if case .unreachable? = failure { continue }
    } else if failure == nil {
      throw .unreachable(address: address, reason: "it ends after \(part.count) of \(size) bytes")
    }
    if let failure { throw failure }
  }
  guard part.count == size else {
    throw .unreachable(address: address, reason: "it breaks off again and again, after \(part.count) of \(size) bytes")
  }
}

/// One answer of the server, from where the part ends; none where it came to its end.
private func transfer(
  _ address: String, into part: PartialFile, limit: Int, agent: String, _ progress: (Int) -> Bool
) -> DownloadError? {
  guard let handle = curl_easy_init() else { return .unreachable(address: address, reason: "no memory") }
  defer { curl_easy_cleanup(handle) }
  return withoutActuallyEscaping(progress) { progress in
    let transfer = Transfer(handle, part, limit: limit, progress)
    let context = Unmanaged.passUnretained(transfer).toOpaque()
    ccurl_set_text(handle, CURLOPT_URL, address)
    ccurl_set_protocols(handle)
    ccurl_set_text(handle, CURLOPT_USERAGENT, agent)
    ccurl_set_number(handle, CURLOPT_NOSIGNAL, 1)
    ccurl_set_number(handle, CURLOPT_FAILONERROR, 1)
    ccurl_set_number(handle, CURLOPT_FOLLOWLOCATION, 1)
    ccurl_set_number(handle, CURLOPT_MAXREDIRS, 5)
    ccurl_set_number(handle, CURLOPT_CONNECTTIMEOUT, 30)
    // Whoever sends nothing for a minute sends nothing more.
    ccurl_set_number(handle, CURLOPT_LOW_SPEED_LIMIT, 1)
    ccurl_set_number(handle, CURLOPT_LOW_SPEED_TIME, 60)
    if part.count > 0 { ccurl_set_text(handle, CURLOPT_RANGE, "\(part.count)-") }
    ccurl_set_writer(handle, { Transfer.take($0, $1 &* $2, $3) }, context)
    ccurl_set_watcher(handle, { context, _, _, _, _ in Transfer.ask(context) }, context)
    let code = withExtendedLifetime(transfer) { curl_easy_perform(handle) }
    if let failure = transfer.failure { return failure.at(address) }
    switch code {
    case CURLE_OK: return nil
    case CURLE_HTTP_RETURNED_ERROR:
      let status = Int(ccurl_status(handle))
      // A part that is no beginning of what the server has is none.
      if status == 416, part.count > 0 {
        return part.restarted() ?? .unreachable(address: address, reason: "it has changed")
      }
      return .refused(address: address, status: status)
    default:
      return .unreachable(address: address, reason: String(cString: curl_easy_strerror(code)))
    }
  }
}

/// What libcurl's calls find their way by.
private final class Transfer {
  private let handle: UnsafeMutableRawPointer
  private let part: PartialFile
  private let limit: Int
  private let progress: (Int) -> Bool
  private var hasBegun = false
  /// Why the transfer was ended from here; its address is filled in later.
  private(set) var failure: DownloadError?

  init(_ handle: UnsafeMutableRawPointer, _ part: PartialFile, limit: Int, _ progress: @escaping (Int) -> Bool) {
    (self.handle, self.part, self.limit, self.progress) = (handle, part, limit, progress)
  }

  static func take(_ bytes: UnsafeMutablePointer<CChar>?, _ count: Int, _ context: UnsafeMutableRawPointer?) -> Int {
    guard let bytes, let context else { return 0 }
    let transfer = Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue()
    return transfer.take(UnsafeRawBufferPointer(start: bytes, count: count)) ? count : 0
  }

  static func ask(_ context: UnsafeMutableRawPointer?) -> Int32 {
    guard let context else { return 1 }
    let transfer = Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue()
    if !transfer.progress(transfer.part.count) { transfer.failure = .interrupted }
    return transfer.failure == nil ? 0 : 1
  }

  private func take(_ bytes: UnsafeRawBufferPointer) -> Bool {
    do throws(DownloadError) {
      // A server that knows no ranges sends all of it.
      if !hasBegun, ccurl_status(handle) != 206 { try part.restart() }
      hasBegun = true
      guard part.count + bytes.count <= limit else {
        part.remove()
        throw .tooLong(address: "", expected: limit)
      }
      try part.append(bytes)
      guard progress(part.count) else { throw .interrupted }
      return true
    } catch {
      failure = error
      return false
    }
  }
}

extension DownloadError {
  fileprivate func at(_ address: String) -> DownloadError {
    if case .tooLong(_, let expected) = self { .tooLong(address: address, expected: expected) } else { self }
  }
}

/// What has come of a file.
private final class PartialFile {
  private let path: String
  private let descriptor: Int32
  private(set) var count: Int

  /// - Throws: where it cannot be written, or another process writes it.
  init(_ path: String) throws(DownloadError) {
    self.path = path
    descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o666)
    guard descriptor >= 0 else { throw .file(FileError(path: path, writing: errno)) }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK else {
      close(descriptor)
      throw .file(FileError(path: path, reason: .busy))
    }
    count = Int(max(0, lseek(descriptor, 0, SEEK_END)))
  }

  deinit { close(descriptor) }

  func append(_ bytes: UnsafeRawBufferPointer) throws(DownloadError) {
    var written = 0
    while written < bytes.count {
      let step = write(descriptor, bytes.baseAddress.map { $0 + written }, bytes.count - written)
      if step < 0, errno == EINTR { continue }
      guard step > 0 else { throw .file(FileError(path: path, writing: step == 0 ? ENOSPC : errno)) }
      written += step
      count += step
    }
  }

  func restart() throws(DownloadError) {
    guard ftruncate(descriptor, 0) == 0, lseek(descriptor, 0, SEEK_SET) == 0 else {
      throw .file(FileError(path: path, writing: errno))
    }
    count = 0
  }

  /// Begins anew; the error where that cannot be.
  func restarted() -> DownloadError? {
    do throws(DownloadError) { try restart() } catch { return error }
    return nil
  }

  func digest() throws(DownloadError) -> SHA256.Digest {
    var hash = SHA256()
    do throws(FileError) {
      try readParts(of: path) { part in
        hash.update(part)
        return true
      }
    } catch { throw .file(error) }
    return hash.digest
  }

  func remove() { unlink(path) }

  func move(to target: String) throws(DownloadError) {
    guard fsync(descriptor) == 0 || errno == EINVAL, rename(path, target) == 0 else {
      throw .file(FileError(path: target, writing: errno))
    }
  }
}
