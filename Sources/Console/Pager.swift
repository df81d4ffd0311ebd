// Texts that are longer than the terminal is high.

import Text

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Shows a text a screen at a time, where standard input and output are a terminal and the text is too long for it.
public struct Pager {
  /// The shell's command that shows texts, such as `less`; none for showing them here.
  private let command: String?
  private let terminal: Terminal
  private let write: (String) throws(StandardStream.Failure) -> Void
  /// Waits for a key; none where there will be no more.
  private let readKey: () -> UInt8?

  public init(command: String?) {
    self.init(
      command: command, on: .standardOutput,
      write: { text throws(StandardStream.Failure) in try StandardStream.output.write(text) }, readKey: Self.key)
  }

  package init(
    command: String?, on terminal: Terminal, write: @escaping (String) throws(StandardStream.Failure) -> Void,
    readKey: @escaping () -> UInt8?
  ) {
    (self.command, self.terminal, self.write, self.readKey) = (command, terminal, write, readKey)
  }

  /// - Parameter lines: none wider than the terminal.
  public func show(_ lines: [String]) throws(StandardStream.Failure) {
    // Below the last line stands the prompt.
    guard terminal.isTerminal, Terminal.standardInput.isTerminal, lines.count >= terminal.height else {
      return try write(lines.map { $0 + "\n" }.joined())
    }
    if let command, !command.isEmpty, hand(lines, to: command) { return }
    try showHere(lines)
  }

  package func showHere(_ lines: [String]) throws(StandardStream.Failure) {
    let page = max(1, terminal.height - 1)
    var shown = 0
    while shown < lines.count {
      let next = min(lines.count, shown + page)
      try write(lines[shown..<next].map { $0 + "\n" }.joined())
      shown = next
      guard shown < lines.count else { return }
      let left = lines.count - shown
      let question = ["-- \(counted(left, "more line")): Enter goes on, q ends --", "-- \(left) more; q ends --", "--"]
        .first {
          $0.count < terminal.width
        }
      try write(question ?? "")
      let key = readKey()
      try write(terminal.isDumb ? "\n" : "\r\u{1B}[K")
      if key.map({ [UInt8(ascii: "q"), UInt8(ascii: "Q"), 0x1B, 0x03, 0x04].contains($0) }) ?? true { return }
    }
  }

  /// A key as it is typed, without Enter behind it. Ctrl-C counts as one.
  private static func key() -> UInt8? {
    var usual = termios()
    guard tcgetattr(STDIN_FILENO, &usual) == 0 else { return nil }
    var raw = usual
    raw.c_lflag &= ~tcflag_t(ICANON | ECHO | ISIG)
    guard tcsetattr(STDIN_FILENO, TCSADRAIN, &raw) == 0 else { return nil }
    defer { tcsetattr(STDIN_FILENO, TCSADRAIN, &usual) }
    var byte: UInt8 = 0
    while !Interrupt.requested {
      var waiting = [
        pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0),
        pollfd(fd: SignalPipe.descriptor, events: Int16(POLLIN), revents: 0),
      ]
      _ = poll(&waiting, nfds_t(waiting.count), -1)
      if waiting[1].revents != 0 { _ = SignalPipe.drain() }
      if waiting[0].revents != 0 { return read(STDIN_FILENO, &byte, 1) == 1 ? byte : nil }
    }
    return nil
  }

  /// Has another program show them, and waits for its end. Ctrl-C is that program's until then.
  /// - Returns: whether it could be started.
  private func hand(_ lines: [String], to command: String) -> Bool {
    guard let ends = openPipe() else { return false }
    var (ignored, before) = (sigaction(), sigaction())
    #if canImport(Darwin)
      ignored.__sigaction_u.__sa_handler = SIG_IGN
    #else
      ignored.__sigaction_handler.sa_handler = SIG_IGN
    #endif
    sigaction(SIGINT, &ignored, &before)
    defer { sigaction(SIGINT, &before, nil) }
    let program: StartedProgram
    do throws(StartedProgram.Failure) {
      program = try StartedProgram(
        "/bin/sh", ["-c", command], input: .descriptor(ends.reading), output: .inherited, errors: .inherited)
    } catch {
      close(ends.reading)
      close(ends.writing)
      return false
    }
    close(ends.reading)
    var bytes = Array(lines.map { $0 + "\n" }.joined().utf8)[...]
    // A pager that is left early reads no further.
    while !bytes.isEmpty,
      case let count = bytes.withUnsafeBytes({ systemWrite(ends.writing, $0.baseAddress, $0.count) }),
      count > 0 || errno == EINTR
    {
      bytes = bytes.dropFirst(max(0, count))
    }
    close(ends.writing)
    // What the shell says of a command that there is none of.
    return program.end() != 127
  }
}

private func systemWrite(_ descriptor: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
  #if canImport(Glibc)
    Glibc.write(descriptor, bytes, count)
  #elseif canImport(Musl)
    Musl.write(descriptor, bytes, count)
  #else
    Darwin.write(descriptor, bytes, count)
  #endif
}
