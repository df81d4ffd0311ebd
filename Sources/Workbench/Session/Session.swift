import Datasets
import Diagnostics
import Figures
import Interpreter
import Networks
import Syntax

/// Evaluates statements one after the other and says what to show and to write. The prompt, a script on standard input
/// and a notebook are three drivers of this.
public final class Session {
  /// What a session takes from outside.
  public struct Setup {
    /// Where data sets are looked for.
    public var dataFolders: [String] = []
    /// None for one thread on each physical core.
    public var threads: Int?
    /// How many bytes a training may take; none for a quarter of the machine's memory.
    public var memory: Int?
    /// Parameters' values from outside, by name, as they were written.
    public var settings: [String: String] = [:]
    public var readFile: (String) throws(DatasetError) -> [UInt8]? = Datasets.readFile
    /// Told of every step of a training, with what is trained: `train C, seed 3`. An answer of false stops it.
    public var progress: (String, TrainingProgress) -> Bool = { _, _ in true }

    public init() {}
  }

  private let running: Laboratory
  private let checkingVocabulary: Vocabulary
  /// What the last check found to be trained.
  public let plan: TrainingPlan
  private let settings: [String: String]
  private let evaluator: Evaluator

  public init(_ setup: Setup = Setup()) {
    let store = Store(
      dataFolders: setup.dataFolders, threads: setup.threads, memory: setup.memory, readFile: setup.readFile)
    running = Laboratory(.running, store: store, progress: setup.progress)
    plan = TrainingPlan()
    checkingVocabulary = .workbench(Laboratory(.checking, store: store, plan: plan))
    let vocabulary = Vocabulary.workbench(running)
    settings = setup.settings
    evaluator = Evaluator(
      vocabulary: vocabulary, environment: Prelude.environment(checkingVocabulary), overrides: setup.settings)
  }

  /// For help and completion.
  public var vocabulary: Vocabulary { evaluator.vocabulary }
  public var environment: Environment { evaluator.environment }

  /// Finds the mistakes of a whole text without training anything, in the order of the text; none is the consequence of
  /// another.
  public func check(_ texts: [ParsedText]) -> [Diagnostic] {
    let checker = Evaluator(
      vocabulary: checkingVocabulary, environment: evaluator.environment, overrides: settings)
    var diagnostics: [Diagnostic] = []
    var parameters: Set<String> = []
    for text in texts {
      diagnostics += text.diagnostics
      var broken = text.brokenNames[...]
      for statement in text.statements {
        while let name = broken.first, name.span.start < statement.span.start {
          checker.poison(broken.removeFirst(), in: text.source)
        }
        if case .parameter(let name, _) = statement.kind { parameters.insert(name.text) }
        diagnostics += checker.execute(statement, in: text.source).diagnostics
      }
      for name in broken { checker.poison(name, in: text.source) }
    }
    return diagnostics.inOrder + unknownSettings(parameters, texts)
  }

  private func unknownSettings(_ parameters: Set<String>, _ texts: [ParsedText]) -> [Diagnostic] {
    let broken = Set(texts.flatMap(\.brokenNames).map(\.text))
    return settings.keys.sorted().filter { !parameters.contains($0) && !broken.contains($0) }.map { name in
      Diagnostic(
        .wrongSetting, "--set \(name)=…: there is no parameter '\(name)'",
        help: parameters.isEmpty
          ? "the text has no param" : "its parameters are \(parameters.sorted().joined(separator: ", "))")
    }
  }

  /// Runs a statement that was checked.
  public func run(_ statement: Statement, in source: SourceFile) -> [Effect] {
    effects(of: evaluator.execute(statement, in: source), statement, source)
  }

  /// Checks and runs what was typed at the prompt, statement by statement up to the first mistake. Names whose
  /// definition failed stay free.
  public func enter(_ text: String, as name: String = "<prompt>", show: (Effect) -> Void) {
    let parsed = parse(SourceFile(name: name, text: text))
    for diagnostic in parsed.diagnostics { show(.diagnostic(diagnostic)) }
    guard parsed.diagnostics.isEmpty else { return }
    for statement in parsed.statements {
      let checker = Evaluator(
        vocabulary: checkingVocabulary, environment: evaluator.environment, overrides: settings)
      let mistakes = checker.execute(statement, in: parsed.source, poisons: false).diagnostics
      for diagnostic in mistakes { show(.diagnostic(diagnostic)) }
      guard mistakes.isEmpty else { return }
      // At the prompt a result may be saved again under the same name.
      evaluator.keptNames = [:]
      let outcome = evaluator.execute(statement, in: parsed.source, poisons: false)
      for effect in effects(of: outcome, statement, parsed.source) { show(effect) }
      guard outcome.diagnostics.isEmpty else { return }
    }
  }

  private func effects(of outcome: Outcome, _ statement: Statement, _ source: SourceFile) -> [Effect] {
    var effects: [Effect] = outcome.diagnostics.map { .diagnostic($0) }
    let presenter = Presenter(laboratory: running)
    do throws(Fault) {
      switch outcome.result {
      case .bound(let name, let value): effects += try presenter.bound(name, value)
      case .parameter(let name, let value): effects.append(.text("\(name) = \(value.shortText)"))
      case .shown(let value): effects += try presenter.show(value)
      case .expected(let expectation):
        effects.append(.expectation(expectation))
        if !expectation.holds { effects.append(.diagnostic(expectation.failure(in: source, at: statement.span))) }
      case nil: break
      }
    } catch {
      effects.append(
        .diagnostic(
          Diagnostic(
            error.code, error.title, source: source, span: statement.span, label: error.label, help: error.help)))
    }
    return effects.naming(outcome.kept) + outcome.kept.map { .save(files(of: $0.object, named: $0.name)) }
  }

  private func files(of object: any DomainObject, named name: String) -> [SavedFile] {
    switch object {
    case let figure as FigureValue: [figure.file(named: name)].compactMap { $0 }
    case let table as TableValue:
      [
        SavedFile(name: name + ".csv", bytes: Array(table.exact.csv().utf8)),
        SavedFile(name: name + ".md", bytes: Array(table.markdown.utf8)),
      ]
    default: []
    }
  }
}

extension FigureValue {
  /// The figure as a PNG file; it carries what it shows as text.
  func file(named name: String) -> SavedFile? {
    let text = [(keyword: "Title", value: title), (keyword: "Software", value: "cladec")]
    let bytes = (try? encodePNG(raster, text: text)) ?? (try? encodePNG(raster, text: []))
    return bytes.map { SavedFile(name: name + ".png", bytes: $0) }
  }
}

extension TableValue {
  /// The table with what holds for all of it.
  var markdown: String { table.markdown() + (caption.isEmpty ? "" : "\n" + caption + "\n") }
}

extension [Effect] {
  /// A figure that was saved is shown under its name.
  fileprivate func naming(_ kept: [(name: String, object: any DomainObject)]) -> [Effect] {
    var names = kept.filter { $0.object is FigureValue }.map(\.name)[...]
    return map { effect in
      guard case .figure(let figure, nil) = effect, let name = names.popFirst() else { return effect }
      return .figure(figure, name: name)
    }
  }
}

extension [Diagnostic] {
  /// By place; those at one place in the order in which they were found.
  var inOrder: [Diagnostic] {
    enumerated().sorted { left, right in
      let places = (left.element.span?.start ?? 0, right.element.span?.start ?? 0)
      return places.0 != places.1 ? places.0 < places.1 : left.offset < right.offset
    }.map(\.element)
  }
}
