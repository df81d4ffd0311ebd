#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// How far a long piece of work is, on one line of standard error. Shows nothing where that is not a terminal, draws at
/// most ten times a second, and leaves no trace when it ends. A terminal that cannot move its cursor gets a plain line
/// every ten seconds instead.
public final class ProgressBar {
  public var label: String
  private let terminal: Terminal
  /// Asked whenever something is drawn, since a window may be resized.
  private let width: () -> Int
  private let now: () -> Double
  private let put: (String) -> Void
  private let start: Double
  /// The fraction that was done at the start.
  private var first: Double?
  private var lastDrawn: Double?

  public convenience init(label: String) {
    self.init(label: label, on: { .standardError }, now: Self.now, put: Self.writeError)
  }

  /// - Parameters:
  ///   - now: seconds from any beginning.
  ///   - put: writes to the terminal.
  package init(
    label: String, on terminal: @escaping () -> Terminal, now: @escaping () -> Double, put: @escaping (String) -> Void
  ) {
    (self.label, self.now, self.put) = (label, now, put)
    (self.terminal, width, start) = (terminal(), { terminal().width }, now())
  }

  deinit { finish() }

  /// Says how far the work is: `fraction` of 1, and facts such as `epoch 2/5` and `loss 31.2`. Cheap; call it at every
  /// step.
  /// - Parameter beginning: what had been done of it before, of 1.
  public func update(fraction: Double, from beginning: Double = 0, facts: @autoclosure () -> [String] = []) {
    guard terminal.isTerminal else { return }
    let first = max(first ?? fraction, beginning)
    self.first = first
    let now = now()
    if let lastDrawn, now - lastDrawn < (terminal.isDumb ? 10 : 0.1) { return }
    // Short work needs no bar.
    guard now - start >= (terminal.isDumb ? 10 : 0.15) else { return }
    lastDrawn = now
    let elapsed = now - start
    let gained = fraction - first
    let left = gained > 0.001 && elapsed > 1 ? elapsed * (1 - fraction) / gained : nil
    let line = ProgressLine(label: label, fraction: fraction, facts: facts(), secondsLeft: left)
    let text = line.text(width: width(), unicode: terminal.showsUnicode, colour: terminal.supportsColour)
    put(terminal.isDumb ? text + "\n" : "\r\(text)\u{1B}[K")
  }

  /// Erases the bar.
  public func finish() {
    if lastDrawn != nil, !terminal.isDumb { put("\r\u{1B}[K") }
    lastDrawn = nil
  }

  private static func writeError(_ text: String) {
    let bytes = Array(text.utf8)
    _ = write(STDERR_FILENO, bytes, bytes.count)
  }

  private static func now() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}
