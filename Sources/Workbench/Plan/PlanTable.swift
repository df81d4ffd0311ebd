import Figures
import Interpreter

/// A plan as people read it: runs of one statement that differ only in their place in a sweep share a row.
public struct PlanTable {
  private struct Row {
    var runs: [(run: TrainingPlan.Run, seconds: Double?)]

    /// `seed 1, 2, 3; layer -1, -3`
    var axes: String {
      var axes: [Axis] = []
      for coordinate in runs.flatMap(\.run.point.coordinates) {
        if let index = axes.firstIndex(where: { $0.name == coordinate.axis }) {
          if !axes[index].points.contains(coordinate.point) { axes[index].points.append(coordinate.point) }
        } else {
          axes.append(Axis(name: coordinate.axis, points: [coordinate.point]))
        }
      }
      return axes.map(\.summary).joined(separator: "; ")
    }
  }

  private var rows: [Row] = []
  private let all: [(run: TrainingPlan.Run, seconds: Double?)]

  /// - Parameter estimate: how many seconds a run takes, if that is known.
  public init(_ plan: TrainingPlan, estimate: (TrainingPlan.Run) -> Double?) {
    all = plan.runs.map { ($0, estimate($0)) }
    for entry in all {
      if let last = rows.last?.runs.last?.run, last.title == entry.run.title, last.images == entry.run.images,
        last.options.batchSize == entry.run.options.batchSize, last.epochs == entry.run.epochs
      {
        rows[rows.count - 1].runs.append(entry)
      } else {
        rows.append(Row(runs: [entry]))
      }
    }
  }

  public var table: TextTable {
    let lines = rows.map { row -> [String] in
      let first = row.runs[0].run
      return [
        first.title, row.axes, "\(row.runs.count)", "\(first.images) × \(first.epochs)",
        "\(row.runs.reduce(0) { $0 + $1.run.steps })",
        binarySize(row.runs.compactMap(\.run.memory?.total).max() ?? 0),
        Self.duration(Self.sum(row.runs.map(\.seconds))),
      ]
    }
    return TextTable(
      header: ["training", "axes", "runs", "images × epochs", "steps", "memory", "time"], rows: lines,
      alignments: [.left, .left, .right, .right, .right, .right, .right])
  }

  /// `12 trainings (none cached), 3840 steps, about 4 min`. Nothing is kept between runs yet, so none ever is.
  public var summary: String {
    if all.isEmpty { return "no trainings" }
    let steps = all.reduce(0) { $0 + $1.run.steps }
    return "\(all.count) \(all.count == 1 ? "training" : "trainings") (none cached), \(steps) steps, about "
      + Self.duration(Self.sum(all.map(\.seconds)))
  }

  /// One object for each training.
  public var json: String {
    let objects = all.map { entry in
      let axes = entry.run.point.coordinates.map { "\(quoted($0.axis)): \($0.point.json)" }.joined(separator: ", ")
      let seconds = entry.seconds.map { formatted($0, .decimals(3)) } ?? "null"
      return "  {\"training\": \(quoted(entry.run.title)), \"axes\": {\(axes)}, \"images\": \(entry.run.images), "
        + "\"epochs\": \(entry.run.epochs), \"steps\": \(entry.run.steps), "
        + "\"memory\": \(entry.run.memory?.total ?? 0), \"seconds\": \(seconds)}"
    }
    return objects.isEmpty ? "[]" : "[\n" + objects.joined(separator: ",\n") + "\n]"
  }

  private static func sum(_ seconds: [Double?]) -> Double? {
    seconds.reduce(.some(0)) { total, next in total.flatMap { total in next.map { total + $0 } } }
  }

  /// `0.4 s`, `12 s`, `3 min`, `2.5 h`
  static func duration(_ seconds: Double?) -> String {
    guard let seconds else { return "?" }
    if seconds < 10 { return formatted(seconds, .decimals(1)) + " s" }
    if seconds < 120 { return formatted(seconds, .decimals(0)) + " s" }
    if seconds < 7200 { return formatted(seconds / 60, .decimals(0)) + " min" }
    return formatted(seconds / 3600, .decimals(1)) + " h"
  }
}

/// A text as JSON writes it.
private func quoted(_ text: String) -> String {
  var result = "\""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "\"", "\\": result += "\\" + String(scalar)
    case _ where scalar.value < 0x20:
      let digits = String(scalar.value, radix: 16)
      result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    default: result.unicodeScalars.append(scalar)
    }
  }
  return result + "\""
}

extension AxisPoint {
  fileprivate var json: String {
    switch self {
    case .number(let number): exactText(number)
    case .text(let text): quoted(text)
    case .truth(let truth): truth ? "true" : "false"
    }
  }
}
