// Ctrl-C as a request.
import Console
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

@Suite struct `Interrupts` {
  @Test func `A Ctrl-C is a request until it is answered`() {
    Interrupt.install()
    defer { signal(SIGINT, SIG_DFL) }
    #expect(!Interrupt.requested)
    #expect(isRequestedAfterInterrupt())
    Interrupt.reset()
    #expect(!Interrupt.requested)
    // Soon after, but the first was answered: not the end of the program.
    #expect(isRequestedAfterInterrupt())
    Interrupt.reset()
  }

  /// The signal may reach another thread, a moment later.
  private func isRequestedAfterInterrupt() -> Bool {
    kill(getpid(), SIGINT)
    for _ in 0..<10_000_000 where !Interrupt.requested { sched_yield() }
    return Interrupt.requested
  }
}
