import Datasets
import Diagnostics
import Host
import Notebooks
import Reports
import Syntax
import Testing
import Workbench

/// The examples that `help E021` shows are true.
@Suite struct ExplanationTests {
  static let tested = DiagnosticCode.all.filter { $0 == .unknownLabel || $0.id >= "E100" }

  /// Codes that no text raises by itself, each with the test that provokes it.
  static let provokedElsewhere: Set<DiagnosticCode> = [
    .wrongSetting, .unexplained, .missingFile, .brokenFile, .unusableFolder, .interrupted, .cannotWrite, .tooMuchMemory,
    .waiting, .notSolved, .noChoice, .tooMuchWork, .otherWork, .missingInput, .batchSystem, .notComputed,
    .missingLock, .brokenLock, .replayDiffers,
  ]

  @Test("codes without an example are those that a text alone cannot raise") func withoutExample() {
    #expect(Set(Self.tested.filter { $0.explanation.wrong.isEmpty }) == Self.provokedElsewhere)
  }

  @Test("a broken file is told from a missing one") func brokenFile() {
    var setup = Session.Setup(.here)
    setup.dataFolders = ["/data"]
    setup.readFile = { path throws(DatasetError) in path.hasSuffix(".gz") ? nil : [1, 2, 3] }
    let text = SourceFile(name: "text", text: "let m = load \"mnist\"")
    #expect(Session(setup).check([parse(text)]).map(\.code) == [.brokenFile])
    setup.readFile = { _ throws(DatasetError) in nil }
    #expect(Session(setup).check([parse(text)]).map(\.code) == [.missingFile])
  }

  @Test("a setting that does not fit is told") func settings() {
    var setup = Session.Setup(.here)
    setup.origin = Origin(settings: ["seed": "many", "sede": "3"])
    let text = SourceFile(name: "text", text: "param seed = 1")
    #expect(Session(setup).check([parse(text)]).map(\.code) == [.wrongSetting, .wrongSetting])
  }

  @Test("what cannot be written ends the run") func cannotWrite() {
    let notebook = Notebook(parsing: SourceFile(name: "n", text: "<!-- cladec 1 -->\n```cladec\n1\n```\n"))
    var codes: [DiagnosticCode] = []
    let ending = NotebookRunner(notebook, session: Session(.here)).run(
      show: { if case .element(.diagnostic(let diagnostic)) = $0 { codes.append(diagnostic.code) } },
      write: { _ throws(Diagnostic) in throw Diagnostic(.cannotWrite, "no") })
    #expect(codes == [.cannotWrite])
    #expect(ending == .missingFile)
  }

  @Test("an interrupted training says so") func interrupted() {
    var setup = Session.Setup(.here)
    setup.progress = { _ in false }
    let text = "let g = load \"garments\", train: 10, test: 10\nlet C = train vgg5, on: g"
    var codes: [DiagnosticCode] = []
    Session(setup).enter(text) { if case .diagnostic(let diagnostic) = $0 { codes.append(diagnostic.code) } }
    #expect(codes == [.interrupted])
  }

  @Test("every code is explained", arguments: tested) func explained(code: DiagnosticCode) {
    #expect(!code.explanation.text.isEmpty)
  }

  @Test(
    "the wrong example raises its code and no other, the right one none",
    arguments: tested.filter { !$0.explanation.wrong.isEmpty })
  func examples(code: DiagnosticCode) {
    let runs = code.id >= "E400"
    let codes = { (text: String) in runs ? told(Session(.here), text).map(\.code) : self.codes(of: text) }
    #expect(Set(codes(code.explanation.wrong)) == [code])
    #expect(codes(code.explanation.right).isEmpty)
  }

  @Test("every verb, function and block explains itself and all of its arguments") func documentation() {
    for callable in Session(.here).vocabulary.callables {
      #expect(!callable.documentation.isEmpty && !callable.returns.isEmpty && !callable.example.isEmpty)
      for parameter in callable.parameters {
        #expect(!parameter.documentation.isEmpty, "\(callable.name) \(parameter.name)")
        #expect(callable.help.contains(parameter.documentation))
      }
    }
  }

  @Test("every example of help runs")
  func helpExamples() {
    let context = """
      let garments = load "garments", train: 40, test: 40
      let C = train vgg5, on: garments, epochs: 1
      let E = cladec C, layer: -1, epochs: 1
      let R = refae C, layer: -1, epochs: 1
      let T = evaluate [E, R], judge: vgg5, epochs: 1

      """
    let session = Session(.here)
    #expect(mistakes(session, context).isEmpty)
    for callable in session.vocabulary.callables {
      // Examples bind the names of the context anew: here they get others.
      let example = callable.example.split(separator: "\n").map { line in
        line.hasPrefix("let ") ? String(line.drop { $0 != "=" }.dropFirst(2)) : String(line)
      }.joined(separator: "\n").replacing("epochs: 5", with: "epochs: 1").replacing("train: 4000", with: "train: 40")
      #expect(mistakes(session, example).isEmpty, "\(callable.name): \(example)")
    }
  }

  private func codes(of text: String) -> [DiagnosticCode] {
    Session(.here).check([parse(SourceFile(name: "example", text: text))]).map(\.code)
  }

  /// What is told when a text runs.
  private func told(_ session: Session, _ text: String) -> [Diagnostic] {
    var told: [Diagnostic] = []
    session.enter(text) { if case .diagnostic(let diagnostic) = $0 { told.append(diagnostic) } }
    return told
  }

  /// The codes of what goes wrong: not of what is only odd.
  private func mistakes(_ session: Session, _ text: String) -> [DiagnosticCode] {
    told(session, text).filter { $0.severity == .error }.map(\.code)
  }
}
