import Diagnostics

/// Codes of running. Nothing is gained by going on with the other points of a sweep.
extension DiagnosticCode {
  public static let interrupted = DiagnosticCode(
    "E401", "interrupted",
    "Ctrl-C stopped the work. At the prompt, what was bound before is still there. What was computed is in the "
      + "store, with a checkpoint of the training that was under way: doing it again goes on from there, with the "
      + "same bits.",
    endsSweep: true)

  public static let diverged = DiagnosticCode(
    "E402", "a training that diverged",
    "The loss grew until it was no longer a number. A smaller learning rate helps, or a larger batch.",
    wrong: linear + ", rate: 10", right: linear + ", rate: 0.001", endsSweep: true)

  public static let cannotWrite = DiagnosticCode(
    "E403", "a file that cannot be written",
    "Its folder is missing, full, or closed to you. For results --output names another folder; at the prompt, save takes a path.",
    endsSweep: true)

  public static let noImageMatches = DiagnosticCode(
    "E404", "no image meets the condition",
    "A figure needs at least one image. Ask for less in where:, or of more images.",
    wrong: fewGarments + "grid [input], of: garments, where: class == \"Bag\" and class == \"Coat\"",
    right: fewGarments + "grid [input], of: garments, where: class == \"Bag\" or class == \"Coat\"", endsSweep: true)

  public static let tooMuchMemory = DiagnosticCode(
    "E405", "a training larger than the memory it may take",
    "--memory says how much that is, a quarter of the machine's if it is not given. A large batch is worked on in "
      + "micro-batches that need little at a time, so that it is mostly the images' size and the network's width that are too large.",
    endsSweep: true)

  public static let waiting = DiagnosticCode(
    "E407", "a statement that waits for an answer",
    "In an exercise sheet a blank, or a mistake, stops only what needs it. What waits runs once the answer is there.")

  public static let notSolved = DiagnosticCode(
    "E408", "a master that cannot be released",
    "cladec release runs the master before it writes anything: with its solutions every test must pass, and with what students start from in "
      + "their place nothing may earn a point. Then points can be had, and none comes for nothing. A hidden test or a solution that students "
      + "would get is refused, too.")

  public static let noChoice = DiagnosticCode(
    "E409", "an answer that is none of the choices",
    "The answer's cell says with choices= which texts its names may stand for. A text stands in quotes.")

  public static let tooMuchWork = DiagnosticCode(
    "E410", "an answer that asks for too much work",
    "When submissions are graded, each answer has a budget: ten times what the master's own answer takes, in multiplications and not in "
      + "seconds, so that it is the same on every machine. What goes beyond it is not begun.",
    endsSweep: true)

  public static let otherWork = DiagnosticCode(
    "E411", "a work order for another machine's data or another version",
    "A job is known by its recipe, which holds the content of its images. cladec work makes only what was ordered: where "
      + "the notebook gives other recipes here, the data or the program's version differ from those of whoever ordered."
  )

  public static let missingInput = DiagnosticCode(
    "E412", "a job whose input is missing",
    "cladec work makes what its orders name and nothing else. What they need must be in the store before, or be among the orders."
  )

  public static let batchSystem = DiagnosticCode(
    "E413", "a batch system that does not do as it is told",
    "cladec submit asks sbatch to take arrays of jobs, and squeue what has become of them. What was sent before is taken down "
      + "and is not sent again.")

  public static let notComputed = DiagnosticCode(
    "E414", "a result that is not in the store",
    "cladec export shows what was computed before and never computes. cladec run does, and keeps what it computes in the store: the "
      + "settings, the data and the program's version must be the same.",
    endsSweep: true)

  public static let replayDiffers = DiagnosticCode(
    "E502", "a replay that differs from its lock",
    "A run gave something else than the one of which replay.lock was made. The message says whether the numbers' version, "
      + "a parameter, the data, a cell's text or a result differs, and names the first with both values.")

  /// All of them, in the order of the page.
  public static let runningCodes: [DiagnosticCode] = [
    .interrupted, .diverged, .cannotWrite, .noImageMatches, .tooMuchMemory, .waiting, .notSolved, .noChoice,
    .tooMuchWork,
    .otherWork, .missingInput, .batchSystem, .notComputed, .replayDiffers,
  ]

  private static let fewGarments = "let garments = load \"garments\", train: 20, test: 20\n"
  private static let linear =
    fewGarments
    + "let N = network [\(String(repeating: "dense(64), ", count: 32))dense(classes)]\n"
    + "let C = train N, on: garments, epochs: 20"
}
