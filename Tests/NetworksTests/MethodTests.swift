import Host
import Images
import Networks
import Tensors
import Testing

/// What a training does, one thing at a time, against arithmetic written out here.
struct MethodTests {
  let engine = Engine(.here, threads: 2)
  /// So small a rate that what is learnt stays as it was drawn.
  let still = 1e-30

  @Test("Fine-tuning starts from the trained weights, and trains all of them")
  func tuning() throws {
    let images = squares(count: 64)
    let first = try Classifier.train(
      small, on: images, options: TrainingOptions(epochs: 1, batchSize: 16), engine: engine)
    let same = try first.tuned(
      on: images, options: TrainingOptions(epochs: 1, batchSize: 16, learningRate: still), engine: engine)
    for (before, after) in zip(first.arrays, same.arrays) {
      let isStatistic = before.name.contains(".running_")
      let close = zip(before.values, after.values).allSatisfy { abs($0 - $1) < 1e-20 }
      #expect(close == !isStatistic, "\(before.name)")
    }
    let tuned = try first.tuned(on: images, options: TrainingOptions(epochs: 1, batchSize: 16), engine: engine)
    for (before, after) in zip(first.arrays, tuned.arrays) { #expect(before != after, "\(before.name)") }
  }

  /// One block conv 1×1 → BatchNorm → ReLU, and the logits.
  private let tiny = Architecture(
    name: "tiny", blocks: [.convolution(channels: 2, kernel: 1), .dense(outputs: nil)])

  /// What the tiny network makes of images, in double precision.
  private struct Reference {
    let arrays: [String: [Double]]
    let images: LabelledImages

    init(_ arrays: [NamedArray], _ images: LabelledImages) {
      self.arrays = Dictionary(uniqueKeysWithValues: arrays.map { ($0.name, $0.values.map(Double.init)) })
      self.images = images
    }

    subscript(_ name: String, _ index: Int) -> Double { arrays[name]?[index] ?? .nan }

    func convolved(_ channel: Int) -> [[Double]] {
      (0..<images.count).map { i in images.image(i).map { Double($0) * self["conv1.weight", channel] } }
    }

    /// Mean, and the sum of squared differences from it, over all pixels of all images.
    func moments(_ channel: Int) -> (mean: Double, squares: Double, count: Int) {
      let values = convolved(channel).flatMap { $0 }
      let mean = values.reduce(0, +) / Double(values.count)
      return (mean, values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }, values.count)
    }

    /// Cross-entropies if channels have these means and variances.
    func losses(mean: [Double], variance: [Double]) -> [Double] {
      (0..<images.count).map { i in
        var logits = (0..<images.classes).map { self["logits.bias", $0] }
        for c in 0..<2 {
          let pixels = convolved(c)[i]
          for (p, x) in pixels.enumerated() {
            let scaled = (x - mean[c]) / (variance[c] + 1e-5).squareRoot()
            let value = max(0, scaled * self["conv1.norm.weight", c] + self["conv1.norm.bias", c])
            for k in logits.indices { logits[k] += value * self["logits.weight", (k * 2 + c) * pixels.count + p] }
          }
        }
        let total = logits.reduce(0) { $0 + exponential($1) }
        return logarithm(total) - logits[Int(images.labels[i])]
      }
    }
  }

