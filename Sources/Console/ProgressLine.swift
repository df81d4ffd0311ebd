import Text

/// The text of a progress bar, for a terminal of a given width.
public struct ProgressLine: Hashable, Sendable {
  public var label: String
  /// 0…1.
  public var fraction: Double
  /// Such as `epoch 2/5` and `loss 31.2`, in the order in which they are shown; the last are left out first.
  public var facts: [String]
  /// Nil until it can be told.
  public var secondsLeft: Double?

  public init(label: String, fraction: Double, facts: [String] = [], secondsLeft: Double? = nil) {
    (self.label, self.fraction, self.facts, self.secondsLeft) = (label, fraction, facts, secondsLeft)
  }

  /// One line: label, bar, percentage, facts, time left. A narrow terminal loses the time left, then facts from the
  /// end, then the bar. Three columns stay free, so that a ^C which the terminal shows does not break the line.
  public func text(width: Int, unicode: Bool = true, colour: Bool = false) -> String {
    let done = fraction.isFinite ? min(1, max(0, fraction)) : 0
    let percentage = Int((done * 100).rounded(.down))
    let share = String(repeating: " ", count: percentage < 10 ? 2 : percentage < 100 ? 1 : 0) + "\(percentage)%"
    let room = width - 3
    var extras = facts + (secondsLeft.map { [clockTime($0) + " left"] } ?? [])
    let taken = { (extras: [String]) in extras.reduce(label.count + 2 + share.count) { $0 + $1.count + 2 } }
    while !extras.isEmpty, taken(extras) + 12 > room { extras.removeLast() }
    let barWidth = min(30, room - taken(extras) - 2)
    var parts = [String]()
    if !label.isEmpty { parts.append(label) }
    if barWidth >= 6 { parts.append(Self.bar(done, width: barWidth, unicode: unicode, colour: colour)) }
    parts.append(share)
    let line = (parts + extras).joined(separator: "  ")
    guard barWidth < 6, line.count > room else { return line }
    return String(line.prefix(max(0, room)))
  }

  private static func bar(_ done: Double, width: Int, unicode: Bool, colour: Bool) -> String {
    let halves = Int((done * Double(2 * width)).rounded(.down))
    let (full, half) = (halves / 2, unicode && halves % 2 == 1)
    let before = String(repeating: unicode ? "━" : "#", count: full) + (half ? "╸" : "")
    let after = String(repeating: unicode ? (colour ? "━" : "╌") : "-", count: width - full - (half ? 1 : 0))
    return colour ? "\u{1B}[36m\(before)\u{1B}[0m\u{1B}[90m\(after)\u{1B}[0m" : before + after
  }
}
