// Times the training steps of the paper's models: `swift run -c release bench`. A step is everything from bytes to new weights: the batch is built, run
// forward and backward, and the optimiser moves. The images are random: time does not depend on them.

import ArgumentParser
import Decoding
import Networks
import Tensors

@main
struct Bench: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Times training steps: milliseconds, minimum and median.",
    discussion:
      "Work is named as the PyTorch baseline names it: vgg5, resnet10, refae:LAYER, cladec:LAYER, cladec:LAYER:ALPHA.")

  @Option(help: "Threads. By default the physical cores.") var threads: Int?
  @Option(help: "Images of a step.") var batch = 128
  @Option(help: "Steps that are timed, after three that are not.") var `repeat` = 30
  @Flag(help: "Print one JSON object.") var json = false
  @Argument(help: "What to time.") var work: [String] = [
    "vgg5", "refae:-1", "refae:-3", "refae:-5", "cladec:-1", "cladec:-2", "cladec:-3", "cladec:-5", "cladec:-1:0.1",
    "cladec:-2:0.1", "resnet10",
  ]

  func run() throws {
    let engine = Engine(threads: threads)
    if !json { print("\(engine.threads) threads, \(engine.instructionSet.rawValue), batch \(batch)") }
    var objects: [String] = []
    for name in work {
      let repetitions = name == "resnet10" ? max(5, `repeat` / 10) : `repeat`
      let times = try Work(name).times(repetitions: repetitions, batch: batch, engine: engine).sorted()
      guard let least = times.first else { continue }
      let median = times[times.count / 2]
      if json {
        objects.append("\"\(name)\": {\"min_ms\": \(least), \"median_ms\": \(median)}")
      } else {
        print(
          "\(name)\(String(repeating: " ", count: max(1, 16 - name.count)))min \(rounded(least)) ms   median \(rounded(median)) ms"
        )
      }
    }
    if json { print("{\(objects.joined(separator: ", "))}") }
  }

  private func rounded(_ milliseconds: Double) -> Double { (milliseconds * 100).rounded() / 100 }
}
