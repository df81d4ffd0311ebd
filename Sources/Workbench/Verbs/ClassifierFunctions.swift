import Datasets
import Experiments
import Interpreter

/// `accuracy(C)`, `layers(C)`
func classifierFunctions(_ answers: Answers) -> [Callable] {
  [
    Callable(
      .function, "accuracy", [.classifier, .imagesToMeasure], returns: "number from 0 to 1",
      "The share of images that the classifier names rightly.", example: "accuracy(C)"
    ) { call throws(Fault) in
      guard let value = call.object("classifier", as: ClassifierValue.self) else { return .unknown(.number) }
      let images = call.images("on", of: .test) ?? value.testImages
      try checkImages(images, fit: value, at: "on")
      return try value.accuracy(on: images, answers).map { .number($0) } ?? .unknown(.number)
    },
    Callable(
      .function, "layers", [.classifier], returns: "list of numbers",
      "The layers that can be explained, from the logits to the image.", example: "layers(C)"
    ) { call in
      guard let value = call.object("classifier", as: ClassifierValue.self) else { return .unknown(.anything) }
      return .list(value.layers.map(\.index).sorted(by: >).map { .number(Double($0)) })
    },
  ]
}

extension Callable.Parameter {
  static let classifier = first("classifier", .object(ClassifierValue.self), "a classifier")
  static let imagesToMeasure = label(
    "on", .object(DatasetValue.self, ImagesValue.self), .decided("the test split"),
    "the images; of a data set, its test split")
}
