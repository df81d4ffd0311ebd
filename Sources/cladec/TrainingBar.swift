import Console
import Datasets
import Experiments
import Figures
import Host
import Text
import Workbench

/// Shows the job that is going on, and stops it when Ctrl-C was pressed.
final class TrainingBar {
  private let isQuiet: Bool
  private var title = ""
  private var bar: ProgressBar?

  init(isQuiet: Bool) { self.isQuiet = isQuiet }

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
    return !Interrupt.requested
  }

  func finish() {
    bar?.finish()
    bar = nil
  }
}

extension Session {
  /// A session with the surroundings of this process.
  convenience init(_ surroundings: Surroundings, settings: [String: String] = [:], bar: TrainingBar) {
    var setup = Setup(.here)
    setup.version = Cladec.configuration.version
    setup.dataFolders = dataFolders(surroundings)
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
