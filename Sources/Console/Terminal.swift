#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// What is known about one of the program's streams.
public struct Terminal: Hashable, Sendable {
  public enum Colours: Hashable, Sendable { case none, palette, full }

  public let isTerminal: Bool
  /// Columns; 80 where nobody knows.
  public let width: Int
  /// Lines; 24 where nobody knows.
  public let height: Int
  /// The same in pixels, where the terminal says how many; otherwise as if a character had eight.
  public let pixelWidth: Int
  /// `none` unless this is a terminal, and where NO_COLOR or TERM=dumb asks for none.
  public let colours: Colours
  /// True where the locale's characters are UTF-8.
  public let showsUnicode: Bool

  /// True where the cursor cannot be moved.
  public let isDumb: Bool

  public var supportsColour: Bool { colours != .none }

  public static var standardInput: Terminal { Terminal(descriptor: STDIN_FILENO) }
  public static var standardOutput: Terminal { Terminal(descriptor: STDOUT_FILENO) }
  public static var standardError: Terminal { Terminal(descriptor: STDERR_FILENO) }

  package init(
    isTerminal: Bool, width: Int, height: Int = 24, colours: Colours, showsUnicode: Bool, isDumb: Bool
  ) {
    (self.isTerminal, self.width, self.height, self.colours) = (isTerminal, width, height, colours)
    pixelWidth = width * 8
    (self.showsUnicode, self.isDumb) = (showsUnicode, isDumb)
  }

  private init(descriptor: Int32) {
    isTerminal = isatty(descriptor) == 1
    let characters = Self.size(of: descriptor)
    (width, height) = characters
    var size = winsize()
    let isKnown = ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0 && Int(size.ws_xpixel) >= 4 * characters.0
    pixelWidth = isKnown ? Int(size.ws_xpixel) : characters.0 * 8
    let term = environment("TERM") ?? ""
    isDumb = term.isEmpty || term == "dumb"
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].lazy.compactMap(environment).first { !$0.isEmpty } ?? ""
    let encoding = locale.lowercased()
    showsUnicode = encoding.hasSuffix("utf-8") || encoding.hasSuffix("utf8") || locale.isEmpty
    if !isTerminal || isDumb || !(environment("NO_COLOR") ?? "").isEmpty {
      colours = .none
    } else {
      colours = ["truecolor", "24bit"].contains(environment("COLORTERM") ?? "") ? .full : .palette
    }
  }

  private static func size(of descriptor: Int32) -> (width: Int, height: Int) {
    var size = winsize()
    if ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 {
      return (Int(size.ws_col), size.ws_row > 0 ? Int(size.ws_row) : 24)
    }
    let number = { (name: String, usual: Int) in
      environment(name).flatMap { Int($0) }.flatMap { $0 > 0 ? $0 : nil } ?? usual
    }
    return (number("COLUMNS", 80), number("LINES", 24))
  }
}

private func environment(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }
