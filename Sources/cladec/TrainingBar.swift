import Console
import Datasets
import Experiments
import Figures
import Host
import Synchronization
import Text
import Workbench

/// Shows how far the work is, and stops it when Ctrl-C was pressed.
final class TrainingBar {
  private let isQuiet: Bool
  /// Of one piece of work alone, such as reading a data set.
  private var single: (title: String, bar: ProgressBar)?
  /// Of all jobs of a text; it outlives what is shown between them, since the time that is left depends on its beginning.
  private var whole: (fraction: Double, bar: ProgressBar)?
  /// The jobs that are under way.
  private var underWay: [JobProgress] = []
  /// What is said when the line of the bar is not in the way.
  let notices = Notices()

  init(isQuiet: Bool) { self.isQuiet = isQuiet }

  deinit { finish() }

  /// Told of every step; false where the user has interrupted.
  func update(_ progress: JobProgress) -> Bool {
    if !isQuiet {
      if let whole = progress.whole, whole.jobs > 1 { show(progress, of: whole) } else { show(progress) }
    }
    tellNotices()
    return !Interrupt.requested
  }

  private func show(_ progress: JobProgress) {
    let bar: ProgressBar
    if let single, single.title == progress.title {
      bar = single.bar
    } else {
      finish()
      bar = ProgressBar(label: progress.title)
      single = (progress.title, bar)
    }
    bar.update(fraction: progress.fraction, from: progress.beginning, facts: progress.facts)
    if progress.fraction >= 1 { finish() }
  }

  private func show(_ progress: JobProgress, of whole: JobProgress.Whole) {
    if single != nil { finish() }
    if let place = underWay.firstIndex(where: { $0.title == progress.title }) {
      underWay[place] = progress
    } else {
      underWay.append(progress)
    }
    underWay.removeAll { $0.fraction >= 1 }
    // Another text's work begins anew.
    let isNew = self.whole.map { whole.fraction < $0.fraction } ?? true
    let bar = isNew ? ProgressBar(label: "") : self.whole?.bar
    if isNew { underWay = progress.fraction < 1 ? [progress] : [] }
    self.whole = bar.map { (whole.fraction, $0) }
    bar?.label = "\(whole.doneJobs)/\(whole.jobs) jobs"
    bar?.update(
      fraction: whole.fraction,
      facts: underWay.count == 1
        ? underWay.flatMap { [$0.title] + $0.facts }
        : underWay.map { "\($0.title) \(Int(($0.fraction * 100).rounded(.down)))%" })
  }

  /// Takes from the terminal what is shown.
  func finish() {
    single?.bar.finish()
    single = nil
    whole?.bar.finish()
    tellNotices()
  }

  private func tellNotices() {
    for notice in notices.take() {
      single?.bar.finish()
      whole?.bar.finish()
      writeError("warning: " + printable(notice))
    }
  }
}

extension JobProgress {
  fileprivate var facts: [String] {
    training.map { training in
      ["epoch \(training.epoch + 1)/\(training.epochs)"]
        + (training.loss.map { ["training loss \(formatted($0))"] } ?? [])
    } ?? []
  }
}

/// What is worth knowing and stops nothing, from any thread, until somebody says it.
final class Notices: Sendable {
  private let waiting = Mutex<[String]>([])

  func add(_ notice: String) { waiting.withLock { $0.append(notice) } }

  func take() -> [String] {
    waiting.withLock { notices in
      defer { notices = [] }
      return notices
    }
  }
}

extension Session {
  /// A session with the surroundings of this process.
  /// - Parameters:
  ///   - notebook: its path, if it is one that is run.
  ///   - folders: where data sets are looked for if the surroundings do not say so.
  ///   - keepsRecords: for a replay, which computes everything anew.
  ///   - keepsData: where another program reads the values.
  ///   - computesNothing: where what is not in the store is missing.
  ///   - meter: charged with all work.
  convenience init(
    _ surroundings: Surroundings, notebook: String? = nil, settings: [String: String] = [:],
    folders: [String]? = nil, keepsRecords: Bool = false, keepsData: Bool = false, computesNothing: Bool = false,
    meter: WorkMeter? = nil, bar: TrainingBar
  ) {
    var setup = Setup(.here)
    setup.origin = Origin(notebook: notebook, settings: settings, version: Cladec.configuration.version)
    setup.dataFolders = surroundings.data == nil ? folders ?? dataFolders(surroundings) : dataFolders(surroundings)
    (setup.keepsRecords, setup.keepsData) = (keepsRecords, keepsData)
    if !keepsRecords { setup.folder = storeFolder(surroundings) }
    setup.isFolderAll = computesNothing
    setup.meter = meter
    let (clock, start) = (ContinuousClock(), ContinuousClock().now)
    setup.now = { (clock.now - start) / .seconds(1) }
    setup.notice = { [notices = bar.notices] in notices.add($0) }
    setup.threads = surroundings.threads
    setup.jobs = surroundings.jobs
    setup.memory = surroundings.memory?.bytes
    setup.instructionSet = surroundings.instructionSet
    setup.isInterrupted = { Interrupt.requested }
    setup.readFile = { path throws(DatasetError) in try readFile(path) { Interrupt.requested } }
    setup.progress = { bar.update($0) }
    self.init(setup)
  }
}
