// Other programs: pagers, viewers, those of a batch system.

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Another program, with streams of its own. No shell reads its arguments, and what this program ignores or catches is as usual
/// for it.
public struct StartedProgram: ~Copyable {
  /// What one of its streams leads to.
  public enum Stream: Sendable {
    /// Nowhere: input is at its end, output is lost.
    case nothing
    /// Where that of this program leads to.
    case inherited
    /// This descriptor.
    case descriptor(Int32)
  }

  public struct Failure: Error, Hashable, Sendable {
    public let program: String
    /// What the system says.
    public let reason: String
  }

  private let process: pid_t

  /// Starts it.
  /// - Parameters:
  ///   - program: a path, or a name to be looked up where the shell looks.
  ///   - isApart: whether what is typed to interrupt this program leaves it alone.
  /// - Throws: where it cannot be started.
  public init(
    _ program: String, _ arguments: [String], input: Stream = .nothing, output: Stream = .nothing,
    errors: Stream = .nothing, isApart: Bool = false
  ) throws(Failure) {
    #if canImport(Darwin)
      var actions: posix_spawn_file_actions_t?
      var attributes: posix_spawnattr_t?
    #else
      var actions = posix_spawn_file_actions_t()
      var attributes = posix_spawnattr_t()
    #endif
    posix_spawn_file_actions_init(&actions)
    posix_spawnattr_init(&attributes)
    defer {
      posix_spawn_file_actions_destroy(&actions)
      posix_spawnattr_destroy(&attributes)
    }
    for (stream, own) in [(input, STDIN_FILENO), (output, STDOUT_FILENO), (errors, STDERR_FILENO)] {
      switch stream {
      case .inherited: break
      case .nothing:
        let mode = own == STDIN_FILENO ? O_RDONLY : O_WRONLY
        posix_spawn_file_actions_addopen(&actions, own, "/dev/null", mode, 0)
      case .descriptor(let other): posix_spawn_file_actions_adddup2(&actions, other, own)
      }
    }
    var usual = sigset_t()
    sigemptyset(&usual)
    for signal in [SIGINT, SIGPIPE] { sigaddset(&usual, signal) }
    posix_spawnattr_setsigdefault(&attributes, &usual)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF | (isApart ? POSIX_SPAWN_SETPGROUP : 0)))
    posix_spawnattr_setpgroup(&attributes, 0)
    var words: [UnsafeMutablePointer<CChar>?] = ([program] + arguments).map { strdup($0) }
    words.append(nil)
    defer { for word in words { free(word) } }
    var child = pid_t()
    let number = posix_spawnp(&child, program, &actions, &attributes, &words, environ)
    guard number == 0 else { throw Failure(program: program, reason: String(cString: strerror(number))) }
    process = child
  }

  /// Ends it at once, and whatever it has started. Only of one that was started apart.
  public func kill() {
    #if canImport(Glibc)
      _ = Glibc.kill(-process, SIGKILL)
    #elseif canImport(Musl)
      _ = Musl.kill(-process, SIGKILL)
    #else
      _ = Darwin.kill(-process, SIGKILL)
    #endif
  }

  /// Waits for its end.
  /// - Returns: its exit status, as a shell states it.
  public consuming func end() -> Int32 {
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0, errno == EINTR {}
    return Self.status(status)
  }

  /// Waits for its end, but no longer than this.
  /// - Returns: its exit status, as a shell states it; none where it goes on.
  public consuming func end(within seconds: Double) -> Int32? {
    let clock = ContinuousClock()
    let last = clock.now + .seconds(seconds)
    var status: Int32 = 0
    while waitpid(process, &status, WNOHANG) != process {
      guard clock.now < last else { return nil }
      usleep(20_000)
    }
    return Self.status(status)
  }

  private static func status(_ status: Int32) -> Int32 {
    status & 0x7f == 0 ? status >> 8 & 0xff : 128 + status & 0x7f
  }
}

/// Two ends of a pipe that no other program inherits.
/// - Returns: none where the system gives none.
public func openPipe() -> (reading: Int32, writing: Int32)? {
  var ends: [Int32] = [-1, -1]
  guard pipe(&ends) == 0 else { return nil }
  for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
  return (ends[0], ends[1])
}
