import ArgumentParser
import Console
import Coursework
import Datasets
import Diagnostics
import Experiments
import Files
import Host
import Tensors
import Text
import Workbench

/// What `cladec grade` starts for each submission: it takes a task from standard input and gives the result to standard output.
/// Before it looks at what was handed in, it gives up all that it does not need.
struct GradingOne: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "grade-one", abstract: "Grade one submission, for cladec grade.", shouldDisplay: false)

  /// The folder of the store, which is read and never written.
  @Option var store: String
  @Option var folder: [String] = []
  @Option var seconds: Int
  /// The process that has started this one.
  @Option var parent: Int32

  /// What the program takes beside what a training may: libraries, the language, pictures; and threads' stacks, which are only
  /// addresses.
  private static let addressesBesides = 4 << 30

  /// Numbers that the statements of a sheet may compute by themselves, trainings and measurements apart.
  private static let mostValues = 2_000_000

  func run() throws {
    guard let bytes = try? readStream(0, name: "standard input", limit: 1 << 28), let json = try? JSON(reading: bytes),
      let task = GradingTask(json)
    else { throw ValidationError("grade-one is started by cladec grade.") }
    let machine = Machine.here
    let declared = Set(task.rules.data.compactMap { DatasetName($0) })
    let paths = declared.flatMap { name -> [String] in
      if case .path(let path) = name { [path] + folder.map { $0 + "/" + path } } else { [] }
    }
    _ = Confinement(
      readable: [store] + (declared.isEmpty ? [] : folder) + paths, seconds: seconds,
      addresses: task.rules.memory + Self.addressesBesides
    ).begin(endingWith: parent)
    let marking = try Marking(task)
    let result = marking.result { meter in
      var setup = Session.Setup(machine)
      setup.origin = Origin(
        notebook: task.master.name, settings: task.rules.settings, version: Cladec.configuration.version)
      (setup.dataFolders, setup.declaredData, setup.meter) = (folder, declared, meter)
      setup.folder = ArtifactFolder(store, isReadOnly: true)
      (setup.threads, setup.jobs, setup.memory) = (1, 1, task.rules.memory)
      setup.mostValues = Self.mostValues
      setup.instructionSet = try? wantedInstructionSet()
      setup.isInterrupted = { Interrupt.requested }
      return Session(setup)
    }
    try writeLine(result.json.text)
  }
}
