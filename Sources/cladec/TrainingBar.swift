import Console
import Datasets
import Experiments
import Figures
import Host
import Synchronization
import Text
import Workbench

/// Shows the job that is going on, and stops it when Ctrl-C was pressed.
final class TrainingBar {
  private let isQuiet: Bool
  private var title = ""
  private var bar: ProgressBar?
  /// What is said when the line of the bar is not in the way.
  let notices = Notices()

  init(isQuiet: Bool) { self.isQuiet = isQuiet }

  deinit { finish() }

  /// Told of every step; false where the user has interrupted.
  func update(_ progress: JobProgress) -> Bool {
    if !isQuiet {
      if progress.title != title || bar == nil {
        bar?.finish()
        bar = ProgressBar(label: progress.title)
        title = progress.title
      }
      let facts = progress.training.map { training in
        ["epoch \(training.epoch + 1)/\(training.epochs)"]
          + (training.loss.map { ["training loss \(formatted($0))"] } ?? [])
      }
      bar?.update(fraction: progress.fraction, facts: facts ?? [])
      if progress.fraction >= 1 { finish() }
    }
    tellNotices()
    return !Interrupt.requested
  }

  func finish() {
    bar?.finish()
    bar = nil
    tellNotices()
  }

  private func tellNotices() {
    for notice in notices.take() {
      bar?.finish()
      bar = nil
      writeError("warning: " + printable(notice))
    }
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
  convenience init(_ surroundings: Surroundings, settings: [String: String] = [:], bar: TrainingBar) {
    var setup = Setup(.here)
    setup.version = Cladec.configuration.version
    setup.dataFolders = dataFolders(surroundings)
    setup.folder = storeFolder(surroundings)
    setup.notice = { [notices = bar.notices] in notices.add($0) }
    setup.threads = surroundings.threads
    setup.memory = surroundings.memory?.bytes
    setup.instructionSet = surroundings.instructionSet
    setup.settings = settings
    setup.isInterrupted = { Interrupt.requested }
    setup.readFile = { path throws(DatasetError) in try readFile(path) { Interrupt.requested } }
    setup.progress = { bar.update($0) }
    self.init(setup)
  }
}
