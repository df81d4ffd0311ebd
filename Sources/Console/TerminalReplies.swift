// What a terminal answers when it is asked about itself comes the same way as what is typed. This takes the two apart, also where
// an answer arrives in pieces, or long after it was asked for.

/// Takes a terminal's answers out of the bytes that come from it.
public struct TerminalReplies: Hashable, Sendable {
  /// What the terminal calls itself, in answer to `CSI > 0 q`.
  public private(set) var name: String?
  /// What it can do, in answer to `CSI c`; 4 are sixel pictures.
  public private(set) var attributes: [Int]?
  /// Whether it takes kitty's pictures, in answer to a picture that is not to be shown.
  public private(set) var takesKitty: Bool?
  /// The beginning of what may become an answer.
  private var begun: [UInt8] = []

  public enum Answer: Hashable, Sendable { case name, attributes }

  /// The one that is waited for.
  private let last: Answer

  /// - Parameter last: the answer behind which no other one is wanted.
  public init(upTo last: Answer = .attributes) { self.last = last }

  /// Whether the last answer is there.
  public var areComplete: Bool { last == .name ? name != nil : attributes != nil }

  private static let openings: [[UInt8]] = ["\u{1B}[?", "\u{1B}P>|", "\u{1B}_G"].map { Array($0.utf8) }
  /// Nothing that is an answer is longer.
  private static let longest = 512

  /// - Returns: the bytes that are no part of an answer: keys.
  public mutating func take(_ bytes: some Sequence<UInt8>) -> [UInt8] {
    var keys: [UInt8] = []
    for byte in bytes {
      begun.append(byte)
      while !begun.isEmpty, !isAnswerSoFar { keys.append(begun.removeFirst()) }
      if isComplete {
        read()
        begun = []
      }
    }
    return keys
  }

  /// What may have become an answer and is none: the key Escape by itself is one, too.
  public mutating func giveUp() -> [UInt8] {
    let isAnswer = Self.openings.contains { begun.starts(with: $0) }
    let keys = isAnswer ? [] : begun
    if !isAnswer { begun = [] }
    return keys
  }

  private var isAnswerSoFar: Bool {
    guard begun.count <= Self.longest else { return false }
    if begun.starts(with: Self.openings[0]) {
      // Parameters, then one final byte: other sequences with a question mark are not answers to what was asked.
      let body = begun.dropFirst(3)
      return body.dropLast().allSatisfy(Self.isParameter)
        && (body.last.map { Self.isParameter($0) || $0 == UInt8(ascii: "c") } ?? true)
    }
    return Self.openings.contains { $0.starts(with: begun) || begun.starts(with: $0) }
  }

  private static func isParameter(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: ";")).contains(byte) }

  private var isComplete: Bool {
    if begun.starts(with: Self.openings[0]) { return begun.last == UInt8(ascii: "c") }
    return Self.openings.dropFirst().contains { begun.starts(with: $0) } && begun.suffix(2) == [0x1B, 0x5C]
  }

  private mutating func read() {
    let isAttributes = begun.starts(with: Self.openings[0])
    let isName = begun.starts(with: Self.openings[1])
    let body = begun.dropFirst(isName ? 4 : 3).dropLast(isAttributes ? 1 : 2)
    let text = String(decoding: body, as: UTF8.self)
    if isAttributes {
      attributes = text.split(separator: ";").compactMap { Int($0) }
    } else if isName {
      name = text
    } else {
      takesKitty = text.split(separator: ";").dropFirst().first == "OK"
    }
  }
}
