import Images
import Networks
import Tensors
import Text

/// How far a source moves when images are replaced by others that differ in one thing. The measure is the total effect of
/// Sobol's sensitivity analysis, by Jansen's estimator (1999): half the mean squared distance of the two vectors of an
/// image, relative to the variance of the vectors over all images. It is 0 where nothing moves, and 1 where an image's two vectors
/// are as far from each other as those of two images drawn at random.
public struct Intervention: Job {
  public static let kind = "intervention"
  public static let version = 1

  public let source: FeatureSource
  public let images: any ImagesJob
  /// What takes the images' places, once for each thing in which they differ.
  public let replacements: [any ImagesJob]
  /// Whose decisions are compared; it sees the images, or the pictures that the source makes of them.
  public let observer: (any ClassifierJob)?
  public let recipe: Recipe

  /// What one replacement does.
  public struct Effect: Hashable, Sendable {
    /// The total effect; none where the source is the same for all images.
    public let movement: Double?
    /// The share of images for which the observer decides otherwise; none without an observer.
    public let flips: Double?
    /// How many images were replaced: those that have what is changed.
    public let images: Int
  }

  public init(
    of source: FeatureSource, on images: any ImagesJob, replacing replacements: [any ImagesJob],
    observer: (any ClassifierJob)?
  ) {
    (self.source, self.images, self.replacements, self.observer) = (source, images, replacements, observer)
    recipe = Recipe(
      Self.self, .numerics, source.facts,
      [
        "images": images.fact, "replacements": .array(replacements.map(\.fact)), "observer": observer?.fact ?? .null,
      ])
  }

  public var dependencies: [any Job] {
    source.dependencies + [images] + replacements + (observer.map { [$0] } ?? [])
  }
  public var title: String { "intervene on \(source.title)" }

  public var extent: Extent {
    Extent(images: images.count, passes: 1 + replacements.count, batch: Extent.evaluationBatch)
  }

  public var miniature: any Job {
    let images = images.madeUpForEvaluation
    return Intervention(of: source.untrained, on: images, replacing: [images], observer: observer?.untrained)
  }

  public func cost(_ engine: Engine) throws(JobError) -> Cost {
    let (multiplyAdds, length) = try source.cost(on: images)
    var watching = 0
    if let observer {
      do throws(TrainingError) { watching = try observer.architecture.multiplyAdds(on: images) } catch {
        throw error.inJob(of: observer.architecture.name)
      }
    }
    return Cost(
      multiplyAdds: (1 + replacements.count) * images.count * (multiplyAdds + watching),
      memory: (1 + replacements.count) * images.bytes + bytes(length))
  }

  /// Of the vectors of the images and of one replacement.
  private func bytes(_ length: Int) -> Int { 2 * images.count * length * MemoryLayout<Float>.stride }

  public func run(_ context: JobContext) throws(JobError) -> [Effect] {
    let length = try source.cost(on: images).length
    try source.check(bytes(length), context)
    let images = try images.images(context)
    let before = try source.look(at: images, context)
    let decisions = try decisions(on: before.seen, context)
    let variance = Self.variance(before.vectors, length: length)
    var effects: [Effect] = []
    for replacement in replacements {
      let others = try replacement.images(context)
      let changed = (0..<images.count).filter { images.factorsDiffer(from: others, at: $0) }
      let after = try source.look(at: others, context)
      var distance = 0.0
      for image in changed {
        for place in image * length..<(image + 1) * length {
          let difference = Double(after.vectors[place]) - Double(before.vectors[place])
          distance += difference * difference
        }
      }
      let flips = try self.decisions(on: after.seen, context).flatMap { later in
        decisions.map { earlier in changed.count { earlier[$0] != later[$0] } }
      }
      let count = Double(changed.count)
      effects.append(
        Effect(
          movement: variance > 0 && count > 0 ? distance / count / (2 * variance) : nil,
          flips: count > 0 ? flips.map { Double($0) / count } : nil, images: changed.count))
    }
    return effects
  }

  private func decisions(on images: LabelledImages, _ context: JobContext) throws(JobError) -> [UInt8]? {
    guard let observer else { return nil }
    let classifier = try observer.classifier(context)
    return try context.working(with: observer.architecture.name) { () throws(TrainingError) in
      try classifier.classify(images, engine: context.engine, monitor: context.monitor).classes
    }
  }

  /// The mean squared distance of vectors from their mean: the sum of their features' variances.
  private static func variance(_ vectors: [Float], length: Int) -> Double {
    guard length > 0, !vectors.isEmpty else { return 0 }
    let count = vectors.count / length
    var means = [Double](repeating: 0, count: length)
    for image in 0..<count { for f in 0..<length { means[f] += Double(vectors[image * length + f]) } }
    for f in 0..<length { means[f] /= Double(count) }
    var sum = 0.0
    for image in 0..<count {
      for f in 0..<length {
        let difference = Double(vectors[image * length + f]) - means[f]
        sum += difference * difference
      }
    }
    return sum / Double(count)
  }

  public func artifact(of effects: [Effect]) -> Artifact {
    func doubles(_ value: (Effect) -> Double?) -> Artifact.Tensor { .init(.doubles(effects.map { value($0) ?? .nan })) }
    return Artifact(tensors: [
      "movement": doubles { $0.movement }, "flips": doubles { $0.flips }, "images": doubles { Double($0.images) },
    ])
  }

  public func value(of artifact: Artifact, _ context: JobContext) throws(JobError) -> [Effect] {
    let (movements, flips) = (try artifact.doubles("movement"), try artifact.doubles("flips"))
    let counts = try artifact.doubles("images")
    guard [movements, flips, counts].allSatisfy({ $0.count == replacements.count }),
      counts.allSatisfy({ 0...Double(images.count) ~= $0 })
    else { throw .damaged("its effects are not those of the recipe") }
    return counts.indices.map { number in
      Effect(
        movement: movements[number].isNaN ? nil : movements[number], flips: flips[number].isNaN ? nil : flips[number],
        images: Int(counts[number]))
    }
  }
}

extension LabelledImages {
  /// Whether an image and the one in its place were drawn from other values; where nobody knows what from, that may be.
  fileprivate func factorsDiffer(from others: LabelledImages, at image: Int) -> Bool {
    guard let mine = factors, let theirs = others.factors else { return true }
    return zip(mine[image], theirs[image]).contains { $0 != $1 && !($0.isNaN && $1.isNaN) }
  }
}
