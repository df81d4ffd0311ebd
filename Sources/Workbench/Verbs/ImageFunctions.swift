import Datasets
import Interpreter

/// `class`, `factor("sleeve length")`, `predicted(C)` and `confidence(C)`: what `where:` asks of each image. Their values have the axis `image`.
func imageFunctions(_ answers: Answers) -> [Callable] {
  [
    Callable(
      .constant, "class", returns: "text", "The class of the image, in where:.",
      example: "grid [input], of: garments.test, where: class == \"Bag\"", askedOfEachImage: true
    ) { call throws(Fault) in
      guard let images = call.subject as? ImagesValue else { return .unknown(.string) }
      guard let labels = try answers.value(of: images.job)?.labels else {
        return .unknown(.word(images.dataset.words))
      }
      return classNames(labels, of: images)
    },
    Callable(
      .function, "factor",
      [
        .first(
          "name", .named("a factor's name", .either([.choice(KnownDataset.allCases.flatMap(\.factors)), .string])),
          "the factor, such as \"sleeve length\"; show garments.factors lists them")
      ],
      returns: "number or text",
      "What the image was drawn from, or what a file of factors says of it, in where: and sort:. sleeve_length is short for factor(\"sleeve length\").",
      example: "grid [input], of: garments.test, where: sleeve_length > 0.5", askedOfEachImage: true
    ) { call throws(Fault) in
      guard let images = call.subject as? ImagesValue, let name = call.text("name") else { return .unknown(.number) }
      try images.dataset.check(factor: name, at: .argument("name"))
      let words = images.dataset.words(of: name)
      guard let column = try answers.value(of: images.job)?.factors?.column(name) else {
        return .unknown(words.map { .word($0) } ?? .number)
      }
      return perImage(
        column.values.map { value in
          guard let words = words?.words else { return .number(Double(value)) }
          return .string(value.isNaN ? "" : words[Int(value)])
        })
    },
    Callable(
      .function, "predicted", [.classifier], returns: "text",
      "The class that the classifier gives the image, in where:.",
      example: "grid [input], of: garments.test, where: predicted(C) != class", askedOfEachImage: true
    ) { call throws(Fault) in
      guard let images = call.subject as? ImagesValue, let value = call.object("classifier", as: ClassifierValue.self)
      else { return .unknown(.string) }
      try checkImages(images, fit: value, at: "classifier")
      guard let predictions = try answers.value(of: value.predictions(on: images)) else {
        return .unknown(.word(images.dataset.words))
      }
      return classNames(predictions.classes, of: images)
    },
    Callable(
      .function, "confidence", [.classifier], returns: "number from 0 to 1",
      "How sure the classifier is of the class that it gives the image, in where:.",
      example: "grid [input], of: garments.test, where: confidence(C) < 0.5", askedOfEachImage: true
    ) { call throws(Fault) in
      guard let images = call.subject as? ImagesValue, let value = call.object("classifier", as: ClassifierValue.self)
      else { return .unknown(.number) }
      try checkImages(images, fit: value, at: "classifier")
      guard let predictions = try answers.value(of: value.predictions(on: images)) else { return .unknown(.number) }
      return perImage(predictions.confidences.map { .number(Double($0)) })
    },
  ]
}

private func classNames(_ labels: [UInt8], of images: ImagesValue) -> Value {
  perImage(labels.map { .string(images.dataset.classes[Int($0)]) })
}

/// One value for each image, in order.
func perImage(_ values: [Value]) -> Value {
  .array(
    LabelledArray(
      axes: [Axis(name: "image", points: values.indices.map { .number(Double($0)) })], elements: values))
}
