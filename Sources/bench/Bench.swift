// Times what the program does: `swift run -c release bench`. Every figure is a minimum and a median of several
// repetitions; figures of two runs may differ by a quarter where the machine is shared, so what is to be compared is
// run alternately.

import ArgumentParser
import Host
import Tensors

@main
struct Bench: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Times training steps, kernels, and the program as a whole.",
    discussion: """
      Without options: all of it. Work is named as the PyTorch baseline names it: vgg5, resnet10, refae:LAYER,
      cladec:LAYER, cladec:LAYER:ALPHA. A step is everything from bytes to new weights; each runs in a process of its
      own, whose peak memory is shown.

          bench --steps vgg5 cladec:-1
          bench --steps --save before.json        … a change …        bench --steps --compare before.json
          bench --against-pytorch pytorch_steps.py --python torch/bin/python
          bench --against-pytorch pytorch_steps.py --python torch/bin/python --program --data DIR
      """)

  @Flag(help: "Training steps only.") var steps = false
  @Flag(help: "Kernels only: GFLOP/s of each convolution, and its share of the peak.") var kernels = false
  @Flag(help: "Only whether steps gain more from all threads or from being done side by side.") var scaling = false
  @Flag(help: "The program as a whole only: cold start, and with --data one whole job.") var program = false

  @Option(
    help: ArgumentHelp(
      "The baseline's script: its steps alternate with ours; with --program, the whole job.", valueName: "script"))
  var againstPytorch: String?
  @Option(help: "The Python that has PyTorch.") var python = "python3"

  @Option(help: "Threads. By default the physical cores.") var threads: Int?
  @Option(help: "Images of a step.") var batch = 128
  @Option(help: "Steps that are timed, after three that are not.") var `repeat` = 30
  @Option(help: ArgumentHelp("The folder that holds fashion-mnist, for the whole job.", valueName: "dir")) var data:
    String?
  @Flag(help: "Print the steps as one JSON object, each with min_ms, median_ms and peak_mib.") var json = false
  @Option(help: ArgumentHelp("Keep the steps' times in a file.", valueName: "file")) var save: String?
  @Option(help: ArgumentHelp("Compare the steps' times with those kept in a file.", valueName: "file")) var compare:
    String?
  @Argument(help: "The steps to time.") var work: [String] = Work.all

  /// In this process, which `Work.timeApart` has started for one step.
  @Flag(help: .hidden) var here = false

  func validate() throws {
    for name in work { _ = try Work(name) }
    do throws(NoSuchInstructionSet) { _ = try wantedInstructionSet() } catch { throw ValidationError(error.message) }
    if program, againstPytorch != nil, data == nil {
      throw ValidationError("a whole job needs --data, the folder that holds fashion-mnist")
    }
  }

  /// Kernels come last, for what computes in this process must not count as the memory of those that it starts.
  func run() throws {
    let engine = Engine(.here, threads: threads, instructionSet: try wantedInstructionSet())
    let everything = !steps && !kernels && !program && !scaling && !json && againstPytorch == nil
    if !json { print("\(engine.threads) threads, \(engine.instructionSet.rawValue), batch \(batch)") }
    if let script = againstPytorch {
      let baseline = PyTorchBaseline(script: script, python: python, threads: engine.threads)
      if program, let data {
        try baseline.compareJob(Job(), data: data)
      } else {
        try baseline.compareSteps(work, batch: batch, repetitions: `repeat`)
      }
    }
    if steps || everything || json { try showSteps(engine) }
    if scaling {
      try ScalingTimes(threads: engine.threads, batch: batch, repetitions: `repeat`).show(work)
    }
    if everything || (program && againstPytorch == nil) {
      try ProgramTimes(threads: engine.threads, data: data).show()
    }
    if kernels || everything { try KernelTimes(engine: engine, batch: batch).show() }
  }

  private func showSteps(_ engine: Engine) throws {
    let before = try compare.map(StepTimes.init(file:))
    var times = StepTimes()
    for name in work {
      let time =
        here
        ? try Work(name).time(repetitions: `repeat`, batch: batch, engine: engine)
        : try Work.timeApart(name, repetitions: `repeat`, batch: batch, threads: engine.threads)
      times.byName[name] = time
      if json { continue }
      let rate = Double(batch) / time.least * 1000
      let memory = time.peakMiB.map { "   \(column($0, 0, width: 5)) MiB" } ?? ""
      let change = before?.byName[name].map { "   \(column($0.least / time.least, 2))× as fast as before" } ?? ""
      print("\(name.padded(16))\(time.text)   \(column(rate, 0, width: 7)) images/s\(memory)\(change)")
    }
    if json { print(try times.json()) }
    if let save { try times.write(to: save) }
  }
}
