import Diagnostics
import Experiments
import Figures
import Interpreter
import Networks
import Text

/// A schedule as people read it: jobs of one statement that differ only in their place in a sweep share a row.
public struct ScheduleTable {
  private struct Line {
    let entry: Schedule.Entry
    let memory: Int
    let state: State
    /// How far a training has come that a run will go on with.
    let begun: WorkProgress?
    /// That are left.
    let seconds: Double?

    var extent: Extent { entry.job.extent }

    /// Steps that are left.
    var steps: Int { state == .missing ? extent.steps - (begun?.allSteps ?? 0) : 0 }
  }

  /// Whether a run has to do a job.
  public enum State: Hashable, Sendable {
    /// It is in the store.
    case stored
    /// It is not, but nothing that a run does needs it.
    case unneeded
    case missing
  }

  private struct Row {
    var lines: [Line]

    /// `2`; `2 and 40%` where a training has come so far.
    var stored: String {
      let begun = lines.compactMap { line in line.begun.map { "\(Int(($0.fraction * 100).rounded(.down)))%" } }
      return ([String(lines.count { $0.state == .stored })] + begun).joined(separator: " and ")
    }

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

  /// - Parameters:
  ///   - missing: which of some jobs a run has to do, and what that needs; all of them without a store.
  ///   - isStored: asked of those that it has not to do.
  ///   - checkpoint: how far a job's training has come that it has to do.
  ///   - estimate: how many seconds a job takes after so many of its steps, if that is known.
  public init(
    _ schedule: Schedule, missing: ([any Job]) -> [any Job], isStored: (any Job) -> Bool,
    checkpoint: (any Job) -> WorkProgress?, cost: (any Job) -> Cost?, estimate: (any Job, _ steps: Int) -> Double?
  ) {
    let missing = Set(missing(schedule.asked).map(\.digest))
    all = schedule.entries.map {
      let state: State =
        $0.isOpen || missing.contains($0.job.digest) ? .missing : isStored($0.job) ? .stored : .unneeded
      let begun = state == .missing ? checkpoint($0.job) : nil
      return Line(
        entry: $0, memory: cost($0.job)?.memory ?? 0, state: state, begun: begun,
        seconds: state == .missing ? estimate($0.job, begun?.allSteps ?? 0) : 0)
    }
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
        row.stored,
        Self.text(Self.sum(row.lines.map(\.seconds))),
      ]
    }
    return TextTable(
      header: ["job", "axes", "runs", "images × epochs", "steps", "memory", "stored", "time left"], rows: cells,
      alignments: [.left, .left, .right, .right, .right, .right, .right, .right])
  }

  /// `12 jobs, 3 of them stored; 2880 steps to do, about 3 min`
  public var summary: String {
    if lines.isEmpty { return "nothing to compute" }
    let (stored, missing) = (lines.count { $0.state == .stored }, lines.filter { $0.state == .missing })
    let jobs = counted(lines.count, "job") + ", " + (stored == 0 ? "none" : "\(stored)") + " of them stored; "
    if missing.isEmpty { return jobs + "nothing to do" }
    return jobs + "\(missing.reduce(0) { $0 + $1.steps }) steps to do, about "
      + Self.text(Self.sum(missing.map(\.seconds)))
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
            "steps": .integer(line.extent.steps), "stored": .boolean(line.state == .stored),
            "needed": .boolean(line.state == .missing),
            "checkpoint": line.begun.map { ["epoch": .integer($0.epoch), "step": .integer($0.step)] } ?? .null,
            "memory": .integer(line.memory),
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

extension WorkProgress {
  /// Steps of all epochs that are done.
  fileprivate var allSteps: Int { epoch * stepsPerEpoch + step }
}
