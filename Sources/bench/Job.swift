import ArgumentParser
import Foundation

/// One whole job, from files to weights: three models are trained, and measured on the test images.
struct Job {
  var images = 20_000
  var epochs = 5

  var text: String { "whole job (classifier, RefAE, ClaDec at -1; \(images) images, \(epochs) epochs)" }

  /// Runs it in the program that stands beside this one.
  func run(data: String, threads: Int) throws -> JobReport {
    let statements = """
      let F = load "fashion-mnist", train: \(images)
      let C = train vgg5, on: F, epochs: \(epochs)
      let R = refae C, layer: -1, epochs: \(epochs)
      let E = cladec C, layer: -1, epochs: \(epochs)
      [accuracy(C), loss(R), loss(E)]
      """
    let arguments = ["--data", data, "--threads", "\(threads)"]
    return try JobReport(Child(Child.path(beside: "cladec"), arguments, input: statements))
  }
}

/// What a job took, and what its models learnt.
struct JobReport {
  let seconds: Double
  let peakMiB: Double
  let accuracy: Double
  /// The squared errors of RefAE and ClaDec.
  let errors: [Double]

  /// - Parameter child: its last line is a JSON array of accuracy and errors.
  init(_ child: Child) throws {
    let lines = child.output.split(separator: UInt8(ascii: "\n"))
    guard let last = lines.last, let learnt = try? JSONDecoder().decode([Double].self, from: last), learnt.count == 3
    else { throw ValidationError("the job did not end: \(String(decoding: child.output, as: UTF8.self))") }
    seconds = child.milliseconds / 1000
    peakMiB = child.peakMiB
    accuracy = learnt[0]
    errors = Array(learnt[1...])
  }
}
