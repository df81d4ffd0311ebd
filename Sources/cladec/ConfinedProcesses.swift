import Console
import Diagnostics

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Processes of this program that each get some bytes and give some back, several side by side; whatever one of them does ends
/// with it.
final class ConfinedProcesses {
  enum Outcome {
    case gave([UInt8])
    /// With the status, as a shell states it.
    case ended(Int32)
    /// It has not come to its end within the time.
    case late
  }

  struct Failure: Error {
    let reason: String
  }

  private final class Running {
    let ticket: Int
    private var program: StartedProgram?
    var input: Int32
    let output: Int32
    var unsent: ArraySlice<UInt8>
    var received: [UInt8] = []
    let last: ContinuousClock.Instant

    init(
      _ ticket: Int, _ program: consuming StartedProgram, _ ends: (input: Int32, output: Int32), _ bytes: [UInt8],
      last: ContinuousClock.Instant
    ) {
      (self.ticket, self.last, unsent) = (ticket, last, bytes[...])
      (input, output) = ends
      self.program = consume program
      for end in [input, output] { _ = fcntl(end, F_SETFL, O_NONBLOCK) }
    }

    func closeInput() {
      if input >= 0 { close(input) }
      input = -1
    }

    /// - Returns: its status.
    func end(killing: Bool) -> Int32 {
      closeInput()
      close(output)
      guard let program = program.take() else { return 0 }
      if killing { program.kill() }
      return program.end()
    }
  }

  private let arguments: [String]
  private let count: Int
  private let seconds: Double
  private var running: [Running] = []
  private let clock = ContinuousClock()
  /// No result is longer: 256 MiB.
  private static let largest = 1 << 28

  /// - Parameters:
  ///   - count: how many there are at a time.
  ///   - seconds: how long one may take by the clock on the wall.
  init(_ arguments: [String], count: Int, seconds: Double) {
    (self.arguments, self.count, self.seconds) = (arguments, count, seconds)
  }

  deinit { for child in running { _ = child.end(killing: true) } }

  var isFull: Bool { running.count >= count }
  var isEmpty: Bool { running.isEmpty }

  func start(_ ticket: Int, giving bytes: [UInt8]) throws(Failure) {
    guard let toChild = openPipe() else { throw Failure(reason: String(cString: strerror(errno))) }
    guard let fromChild = openPipe() else {
      let reason = String(cString: strerror(errno))
      for end in [toChild.reading, toChild.writing] { close(end) }
      throw Failure(reason: reason)
    }
    defer { for end in [toChild.reading, fromChild.writing] { close(end) } }
    do throws(StartedProgram.Failure) {
      let program = try StartedProgram(
        programPath(), arguments, input: .descriptor(toChild.reading), output: .descriptor(fromChild.writing),
        isApart: true)
      running.append(
        Running(
          ticket, program, (toChild.writing, fromChild.reading), bytes, last: clock.now + .seconds(seconds)))
    } catch {
      for end in [toChild.writing, fromChild.reading] { close(end) }
      throw Failure(reason: error.reason)
    }
  }

  /// Waits a moment, and tells of those that have come to an end.
  func wait() -> [(ticket: Int, outcome: Outcome)] {
    var polled = running.flatMap { child in
      [pollfd(fd: child.output, events: Int16(POLLIN), revents: 0)]
        + (child.input >= 0 ? [pollfd(fd: child.input, events: Int16(POLLOUT), revents: 0)] : [])
    }
    _ = poll(&polled, nfds_t(polled.count), 100)
    var ended: [(ticket: Int, outcome: Outcome)] = []
    running.removeAll { child in
      send(child)
      guard let outcome = receive(child) else { return false }
      ended.append((child.ticket, outcome))
      return true
    }
    return ended
  }

  private func send(_ child: Running) {
    while child.input >= 0 {
      guard !child.unsent.isEmpty else { return child.closeInput() }
      let sent = child.unsent.withUnsafeBytes { write(child.input, $0.baseAddress, min($0.count, 1 << 16)) }
      if sent < 0, errno == EINTR { continue }
      if sent < 0, errno == EAGAIN { return }
      // One that does not listen ends by itself.
      guard sent > 0 else { return child.closeInput() }
      child.unsent = child.unsent.dropFirst(sent)
    }
  }

  private func receive(_ child: Running) -> Outcome? {
    var block = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let got = read(child.output, &block, block.count)
      if got < 0, errno == EINTR { continue }
      if got < 0, errno == EAGAIN { break }
      guard got > 0 else {
        let status = child.end(killing: false)
        return status == 0 ? .gave(child.received) : .ended(status)
      }
      child.received += block[..<got]
      if child.received.count > Self.largest {
        _ = child.end(killing: true)
        return .ended(128 + SIGKILL)
      }
    }
    guard clock.now > child.last else { return nil }
    _ = child.end(killing: true)
    return .late
  }
}
