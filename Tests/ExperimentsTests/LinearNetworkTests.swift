import Datasets
import Experiments
import Host
import Images
import Networks
import Testing

/// Section 3 of the paper: what linear encoders of one unit, with linear decoders, can do on points of the plane, beside
/// what algebra says (Baldi and Hornik 1989).
@Suite struct LinearNetworkTests {
  @Test("RefAE finds the first principal component; ClaDec does what the classifier's direction allows") func section3()
    throws
  {
    let executor = Executor(on: .here, library: Library(), threads: 1)
    let facts = try executor.library.facts(DatasetRequest(.points, counts: [.train: 400, .test: 100]))
    let points = executor.library.images(facts, .train, .range(0..<400))
    let network = Architecture(name: "linear", blocks: [.dense(outputs: 1), .dense(outputs: nil)])
    let decoder = Architecture(
      name: "line", blocks: [.dense(outputs: 2, reshape: Shape(channels: 1, height: 1, width: 2))])
    let options = TrainingOptions(epochs: 40, batchSize: 32, learningRate: 0.02)
    let classifier = ClassifierTraining(network, on: points, options)
    let refae = RefAETraining(network, layer: -2, decoder: decoder, on: points, options)
    let cladec = ClaDecTraining(classifier, layer: -2, decoder: decoder, on: points, options)
    func error(_ job: some AutoEncoderJob) throws -> Double {
      try executor.value(of: Measurement(of: job, observer: classifier, on: points)).squaredError
    }

    // The sample's covariance, and its eigenvalues in closed form.
    let images = try executor.value(of: points)
    let all = (0..<images.count).map { images.image($0).map { Double($0) } }
    let means = [0, 1].map { place in all.reduce(0) { $0 + $1[place] } / 400 }
    func covariance(_ i: Int, _ j: Int) -> Double {
      all.reduce(0) { $0 + ($1[i] - means[i]) * ($1[j] - means[j]) } / 400
    }
    let (a, b, c) = (covariance(0, 0), covariance(0, 1), covariance(1, 1))
    let root = ((a - c) * (a - c) / 4 + b * b).squareRoot()
    let (larger, smaller) = ((a + c) / 2 + root, (a + c) / 2 - root)
    let eigenvector = [b, larger - a]

    // No line leaves less than the smaller eigenvalue, and the learned one little more.
    let reference = try error(refae)
    #expect(reference > smaller * 0.999 && reference < smaller * 1.02)
    func direction(_ weights: [Float]) -> [Double] {
      let length = Double(weights[0] * weights[0] + weights[1] * weights[1]).squareRoot()
      return weights.map { Double($0) / length }
    }
    func array(_ name: String, _ arrays: [NamedArray]) throws -> [Float] {
      try #require(arrays.first { $0.name == name }?.values)
    }
    let line = direction(try array("decoder.dense1.weight", executor.value(of: refae).arrays))
    let length = (eigenvector[0] * eigenvector[0] + eigenvector[1] * eigenvector[1]).squareRoot()
    #expect(((line[0] * eigenvector[0] + line[1] * eigenvector[1]) / length).magnitude > 0.998)

    // The best line for y = e · x leaves trace Σ − |Σe|² / eᵀΣe.
    let e = direction(try array("dense1.weight", executor.value(of: classifier).arrays))
    #expect((e[0] * -0.6 + e[1] * 0.8).magnitude > 0.97)
    let image = [a * e[0] + b * e[1], b * e[0] + c * e[1]]
    let best = a + c - (image[0] * image[0] + image[1] * image[1]) / (e[0] * image[0] + e[1] * image[1])
    let explained = try error(cladec)
    #expect(explained > best * 0.999 && explained < best * 1.02 && explained > 3 * reference)

    // Each keeps what it is for.
    func scores(_ job: some AutoEncoderJob) throws -> [Double] {
      try executor.value(of: Probe(of: .pictures(job), on: points, factors: ["first", "second"])).compactMap(\.score)
    }
    let (kept, told) = (try scores(refae), try scores(cladec))
    #expect(kept[0] > 0.98 && kept[1] < 0.05 && told[0] < 0.2 && told[1] > 0.85)
  }
}
