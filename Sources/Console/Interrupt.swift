import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Signals that ask the program to stop: Ctrl-C (SIGINT), and SIGTERM and SIGHUP from outside. The first is a request,
/// which the work at hand answers: it stops, and says so in its report. Another one before that is answered ends the
/// program at once, with the terminal as it was; and so do a SIGTERM or SIGHUP that nobody answers for some seconds.
public enum Interrupt {
  /// The signal that nobody has answered yet; 0 for none.
  private static let pending = Atomic<Int32>(0)
  /// The terminal as the program found it.
  nonisolated(unsafe) private static var terminal = termios()
  nonisolated(unsafe) private static var isTerminal = false
  /// How many seconds there are to answer a SIGTERM.
  private static let patience: UInt32 = 5

  /// Takes over the signals. Call once, when the program starts, before anything else runs.
  public static func install() {
    // Used here first, so that a handler never has to make it.
    pending.store(0, ordering: .relaxed)
    isTerminal = tcgetattr(STDIN_FILENO, &terminal) == 0
    for number in [SIGINT, SIGTERM, SIGHUP] { SignalPipe.listen(to: number) { Interrupt.handle($0) } }
    SignalPipe.listen(to: SIGALRM) { _ in Interrupt.leave(SIGTERM) }
    // Where nobody reads, writing fails, and that is told.
    ignore(SIGPIPE)
  }

  /// True from a signal until `reset()`. Cheap enough for every step of a training, on any thread.
  public static var requested: Bool { signal != nil }

  /// The signal that asks to stop.
  public static var signal: Int32? {
    let number = pending.load(ordering: .relaxed)
    return number == 0 ? nil : number
  }

  /// What people call a signal.
  public static func name(_ signal: Int32) -> String {
    switch signal {
    case SIGINT: "Ctrl-C"
    case SIGTERM: "SIGTERM"
    case SIGHUP: "SIGHUP"
    default: "signal \(signal)"
    }
  }

  /// Ctrl-C has been answered. A signal that asks to end the program is not taken back.
  public static func reset() {
    _ = pending.compareExchange(expected: SIGINT, desired: 0, ordering: .relaxed)
    if !requested { _ = SignalPipe.drain() }
  }

  /// Only what is safe in a signal handler: atomics, alarm, write, tcsetattr and _exit.
  private static func handle(_ number: Int32) {
    let before = pending.exchange(number, ordering: .relaxed)
    if before != 0 { leave(number) }
    if number != SIGINT { alarm(patience) }
    SignalPipe.write(number)
  }

  /// Ends the program from within a signal handler.
  private static func leave(_ number: Int32) {
    if isTerminal { tcsetattr(STDIN_FILENO, TCSANOW, &terminal) }
    _exit(128 + number)
  }
}

private func ignore(_ number: Int32) { signal(number, SIG_IGN) }
