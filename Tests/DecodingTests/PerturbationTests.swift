import Decoding
import Host
import Images
import Networks
import Tensors
import Testing

/// Changes of images that a layer notices as little of as possible, or as much.
struct PerturbationTests {
  let engine = Engine(.here, threads: 2)

  private func distance(_ one: [Float], _ other: [Float]) -> Double {
    zip(one, other).reduce(0) { sum, pair in
      sum + (Double(pair.0) - Double(pair.1)) * (Double(pair.0) - Double(pair.1))
    }.squareRoot()
  }

  // MARK: beside NumPy

  /// Two images of 4×5 pixels, a convolution of stride 2 with two channels and its normalisation, and three logits.
  private static let shape = Shape(channels: 1, height: 4, width: 5)

  private static func classifier() throws -> Classifier {
    try Classifier(
      Architecture(name: "miniature", blocks: [.convolution(channels: 2, kernel: 3, stride: 2), .dense(outputs: nil)]),
      input: shape, classes: 3, history: [],
      arrays: [
        NamedArray(name: "conv1.weight", shape: [2, 1, 3, 3], values: (0..<18).map { Float($0 * 7 % 11) / 10 - 0.45 }),
        NamedArray(name: "conv1.norm.weight", shape: [2], values: [1.5, 0.75]),
        NamedArray(name: "conv1.norm.bias", shape: [2], values: [0.25, 0.5]),
        NamedArray(name: "conv1.norm.running_mean", shape: [2], values: [0.125, -0.25]),
        NamedArray(name: "conv1.norm.running_var", shape: [2], values: [0.5, 2]),
        NamedArray(name: "logits.weight", shape: [3, 12], values: (0..<36).map { Float($0 * 5 % 13) / 8 - 0.7 }),
        NamedArray(name: "logits.bias", shape: [3], values: [0.5, 0, -0.5]),
      ])
  }

  private static let images = LabelledImages(
    shape: shape,
    pixels: .bytes([
      0, 93, 187, 25, 119, 212, 50, 144, 237, 76, 169, 8, 101, 194, 33, 126, 220, 58, 151, 245,
      255, 255, 140, 0, 0, 200, 90, 0, 30, 255, 60, 250, 10, 120, 0, 80, 0, 255, 70, 180,
    ]), labels: [0, 2], classes: 3)

  /// What is found of them beside what NumPy finds in double precision, where borders are met by halving an interval, from
  /// these lines and the same beginning `d`:
  ///
  ///     def slope(x, y, dy):           # y, dy: the units that count, and what they were
  ///     def fit(x, d, size):           # the s with ‖clip(x + s·d, 0, 1) − x‖ = size
  ///     for t in range(6):
  ///         g = slope(x + d); m = .9*m + .1*g; v = .999*v + .001*g*g
  ///         u = (m/(1 - .9**(t+1))) / (sqrt(v/(1 - .999**(t+1))) + 1e-8)
  ///         d = fit(x, d - sign*.2*(1 - t/6)*size/sqrt(20)*u, size)
  struct Found: Sendable {
    let aim: Perturbation.Aim
    let layer: Int
    let units: [Int]?
    let size: Double
    let pixels: [Float]
  }

  private static let found = [
    Found(
      aim: .random, layer: -1, units: nil, size: 0.8,
      pixels: [
        0.2149280, 0.0974579, 0.4545756, 0.0000000, 0.3293689, 0.6214146, 0.3705409, 0.6261065, 0.8473383,
        0.3123692, 0.9200447, 0.3237705, 0.4641331, 0.8961061, 0.3003605, 0.4184154, 1.0000000, 0.4567926,
        0.4181733, 0.8204946, 0.6673729, 1.0000000, 0.8897973, 0.0000000, 0.0000000, 0.6164173, 0.1385693,
        0.0987504, 0.0533335, 0.6965594, 0.3755690, 0.9934007, 0.1610053, 0.5756829, 0.0000000, 0.1718933,
        0.0000000, 0.8545362, 0.4431998, 0.3628592,
      ]),
    Found(
      aim: .least, layer: -1, units: nil, size: 0.8,
      pixels: [
        0.1494806, 0.0307279, 0.4092810, 0.0338840, 0.3414108, 0.5900397, 0.4068264, 0.5562232, 0.9586997,
        0.2869721, 0.9639852, 0.2277888, 0.3945933, 0.9032740, 0.2654863, 0.4847436, 0.9155423, 0.4006180,
        0.4568499, 0.7193842, 0.7500319, 0.9893732, 0.9596783, 0.0182271, 0.0307452, 0.7323479, 0.2038667,
        0.1296744, 0.1034748, 0.6595940, 0.3556684, 0.9819139, 0.1832402, 0.5579488, 0.0168245, 0.1376424,
        0.0181570, 0.8632889, 0.4299130, 0.3420918,
      ]),
    Found(
      aim: .most, layer: -1, units: nil, size: 0.8,
      pixels: [
        0.2920026, 0.2456432, 0.6032298, 0.0000000, 0.2430618, 0.7609454, 0.2348622, 0.7260502, 0.7494687,
        0.2066034, 0.7730148, 0.3901632, 0.5632364, 0.7687942, 0.1712802, 0.3205326, 1.0000000, 0.5312697,
        0.3360403, 0.8456175, 0.5913764, 0.8937692, 0.7465105, 0.1071913, 0.1070276, 0.5204360, 0.1946260,
        0.0000000, 0.0936889, 0.8358955, 0.4668246, 0.8888146, 0.0437202, 0.6723204, 0.1082434, 0.2920029,
        0.0000000, 0.7630922, 0.5329851, 0.5064768,
      ]),
    Found(
      aim: .least, layer: -2, units: [1], size: 1.6,
      pixels: [
        0.6484130, 0.0000000, 0.0912750, 0.0658171, 0.2405471, 0.6241941, 0.7087813, 0.6429856, 0.8838384,
        0.3593962, 1.0000000, 0.4452587, 0.6792952, 0.8351875, 0.3099569, 0.5276528, 0.8094614, 0.8362927,
        0.0963693, 0.5129646, 0.3314633, 0.9921943, 0.8830911, 0.1952145, 0.2885536, 0.5818662, 0.0540516,
        0.0261183, 0.0809808, 0.4177141, 0.8885491, 0.7573452, 0.6330114, 0.5037270, 0.2863843, 0.1576578,
        0.0000000, 0.8270858, 0.4937811, 0.0781222,
      ]),
  ]

