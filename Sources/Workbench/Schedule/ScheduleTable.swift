import Diagnostics
import Experiments
import Figures
import Interpreter
import Text

/// A schedule as people read it: jobs of one statement that differ only in their place in a sweep share a row.
public struct ScheduleTable {
  private struct Line {
    let entry: Schedule.Entry
    let memory: Int
    let seconds: Double?

    var extent: Extent { entry.job.extent }
  }

  private struct Row {
    var lines: [Line]

    /// `seed 1, 2, 3; layer -1, -3`
    var axes: String {
      var axes: [Axis] = []
      for coordinate in lines.flatMap(\.entry.point.coordinates) {
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
  private let lines: [Line]
  /// With what is only read or drawn, which has no steps, and whose time is that of whoever asks for it.
  private let all: [Line]

  /// - Parameter estimate: how many seconds a job takes, if that is known.
  public init(_ schedule: Schedule, cost: (any Job) -> Cost?, estimate: (any Job) -> Double?) {
    all = schedule.entries.map { Line(entry: $0, memory: cost($0.job)?.memory ?? 0, seconds: estimate($0.job)) }
    lines = all.filter { $0.extent.steps > 0 }
    var places: [RowKey: Int] = [:]
    for line in lines {
      let key = RowKey(title: line.entry.title, statement: line.entry.place?.span, extent: line.extent)
      if let row = places[key] {
        rows[row].lines.append(line)
      } else {
        places[key] = rows.count
        rows.append(Row(lines: [line]))
      }
    }
  }

  /// What jobs in one row have in common.
  private struct RowKey: Hashable {
    let title: String
    let statement: SourceSpan?
    let extent: Extent
  }

  public var isEmpty: Bool { lines.isEmpty }

  public var table: TextTable {
    let cells = rows.map { row -> [String] in
      let extent = row.lines[0].extent
      return [
        row.lines[0].entry.title, row.axes, "\(row.lines.count)", "\(extent.images) × \(extent.passes)",
        "\(row.lines.reduce(0) { $0 + $1.extent.steps })", binarySize(row.lines.map(\.memory).max() ?? 0),
        Self.text(Self.sum(row.lines.map(\.seconds))),
      ]
    }
    return TextTable(
      header: ["job", "axes", "runs", "images × epochs", "steps", "memory", "time"], rows: cells,
      alignments: [.left, .left, .right, .right, .right, .right, .right])
  }

  /// `12 jobs (none cached), 3840 steps, about 4 min`. Nothing is kept between runs yet, so none ever is.
  public var summary: String {
    if lines.isEmpty { return "nothing to compute" }
    let steps = lines.reduce(0) { $0 + $1.extent.steps }
    return "\(counted(lines.count, "job")) (none cached), \(steps) steps, about "
      + Self.text(Self.sum(lines.map(\.seconds)))
  }

  /// The graph: one object for each job, behind those that it needs, which it names by their digests. What a run chooses by
  /// what it measures has no digest yet.
  public var json: JSON {
    let known = Set(all.filter { !$0.entry.isOpen }.map(\.entry.job.digest))
    return [
      "jobs": .array(
        all.map { line in
          let job = line.entry.job
          return [
            "job": .string(line.entry.title), "kind": .string(type(of: job).kind),
            "digest": line.entry.isOpen ? .null : .string(job.digest.description),
            "needs": .array(job.dependencies.map(\.digest).filter(known.contains).map { .string($0.description) }),
            "axes": .object(line.entry.point.coordinates.map { .init($0.axis, $0.point.json) }),
            "images": .integer(line.extent.images), "epochs": .integer(line.extent.passes),
            "steps": .integer(line.extent.steps), "memory": .integer(line.memory),
            "seconds": line.seconds.map { .number($0) } ?? .null,
          ]
        })
    ]
  }

  private static func sum(_ seconds: [Double?]) -> Double? {
    seconds.reduce(.some(0)) { total, next in total.flatMap { total in next.map { total + $0 } } }
  }

  private static func text(_ seconds: Double?) -> String { seconds.map { duration($0) } ?? "?" }
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
