import Decoding
import Experiments
import Images
import Networks

/// One job of each kind, all on eight made-up images of 8×8 and a tiny network.
struct SmallJobs {
  var images = MadeUpImages(Shape(channels: 1, height: 8, width: 8), classes: 4, count: 8)
  var test = MadeUpImages(Shape(channels: 1, height: 8, width: 8), classes: 4, count: 5)
  var network = Architecture(
    name: "tiny", blocks: [.convolution(channels: 4, kernel: 3, stride: 4), .dense(outputs: nil)])
  var options = TrainingOptions(epochs: 2, batchSize: 3, learningRate: 0.01, seed: 7)

  var classifier: ClassifierTraining { ClassifierTraining(network, on: images, options) }
  var tuned: FineTuning { FineTuning(classifier, on: images, options) }
  var cladec: ClaDecTraining {
    ClaDecTraining(classifier, layer: -2, alpha: 0.25, units: .numbered([0, 2]), on: images, options)
  }
  var ranking: UnitRanking { UnitRanking(of: classifier, layer: -2, channels: 4, on: images) }
  /// Its channels are known once the classifier is.
  var ranked: ClaDecTraining {
    ClaDecTraining(
      classifier, layer: -2, units: .ranked(ranking, count: 2, isMost: true), on: images, options)
  }
  var refae: RefAETraining { RefAETraining(network, layer: -1, on: images, options) }
  var predictions: Predictions { Predictions(of: classifier, on: test) }
  var reconstructions: Reconstructions { Reconstructions(by: cladec, of: test, chosen: [3, 1]) }
  var measurement: Measurement { Measurement(of: refae, observer: classifier, on: test) }
  var judgement: Judgement { Judgement(of: cladec, by: network, on: test, options) }

  var probe: Probe { Probe(of: .activations(classifier, layer: -2), on: test, factors: ["class", "tone"]) }
  /// The pictures take the images' places.
  var intervention: Intervention {
    Intervention(
      of: .pictures(refae), on: test, replacing: [Reconstructions(by: cladec, of: test)], observer: classifier)
  }

  var randomised: Randomisation { Randomisation(classifier, from: -1, seed: 3) }
  var label: DecodedClassTraining { DecodedClassTraining(.label, of: classifier, on: images, options) }
  var probabilities: DecodedClassTraining { DecodedClassTraining(.probabilities, of: classifier, on: images, options) }
  var means: ClassMeans { ClassMeans(of: classifier, on: images) }
  var smoothed: SmoothedReference { SmoothedReference(refae, to: cladec) }
  var imageMeasurement: ImageMeasurement {
    ImageMeasurement(of: cladec, observer: classifier, layer: -2, on: test)
  }

  var judged: JudgedImages { JudgedImages(judgement) }
  var seeing: Judgement {
    Judgement(of: cladec, by: network, seeing: .both, from: test, on: test, options)
  }

  var perturbed: PerturbedImages {
    PerturbedImages(
      test, for: classifier, layer: -2, units: .numbered([1, 3]), Perturbation(.least, size: 1.5, seed: 7, steps: 3))
  }

  /// With what they need beside each other.
  var everything: [any Job] {
    var found: [any Job] = []
    var open = all
    while let job = open.popLast() {
      if found.contains(where: { $0.digest == job.digest }) { continue }
      found.append(job)
      open += job.dependencies
    }
    return found
  }

  /// In an order in which no job stands behind what needs it.
  var all: [any Job] {
    [
      images, test, classifier, tuned, cladec, refae, predictions, reconstructions, measurement, judgement, probe,
      intervention,
      randomised, label, probabilities, means, smoothed, imageMeasurement, judged, seeing, perturbed, ranking,
      ranked,
    ]
  }
}
