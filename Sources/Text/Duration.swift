// Times that things take.

/// Seconds as an estimate is read: `0.4 s`, `12 s`, `3 min`, `2.5 h`.
public func duration(_ seconds: Double) -> String {
  if seconds < 9.95 { return formatted(seconds, .decimals(1)) + " s" }
  if seconds < 119.5 { return formatted(seconds, .decimals(0)) + " s" }
  if seconds < 7170 { return formatted(seconds / 60, .decimals(0)) + " min" }
  return formatted(seconds / 3600, .decimals(1)) + " h"
}

/// Seconds as a clock counts them down: 0:42, 12:05 or 1:02:03; what is begun counts as whole, and 99:59:59 is the most.
public func clockTime(_ seconds: Double) -> String {
  let whole = seconds.isFinite ? Int(min(359_999, max(0, seconds.rounded(.up)))) : 0
  let two = { (number: Int) in number < 10 ? "0\(number)" : "\(number)" }
  let (hours, minutes) = (whole / 3600, whole / 60 % 60)
  return (hours > 0 ? "\(hours):\(two(minutes))" : "\(minutes)") + ":" + two(whole % 60)
}
