import Interpreter
import Text

/// Five minutes from nothing to a decoded layer and a first notebook. The user types; each step is done by what an entry did to
/// the session, however it was written. The texts stand in `Tour+Texts.swift`.
public struct Tour {
  /// In their order.
  public enum Step: Int, CaseIterable, Comparable, Sendable {
    case load, look, train, measure, decode, reference, compare, expect, save

    public static func < (left: Step, right: Step) -> Bool { left.rawValue < right.rawValue }
  }

  /// What is understood while the tour goes on.
  public enum Word: String, Sendable { case skip, back, leave }

  /// What a step says.
  struct StepText: Sendable {
    let title: String
    let text: String
    /// A statement that does it; `{data}`, `{C}`, `{E}` and `{R}` stand for the names that the user chose.
    let example: String
    /// What was missed where an entry did something else.
    let aim: String
    /// What is said when it is done.
    let done: String
  }

  public private(set) var step: Step
  public private(set) var isOver = false

  /// From its beginning.
  public init() { step = .load }

  /// Begins with the first step whose outcome the session does not have.
  public init(_ session: Session) {
    step = Step.allCases.first { !$0.isDone(in: session) } ?? .save
  }

  /// Goes on with a step that was kept, or with an earlier one that the session does not show to be done.
  public init(_ session: Session, from kept: Kept) {
    let missing = [Step.load, .train, .decode, .reference].first { !$0.isDone(in: session) }
    step = missing.map { min($0, kept.step) } ?? kept.step
  }

  /// What is to be read at this step.
  public func text(in session: Session) -> String {
    let words = step.text
    let number = step.rawValue + 1
    var text =
      "── \(number) of \(Step.allCases.count): \(words.title)\n\n\(words.text)\n\nType:\n    \(example(in: session))"
    if number == 1 { text += "\n\nskip does a step for you, back shows the one before, leave ends the tour." }
    return text
  }

  /// The statement that does this step, with the names that the session has.
  public func example(in session: Session) -> String {
    let names: [(sign: String, usual: String, suits: (Value) -> Bool)] = [
      ("{data}", "garments", { $0.isAll(DatasetValue.self) }), ("{C}", "C", { $0.isAll(ClassifierValue.self) }),
      ("{E}", "E", { $0.isAutoEncoder(isReference: false) }), ("{R}", "R", { $0.isAutoEncoder(isReference: true) }),
    ]
    return names.reduce(step.text.example) { text, name in
      let own = session.environment.ownNames.last { session.environment[$0]?.value.map(name.suits) ?? false }
      return text.replacing(name.sign, with: own ?? name.usual)
    }
  }

  /// Looks at what the last entry did.
  /// - Returns: what is to be said: how it goes on, or what was missed.
  public mutating func didEnter(in session: Session) -> String {
    if session.performed.contains(where: { step.isDone(by: $0) }) { return goOn(in: session) }
    let reason = session.performed.isEmpty ? "The message above says what is wrong." : step.text.aim
    return "\(reason) For example:\n    \(example(in: session))"
  }

  /// The session was saved as a notebook.
  /// - Returns: how it goes on; none where that is another step's.
  public mutating func didSave(in session: Session) -> String? { step == .save ? goOn(in: session) : nil }

  /// Shows the step before.
  public mutating func back(in session: Session) -> String {
    step = Step(rawValue: step.rawValue - 1) ?? step
    return text(in: session)
  }

  private mutating func goOn(in session: Session) -> String {
    let done = "✓ " + step.text.done
    guard let next = Step(rawValue: step.rawValue + 1) else {
      isOver = true
      return done
    }
    step = next
    return done + "\n\n" + text(in: session)
  }
}

extension Tour.Step {
  /// Whether a statement did it.
  fileprivate func isDone(by statement: Session.Performed) -> Bool {
    let isBound = statement.form == .bound
    let readsData = statement.read.contains { $0.isAll(DatasetValue.self) || $0.isAll(ImagesValue.self) }
    let readsClassifier = statement.read.contains { $0.isAll(ClassifierValue.self) }
    let readsModel = statement.read.contains { $0.isAll(AutoEncoderValue.self) }
    switch self {
    case .load: return isBound && statement.value?.isAll(DatasetValue.self) ?? false
    case .look: return !isBound && readsData
    case .train: return isBound && statement.value?.isAll(ClassifierValue.self) ?? false
    case .measure: return readsClassifier && (statement.form == .expected || statement.value?.isMeasured ?? false)
    case .decode: return isBound && statement.value?.isAutoEncoder(isReference: false) ?? false
    case .reference: return isBound && statement.value?.isAutoEncoder(isReference: true) ?? false
    case .compare: return readsModel && statement.value?.isAll(FigureValue.self) ?? false
    case .expect: return readsModel && statement.form == .expected
    case .save: return false
    }
  }

  /// Whether the names of a session show that it was done, or that a later one was.
  fileprivate func isDone(in session: Session) -> Bool {
    let values = session.environment.ownNames.compactMap { session.environment[$0]?.value }
    switch self {
    case .load: return values.contains { $0.isAll(DatasetValue.self) }
    case .look, .train: return values.contains { $0.isAll(ClassifierValue.self) }
    case .measure, .decode: return values.contains { $0.isAutoEncoder(isReference: false) }
    case .reference: return values.contains { $0.isAutoEncoder(isReference: true) }
    case .compare, .expect, .save: return false
    }
  }
}

extension Value {
  /// Whether it is of this kind, at each point of a sweep.
  fileprivate func isAll<Kind>(_ kind: Kind.Type) -> Bool {
    !leaves.isEmpty && leaves.allSatisfy { if case .object(let object) = $0 { object is Kind } else { false } }
  }

  /// Whether it is a number, at each point of a sweep.
  fileprivate var isMeasured: Bool {
    switch self {
    case .number: true
    case .array(let array): array.elements.allSatisfy { if case .number = $0 { true } else { false } }
    default: false
    }
  }

  fileprivate func isAutoEncoder(isReference: Bool) -> Bool {
    isAll(AutoEncoderValue.self)
      && leaves.compactMap { $0.presentable as? AutoEncoderValue }.allSatisfy { ($0.alpha == nil) == isReference }
  }
}
