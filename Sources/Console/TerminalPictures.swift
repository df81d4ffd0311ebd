// Whether a terminal shows pictures, and how: asked of the terminal itself, since what the environment says is often wrong, over
// ssh in particular. Only sequences that every terminal understands or passes over are sent to one that is not known.

import Text

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The ways in which terminals take pictures.
public enum PictureProtocol: String, Hashable, Sendable {
  case kitty
  /// kitty, with tmux in between.
  case kittyInTmux
  case iTerm2
  case sixel

  /// The one that a terminal takes; none where it takes none or does not answer.
  /// - Parameters:
  ///   - environment: gives a variable.
  ///   - ask: sends a question and gives the answers, once the one that is named is there, or nothing more comes.
  public static func find(
    environment: (String) -> String?, ask: (_ question: String, _ last: TerminalReplies.Answer) -> TerminalReplies
  ) -> PictureProtocol? {
    func equals(_ name: String, _ value: String) -> Bool { environment(name) == value }
    func has(_ name: String) -> Bool { !(environment(name) ?? "").isEmpty }
    let term = environment("TERM") ?? ""
    if equals("TERM_PROGRAM", "Apple_Terminal") || ["", "dumb", "linux"].contains(term) { return nil }
    // What tmux and screen do not know of themselves they take for a title, or pass on to where it does not belong.
    let isWithin = has("TMUX") || has("STY") || term.hasPrefix("screen") || term.hasPrefix("tmux")
    let first = ask(isWithin ? attributesQuestion : nameQuestion + attributesQuestion, .attributes)
    guard let attributes = first.attributes else { return nil }
    let sixel: PictureProtocol? = attributes.contains(4) ? .sixel : nil
    if isWithin {
      guard sixel == nil, has("TMUX") || term.hasPrefix("tmux") else { return sixel }
      // tmux hands the question on where it may, and then the answer back.
      let outer = ask(passedThroughTmux(nameQuestion), .name).name ?? ""
      return hasPlaces(outer) ? .kittyInTmux : nil
    }
    let name = (first.name ?? "").lowercased()
    let isFriendly = !name.isEmpty || term.contains("kitty") || term.contains("ghostty")
    if isFriendly, ask(kittyQuestion + attributesQuestion, .attributes).takesKitty == true { return .kitty }
    if ["iterm2", "wezterm", "mintty"].contains(where: { name.hasPrefix($0) }) || equals("LC_TERMINAL", "iTerm2")
      || equals("TERM_PROGRAM", "iTerm.app") || equals("TERM_PROGRAM", "mintty")
    {
      return .iTerm2
    }
    return sixel
  }

  /// Whether a terminal of this name has pictures whose places are characters: kitty from 0.28 on, and Ghostty. Others would
  /// show the characters.
  private static func hasPlaces(_ name: String) -> Bool {
    if name.lowercased().hasPrefix("ghostty") { return true }
    guard name.hasPrefix("kitty(") else { return false }
    let numbers = name.dropFirst("kitty(".count).split { $0 == "." || $0 == ")" }.map { Int($0) ?? 0 }
    return numbers.count > 1 && (numbers[0] > 0 || numbers[1] >= 28)
  }

  private static let nameQuestion = "\u{1B}[>0q"
  private static let attributesQuestion = "\u{1B}[c"
  /// A picture of one pixel that is not shown.
  private static let kittyQuestion = "\u{1B}_Gi=31,s=1,v=1,a=q,t=d,f=24;AAAA\u{1B}\\"
}

/// Asks the terminal of standard input and output. What was typed meanwhile goes to the editor, and so does what is typed after a
/// question that was not answered in time, but for the answer.
@MainActor
public enum TerminalPictures {
  private static var known: PictureProtocol??

  /// How this terminal takes pictures, asked once.
  /// - Parameter patience: how many seconds an answer may take.
  public static func kind(environment: (String) -> String?, patience: Double) -> PictureProtocol? {
    if let known { return known }
    let (input, output) = (Terminal.standardInput, Terminal.standardOutput)
    guard input.isTerminal, output.isTerminal, !output.isDumb, output.supportsColour else { return nil }
    let found = PictureProtocol.find(environment: environment) { ask($0, upTo: $1, patience: patience) }
    known = .some(found)
    return found
  }

  private static func ask(
    _ question: String, upTo last: TerminalReplies.Answer, patience: Double
  ) -> TerminalReplies {
    var replies = TerminalReplies(upTo: last)
    var before = termios()
    // Whoever is in the background must not touch the terminal.
    let owner = tcgetpgrp(STDIN_FILENO)
    guard owner < 0 || owner == getpgrp(), tcgetattr(STDIN_FILENO, &before) == 0 else { return replies }
    var raw = before
    raw.c_lflag &= ~tcflag_t(ICANON | ECHO)
    guard tcsetattr(STDIN_FILENO, TCSADRAIN, &raw) == 0 else { return replies }
    defer { tcsetattr(STDIN_FILENO, TCSADRAIN, &before) }
    do throws(StandardStream.Failure) { try StandardStream.output.write(question) } catch { return replies }
    let clock = ContinuousClock()
    let end = clock.now + .seconds(patience)
    var keys: [UInt8] = []
    while !replies.areComplete {
      let left = (end - clock.now) / .milliseconds(1)
      guard left > 0 else { break }
      var waiting = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
      guard poll(&waiting, 1, Int32(min(10_000, left.rounded(.up)))) > 0 else { continue }
      var block = [UInt8](repeating: 0, count: 1024)
      let count = read(STDIN_FILENO, &block, block.count)
      guard count > 0 else { break }
      keys += replies.take(block[..<count])
    }
    LineEditor.hand(keys: keys, lateReplies: replies.areComplete ? nil : replies)
    return replies
  }
}
