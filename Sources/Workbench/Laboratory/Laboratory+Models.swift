import Decoding
import Images
import Interpreter
import Networks
import Tensors

extension Laboratory {
  /// The classifier, trained now if it has not been; none in a check.
  func classifier(
    _ value: ClassifierValue, title: String, at point: SweepPoint = SweepPoint()
  ) throws(Fault) -> Classifier? {
    guard isRunning else {
      try note(.classifier(value.recipe), title, point, on: value.dataset)
      return nil
    }
    return try make(value.recipe, images: value.images, monitor: monitor(title, at: point))
  }

  private func make(
    _ recipe: ClassifierRecipe, images: ImagesValue, monitor: @escaping TrainingMonitor
  ) throws(Fault) -> Classifier {
    if let made = store.classifiers[recipe] { return made }
    let samples = try samples(ImagesValue(recipe: recipe.images, dataset: images.dataset))
    let classifier: Classifier
    do throws(TrainingError) {
      switch recipe {
      case .trained(let architecture, _, let options):
        classifier = try Classifier.train(
          architecture, on: samples, options: options, engine: store.engine, monitor: monitor)
      case .tuned(let original, _, let options):
        // What is fine-tuned was trained when its own statement ran.
        guard let parent = store.classifiers[original] else { throw .interrupted }
        classifier = try parent.tuned(on: samples, options: options, engine: store.engine, monitor: monitor)
      }
    } catch {
      throw error.fault(network: recipe.architecture.name)
    }
    store.classifiers[recipe] = classifier
    return classifier
  }

  /// The auto-encoder, trained now if it has not been; none in a check.
  func autoEncoder(
    _ value: AutoEncoderValue, title: String, at point: SweepPoint = SweepPoint()
  ) throws(Fault) -> AutoEncoder? {
    guard isRunning else {
      try note(.autoEncoder(value.recipe), title, point, on: value.dataset)
      return nil
    }
    if let made = store.autoEncoders[value.recipe] { return made }
    guard let classifier = try classifier(value.classifier, title: title) else { return nil }
    let recipe = value.recipe
    let samples = try samples(ImagesValue(recipe: recipe.images, dataset: value.dataset))
    let autoEncoder: AutoEncoder
    do throws(TrainingError) {
      switch recipe.kind {
      case .cladec(let alpha):
        autoEncoder = try AutoEncoder.cladec(
          classifier, layer: recipe.layer, alpha: alpha, units: recipe.units, decoder: recipe.decoder, on: samples,
          options: recipe.options, engine: store.engine, monitor: monitor(title, at: point))
      case .refae:
        autoEncoder = try AutoEncoder.refae(
          classifier, layer: recipe.layer, units: recipe.units, decoder: recipe.decoder, on: samples,
          options: recipe.options, engine: store.engine, monitor: monitor(title, at: point))
      }
    } catch {
      throw error.fault(network: recipe.decoder?.name ?? value.label)
    }
    store.autoEncoders[recipe] = autoEncoder
    return autoEncoder
  }

  /// What the classifier makes of each image; none in a check.
  func predictions(_ value: ClassifierValue, on images: ImagesValue) throws(Fault) -> Classifier.Predictions? {
    let application = Application(model: value.recipe, images: images.recipe)
    if let made = store.predictions[application] { return isRunning ? made : nil }
    guard let classifier = try classifier(value, title: value.label) else { return nil }
    let samples = try samples(images)
    let predictions = try classify(samples, with: classifier, value.label)
    store.predictions[application] = predictions
    return predictions
  }

  private func classify(_ samples: LabelledImages, with classifier: Classifier, _ name: String) throws(Fault)
    -> Classifier.Predictions
  {
    do throws(TrainingError) {
      return try classifier.classify(samples, engine: store.engine)
    } catch {
      throw error.fault(network: name)
    }
  }

  /// The images as the auto-encoder gives them back; none in a check.
  func reconstruct(_ samples: LabelledImages, with value: AutoEncoderValue) throws(Fault) -> LabelledImages? {
    guard let autoEncoder = try autoEncoder(value, title: value.label) else { return nil }
    do throws(TrainingError) {
      return try autoEncoder.reconstruct(samples, engine: store.engine)
    } catch {
      throw error.fault(network: value.label)
    }
  }

  /// What the auto-encoder's classifier makes of some images that are not a data set's.
  func decisions(_ value: AutoEncoderValue, on samples: LabelledImages) throws(Fault) -> Classifier.Predictions? {
    guard let classifier = try classifier(value.classifier, title: value.classifier.label) else { return nil }
    return try classify(samples, with: classifier, value.classifier.label)
  }
}