  @Test("They are those that NumPy finds", arguments: PerturbationTests.found)
  func reference(_ found: Found) throws {
    let others = try Self.classifier().perturb(
      Self.images, Perturbation(found.aim, size: found.size, seed: 3, steps: 6), layer: found.layer, units: found.units,
      engine: engine)
    let pixels = others.image(0) + others.image(1)
    for (value, wanted) in zip(pixels, found.pixels) { #expect(abs(value - wanted) < 2e-5) }
    #expect(pixels.count == found.pixels.count)
  }

  // MARK: what must hold

  private let samples = squares(count: 140, seed: 4)

  private func trained() throws -> Classifier {
    try Classifier.train(
      small, on: samples, options: TrainingOptions(epochs: 2, batchSize: 25, seed: 3), engine: engine)
  }

  /// Mean ‖L(X′) − L(X)‖² at a layer.
  private func movement(
    _ classifier: Classifier, _ layer: Int, _ images: LabelledImages, _ others: LabelledImages
  ) throws -> Double {
    let one = try classifier.activations(of: images, layer: layer, engine: engine).values
    let other = try classifier.activations(of: others, layer: layer, engine: engine).values
    let moved = distance(one, other)
    return moved * moved / Double(images.count)
  }

  @Test(
    "Changes have their size, stay within black and white, and move the layer less than chance does, or more",
    arguments: [-1, -5])
  func aims(_ layer: Int) throws {
    let classifier = try trained()
    var movements: [Perturbation.Aim: Double] = [:]
    for aim in Perturbation.Aim.allCases {
      let others = try classifier.perturb(
        samples, Perturbation(aim, size: 1.5, seed: 1, steps: 40), layer: layer, engine: engine)
      for index in 0..<samples.count {
        let (before, after) = (samples.image(index), others.image(index))
        #expect(abs(distance(before, after) - 1.5) < 1e-5)
        #expect(after.allSatisfy { $0 >= 0 && $0 <= 1 })
      }
      #expect(others.labels == samples.labels && others.classes == 4 && others.factors == nil)
      movements[aim] = try movement(classifier, layer, samples, others)
    }
    let chance = try #require(movements[.random])
    #expect(try #require(movements[.least]) < 0.2 * chance)
    #expect(try #require(movements[.most]) > 2 * chance)
  }

  @Test("An image's change depends on nothing but the image, its place, and what is asked for")
  func determinism() throws {
    let classifier = try trained()
    let perturbation = Perturbation(.least, size: 1, seed: 5, steps: 4)
    func perturb(_ images: LabelledImages, _ perturbation: Perturbation, _ engine: Engine) throws -> LabelledImages {
      try classifier.perturb(images, perturbation, layer: -2, engine: engine)
    }
    let all = try perturb(samples, perturbation, engine)
    #expect(try perturb(samples, perturbation, Engine(.here, threads: 1)).pixels == all.pixels)
    // The last batch is filled up with its last image, the first is what it is without others behind it.
    #expect(try perturb(samples.prefix(128), perturbation, engine).pixels == all.prefix(128).pixels)
    for changed in [
      Perturbation(.least, size: 1, seed: 6, steps: 4), Perturbation(.least, size: 0.9, seed: 5, steps: 4),
      Perturbation(.least, size: 1, seed: 5, steps: 5), Perturbation(.most, size: 1, seed: 5, steps: 4),
    ] { #expect(try perturb(samples, changed, engine).pixels != all.pixels) }
    // No step is as good as none, and no two images have the same change.
    let none = try perturb(samples, Perturbation(.least, size: 1, seed: 5, steps: 0), engine)
    let random = try perturb(samples, Perturbation(.random, size: 1, seed: 5), engine)
    #expect(none.pixels == random.pixels)
    let changes = (0..<140).map { index in zip(random.image(index), samples.image(index)).map { $0 > $1 } }
    #expect(Set(changes).count == 140)
  }

  /// Of logits W · x the gradient of ‖W · δ‖² is 2 Wᵀ · W · δ; away from black and white δ is only scaled.
  @Test("Images of a later batch are moved as those of the first are") func batches() throws {
    let shape = Shape(channels: 1, height: 2, width: 2)
    let weights = [[0.5, -1, 0.25, 0.75], [-0.5, 0.25, 1, 0.5]]
    let classifier = try Classifier(
      Architecture(name: "linear", blocks: [.dense(outputs: nil)]), input: shape, classes: 2, history: [],
      arrays: [
        NamedArray(name: "logits.weight", shape: [2, 4], values: weights.joined().map { Float($0) }),
        NamedArray(name: "logits.bias", shape: [2], values: [0, 1]),
      ])
    let images = LabelledImages(
      shape: shape, pixels: .bytes((0..<520).map { UInt8(110 + $0 * 37 % 40) }),
      labels: [UInt8](repeating: 0, count: 130), classes: 2)
    func perturbed(_ aim: Perturbation.Aim) throws -> LabelledImages {
      try classifier.perturb(images, Perturbation(aim, size: 0.2, seed: 1, steps: 3), layer: -1, engine: engine)
    }
    let (random, least) = (try perturbed(.random), try perturbed(.least))
    for number in [0, 127, 128, 129] {
      let image = images.image(number).map { Double($0) }
      var change = zip(random.image(number), image).map { Double($0) - $1 }
      var (first, second) = ([Double](repeating: 0, count: 4), [Double](repeating: 0, count: 4))
      for step in 0..<3 {
        var logits = [0.0, 0.0]
        for place in 0..<4 { for unit in 0..<2 { logits[unit] += weights[unit][place] * change[place] } }
        let (one, two) = [(0.1, 0.001), (0.19, 0.001999), (0.271, 0.002997001)][step]
        for place in 0..<4 {
          let slope = 2 * (weights[0][place] * logits[0] + weights[1][place] * logits[1])
          first[place] = 0.9 * first[place] + 0.1 * slope
          second[place] = 0.999 * second[place] + 0.001 * slope * slope
          let direction = first[place] / one / (second[place] / two).squareRoot()
          change[place] -= 0.2 * Double(3 - step) / 3 * 0.1 * direction
        }
        var squares = 0.0
        for value in change { squares += value * value }
        change = change.map { 0.2 * $0 / squares.squareRoot() }
      }
      for place in 0..<4 {
        #expect(abs(Double(least.image(number)[place]) - image[place] - change[place]) < 1e-5, "\(number)")
      }
    }
  }

  @Test("Where black and white leave no room, a change is as large as it can be") func room() throws {
    let classifier = try Self.classifier()
    let black = LabelledImages(
      shape: Self.shape, pixels: .bytes([UInt8](repeating: 0, count: 20)), labels: [0], classes: 3)
    let far = try classifier.perturb(black, Perturbation(.random, size: 100, seed: 1), layer: -1, engine: engine)
    #expect(Set(far.image(0)) == [0, 1])
    let near = try classifier.perturb(black, Perturbation(.random, size: 2, seed: 1), layer: -1, engine: engine)
    #expect(abs(distance(near.image(0), black.image(0)) - 2) < 1e-6)
    #expect(near.image(0).contains { $0 > 0 && $0 < 1 })
  }

  @Test("A search is refused where it makes no sense or finds no memory, and can be stopped") func refusals() throws {
    let classifier = try trained()
    for size in [0, -1, .nan, .infinity] {
      #expect(throws: TrainingError.self) {
        try classifier.perturb(samples, Perturbation(.random, size: size, seed: 1), layer: -1, engine: engine)
      }
    }
    let usual = Perturbation(.least, size: 1, seed: 1, steps: 2)
    #expect(throws: TrainingError.self) { try classifier.perturb(samples, usual, layer: -9, engine: engine) }
    #expect(throws: TrainingError.self) {
      try classifier.perturb(squares(count: 2, side: 8), usual, layer: -1, engine: engine)
    }
    let needed = try Classifier.memory(
      perturbing: small, input: samples.shape, classes: 4, layer: -1, units: nil, count: 140, engine: engine)
    #expect(throws: TrainingError.memory(needed: needed, limit: needed - 1)) {
      try classifier.perturb(samples, usual, layer: -1, engine: Engine(.here, threads: 2, memory: needed - 1))
    }
    let enough = Engine(.here, threads: 2, memory: needed)
    #expect(try classifier.perturb(samples, usual, layer: -1, engine: enough).count == 140)
    #expect(throws: TrainingError.interrupted) {
      try classifier.perturb(samples, usual, layer: -1, engine: engine, monitor: WorkMonitor { _ in false })
    }
    #expect(try classifier.perturb(samples.prefix(0), usual, layer: -1, engine: engine).count == 0)
  }
}
