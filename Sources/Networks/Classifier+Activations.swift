import Images
import Tensors

extension Classifier {
  /// The activations L(X) of one layer, with running statistics and without dropout, as when the classifier is asked.
  /// - Parameter index: the layer's, counted from the back: −1 is the logits.
  package func activations(
    of images: LabelledImages, layer index: Int, engine: Engine, monitor: WorkMonitor? = nil
  ) throws(TrainingError) -> Activations {
    try check(images)
    guard let layer = layers.first(where: { $0.index == index }) else {
      throw .badOptions("there is no layer \(index): the layers are −1 to −\(layers.count)")
    }
    var activations = Activations(shape: layer.output, count: images.count)
    var graph = Graph()
    let node = graph.add(.images(input))
    let output = network.append(to: &graph, after: node, through: index, mode: .fixed)
    try evaluate(graph, images: node, on: images, keep: [output], engine: engine, monitor: monitor) { plan, range in
      activations.read(plan, node: output, first: range.lowerBound, count: range.count)
    }
    return activations
  }

  /// The variance of each channel of one layer over images and places, divided by their number: how much the channel
  /// tells images, and places in them, apart.
  package func channelVariances(
    of images: LabelledImages, layer index: Int, engine: Engine, monitor: WorkMonitor? = nil
  ) throws(TrainingError) -> [Double] {
    try check(images)
    guard let layer = layers.first(where: { $0.index == index }) else {
      throw .badOptions("there is no layer \(index): the layers are −1 to −\(layers.count)")
    }
    let channels = layer.output.channels
    var (sums, squares) = ([Double](repeating: 0, count: channels), [Double](repeating: 0, count: channels))
    var graph = Graph()
    let node = graph.add(.images(input))
    let output = network.append(to: &graph, after: node, through: index, mode: .fixed)
    try evaluate(graph, images: node, on: images, keep: [output], engine: engine, monitor: monitor) { plan, range in
      for (place, value) in plan.values(of: output, count: range.count).enumerated() {
        sums[place % channels] += Double(value)
        squares[place % channels] += Double(value) * Double(value)
      }
    }
    let count = Double(images.count * layer.output.pixels)
    return zip(sums, squares).map { sum, square in max(0, square / count - (sum / count) * (sum / count)) }
  }
}
