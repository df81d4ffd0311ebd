import Images
import Tensors

extension Classifier {
  /// The activations L(X) of one layer, with running statistics and without dropout, as when the classifier is asked.
  /// - Parameter index: the layer's, counted from the back: −1 is the logits.
  package func activations(
    of images: LabelledImages, layer index: Int, engine: Engine, monitor: WorkMonitor? = nil
  ) throws(TrainingError) -> Activations {
    let layer = try layer(index)
    var activations = Activations(shape: layer.output, count: images.count)
    try look(at: images, through: layer, engine, monitor) { plan, output, range in
      activations.read(plan, node: output, first: range.lowerBound, count: range.count)
    }
    return activations
  }

  /// The variance of each channel of one layer over images and places, divided by their number: how much the channel
  /// tells images, and places in them, apart.
  package func channelVariances(
    of images: LabelledImages, layer index: Int, engine: Engine, monitor: WorkMonitor? = nil
  ) throws(TrainingError) -> [Double] {
    let layer = try layer(index)
    let channels = layer.output.channels
    var (sums, squares) = ([Double](repeating: 0, count: channels), [Double](repeating: 0, count: channels))
    try look(at: images, through: layer, engine, monitor) { plan, output, range in
      for (place, value) in plan.values(of: output, count: range.count).enumerated() {
        sums[place % channels] += Double(value)
        squares[place % channels] += Double(value) * Double(value)
      }
    }
    let count = Double(images.count * layer.output.pixels)
    return zip(sums, squares).map { sum, square in max(0, square / count - (sum / count) * (sum / count)) }
  }

  private func layer(_ index: Int) throws(TrainingError) -> Layer {
    guard let layer = layers.first(where: { $0.index == index }) else {
      throw .badOptions("there is no layer \(index): the layers are −1 to −\(layers.count)")
    }
    return layer
  }

  /// Runs images through the network up to a layer, a batch at a time.
  /// - Parameter each: told where the layer's output lies, and which images they are.
  private func look(
    at images: LabelledImages, through layer: Layer, _ engine: Engine, _ monitor: WorkMonitor?,
    each: (Plan, _ output: Int, Range<Int>) -> Void
  ) throws(TrainingError) {
    try check(images)
    var graph = Graph()
    let node = graph.add(.images(input))
    let output = network.append(to: &graph, after: node, through: layer.index, mode: .fixed)
    try evaluate(graph, images: node, on: images, keep: [output], engine: engine, monitor: monitor) { plan, range in
      each(plan, output, range)
    }
  }
}
