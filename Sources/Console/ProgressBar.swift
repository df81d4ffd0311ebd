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
  private let start: Double
  /// The fraction that was done at the start.
  private var first: Double?
  private var lastDrawn: Double?

  public init(label: String) {
    self.label = label
    terminal = .standardError
    start = Self.now
  }

  deinit { finish() }

  /// Says how far the work is: `fraction` of 1, and facts such as `epoch 2/5` and `loss 31.2`. Cheap; call it at every
  /// step.
  public func update(fraction: Double, facts: @autoclosure () -> [String] = []) {
    guard terminal.isTerminal else { return }
    let first = first ?? fraction
    self.first = first
    let now = Self.now
    if let lastDrawn, now - lastDrawn < (terminal.isDumb ? 10 : 0.1) { return }
    // Short work needs no bar.
    guard now - start >= (terminal.isDumb ? 10 : 0.15) else { return }
    lastDrawn = now
    let elapsed = now - start
    let gained = fraction - first
    let left = gained > 0.001 && elapsed > 1 ? elapsed * (1 - fraction) / gained : nil
    let line = ProgressLine(label: label, fraction: fraction, facts: facts(), secondsLeft: left)
    // The window may have been resized.
    let text = line.text(
      width: Terminal.standardError.width, unicode: terminal.showsUnicode, colour: terminal.supportsColour)
    put(terminal.isDumb ? text + "\n" : "\r\(text)\u{1B}[K")
  }

  /// Erases the bar.
  public func finish() {
    if lastDrawn != nil, !terminal.isDumb { put("\r\u{1B}[K") }
    lastDrawn = nil
  }

  private func put(_ text: String) {
    let bytes = Array(text.utf8)
    _ = write(STDERR_FILENO, bytes, bytes.count)
  }

  private static var now: Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}
