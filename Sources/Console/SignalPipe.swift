// Signals as bytes in a pipe: a handler may do hardly more than write to a descriptor, and a pipe wakes a program that
// waits for keys, whichever thread the signal reached.

import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The pipe that signal handlers write to: one byte a signal, its number.
enum SignalPipe {
  private static let writeEnd = Atomic<Int32>(-1)
  private static let readEnd = Atomic<Int32>(-1)

  /// The end to wait on; -1 before `open()` or where the system gave no pipe.
  static var descriptor: Int32 { readEnd.load(ordering: .acquiring) }

  /// Makes the pipe, once.
  static func open() {
    guard descriptor < 0 else { return }
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { return }
    for end in ends {
      _ = fcntl(end, F_SETFL, fcntl(end, F_GETFL) | O_NONBLOCK)
      _ = fcntl(end, F_SETFD, FD_CLOEXEC)
    }
    writeEnd.store(ends[1], ordering: .releasing)
    readEnd.store(ends[0], ordering: .releasing)
  }

  /// Safe in a signal handler.
  static func write(_ signal: Int32) {
    let saved = errno
    var byte = UInt8(truncatingIfNeeded: signal)
    // Where the pipe is full, enough wake-ups are waiting already.
    #if canImport(Darwin)
      _ = Darwin.write(writeEnd.load(ordering: .acquiring), &byte, 1)
    #elseif canImport(Musl)
      _ = Musl.write(writeEnd.load(ordering: .acquiring), &byte, 1)
    #else
      _ = Glibc.write(writeEnd.load(ordering: .acquiring), &byte, 1)
    #endif
    errno = saved
  }

  /// The signals since the last call.
  static func drain() -> [Int32] {
    guard descriptor >= 0 else { return [] }
    var bytes = [UInt8](repeating: 0, count: 64)
    var signals = [Int32]()
    while case let count = read(descriptor, &bytes, bytes.count), count > 0 {
      signals += bytes.prefix(count).map { Int32($0) }
    }
    return signals
  }

  /// Has a signal written to the pipe when it comes; `handler` instead does more. A signal that whoever started the
  /// program blocked is let through; one that he had ignored, as `nohup` does, stays ignored.
  static func listen(to signal: Int32, handler: @escaping @convention(c) (Int32) -> Void = { write($0) }) {
    open()
    guard !isIgnored(signal) else { return }
    var action = sigaction()
    #if canImport(Darwin)
      action.__sigaction_u.__sa_handler = handler
    #else
      action.__sigaction_handler.sa_handler = handler
    #endif
    sigemptyset(&action.sa_mask)
    action.sa_flags = SA_RESTART
    sigaction(signal, &action, nil)
    var one = sigset_t()
    sigemptyset(&one)
    sigaddset(&one, signal)
    sigprocmask(SIG_UNBLOCK, &one, nil)
  }

  private static func isIgnored(_ signal: Int32) -> Bool {
    var action = sigaction()
    guard sigaction(signal, nil, &action) == 0 else { return false }
    #if canImport(Darwin)
      let handler = action.__sigaction_u.__sa_handler
    #else
      let handler = action.__sigaction_handler.sa_handler
    #endif
    return unsafeBitCast(handler, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
  }
}
