import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Ctrl-C: asks the work that is going on to stop. A second Ctrl-C within a second, before anybody has answered the
/// first, ends the program at once.
public enum Interrupt {
  private static let pending = Atomic<Bool>(false)
  /// When the last Ctrl-C came, in milliseconds of a clock that only moves forward.
  private static let lastTime = Atomic<Int>(-10_000)

  /// Takes over SIGINT. Call once, when the program starts.
  public static func install() {
    // Both are used here first, so that the handler never has to make them.
    pending.store(false, ordering: .relaxed)
    lastTime.store(-10_000, ordering: .relaxed)
    SignalPipe.listen(to: SIGINT) { signal in Interrupt.handle(signal) }
  }

  /// True from a Ctrl-C until `reset()`. Cheap enough for every step of a training, on any thread.
  public static var requested: Bool { pending.load(ordering: .relaxed) }

  /// The request has been answered.
  public static func reset() {
    pending.store(false, ordering: .relaxed)
    _ = SignalPipe.drain()
  }

  /// Only what is safe in a signal handler: atomics, the clock, write, sigaction and kill.
  private static func handle(_ number: Int32) {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    let now = Int(time.tv_sec) * 1000 + Int(time.tv_nsec) / 1_000_000
    let before = lastTime.exchange(now, ordering: .relaxed)
    if pending.exchange(true, ordering: .relaxed), now - before < 1000 {
      signal(number, SIG_DFL)
      kill(getpid(), number)
    }
    SignalPipe.write(number)
  }
}
