import Images
import Networks
import Probing
import Tensors
import Text

/// How much of what images were drawn from, and of their class, can be read from a source by a linear probe: fitted on one
/// half of the images that have the factor, measured on the other; lots decide which, for the order of images may say what they are. Beside it the same probe
/// on random labels: the factor's values permuted among the images, the mean of several permutations (Hewitt and Liang 2019).
public struct Probe: Job {
  public static let kind = "probe"
  public static let version = 2

  public let source: FeatureSource
  public let images: any ImagesJob
  /// Names of factors; `class` is the image's class.
  public let factors: [String]
  public let recipe: Recipe

  /// What was found of one factor; none where it does not vary among the images.
  public struct Finding: Hashable, Sendable {
    /// R² of numbers, accuracy of kinds.
    public let score: Double?
    /// The same with random labels.
    public let control: Double?
    /// How many images have the factor.
    public let images: Int
  }

  /// What the class is called among the factors.
  public static let classFactor = "class"
  static let permutations = 5
  /// Of fewer images nothing is read.
  public static let fewestImages = 4

  /// - Parameter values: the digest of factors that the images' own content does not tell.
  public init(
    of source: FeatureSource, on images: any ImagesJob, factors: [String], values: SHA256.Digest? = nil
  ) {
    (self.source, self.images, self.factors) = (source, images, factors)
    recipe = Recipe(
      Self.self, .numerics, source.facts, ["images": images.fact, "factors": .array(factors.map { .string($0) })],
      values.map { ["values": .string($0.description)] } ?? [:])
  }

  public var dependencies: [any Job] { source.dependencies + [images] }
  public var title: String { "probe \(source.title)" }
  public var extent: Extent { Extent(images: images.count, batch: Extent.evaluationBatch) }

  public var miniature: any Job {
    Probe(of: source.untrained, on: images.madeUpForEvaluation, factors: [Self.classFactor])
  }

  public func cost(_ engine: Engine) throws(JobError) -> Cost {
    let (multiplyAdds, length) = try source.cost(on: images)
    return Cost(
      multiplyAdds: images.count * (multiplyAdds + images.count * length / 2), memory: images.bytes + bytes(length))
  }

  /// Of vectors, and of the kernel with its factors, which are made as many at a time as there are strengths at most.
  private func bytes(_ length: Int) -> Int {
    let fitted = (images.count + 1) / 2
    return images.count * length * MemoryLayout<Float>.stride
      + (images.count + 2 * LinearProbe.strengths.count * fitted) * fitted * MemoryLayout<Double>.stride
  }

  public func run(_ context: JobContext) throws(JobError) -> [Finding] {
    let images = try images.images(context)
    let length = try source.cost(on: self.images).length
    try source.check(bytes(length), context)
    let vectors = try source.look(at: images, context).vectors
    var isStopped = false
    var findings = [Finding?](repeating: nil, count: factors.count)
    let values = factors.map { FactorValues($0, of: images) }
    let lots = RandomStream(seed: 1, purpose: "probe/halves").permutation(
      count: images.count, step: 0, engine: context.engine)
    // What the same images have is read from one kernel.
    for places in Set(values.map(\.places)).sorted(by: { $0.lexicographicallyPrecedes($1) }) {
      let numbers = factors.indices.filter { values[$0].places == places }
      guard places.count >= Self.fewestImages else {
        for number in numbers { findings[number] = Finding(score: nil, control: nil, images: places.count) }
        continue
      }
      let drawn = places.sorted { lots[$0] < lots[$1] }
      let halves = [drawn.prefix((places.count + 1) / 2), drawn.suffix(places.count / 2)].map { $0.sorted() }
      let probe = LinearProbe(vectors, length: length, fitting: halves[0], heldOut: halves[1]) { count, task in
        isStopped = isStopped || context.shouldStop()
        if !isStopped { context.engine.parallel(count, task) }
      }
      let targets = numbers.map { number in
        [values[number].target] + permutations(of: values[number], factors[number], context.engine)
      }
      var scores = probe.scores(of: targets.flatMap { $0 })[...]
      for (number, targets) in zip(numbers, targets) {
        let some = scores.prefix(targets.count).map { $0?.value }
        scores = scores.dropFirst(targets.count)
        let controls = some.dropFirst().compactMap { $0 }
        findings[number] = Finding(
          score: some[0], control: controls.isEmpty ? nil : controls.reduce(0, +) / Double(controls.count),
          images: places.count)
      }
    }
    if isStopped { throw .interrupted }
    return findings.compactMap { $0 }
  }

  private func permutations(of values: FactorValues, _ factor: String, _ engine: Engine) -> [LinearProbe.Target] {
    let random = RandomStream(seed: 1, purpose: "probe/random labels/\(factor)")
    return (0..<Self.permutations).map { step in
      values.permuted(random.permutation(count: values.places.count, step: UInt64(step), engine: engine)).target
    }
  }

  public func artifact(of findings: [Finding]) -> Artifact {
    func doubles(_ value: (Finding) -> Double?) -> Artifact.Tensor {
      .init(.doubles(findings.map { value($0) ?? .nan }))
    }
    return Artifact(tensors: [
      "score": doubles { $0.score }, "random labels": doubles { $0.control }, "images": doubles { Double($0.images) },
    ])
  }

  public func value(of artifact: Artifact, _ context: JobContext) throws(JobError) -> [Finding] {
    let (scores, controls) = (try artifact.doubles("score"), try artifact.doubles("random labels"))
    let counts = try artifact.doubles("images")
    guard [scores, controls, counts].allSatisfy({ $0.count == factors.count }),
      counts.allSatisfy({ 0...Double(images.count) ~= $0 })
    else { throw .damaged("its scores are not those of the recipe") }
    return factors.indices.map { number in
      Finding(
        score: scores[number].isNaN ? nil : scores[number], control: controls[number].isNaN ? nil : controls[number],
        images: Int(counts[number]))
    }
  }
}

/// One factor's values in images, and which images have it.
private struct FactorValues {
  /// Of all images.
  private var values: [Double]
  /// The numbers of the images that have it.
  let places: [Int]
  private let scale: FactorTable.Scale

  init(_ name: String, of images: LabelledImages) {
    if name == Probe.classFactor {
      values = images.labels.map { Double($0) }
      scale = .kinds(count: images.classes)
    } else {
      let column = images.factors?.column(name)
      values = column?.values.map { Double($0) } ?? [Double](repeating: .nan, count: images.count)
      scale = column?.scale ?? .numbers
    }
    places = values.indices.filter { [values] in !values[$0].isNaN }
  }

  func permuted(_ order: [Int]) -> FactorValues {
    var copy = self
    for (place, other) in zip(places, order) { copy.values[place] = values[places[other]] }
    return copy
  }

  var target: LinearProbe.Target {
    switch scale {
    case .numbers: .numbers(values)
    case .kinds(let count): kinds(count)
    case .words(let words): kinds(words.count)
    case .directions: .angles(cosines: values.map { angle($0).cosine }, sines: values.map { angle($0).sine })
    }
  }

  private func kinds(_ count: Int) -> LinearProbe.Target {
    .kinds(values.map { $0.isNaN ? 0 : Int($0) }, count: count)
  }

  /// Of twice the angle, since a direction is where its opposite is: −1 and 1 are one.
  private func angle(_ t: Double) -> (cosine: Double, sine: Double) {
    let (x, y) = (2 * t / (1 + t * t), (1 - t * t) / (1 + t * t))
    return (x * x - y * y, 2 * x * y)
  }
}
