import Images
import Networks
import Tensors

/// The paper's sanity check (section 4): a fresh network is trained on reconstructions of the training images, and its
/// accuracy on reconstructions of the test images tells how much of what matters for the classes they have kept.
/// - Parameter judge: the evaluation classifier's architecture; by default the explained classifier's.
public func judgedAccuracy(
  of autoEncoder: AutoEncoder, judge: Architecture? = nil, train: LabelledImages, test: LabelledImages,
  options: TrainingOptions = TrainingOptions(), engine: Engine, monitor: TrainingMonitor? = nil
) throws(TrainingError) -> Double {
  let evaluation = try Classifier.train(
    judge ?? autoEncoder.classifier.architecture, on: autoEncoder.reconstruct(train, engine: engine), options: options,
    role: "judge", engine: engine, monitor: monitor)
  return try evaluation.accuracy(on: autoEncoder.reconstruct(test, engine: engine), engine: engine)
}
