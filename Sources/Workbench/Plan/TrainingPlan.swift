import Decoding
import Interpreter
import Networks
import Tensors

/// The trainings that a notebook would do, taken down while it is checked, each once.
public final class TrainingPlan {
  enum Work: Hashable {
    case classifier(ClassifierRecipe)
    case autoEncoder(AutoEncoderRecipe)
    case judge(JudgementRecipe)
  }

  /// One training.
  public struct Run {
    let work: Work
    let dataset: DatasetValue
    /// `train C`, `judge RefAE`
    public let title: String
    public let point: SweepPoint
    /// How many images it learns from.
    public let images: Int
    let options: TrainingOptions
    /// What it takes; known of runs that were taken down.
    var memory: TrainingMemory?

    public var epochs: Int { options.epochs }
    public var steps: Int { options.epochs * ((images - 1) / options.batchSize + 1) }

    init(_ work: Work, _ title: String, _ point: SweepPoint, on dataset: DatasetValue) {
      let facts: (images: ImagesRecipe, options: TrainingOptions)
      switch work {
      case .classifier(let recipe): facts = (recipe.images, recipe.options)
      case .autoEncoder(let recipe): facts = (recipe.images, recipe.options)
      case .judge(let recipe): facts = (recipe.subject.images, recipe.options)
      }
      self.work = work
      self.dataset = dataset
      self.title = title
      self.point = point
      images = facts.images.range.count
      options = facts.options
    }
  }

  public private(set) var runs: [Run] = []
  private var known: Set<Work> = []

  func note(_ run: Run) {
    if known.insert(run.work).inserted { runs.append(run) }
  }
}
