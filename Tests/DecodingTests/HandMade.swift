import Decoding
import Images
import Networks
import Tensors
import Testing

// Models whose numbers are set by hand, so that what they give is known without training.

/// A classifier that gives these logits to every image.
func constantClassifier(_ logits: [Float], input: Shape) throws -> Classifier {
  try Classifier(
    Architecture(name: "constant", blocks: [.dense(outputs: nil)]), input: input, classes: logits.count, history: [],
    arrays: [
      NamedArray(
        name: "logits.weight", shape: [logits.count, input.count],
        values: [Float](repeating: 0, count: input.count * logits.count)),
      NamedArray(name: "logits.bias", shape: [logits.count], values: logits),
    ])
}

/// An auto-encoder that gives every image of 1×16×16 back as one shade of grey: the sigmoid of a number.
func greyAutoEncoder(_ number: Float, of classifier: Classifier) throws -> AutoEncoder {
  let image = classifier.input
  let (code, values) = (classifier.classes, image.count)
  return try AutoEncoder(
    cladec: 0, of: classifier, layer: -1,
    decoder: Architecture(name: "grey", blocks: [.dense(outputs: values, activation: .sigmoid, reshape: image)]),
    history: [],
    arrays: [
      NamedArray(
        name: "decoder.dense1.weight", shape: [values, code],
        values: [Float](repeating: 0, count: values * code)),
      NamedArray(
        name: "decoder.dense1.bias", shape: [values], values: [Float](repeating: number, count: values)),
    ])
}

/// Σ over pixels and channels of (x − x̂)², for each image.
func squaredErrors(_ images: LabelledImages, _ reconstructions: LabelledImages) -> [Double] {
  (0..<images.count).map { index in
    let (original, copy) = (images.image(index), reconstructions.image(index))
    var sum = 0.0
    for i in original.indices {
      sum += (Double(original[i]) - Double(copy[i])) * (Double(original[i]) - Double(copy[i]))
    }
    return sum
  }
}
