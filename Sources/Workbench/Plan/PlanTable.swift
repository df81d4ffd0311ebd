import Figures
import Interpreter
import Text

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
        Self.sum(row.runs.map(\.seconds)).map(duration) ?? "?",
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
    return "\(counted(all.count, "training")) (none cached), \(steps) steps, about "
      + (Self.sum(all.map(\.seconds)).map(duration) ?? "?")
  }

  /// One object for each training.
  public var json: String {
    let objects = all.map { entry -> JSON in
      [
        "training": .string(entry.run.title),
        "axes": .object(entry.run.point.coordinates.map { JSON.Member($0.axis, $0.point.json) }),
        "images": .integer(entry.run.images), "epochs": .integer(entry.run.epochs), "steps": .integer(entry.run.steps),
        "memory": .integer(entry.run.memory?.total ?? 0),
        "seconds": entry.seconds.map { .number(($0 * 1000).rounded() / 1000) } ?? .null,
      ]
    }
    return JSON.array(objects).indentedText
  }

  private static func sum(_ seconds: [Double?]) -> Double? {
    seconds.reduce(.some(0)) { total, next in total.flatMap { total in next.map { total + $0 } } }
  }
}

extension AxisPoint {
  fileprivate var json: JSON {
    switch self {
    case .number(let number): .number(number)
    case .text(let text): .string(text)
    case .truth(let truth): .boolean(truth)
    }
  }
}
