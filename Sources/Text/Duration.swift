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

/// The seconds that a text means: `45s`, `90m`, `12h`, `30d`, `2w`; none for anything else.
public func seconds(ofDuration text: String) -> Double? {
  let units: [Character: Double] = ["s": 1, "m": 60, "h": 3600, "d": 86_400, "w": 604_800]
  guard let unit = text.last.flatMap({ units[$0] }), let number = Double(text.dropLast()), number >= 0,
    text.dropLast().allSatisfy({ $0.isASCII && ($0.isNumber || $0 == ".") }), (number * unit).isFinite
  else { return nil }
  return number * unit
}
