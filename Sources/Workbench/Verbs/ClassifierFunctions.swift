import Datasets
import Interpreter

private let classifier = Callable.Parameter.first("classifier", .object("classifier"), "a classifier")
private let on = Callable.Parameter.label(
  "on", .object("data set", also: ["images"]), .decided("the test split"), "the images; of a data set, its test split")

/// `accuracy(C)`, `layers(C)`, `agreement(C, E)`
func classifierFunctions(_ laboratory: Laboratory) -> [Callable] {
  [
    Callable(
      .function, "accuracy", [classifier, on], returns: "number from 0 to 1",
      "The share of images that the classifier names rightly.", example: "accuracy(C)"
    ) { call throws(Fault) in
      guard let value = call.object("classifier", as: ClassifierValue.self) else { return .unknown(.number) }
      let images = call.images("on", of: .test) ?? value.dataset.images(.test)
      try checkImages(images, fit: value, at: "on")
      return try laboratory.accuracy(value, on: images).map { .number($0) } ?? .unknown(.number)
    },
    Callable(
      .function, "layers", [classifier], returns: "list of numbers",
      "The layers that can be explained, from the logits to the image.", example: "layers(C)"
    ) { call in
      guard let value = call.object("classifier", as: ClassifierValue.self) else { return .unknown(.anything) }
      return .list(value.layers.map(\.index).sorted(by: >).map { .number(Double($0)) })
    },
    Callable(
      .function, "agreement",
      [
        classifier, .first("autoencoder", .object("autoencoder"), "an autoencoder of it"), on,
      ], returns: "number from 0 to 1",
      "How often the classifier decides the same on an image and on its reconstruction.", example: "agreement(C, E)"
    ) { call throws(Fault) in
      guard let value = call.object("classifier", as: ClassifierValue.self),
        var subject = call.object("autoencoder", as: AutoEncoderValue.self)
      else { return .unknown(.number) }
      let images = call.images("on", of: .test) ?? subject.testImages
      try checkImages(images, fit: value, at: "on")
      guard value.recipe != subject.classifier.recipe else {
        return try laboratory.measure(subject, on: images).map { .number($0.agreement) } ?? .unknown(.number)
      }
      // Another classifier than the one explained looks at the same reconstructions.
      guard let reconstructions = try laboratory.reconstruct(try laboratory.samples(images), with: subject) else {
        return .unknown(.number)
      }
      subject.classifier = value
      guard let before = try laboratory.predictions(value, on: images),
        let after = try laboratory.decisions(subject, on: reconstructions)
      else { return .unknown(.number) }
      let same = zip(before.classes, after.classes).count { $0 == $1 }
      return .number(Double(same) / Double(images.count))
    },
  ]
}

/// `loss(E)`, `mse(E)`, `classification(E)`
func autoEncoderFunctions(_ laboratory: Laboratory) -> [Callable] {
  let functions: [(name: String, documentation: String, value: (Measurement) -> Double)] = [
    ("loss", "The squared error per image: the sum over pixels and channels, mean over the images.", \.squaredError),
    ("mse", "The squared error per pixel: loss(E) divided by the number of pixels and channels.", \.meanSquaredError),
    ("classification", "The classifier's cross-entropy on the reconstructions.", \.classification),
  ]
  return functions.map { function in
    Callable(
      .function, function.name, [.first("autoencoder", .object("autoencoder"), "an autoencoder"), on],
      returns: "number", function.documentation, example: "\(function.name)(E)"
    ) { call throws(Fault) in
      guard let value = call.object("autoencoder", as: AutoEncoderValue.self) else { return .unknown(.number) }
      let images = call.images("on", of: .test) ?? value.testImages
      try checkImages(images, fit: value.classifier, at: "on")
      return try laboratory.measure(value, on: images).map { .number(function.value($0)) } ?? .unknown(.number)
    }
  }
}
