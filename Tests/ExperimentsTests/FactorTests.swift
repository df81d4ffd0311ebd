import Datasets
import Experiments
import Foundation
import Host
import Images
import Networks
import Tensors
import Testing

/// What probes and interventions find on garments, of which everything is known.
@Suite struct FactorTests {
  static let network = Architecture(
    name: "small",
    blocks: [
      .convolution(channels: 8, kernel: 3, stride: 2), .convolution(channels: 16, kernel: 3, stride: 2),
      .dense(outputs: nil),
    ])
  static let factors = ["class", "tone", "texture", "sleeve length"]

  /// Four classes of upper garments, which overlap; a classifier of them as they are drawn, and one of those whose tone
  /// tells the class; both are asked about the former.
  struct World {
    let executor = Executor(on: .here, library: Library(), threads: 1)
    let test: SelectedImages
    let plain: ClassifierTraining
    let planted: ClassifierTraining

    init() throws {
      let library = executor.library
      func images(_ split: Split, shortcut: String? = nil) throws -> SelectedImages {
        let request = DatasetRequest(
          .garments, shortcut: shortcut, size: 16, classes: [0, 2, 4, 6], counts: [.train: 400, .test: 300])
        let facts = try library.facts(request)
        return library.images(facts, split, .range(0..<facts.count(split)))
      }
      func training(_ images: SelectedImages) -> ClassifierTraining {
        ClassifierTraining(
          FactorTests.network, on: images, TrainingOptions(epochs: 6, batchSize: 16, learningRate: 0.003))
      }
      test = try images(.test)
      plain = training(try images(.train))
      planted = training(try images(.train, shortcut: "tone"))
    }

    func scores(_ source: FeatureSource, _ factors: [String] = FactorTests.factors) throws -> [Probe.Finding] {
      try executor.value(of: Probe(of: source, on: test, factors: factors))
    }

    func effects(_ source: FeatureSource, observer: ClassifierTraining? = nil) throws -> [Intervention.Effect] {
      try executor.value(
        of: Intervention(
          of: source, on: test, replacing: FactorTests.factors.dropFirst().map { RedrawnImages(test, factor: $0) },
          observer: observer))
    }
  }

