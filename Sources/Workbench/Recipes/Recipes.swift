import Datasets
import Networks

// What is to be made, as plain data: the definition, the images, the seed, the hyper-parameters. A result is a function
// of its recipe, so equal recipes are made once. Values of the language hold recipes; the laboratory makes what they
// describe.

/// A data set: where it comes from and how much of it.
public struct DatasetRecipe: Hashable, Sendable {
  public struct Source: Hashable, Sendable {
    public var known: KnownDataset
    /// Which images are drawn, where they are.
    public var seed = Garments.defaultSeed
  }

  public var source: Source
  /// Pixels along each side.
  public var size: Int
  /// The classes that are kept, by their numbers in the whole data set, in ascending order; all of them if none.
  public var classes: [Int]?
  /// How many images of each split, from the first on; all of them if none.
  public var train: Int?
  public var test: Int?
}

/// A run of images of one split.
public struct ImagesRecipe: Hashable, Sendable {
  public var dataset: DatasetRecipe
  public var split: Split
  /// Indices into the split; the upper bound is not part of it.
  public var range: Range<Int>
}

/// A trained classifier.
public indirect enum ClassifierRecipe: Hashable, Sendable {
  case trained(Architecture, on: ImagesRecipe, TrainingOptions)
  case tuned(ClassifierRecipe, on: ImagesRecipe, TrainingOptions)

  public var images: ImagesRecipe {
    switch self {
    case .trained(_, let images, _), .tuned(_, let images, _): images
    }
  }

  public var options: TrainingOptions {
    switch self {
    case .trained(_, _, let options), .tuned(_, _, let options): options
    }
  }

  public var architecture: Architecture {
    switch self {
    case .trained(let architecture, _, _): architecture
    case .tuned(let original, _, _): original.architecture
    }
  }
}

/// A ClaDec or a reference auto-encoder.
public struct AutoEncoderRecipe: Hashable, Sendable {
  public enum Kind: Hashable, Sendable {
    /// The classifier's layers, frozen; α of the paper's Equation 1.
    case cladec(alpha: Double)
    /// The same layers trained afresh with the decoder.
    case refae
  }

  public var kind: Kind
  public var classifier: ClassifierRecipe
  /// From the back: −1 is the logits.
  public var layer: Int
  /// The layer's channels that the decoder sees, in ascending order; all of them if none.
  public var units: [Int]?
  /// The paper's if none.
  public var decoder: Architecture?
  public var images: ImagesRecipe
  public var options: TrainingOptions
}

/// The judgement of an auto-encoder by a fresh classifier that learns from its reconstructions.
struct JudgementRecipe: Hashable, Sendable {
  var subject: AutoEncoderRecipe
  var judge: Architecture
  var images: ImagesRecipe
  var options: TrainingOptions
}

/// A model applied to images.
struct Application<Model: Hashable & Sendable>: Hashable, Sendable {
  var model: Model
  var images: ImagesRecipe
}
