import ArgumentParser
import Console
import Diagnostics
import Experiments
import Host
import Notebooks
import Reports
import Workbench

/// `cladec plan NB…`
struct Plan: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "List what notebooks compute, with its size, the memory and the time that it takes on this machine.",
    discussion: """
      Jobs that differ only in their place in a sweep share a line. Times come from doing a few steps of each distinct kind of job \
      here and now, on made-up images; reading and drawing come on top. What the store holds is counted as stored, and takes no time: \
      cladec cache why tells why another job is not in it.
      """)

  @Argument(help: ArgumentHelp("The notebooks.", valueName: "notebook"))
  var notebooks: [String]

  @OptionGroup var settings: Settings

  @OptionGroup var surroundings: Surroundings

  @Flag(help: "Print the graph as JSON: an object for each job, which names by their digests those that it needs.")
  var json = false

  func run() throws {
    var all: [Diagnostic] = []
    let clock = ContinuousClock()
    let start = clock.now
    let stopwatch = Stopwatch(
      on: .here, threads: surroundings.threads, memory: surroundings.memory?.bytes,
      instructionSet: surroundings.instructionSet
    ) {
      (clock.now - start) / .seconds(1)
    }
    let bar = TrainingBar(isQuiet: false)
    for path in notebooks {
      do throws(Diagnostic) {
        let session = Session(surroundings, settings: settings.values, bar: bar)
        let mistakes = NotebookRunner(Notebook(parsing: try readNotebook(path)), session: session).check()
        bar.finish()
        all += mistakes
        for mistake in mistakes { writeDiagnostic(mistake) }
        guard !mistakes.contains(where: { $0.severity == .error }) else { continue }
        let timing = ProgressBar(label: "time the work of \(notebookName(path))")
        var timed = 0.0
        let plan = ScheduleTable(
          session.schedule, missing: session.executor.missing(of:), isStored: { session.executor.store.folderHas($0) },
          checkpoint: session.executor.checkpoint(of:), cost: { try? session.executor.cost(of: $0) },
          estimate: { job, steps in
            timing.update(fraction: timed / Double(session.schedule.entries.count))
            timed += 1
            return stopwatch.estimate(job, after: steps) { !Interrupt.requested }
          })
        timing.finish()
        if Interrupt.requested { break }
        if json {
          try writeLine(plan.json.indentedText)
          continue
        }
        if notebooks.count > 1 { try writeLine(path) }
        if !plan.isEmpty {
          try writeLine(plan.table.terminal(width: outputWidth, colour: Terminal.standardOutput.supportsColour))
        }
        try writeLine(plan.summary)
      } catch {
        writeDiagnostic(error)
        all.append(error)
      }
    }
    try (Interrupt.requested ? Ending.interrupted : Ending(all)).exit()
  }
}
