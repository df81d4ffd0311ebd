import Datasets
import Decoding
import Experiments
import Images
import Networks
import Tensors
import Testing

/// Which channels vary, and what a decoder sees of them.
@Suite struct UnitRankingTests {
  let small = SmallJobs()
  let executor = Executor(on: .here, library: Library(), threads: 1)
  let engine = Engine(.here, threads: 1)

  /// Of each channel, in two passes over all values.
  private func variances(_ layer: Int) throws -> [Double] {
    let classifier = try executor.value(of: small.classifier)
    let activations = try classifier.activations(
      of: executor.value(of: small.images), layer: layer, engine: engine)
    let channels = activations.shape.channels
    return (0..<channels).map { channel in
      let values = stride(from: channel, to: activations.values.count, by: channels).map {
        Double(activations.values[$0])
      }
      let mean = values.reduce(0, +) / Double(values.count)
      return values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)
    }
  }

  @Test func `Channels come by the variance over images and places`() throws {
    for layer in [-1, -2] {
      let expected = try variances(layer)
      let order = try executor.value(of: UnitRanking(of: small.classifier, layer: layer, channels: 4, on: small.images))
      #expect(order.sorted() == [0, 1, 2, 3] && Set(expected).count == 4)
      #expect(zip(order, order.dropFirst()).allSatisfy { expected[$0] > expected[$1] }, "\(expected) \(order)")
      let found = try executor.value(of: small.classifier).channelVariances(
        of: executor.value(of: small.images), layer: layer, engine: engine)
      #expect(zip(found, expected).allSatisfy { abs($0 - $1) < 1e-9 * max(1, $1) })
    }
  }

  @Test func `A decoder sees those that vary most, or least, in the order of their numbers`() throws {
    let order = try executor.value(of: small.ranking)
    let most = try executor.value(of: small.ranked)
    #expect(most.units == order.prefix(2).sorted())
    let least = ClaDecTraining(
      small.classifier, layer: -2, units: .ranked(small.ranking, count: 1, isMost: false), on: small.images,
      small.options)
    #expect(try executor.value(of: least).units == [order[3]])
    // The same channels by their numbers give the same decoder.
    let numbered = ClaDecTraining(
      small.classifier, layer: -2, units: .numbered(order.prefix(2).sorted()), on: small.images, small.options)
    #expect(try executor.value(of: numbered).arrays == most.arrays && numbered.digest != small.ranked.digest)
    let perturbed = PerturbedImages(
      small.test, for: small.classifier, layer: -2, units: .ranked(small.ranking, count: 2, isMost: true),
      Perturbation(.least, size: 1.5, seed: 7, steps: 3))
    let same = PerturbedImages(
      small.test, for: small.classifier, layer: -2, units: .numbered(order.prefix(2).sorted()),
      Perturbation(.least, size: 1.5, seed: 7, steps: 3))
    #expect(try executor.value(of: perturbed).pixels == executor.value(of: same).pixels)
  }
}
