import Datasets
import Diagnostics
import Figures
import Interpreter
import Networks
import Syntax

/// Checks texts, and evaluates statements one after the other: says what they show. A `Driver` asks it.
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
  public func run(_ statement: Statement, in source: SourceFile) -> [Element] {
    elements(of: evaluator.execute(statement, in: source, poisons: false), statement, source)
  }

  /// Lets results be saved again under names that were used.
  func freeSaveNames() { evaluator.keptNames = [:] }

  private func elements(of outcome: Outcome, _ statement: Statement, _ source: SourceFile) -> [Element] {
    var elements: [Element] = outcome.diagnostics.map { .diagnostic($0) }
    let presenter = Presenter(laboratory: running)
    do throws(Fault) {
      switch outcome.result {
      case .bound(let name, let value): elements += try presenter.bound(name, value)
      case .parameter(let name, let value): elements.append(.text("\(name) = \(value.shortText)"))
      case .shown(let value): elements += try presenter.show(value)
      case .expected(let expectation):
        elements.append(.expectation(expectation))
        if !expectation.holds { elements.append(.diagnostic(expectation.failure(in: source, at: statement.span))) }
      case nil: break
      }
    } catch {
      elements.append(
        .diagnostic(
          Diagnostic(
            error.code, error.title, source: source, span: statement.span, label: error.label, help: error.help)))
    }
    do throws(Diagnostic) {
      var saved: [Element] = []
      for (name, object) in outcome.kept { saved.append(.saved(try files(of: object, named: name))) }
      return elements.naming(outcome.kept) + saved
    } catch {
      return elements + [.diagnostic(error.placed(in: source, at: statement.span))]
    }
  }

  private func files(of object: any DomainObject, named name: String) throws(Diagnostic) -> [SavedFile] {
    switch object {
    case let figure as FigureValue: [try figure.file(named: name)]
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
  public func file(named name: String) throws(Diagnostic) -> SavedFile {
    let text = [(keyword: "Title", value: title), (keyword: "Software", value: "cladec")]
    do throws(FigureError) {
      return SavedFile(name: name + ".png", bytes: try encodePNG(raster, text: text))
    } catch {
      throw Diagnostic(.cannotWrite, "the figure \(name).png cannot be made: \(error)")
    }
  }
}

extension TableValue {
  /// The table with what holds for all of it.
  var markdown: String { table.markdown() + (caption.isEmpty ? "" : "\n" + caption + "\n") }
}

extension [Element] {
  /// A figure that was saved is shown under its name.
  fileprivate func naming(_ kept: [(name: String, object: any DomainObject)]) -> [Element] {
    var names = kept.filter { $0.object is FigureValue }.map(\.name)[...]
    return map { element in
      guard case .figure(let figure, nil) = element, let name = names.popFirst() else { return element }
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
