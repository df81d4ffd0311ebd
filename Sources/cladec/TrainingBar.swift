import Console
import Figures
import Networks
import Text
import Workbench

/// Shows the training that is going on, and stops it when Ctrl-C was pressed.
final class TrainingBar {
  private let isQuiet: Bool
  private var title = ""
  private var bar: ProgressBar?

  init(isQuiet: Bool) { self.isQuiet = isQuiet }

  /// Told of every step; false where the user has interrupted.
  func update(_ title: String, _ progress: TrainingProgress) -> Bool {
    if !isQuiet {
      if title != self.title || bar == nil {
        bar?.finish()
        bar = ProgressBar(label: title)
        self.title = title
      }
      bar?.update(
        fraction: progress.fraction,
        facts: ["epoch \(progress.epoch + 1)/\(progress.epochs)", "training loss \(formatted(progress.loss))"])
      if progress.epoch + 1 == progress.epochs, progress.step == progress.stepsPerEpoch { finish() }
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
    var setup = Setup()
    setup.dataFolders = dataFolders(surroundings)
    setup.threads = surroundings.threads
    setup.memory = surroundings.memory?.bytes
    setup.settings = settings
    setup.progress = { bar.update($0, $1) }
    self.init(setup)
  }
}