  @Test("BatchNorm learns with the batch's biased variance, and keeps a tenth of the unbiased one")
  func normalisation() throws {
    let images = squares(count: 5, side: 2)
    let options = TrainingOptions(epochs: 1, batchSize: 5, learningRate: still)
    let classifier = try Classifier.train(tiny, on: images, options: options, engine: engine)
    let reference = Reference(classifier.arrays, images)
    let moments = (0..<2).map { reference.moments($0) }
    #expect(moments.allSatisfy { $0.count == 20 })
    for c in 0..<2 {
      let unbiased = moments[c].squares / 19
      #expect(abs(reference["conv1.norm.running_mean", c] - 0.1 * moments[c].mean) < 1e-6)
      #expect(abs(reference["conv1.norm.running_var", c] - (0.9 + 0.1 * unbiased)) < 1e-6)
    }
    let learning = reference.losses(mean: moments.map(\.mean), variance: moments.map { $0.squares / 20 })
    let mean = learning.reduce(0, +) / 5
    #expect(abs(classifier.history[0] - mean) < 1e-5 * mean)
    // A trained network uses what it has kept.
    let found = try classifier.classify(images, engine: engine).crossEntropies
    let expected = reference.losses(
      mean: (0..<2).map { reference["conv1.norm.running_mean", $0] },
      variance: (0..<2).map { reference["conv1.norm.running_var", $0] })
    for (found, expected) in zip(found, expected) { #expect(abs(Double(found) - expected) < 1e-5 * expected) }
    #expect(zip(learning, expected).contains { abs($0 - $1) > 1e-2 * $1 }, "the two differ by far")
  }

  @Test("Every epoch goes over every image once, in the order that its stream gives")
  func shuffling() throws {
    let images = squares(count: 30)
    let linear = Architecture(name: "linear", blocks: [.dense(outputs: nil)])
    let options = TrainingOptions(epochs: 3, batchSize: 1, learningRate: still, seed: 6)
    let state = try Classifier.training(linear, on: images, options: options, role: "judge", engine: engine)
    let losses = try state.model().classify(images, engine: engine).crossEntropies
    #expect(Set(losses.map(\.bitPattern)).count == 30, "an image is known by its loss")
    let stream = RandomStream(seed: 6, purpose: "judge/order")
    var orders: [[Int]] = []
    for epoch in 0..<3 {
      var before = 0.0
      var order: [Int] = []
      for step in 1...30 {
        let sum = (try state.step().loss ?? .nan) * Double(step)
        let loss = sum - before
        before = sum
        order.append(losses.indices.min { abs(Double(losses[$0]) - loss) < abs(Double(losses[$1]) - loss) } ?? -1)
      }
      #expect(order.sorted() == Array(0..<30))
      #expect(order == stream.permutation(count: 30, step: UInt64(epoch), engine: engine))
      orders.append(order)
    }
    #expect(Set(orders).count == 3 && !orders.contains(Array(0..<30)))
  }

  private let shape = Shape(channels: 1, height: 2, width: 2)

  private var black: LabelledImages {
    LabelledImages(
      shape: shape, pixels: .bytes([UInt8](repeating: 0, count: 400)), labels: [UInt8](repeating: 0, count: 100),
      classes: 2)
  }

  /// 64 hidden values of 1, of which dropout leaves a quarter; logit 0 is a hundredth of their sum, logit 1 is 0.
  private func hidden() throws -> Classifier {
    let weights = (0..<128).map { $0 < 64 ? Float(0.01) : 0 }
    return try Classifier(
      Architecture(
        name: "dropout",
        blocks: [.dense(outputs: 64, activation: .relu), .dropout(rate: 0.75), .dense(outputs: nil)]),
      input: shape, classes: 2, history: [],
      arrays: [
        NamedArray(name: "dense1.weight", shape: [64, 4], values: [Float](repeating: 0, count: 256)),
        NamedArray(name: "dense1.bias", shape: [64], values: [Float](repeating: 1, count: 64)),
        NamedArray(name: "logits.weight", shape: [2, 64], values: weights),
        NamedArray(name: "logits.bias", shape: [2], values: [0, 0]),
      ])
  }

  @Test("Dropout belongs to training alone, scales what it leaves, and each step leaves out others")
  func dropout() throws {
    let classifier = try hidden()
    // As trained, the logit is 0.64 for every image.
    let fixed = try classifier.classify(black, engine: engine).crossEntropies
    let certain = logarithm(1 + exponential(-0.64))
    #expect(fixed.allSatisfy { abs(Double($0) - certain) < 1e-6 })
    // While learning it is 0.01 · 4 · the number of values that are left, of which a quarter is expected.
    let options = TrainingOptions(epochs: 2, batchSize: 1, learningRate: still)
    let state = try classifier.tuning(on: black, options: options, engine: engine)
    var left: [Double] = []
    for _ in 0..<2 {
      var before = 0.0
      for step in 1...100 {
        let sum = (try state.step().loss ?? .nan) * Double(step)
        left.append(-logarithm(exponential(sum - before) - 1) / 0.04)
        before = sum
      }
    }
    for number in left { #expect(abs(number - number.rounded()) < 0.01, "a value is left whole or not at all") }
    // The mean of 200 draws of 64 values: its standard deviation is 0.245.
    #expect(abs(left.reduce(0, +) / 200 - 16) < 1)
    #expect(Set(left.map { Int($0.rounded()) }).count > 5)
  }

  @Test("Dropout's gradient goes where its values went")
  func dropoutGradient() throws {
    let before = try hidden()
    for seed in 1...5 {
      let options = TrainingOptions(epochs: 1, batchSize: 1, seed: UInt64(seed))
      let state = try before.tuning(on: black, options: options, engine: engine)
      let loss = try state.step().loss ?? .nan
      let after = state.model()
      // The weights behind learn from the values that were left, the biases before from the gradient.
      let values = (0..<64).filter { after.arrays[2].values[$0] != before.arrays[2].values[$0] }
      let gradients = (0..<64).filter { after.arrays[1].values[$0] != before.arrays[1].values[$0] }
      #expect(values == gradients && !values.isEmpty && values.count < 40)
      #expect(abs(-logarithm(exponential(loss) - 1) / 0.04 - Double(values.count)) < 0.01)
    }
  }
}
