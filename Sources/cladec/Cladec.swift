import ArgumentParser
import Console
import Diagnostics
import Host
import Notebooks
import Tensors
import Text
import Workbench

/// The program: a prompt without arguments, otherwise the subcommand's work.
struct Cladec: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cladec",
    abstract: "See what a layer of a neural network knows: decode its activations into images.",
    discussion: """
      Without a subcommand, cladec is a prompt that runs statements (help lists them):

          let garments = load "garments", train: 2000, test: 500
          let C = train vgg5, on: garments, epochs: 3
          let E = cladec C, layer: -1, epochs: 3
          grid [input, E], of: garments.test[0...9], save: "first"

      Statements on standard input run without a prompt. A notebook is Markdown with such statements in it:

          cladec run Notebooks/quickstart.cladec

      Exit status: 0 success; 1 an expectation failed, or a replay differs; 2 a mistake in the notebook or the command line; 3 a missing or \
      broken file, or output that cannot be written; 130 interrupted (143 by SIGTERM, 129 by SIGHUP).
      """,
    version: "0.1.0",
    subcommands: [
      Statements.self, Run.self, Replaying.self, Check.self, Plan.self, Exporting.self, New.self, Releasing.self,
      Grading.self, GradingOne.self,
      Work.self, Submit.self, Cache.self, DataCommand.self, Format.self,
      Doctor.self, Help.self,
    ],
    defaultSubcommand: Statements.self)
}

/// `cladec` alone: statements from the prompt or from standard input.
struct Statements: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "repl", abstract: "Run statements as they are typed, or those on standard input.")

  /// Here only so that a forgotten `run` can be told.
  @Argument(help: .hidden) var strays: [String] = []

  @OptionGroup var surroundings: Surroundings

  @Option(help: ArgumentHelp("The folder for saved results, from the current folder on.", valueName: "dir"))
  var output = "Outputs"

  func validate() throws {
    guard let stray = strays.first else { return }
    let subcommands = Cladec.configuration.subcommands.map { $0._commandName }
    if subcommands.contains(stray) {
      throw ValidationError("A subcommand stands in front of its options: cladec \(stray) --data DIR, for example.")
    }
    let near = nearest(stray, among: subcommands).map { " Did you mean '\($0)'?" } ?? ""
    throw ValidationError(
      stray.hasSuffix(".cladec") ? "Did you mean 'cladec run \(stray)'?" : "There is no subcommand '\(stray)'.\(near)")
  }

  func run() throws {
    if Terminal.standardInput.isTerminal {
      try MainActor.assumeIsolated { try Prompt(surroundings: surroundings, output: output).run() }
    } else {
      try runScript().exit()
    }
  }

  private func runScript() throws -> Ending {
    let source = SourceFile(name: "<standard input>", bytes: try readStandardInput())
    if source.bytes.starts(with: Notebook.firstLine.utf8) {
      throw ValidationError("Standard input is a notebook; its file is run by: cladec run FILE")
    }
    let bar = TrainingBar(isQuiet: false)
    return Script(source).run(
      in: Session(surroundings, bar: bar), renderer: TerminalRenderer(folder: output, isQuiet: false), bar: bar)
  }
}

/// What every way of running statements needs.
struct Surroundings: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "How many threads compute; one for each core by default. Results do not depend on it.", valueName: "n"))
  var threads: Int?

  @Option(
    help: ArgumentHelp(
      "How many jobs, such as trainings, run side by side and share the threads; by default as many as there are threads. Results do not depend on it.",
      valueName: "n"))
  var jobs: Int?

  @Option(
    help: ArgumentHelp(
      "The folder that holds data sets, such as DIR/fashion-mnist/train-images-idx3-ubyte.gz. Else $CLADEC_DATA, then ~/.local/share/cladec.",
      valueName: "dir"))
  var data: String?

  @Option(
    help: ArgumentHelp(
      "How much memory a training or an evaluation may take beside the images it works on, such as 512M or 2G; a quarter of the machine's by default. With less than it would use, it takes longer; results do not depend on it.",
      valueName: "size"))
  var memory: MemorySize?

  @Option(
    help: ArgumentHelp(
      "The folder that keeps what was computed, so that it need not be computed again. Else $CLADEC_STORE, then $XDG_CACHE_HOME/cladec, then ~/.cache/cladec.",
      valueName: "dir"))
  var store: String?

  @Flag(name: .customLong("no-store"), help: "Compute everything anew, and keep nothing.")
  var isWithoutStore = false

  /// The one that the environment asks for; none for the fastest. One that there is none of was refused at the start.
  var instructionSet: InstructionSet? { try? wantedInstructionSet() }

  func validate() throws {
    for (name, count) in [("--threads", threads), ("--jobs", jobs)] {
      if let count, !(1...256).contains(count) { throw ValidationError("\(name) takes a number from 1 to 256.") }
    }
    if store != nil, isWithoutStore { throw ValidationError("--store and --no-store contradict each other.") }
    if store == "" { throw ValidationError("--store takes the name of a folder.") }
  }
}
