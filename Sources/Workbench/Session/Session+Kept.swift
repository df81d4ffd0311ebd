import Experiments
import Text

extension Session {
  /// What the store has of the work that the last check found, in a sentence for whoever has interrupted it; none where
  /// it has nothing.
  public var kept: String? {
    var (models, others) = (0, 0)
    var begun: [String] = []
    for entry in schedule.entries where !entry.isOpen {
      if executor.store.folderHas(entry.job) {
        if entry.job is any ClassifierJob || entry.job is any AutoEncoderJob { models += 1 } else { others += 1 }
      } else if let progress = executor.leftCheckpoint(of: entry.job) {
        begun.append(
          "\(answers.names.title(of: entry.job)) at epoch \(min(progress.epoch + 1, progress.epochs)) of \(progress.epochs)"
        )
      }
    }
    let parts =
      [(models, "trained model"), (others, "other result")].filter { $0.0 > 0 }.map { counted($0, $1) } + begun
    return parts.isEmpty
      ? nil : "kept: \(parts.joined(separator: ", ")); running it again goes on from there"
  }
}