  @Test("a factor that is planted in the classes is found by the probe and by the intervention, and no other is")
  func planted() throws {
    let world = try World()
    let (plain, planted) = (
      FeatureSource.activations(world.plain, layer: -1), FeatureSource.activations(world.planted, layer: -1)
    )
    let (a, b) = (try world.scores(plain), try world.scores(planted))
    func value(_ number: Double?) throws -> Double { try #require(number) }
    // Tone is read far better from the one that learned it, the sleeves from both.
    #expect(try value(b[1].score) > value(a[1].score) + 0.25)
    #expect(try value(a[3].score) > 0.6 && value(b[3].score) > 0.6)
    #expect(try value(a[0].score) > 0.5)
    for finding in [a[0], a[3], b[1], b[3]] { #expect(try value(finding.control) < value(finding.score)) }
    for number in [0, 2] { #expect(try (value(a[number].control) - 0.25).magnitude < 0.1) }
    for number in [1, 3] { #expect(try value(a[number].control) < 0.05 && value(a[number].control) > -0.3) }
    let (m, n) = (try world.effects(plain, observer: world.plain), try world.effects(planted, observer: world.planted))
    #expect(try value(n[0].movement) > 5 * value(m[0].movement) && value(n[0].flips) > 4 * value(m[0].flips))
    #expect(try value(n[2].movement) < 2 * value(m[2].movement))
    // What is drawn as a whole number is often the same again, and no image counts that did not change.
    #expect(m[0].images == 300 && m[1].images > 180 && m[1].images < 270 && m[2].images == 300)
  }

  @Test("what is looked at is pixels, activations or pictures, as the definition has it") func sources() throws {
    let world = try World()
    let images = try world.executor.value(of: world.test)
    let others = try world.executor.value(of: RedrawnImages(world.test, factor: "tone"))
    #expect(images.labels == others.labels && images.pixels != others.pixels)
    // Jansen's estimator, in another order of sums.
    let pairs = (0..<images.count).map { (images.image($0), others.image($0)) }
    let count = Double(images.count)
    var (distance, variance) = (0.0, 0.0)
    for place in 0..<256 {
      let mean = pairs.reduce(0) { $0 + Double($1.0[place]) } / count
      variance += pairs.reduce(0) { $0 + (Double($1.0[place]) - mean) * (Double($1.0[place]) - mean) }
      distance += pairs.reduce(0) { $0 + Double($1.0[place] - $1.1[place]) * Double($1.0[place] - $1.1[place]) }
    }
    let effect = try world.effects(.pixels)[0]
    #expect(try (#require(effect.movement) - distance / (2 * variance)).magnitude < 1e-6)
    #expect(effect.flips == nil)
    let observed = try world.effects(.pixels, observer: world.plain)[0]
    let before = try world.executor.value(of: Predictions(of: world.plain, on: world.test)).classes
    let after = try world.executor.value(
      of: Predictions(of: world.plain, on: RedrawnImages(world.test, factor: "tone"))
    ).classes
    #expect(observed.flips == Double(zip(before, after).count { $0 != $1 }) / count && observed.flips != 0)
    // Texture is a kind, which is often drawn as it was: the others alone count.
    let woven = try world.executor.value(of: RedrawnImages(world.test, factor: "texture"))
    let textures = try [images, woven].map { try #require($0.factors?.column("texture")).values }
    let changed = (0..<images.count).filter { textures[0][$0] != textures[1][$0] }
    var moved = 0.0
    for index in changed {
      for (one, other) in zip(images.image(index), woven.image(index)) {
        moved += Double(one - other) * Double(one - other)
      }
    }
    let second = try world.effects(.pixels, observer: world.plain)[1]
    #expect(second.images == changed.count && changed.count < 270)
    #expect(try (#require(second.movement) - moved / Double(changed.count) / (2 * variance / count)).magnitude < 1e-6)
    let otherwise = try world.executor.value(
      of: Predictions(of: world.plain, on: RedrawnImages(world.test, factor: "texture"))
    ).classes
    #expect(second.flips == Double(changed.count { before[$0] != otherwise[$0] }) / Double(changed.count))
    // Each layer has its own.
    let layers = try [-1, -2].map { try world.scores(.activations(world.plain, layer: $0), ["class", "tone"]) }
    #expect(layers[0] != layers[1])
    // A probe of pictures is one of their pixels.
    let options = TrainingOptions(epochs: 1, batchSize: 16)
    let subject = ClaDecTraining(world.plain, layer: -1, on: world.plain.images, options)
    // Of pictures the decisions are those on pictures.
    let shown = try [world.test, RedrawnImages(world.test, factor: "tone")].map { (job: any ImagesJob) in
      try world.executor.value(of: Predictions(of: world.plain, on: Reconstructions(by: subject, of: job))).classes
    }
    let watched = try world.effects(.pictures(subject), observer: world.plain)[0]
    #expect(
      watched.flips == Double(zip(shown[0], shown[1]).count { $0 != $1 }) / count && watched.flips != observed.flips)
    let pictures = try world.scores(.pictures(subject))
    let pixels = try world.executor.value(
      of: Probe(of: .pixels, on: Reconstructions(by: subject, of: world.test), factors: ["class"]))
    let plain = try world.scores(.pixels)
    #expect(pictures[0] == pixels[0] && pictures[0] != plain[0])
  }

  @Test("a factor that some images lack is read from the others, and one that does not vary from none") func lacking()
    throws
  {
    let executor = Executor(on: .here, library: Library(), threads: 1)
    let facts = try executor.library.facts(
      DatasetRequest(.garments, size: 8, classes: [0, 1], counts: [.train: 40, .test: 40]))
    let test = executor.library.images(facts, .test, .range(0..<40))
    let found = try executor.value(
      of: Probe(of: .pixels, on: test, factors: ["tone", "leg gap", "opening", "laces"]))
    #expect(found.map(\.images) == [40, 20, 20, 0])
    #expect(found[0].score != nil && found[1].score != nil)
    #expect(found.prefix(2).allSatisfy { ($0.control ?? .nan).isFinite })
    // T-shirts are closed; there are no shoes.
    #expect(found[2].score == nil && found[2].control == nil && found[3].score == nil)
    let effects = try executor.value(
      of: Intervention(
        of: .pixels, on: test, replacing: ["leg gap", "laces"].map { RedrawnImages(test, factor: $0) }, observer: nil))
    #expect(effects.map(\.images) == [20, 0] && effects[1].movement == nil)
    #expect(try #require(effects[0].movement) > 0)
  }

  @Test("directions wrap around: one that is turned by half a circle is the same") func directions() throws {
    struct Stripes: ImagesJob {
      static let kind = "stripes"
      static let version = 1
      let shape = Shape(channels: 1, height: 1, width: 2)
      let classes = 2
      let count = 64
      var recipe: Recipe { MadeUpImages(shape, classes: classes, count: count).recipe }
      var dependencies: [any Job] { [] }
      var title: String { "stripes" }
      var extent: Extent { Extent(images: count, batch: 8) }
      var miniature: any Job { self }
      func cost(_ engine: Engine) -> Cost { MadeUpImages(shape, classes: classes, count: count).cost(engine) }
      func run(_ context: JobContext) -> LabelledImages {
        var (directions, pixels) = ([Float](), [Float]())
        for number in 0..<count {
          let direction = Double(number / 2 % 16) / 16 * (number % 4 < 2 ? 1 : -1)
          directions.append(Float(direction))
          // Four times the arc tangent is twice the angle.
          let angle = 4 * atan(direction)
          pixels += [Float(cos(angle)), Float(sin(angle))]
        }
        return LabelledImages(
          shape: shape, pixels: .floats(pixels), labels: directions.map { $0 > 0 ? 1 : 0 }, classes: classes,
          factors: FactorTable([FactorTable.Factor("direction", .directions)], values: directions))
      }
    }
    let executor = Executor(on: .here, library: Library(), threads: 1)
    let found = try executor.value(of: Probe(of: .pixels, on: Stripes(), factors: ["direction"]))
    #expect(try #require(found[0].score) > 0.999)
  }
}
