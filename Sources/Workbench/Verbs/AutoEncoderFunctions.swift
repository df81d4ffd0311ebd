import Datasets
import Decoding
import Experiments
import Interpreter

/// `loss(E)`, `mse(E)`, `classification(E)`, `cycle(E)`, `agreement(C, E)`
func autoEncoderFunctions(_ answers: Answers) -> [Callable] {
  let functions: [(name: String, documentation: String, value: (Measures) -> Double)] = [
    ("loss", "The squared error per image: the sum over pixels and channels, mean over the images.", \.squaredError),
    ("mse", "The squared error per pixel: loss(E) divided by the number of pixels and channels.", \.meanSquaredError),
    ("classification", "The classifier's cross-entropy on the reconstructions.", \.classification),
  ]
  return functions.map { function in
    Callable(
      .function, function.name,
      [.first("autoencoder", .object(AutoEncoderValue.self), "an autoencoder"), .imagesToMeasure],
      returns: "number", function.documentation, example: "\(function.name)(E)"
    ) { call throws(Fault) in
      guard let value = call.object("autoencoder", as: AutoEncoderValue.self) else { return .unknown(.number) }
      let images = call.images("on", of: .test) ?? value.testImages
      try checkImages(images, fit: value.classifier, at: "on")
      return try answers.value(of: value.measurement(on: images)).map { .number(function.value($0)) }
        ?? .unknown(.number)
    }
  } + [
    Callable(
      .function, "cycle",
      [.first("autoencoder", .object(AutoEncoderValue.self), "an autoencoder"), .imagesToMeasure], returns: "number",
      "How far what the explained layer says of a reconstruction is from what it says of the image: the mean of "
        + "‖L(X̂) − L(X)‖², divided by that of ‖L(X) − mean L‖². 0: the picture still says what the layer said; 1: it is as "
        + "far from that as the mean of all images is.", example: "cycle(E)"
    ) { call throws(Fault) in
      guard let value = call.object("autoencoder", as: AutoEncoderValue.self) else { return .unknown(.number) }
      let images = call.images("on", of: .test) ?? value.testImages
      try checkImages(images, fit: value.classifier, at: "on")
      guard let measures = try answers.value(of: value.imageMeasurement(on: images)) else { return .unknown(.number) }
      guard let cycle = measures.cycle() else {
        throw WorkbenchMistake.silentLayer(layer: value.layer.name).fault(at: .argument("autoencoder"))
      }
      return .number(cycle)
    },
    Callable(
      .function, "agreement",
      [.classifier, .first("autoencoder", .object(AutoEncoderValue.self), "an autoencoder of it"), .imagesToMeasure],
      returns: "number from 0 to 1",
      "How often the classifier decides the same on an image and on its reconstruction.", example: "agreement(C, E)"
    ) { call throws(Fault) in
      guard let value = call.object("classifier", as: ClassifierValue.self),
        let subject = call.object("autoencoder", as: AutoEncoderValue.self)
      else { return .unknown(.number) }
      let images = call.images("on", of: .test) ?? subject.testImages
      try checkImages(images, fit: value, at: "on")
      try checkImages(images, fit: subject.classifier, at: "on")
      return try answers.value(of: Measurement(of: subject.job, observer: value.job, on: images.job))
        .map { .number($0.agreement) } ?? .unknown(.number)
    },
  ]
}
