import ArgumentParser
import Host
import Workbench

/// `cladec help`, `cladec help run`, `cladec help train`, `cladec help E021`
struct Help: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Explain a subcommand, a verb, a function, an idea or the code of a mistake.")

  @Argument(help: ArgumentHelp("Such as run, train, accuracy, sweeps or E021.", valueName: "word"))
  var words: [String] = []

  @Flag(help: "Print the reference page of the whole language as Markdown.")
  var markdown = false

  func run() throws {
    if markdown {
      return try writeLine(referencePage(Session(.here).vocabulary, commandLine: commandLinePage), terminator: "")
    }
    guard let word = words.first else { return try writeLine(Cladec.helpMessage()) }
    if let command = Cladec.configuration.subcommands.first(where: { $0._commandName == word }) {
      return try writeLine(Cladec.helpMessage(for: command))
    }
    try writePaged(helpText(for: words, Session(.here).vocabulary))
  }
}
