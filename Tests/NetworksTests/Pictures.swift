import Host
import Images
import Networks
import Tensors

/// A small problem that a network can learn: the class is where the bright square stands, with noise around it.
func squares(count: Int, seed: UInt64 = 1, side: Int = 16) -> LabelledImages {
  let engine = Engine(.here, threads: 1)
  let words = RandomStream(seed: seed, purpose: "squares").words(count: count * (side * side + 1), engine: engine)
  var pixels: [UInt8] = []
  var labels: [UInt8] = []
  for i in 0..<count {
    let base = i * (side * side + 1)
    let label = Int(words[base] >> 8) % 4
    labels.append(UInt8(label))
    for p in 0..<side * side {
      let (y, x) = (p / side, p % side)
      let inside = y / (side / 2) == label / 2 && x / (side / 2) == label % 2 && (y + x) % 3 != 0
      pixels.append(UInt8((words[base + 1 + p] >> 24) / 2) &+ (inside ? 100 : 0))
    }
  }
  return LabelledImages(
    shape: Shape(channels: 1, height: side, width: side), pixels: .bytes(pixels), labels: labels, classes: 4)
}

/// A network of every kind of block, small enough for many trainings.
let small = Architecture(
  name: "small",
  blocks: [
    .convolution(channels: 9, kernel: 3, stride: 2), .residual(channels: 20, stride: 2), .maxPool(size: 2),
    .dropout(rate: 0.3), .dense(outputs: 12, activation: .relu), .dense(outputs: nil),
  ])

/// All bits of a classifier, as one comparable value.
func bits(_ classifier: Classifier) -> [[UInt32]] { bits(classifier.arrays) }

/// The same of what a training leaves.
func bits(_ arrays: [NamedArray]) -> [[UInt32]] { arrays.map { $0.values.map(\.bitPattern) } }
