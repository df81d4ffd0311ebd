import Datasets
import Diagnostics
import Experiments
import Figures
import Interpreter
import Networks
import Syntax
import Tensors
import Text

/// Checks texts, and evaluates statements one after the other: says what they show. A `Driver` asks it.
public final class Session {
  /// What a session takes from outside.
  public struct Setup {
    public let machine: Machine
    /// Where data sets are looked for.
    public var dataFolders: [String] = []
    /// None for one thread on each physical core.
    public var threads: Int?
    /// How many bytes a training may take; none for a quarter of the machine's memory.
    public var memory: Int?
    /// The data sets that may be read, by name; none for all. What is drawn needs no files.
    public var declaredData: Set<DatasetName>?
    /// How many single values the statements of a cell may compute together; none for any number.
    public var mostValues: Int?
    /// Charged with all work before it is done.
    public var meter: WorkMeter?
    /// None for the fastest.
    public var instructionSet: InstructionSet?
    /// What everything that is kept states: with parameters' values from outside, as they were written.
    public var origin = Origin()
    public var readFile: @Sendable (String) throws(DatasetError) -> [UInt8]? = { path throws(DatasetError) in
      try Datasets.readFile(path)
    }
    /// Keeps what jobs leave from one session to the next; none for nothing.
    public var folder: ArtifactFolder?
    /// Whether nothing is computed: what that folder lacks is a mistake.
    public var isFolderAll = false
    /// Told, in words and on any thread, of what is wrong with that folder; nothing else depends on it.
    public var notice: @Sendable (String) -> Void = { _ in }
    /// Seconds from any beginning, by which trainings leave checkpoints in that folder.
    public var now: @Sendable () -> Double = { 0 }
    /// Whether results are taken down for a replay, which digests all of them.
    public var keepsRecords = false
    /// Whether values are given as data for other programs.
    public var keepsData = false
    /// How many jobs are done side by side; none for as many as there are threads.
    public var jobs: Int? = 1
    /// Whether the user wants it all to stop: asked between statements, now and then within one, and many times within a
    /// job's step, which may be long, on any thread.
    public var isInterrupted: @Sendable () -> Bool = { false }
    /// Told of every step of every job, and before each begins. An answer of false stops the work.
    public var progress: (JobProgress) -> Bool = { _ in true }

    public init(_ machine: Machine) { self.machine = machine }
  }

  let answers: Answers
  private let checking: Answers
  private let checkingVocabulary: Vocabulary
  /// The jobs that the last check has found.
  public let schedule = Schedule()
  /// What everything that is kept states.
  public let origin: Origin
  private let keepsRecords: Bool
  private let keepsData: Bool
  private let mostValues: Int?
  /// Whether the user wants it all to stop.
  public let isInterrupted: () -> Bool
  private let interruption: () -> Fault?
  let evaluator: Evaluator
  private var isAtPrompt = false
  /// Of what was typed at the prompt.
  private(set) var record = SessionRecord()
  /// What the statements of the last entry did, as far as they succeeded.
  private(set) var performed: [Performed] = []
  /// What the last check has found wrong with statements, by their places: mistakes of their own, or none where they build on
  /// others'.
  private(set) var failures: [Int: [Diagnostic]] = [:]
  /// What an exercise sheet lacks while it runs.
  var gaps = SheetGaps()
  /// The names before each of the last entries, the earliest first.
  var past: [Environment] = []
  /// Those that a notebook holds.
  var savedBindings: Set<Int> = []

  /// A session with nothing from outside but the machine.
  public convenience init(_ machine: Machine) { self.init(Setup(machine)) }

  public init(_ setup: Setup) {
    let names = JobNames()
    let executor = Executor(
      on: setup.machine,
      library: Library(folders: setup.dataFolders, declared: setup.declaredData, read: setup.readFile),
      folder: setup.folder,
      isFolderAll: setup.isFolderAll, jobs: setup.jobs, threads: setup.threads, memory: setup.memory,
      instructionSet: setup.instructionSet, meter: setup.meter,
      title: { names.title(of: $0) }, watch: setup.progress, shouldStop: setup.isInterrupted, notice: setup.notice,
      now: setup.now)
    let answers = Answers(executor, names: names)
    self.answers = answers
    checking = Answers(executor, names: names, schedule: schedule)
    checkingVocabulary = .workbench(checking)
    origin = setup.origin
    (keepsRecords, keepsData, mostValues) = (setup.keepsRecords, setup.keepsData, setup.mostValues)
    let isInterrupted = setup.isInterrupted
    self.isInterrupted = isInterrupted
    let interruption: () -> Fault? = { isInterrupted() ? WorkbenchMistake.interrupted.fault(at: .whole) : nil }
    self.interruption = interruption
    evaluator = Evaluator(
      vocabulary: .workbench(answers), environment: Prelude.environment(checkingVocabulary),
      overrides: setup.origin.settings, mostInText: setup.mostValues,
      interruption: interruption, finish: { value throws(Fault) in try answers.make(value.jobs) })
  }

