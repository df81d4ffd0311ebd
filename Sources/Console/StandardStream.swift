#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The streams that text goes to: results to standard output, diagnostics and progress to standard error.
public enum StandardStream: Sendable {
  case output, error

  private var descriptor: Int32 { self == .output ? STDOUT_FILENO : STDERR_FILENO }

  /// Why text could not be written.
  public struct Failure: Error, Hashable, Sendable, CustomStringConvertible {
    public let description: String
  }

  /// Makes sure that no file gets the number of a standard stream that was closed from outside: what is written there
  /// would go into the file. Call once, when the program starts.
  public static func reserve() {
    for (descriptor, mode) in [(STDIN_FILENO, O_WRONLY), (STDOUT_FILENO, O_RDONLY), (STDERR_FILENO, O_RDONLY)]
    where fcntl(descriptor, F_GETFD) < 0 {
      // The lowest free number is taken, and reading from it or writing to it fails.
      _ = open("/dev/null", mode)
    }
  }

  /// Writes all of the text at once, so that both streams keep their order; waits where a reader is slow.
  public func write(_ text: String) throws(Failure) {
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let count = bytes.withUnsafeBytes { systemWrite(descriptor, $0.baseAddress, $0.count) }
      switch errno {
      case _ where count > 0: bytes = bytes.dropFirst(count)
      case EINTR: continue
      case EAGAIN, EWOULDBLOCK:
        var waiting = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        _ = poll(&waiting, 1, -1)
      case EPIPE: throw Failure(description: "nobody reads it any more")
      case EBADF: throw Failure(description: "it is closed")
      case let number: throw Failure(description: strerror(number).map { String(cString: $0) } ?? "error \(number)")
      }
    }
  }
}

private func systemWrite(_ descriptor: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
  write(descriptor, bytes, count)
}
