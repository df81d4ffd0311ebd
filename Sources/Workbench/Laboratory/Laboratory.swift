import Datasets
import Decoding
import Images
import Interpreter
import Networks
import Tensors

/// Makes what recipes describe, each once. A laboratory that is only checking makes nothing and answers `nil`: this is
/// the whole difference between checking a notebook and running it. Both share one store, so that files read by the
/// check are not read again.
public final class Laboratory {
  public enum Mode: Sendable { case checking, running }

  let mode: Mode
  let store: Store
  /// Told of every step of a training, with what is trained; an answer of false stops it.
  let progress: (String, TrainingProgress) -> Bool
  /// Takes down what a run would train; for a check.
  let plan: TrainingPlan?

  init(
    _ mode: Mode, store: Store, plan: TrainingPlan? = nil,
    progress: @escaping (String, TrainingProgress) -> Bool = { _, _ in true }
  ) {
    self.mode = mode
    self.store = store
    self.plan = plan
    self.progress = progress
  }

  var isRunning: Bool { mode == .running }

  /// The monitor of one training, which has this title and place in a sweep.
  func monitor(_ title: String, at point: SweepPoint = SweepPoint()) -> TrainingMonitor {
    let place = point.description
    return { [progress] in progress(title + (place.isEmpty ? "" : ", " + place), $0) }
  }
}

/// Everything that has been made so far, by recipe, and what making needs.
public final class Store {
  /// The folders in which data sets are looked for.
  let dataFolders: [String]
  let readFile: (String) throws(DatasetError) -> [UInt8]?
  private let threads: Int?
  private let memoryLimit: Int?
  /// Made with the first training, for it starts threads.
  lazy var engine = Engine(threads: threads, memory: memoryLimit)

  /// Layers are asked for at every point of a sweep, and are the same at most of them.
  var layers: [NetworkSite: Result<[Layer], ShapeError>] = [:]

  var memory: [MemoryQuestion: Result<TrainingMemory, TrainingError>] = [:]
  var sources: [DatasetRecipe.Source: any DatasetSource] = [:]
  var samples: [ImagesRecipe: LabelledImages] = [:]
  var classifiers: [ClassifierRecipe: Classifier] = [:]
  var autoEncoders: [AutoEncoderRecipe: AutoEncoder] = [:]
  var predictions: [Application<ClassifierRecipe>: Classifier.Predictions] = [:]
  var measurements: [Application<AutoEncoderRecipe>: Measurement] = [:]
  var judgements: [JudgementRecipe: Double] = [:]

  init(
    dataFolders: [String], threads: Int?, memory: Int?,
    readFile: @escaping (String) throws(DatasetError) -> [UInt8]?
  ) {
    self.dataFolders = dataFolders
    self.threads = threads
    memoryLimit = memory
    self.readFile = readFile
  }
}