  /// Does the work and knows what it takes.
  public var executor: Executor { answers.executor }

  /// For help and completion.
  public var vocabulary: Vocabulary { evaluator.vocabulary }
  public var environment: Environment { evaluator.environment }

  /// The data sets that the texts load which were checked.
  public var loadedData: Set<DatasetName> { Set(checking.datasets.map(\.facts.request.name)) }

  /// The network that a name is bound to.
  public func architecture(named name: String) -> Architecture? {
    guard case .object(let object)? = environment[name]?.value else { return nil }
    return (object as? NetworkValue)?.architecture
  }

  /// Finds the mistakes of a whole text without training anything, in the order of the text; none is the consequence of
  /// another.
  /// - Parameter tests: the numbers of texts whose names are their own, as an exercise sheet's tests have them.
  public func check(_ texts: [ParsedText], tests: Set<Int> = []) -> [Diagnostic] {
    schedule.begin()
    failures = [:]
    let checker = Evaluator(
      vocabulary: checkingVocabulary, environment: evaluator.environment, overrides: origin.settings,
      mostInText: mostValues, interruption: interruption,
      finish: { [checking] value throws(Fault) in try checking.make(value.jobs) })
    var diagnostics: [Diagnostic] = []
    var parameters: Set<String> = []
    for (number, text) in texts.enumerated() {
      checker.beginText()
      let outer = checker.environment
      if tests.contains(number) { checker.replace(outer.replaceable) }
      defer { if tests.contains(number) { checker.replace(outer) } }
      // Beyond as many mistakes as are shown, nobody looks at more.
      if diagnostics.count > Diagnostic.mostShown { return diagnostics.inOrder }
      diagnostics += text.diagnostics
      var broken = text.brokenNames[...]
      for statement in text.statements {
        if isInterrupted() { return [.interrupted(at: statement.span, in: text.source)] }
        while let name = broken.first, name.span.start < statement.span.start {
          checker.poison(broken.removeFirst(), in: text.source)
        }
        if case .parameter(let name, _) = statement.kind { parameters.insert(name.text) }
        schedule.enter(statement.span, in: text.source)
        let outcome = checker.execute(statement, in: text.source)
        diagnostics += outcome.diagnostics
        if outcome.result == nil { failures[statement.span.start] = outcome.diagnostics }
        // What would be computed again and again could not be kept.
        if diagnostics.count > Diagnostic.mostShown || checker.isFull { return diagnostics.inOrder }
        // What is shown may ask for more.
        _ = presentation(of: outcome, statement, text.source, checking)
      }
      for name in broken { checker.poison(name, in: text.source) }
    }
    return (diagnostics + schedule.mistakes(executor, isInterrupted: isInterrupted)).inOrder
      + unknownSettings(parameters, texts)
  }

  /// Evaluates expressions with the present names, and runs nothing.
  var quietEvaluator: Evaluator {
    Evaluator(
      vocabulary: checkingVocabulary, environment: environment, overrides: origin.settings, interruption: interruption)
  }

  private func unknownSettings(_ parameters: Set<String>, _ texts: [ParsedText]) -> [Diagnostic] {
    let broken = Set(texts.flatMap(\.brokenNames).map(\.text))
    return origin.settings.keys.sorted().filter { !parameters.contains($0) && !broken.contains($0) }.map { name in
      Diagnostic(
        .wrongSetting, "--set \(name)=…: there is no parameter '\(name)'",
        help: parameters.isEmpty
          ? "the text has no param"
          : (nearest(name, among: parameters.sorted()).map { "did you mean '\($0)'? " } ?? "")
            + "its parameters are \(parameters.sorted().joined(separator: ", "))")
    }
  }

  /// The text that was checked last is going to be run: its jobs may be done before their statements ask for them.
  func prepare() { executor.prepare(schedule.asked) }

  /// What of the text that was checked last is not in the store's folder, in the order of the text, as people call it.
  public var titlesOfMissing: [String] {
    let missing = Set(executor.missing(of: schedule.asked).filter { type(of: $0).isStored }.map(\.digest))
    return schedule.entries.filter { !$0.isOpen && missing.contains($0.job.digest) }.map(\.fullTitle)
  }

  /// The text has been run, as far as it goes.
  func finish() { executor.finish() }

  /// Makes a job that the check has found, and what it needs.
  /// - Returns: what went wrong, at the statement that asks for it first.
  public func make(_ entry: Schedule.Entry) -> Diagnostic? {
    do throws(JobError) {
      try executor.make([entry.job])
      return nil
    } catch {
      guard case .found(let finding) = error.fault() else { return nil }
      guard let place = entry.place else { return Diagnostic(finding.code, finding.title, help: finding.help) }
      return finding.diagnostic(in: place.source, at: place.span)
    }
  }

