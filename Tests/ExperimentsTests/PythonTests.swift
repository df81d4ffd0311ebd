import Experiments
import Foundation
import Host
import Images
import Networks
import Testing

/// What the store holds, as PyTorch's users read it.
@Suite struct PythonTests {
  static let script = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Python/read_store.py").path

  /// Runs Python and gives what it says; none where it cannot be run.
  static func python(_ arguments: [String]) -> (status: Int32, text: String)? {
    let (process, pipe) = (Process(), Pipe())
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["python3"] + arguments
    (process.standardOutput, process.standardError) = (pipe, pipe)
    guard (try? process.run()) != nil else { return nil }
    let data = (try? pipe.fileHandleForReading.readToEnd()) ?? Data()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: data, as: UTF8.self))
  }

  static let isThere = python(["-c", "import safetensors.numpy"])?.status == 0

  @Test(
    "the package safetensors reads the arrays, and they mean what PyTorch's layers mean by them",
    .enabled(if: isThere, "there is no Python with numpy and safetensors here"))
  func arrays() throws {
    let folder = TemporaryFolder()
    // Higher than wide, and more channels than one: no two extents may be mistaken for each other.
    let images = MadeUpImages(Shape(channels: 2, height: 8, width: 6), classes: 5, count: 10)
    let options = TrainingOptions(epochs: 2, batchSize: 5, learningRate: 0.01, seed: 1)
    let classifier = ClassifierTraining(
      Architecture(
        name: "small",
        blocks: [
          .convolution(channels: 4, kernel: 3, stride: 2),
          .convolution(channels: 7, kernel: 3, stride: 1, normalised: false),
          .dense(outputs: 9, activation: .relu), .dense(outputs: nil),
        ]), on: images, options)
    let decoder = Architecture(
      name: "own",
      blocks: [
        .dense(outputs: nil, activation: .relu, reshape: Shape(channels: 3, height: 4, width: 3)),
        .deconvolution(channels: 6, kernel: 3, stride: 1), .deconvolution(channels: nil, kernel: 5, stride: 2),
      ])
    let cladec = ClaDecTraining(classifier, layer: -3, decoder: decoder, on: images, options)
    let jobs: [any Job] = [
      images, classifier, cladec, Predictions(of: classifier, on: images), Reconstructions(by: cladec, of: images),
    ]
    let executor = Executor(on: .here, library: Library(), folder: folder.store, threads: 1)
    try executor.make(jobs)
    // Images that are drawn are not kept by themselves.
    try folder.store.write(try #require(executor.store.artifact(of: images)), images.recipe)
    let result = try #require(Self.python([Self.script] + jobs.map { folder.store.path(of: $0.digest) }))
    #expect(result.status == 0 && result.text == "read\n", "\(result.text)")
  }
}
