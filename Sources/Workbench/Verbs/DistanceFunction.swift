import Datasets
import Experiments
import Images
import Interpreter

/// `distance(E, F)`: how far two autoencoders' pictures of the same image are from each other.
func distanceFunction(_ answers: Answers) -> Callable {
  Callable(
    .function, "distance",
    [
      .first("autoencoder", .object(AutoEncoderValue.self), "an autoencoder"),
      .first("other", .object(AutoEncoderValue.self), "another one of images of the same size and classes"),
      .imagesToMeasure,
    ],
    returns: "number",
    "The squared distance of two autoencoders' pictures of an image: the sum over pixels and channels, mean over the images; in where: and sort: of each image.",
    example: "distance(E, R)"
  ) { call throws(Fault) in
    guard let one = call.object("autoencoder", as: AutoEncoderValue.self),
      let other = call.object("other", as: AutoEncoderValue.self)
    else { return .unknown(.number) }
    let asked = call.subject as? ImagesValue
    let images = asked ?? call.images("on", of: .test) ?? one.testImages
    try checkImages(images, fit: one.classifier, at: asked == nil ? "on" : "autoencoder")
    try checkImages(images, fit: other.classifier, at: asked == nil ? "on" : "other")
    try checkNotEmpty(images, at: "on")
    let jobs = [one, other].map { Reconstructions(by: $0.job, of: images.job) }
    for (job, value) in zip(jobs, [one, other]) {
      answers.names.name(job, "reconstruct by \(value.name ?? value.label)", at: call.point)
    }
    try answers.make(jobs)
    guard let left = try answers.value(of: jobs[0]), let right = try answers.value(of: jobs[1]) else {
      return .unknown(.number)
    }
    let distances = (0..<left.count).map { squaredDistance(left.image($0), right.image($0)) }
    if asked != nil { return perImage(distances.map { .number($0) }) }
    return .number(distances.reduce(0, +) / Double(distances.count))
  }
}

/// Σ (a − b)².
func squaredDistance(_ one: [Float], _ other: [Float]) -> Double {
  var sum = 0.0
  for (left, right) in zip(one, other) {
    let difference = Double(left) - Double(right)
    sum += difference * difference
  }
  return sum
}