  /// Runs a statement that was checked.
  public func run(_ statement: Statement, in source: SourceFile) -> [Element] {
    let before = environment
    let outcome = evaluator.execute(statement, in: source, poisons: false)
    let elements = elements(of: outcome, statement, source)
    if isAtPrompt, let result = outcome.result {
      if case .shown(let value) = result { evaluator.keepShown(value, statement, in: source) }
      // An expectation that does not hold would fail in the notebook, too.
      if result.holds { record.add(statement, in: source, before: before, after: environment) }
      performed.append(Performed(statement, result, names: before))
      if let name = statement.boundName?.text, let words = wordsOfHolders(of: name, before) {
        return elements + [.text(words)]
      }
    }
    return elements
  }

  /// What follows was typed at the prompt: names may be bound, and results saved, again.
  func beginEntry() {
    isAtPrompt = true
    remember()
    performed = []
    record.beginEntry()
    evaluator.beginEntry()
  }

  /// What a statement shows and saves.
  private func elements(of outcome: Outcome, _ statement: Statement, _ source: SourceFile) -> [Element] {
    let elements = presentation(of: outcome, statement, source, answers) + records(of: outcome, statement, source)
    do throws(Diagnostic) {
      var saved: [Element] = []
      for (name, object) in outcome.kept {
        let files = try Value.object(object).presentable?.files(
          named: name, from: origin, isInterrupted: isInterrupted)
        saved.append(.saved(files ?? []))
      }
      return elements.naming(outcome.kept) + saved
    } catch {
      return elements + [.diagnostic(error.placed(in: source, at: statement.span))]
    }
  }

  /// What a replay compares, and what other programs read.
  private func records(of outcome: Outcome, _ statement: Statement, _ source: SourceFile) -> [Element] {
    guard let result = outcome.result else { return [] }
    do throws(Fault) {
      var elements: [Element] = []
      if keepsRecords {
        let recorder = Recorder(answers: answers, span: statement.span)
        elements += try recorder.records(of: result, text: source.text(statement.span)).map { .record($0) }
      }
      if keepsData, let (name, value) = result.named {
        let text = source.text(statement.span).split(whereSeparator: \.isWhitespace).joined(separator: " ")
        elements.append(.value(ShownValue(name: name, statement: text, value: try value.json(answers))))
      }
      return elements
    } catch {
      guard case .found(let finding) = error else { return [] }
      return [.diagnostic(finding.diagnostic(in: source, at: statement.span))]
    }
  }

  /// The images of all splits of the data sets that were loaded, by name.
  public func dataRecords() throws(Diagnostic) -> [DataRecord] {
    var records: [String: DataRecord] = [:]
    for dataset in answers.datasets {
      for images in [dataset.images(.train), dataset.images(.test)] where records[images.inWords] == nil {
        do throws(Fault) {
          let digest = try Recorder(answers: answers, span: SourceSpan(start: 0, end: 0)).digest(of: .object(images))
          records[images.inWords] = DataRecord(name: images.inWords, digest: digest)
        } catch {
          if case .found(let finding) = error { throw Diagnostic(finding.code, finding.title, help: finding.help) }
        }
      }
    }
    return records.values.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
  }

  private func presentation(
    of outcome: Outcome, _ statement: Statement, _ source: SourceFile, _ answers: Answers
  ) -> [Element] {
    var elements: [Element] = outcome.diagnostics.map { .diagnostic($0) }
    let presenter = Presenter(answers: answers)
    do throws(Fault) {
      switch outcome.result {
      case .bound(let name, let value):
        elements += try presenter.bound(name, value)
        elements += try presenter.concerns(about: value).map {
          .diagnostic($0.diagnostic(.warning, in: source, at: statement.span))
        }
      case .parameter(let name, let value): elements.append(.text("\(name) = \(value.shortText)"))
      case .shown(let value): elements += try presenter.show(value)
      case .expected(let expectation):
        elements.append(.expectation(expectation))
        if !expectation.holds { elements.append(.diagnostic(expectation.failure(in: source, at: statement.span))) }
      case nil: break
      }
      elements += outcome.warnings.map { .diagnostic($0) }
    } catch {
      if case .found(let finding) = error {
        elements.append(.diagnostic(finding.diagnostic(in: source, at: statement.span)))
      }
    }
    return elements
  }
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

extension Outcome.Result {
  /// The value with its name, if it has one; none of an expectation, and of what has no value.
  fileprivate var named: (name: String?, value: Value)? {
    switch self {
    case .bound(let name, let value), .parameter(let name, let value): (name, value)
    case .shown(.nothing), .expected: nil
    case .shown(let value): (nil, value)
    }
  }
}
