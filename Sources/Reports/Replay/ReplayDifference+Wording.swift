import Diagnostics
import Text

extension [ReplayDifference] {
  /// The first difference with both values, at its place in the notebook, and how many more there are; where the first
  /// one is why results differ, the first result that does. None where there is no difference.
  public func diagnostic(in source: SourceFile) -> Diagnostic? {
    guard let first else { return nil }
    var help: [String] = []
    if first.kind != .result, let result = self.first(where: { $0.kind == .result }) {
      help.append("the first result that differs: \(result.words)")
    }
    let others = count - 1
    help.append(
      others == 0 ? "all else is as it was locked" : "\(counted(others, "more fact")) differ\(others == 1 ? "s" : "")")
    let isHere: Bool
    if case .onlyLocked = first.facts { isHere = false } else { isHere = true }
    let span = isHere ? first.fact.span : nil
    return Diagnostic(
      .replayDiffers, first.words, source: span == nil ? nil : source, span: span, label: first.reason,
      help: help.joined(separator: "; "))
  }
}

extension ReplayDifference {
  /// Which fact, and both of its values.
  public var words: String {
    switch facts {
    case .both(let now, let locked):
      switch kind {
      case .numerics: "the numbers' version is \(now.value), locked \(locked.value)"
      case .parameter: "the parameter \(now.subject) is \(now.value), locked \(locked.value)"
      case .data: "\(now.subject): not the images that were locked\(Self.digests(now, locked))"
      case .cell: "\(now.cellWords) is not the text that was locked"
      case .result: "\(now.cellWords), \(resultWords(now, locked))"
      }
    case .onlyNow(let fact):
      switch kind {
      case .cell: "\(fact.cellWords) is not in the lock"
      case .result: "\(fact.cellWords), \(fact.subject): \(fact.value), not in the lock"
      case .numerics: "the lock lacks the numbers' version"
      case .parameter: "the parameter \(fact.subject) is not in the lock"
      case .data: "the lock has nothing of \(fact.subject)"
      }
    case .onlyLocked(let fact):
      switch kind {
      case .cell: "\(fact.cellWords) of the lock is not in the notebook"
      case .result: "\(fact.cellWords), \(fact.subject): nothing, locked \(fact.value)"
      case .numerics: "the lock has another numbers' version, \(fact.value)"
      case .parameter: "the parameter \(fact.subject) of the lock is not in the notebook"
      case .data: "\(fact.subject), of the lock, are not loaded"
      }
    }
  }

  /// What kind of difference it is, beside the caret.
  fileprivate var reason: String {
    switch kind {
    case .numerics: "the program computes otherwise than the one that wrote the lock"
    case .parameter: "another parameter: --set gives it the locked value"
    case .data: "the data differs"
    case .cell: "changed since the lock was written"
    case .result: "the result differs"
    }
  }

  private static func digests(_ now: ReplayLock.Fact, _ locked: ReplayLock.Fact) -> String {
    let words = [now.digest, locked.digest].map { $0.map { String($0.description.prefix(12)) + "…" } ?? "none" }
    return " (digest \(words[0]), locked \(words[1]))"
  }

  /// Of values with many parts, those that differ.
  private func resultWords(_ now: ReplayLock.Fact, _ locked: ReplayLock.Fact) -> String {
    if now.subject != locked.subject {
      return "\(now.subject): \(now.value), locked \(locked.subject): \(locked.value)"
    }
    if now.value == locked.value {
      return "\(now.subject): \(now.value), as locked, but not to the last bit\(Self.digests(now, locked))"
    }
    let parts = (now.value.split(separator: ", "), locked.value.split(separator: ", "))
    guard parts.0.count == parts.1.count else { return "\(now.subject): \(now.value), locked \(locked.value)" }
    let different = zip(parts.0, parts.1).filter { $0 != $1 }
    return "\(now.subject): \(different.map(\.0).joined(separator: ", ")), locked "
      + different.map(\.1).joined(separator: ", ")
  }
}

extension ReplayLock.Fact {
  /// `cell 3` for the cell and its results.
  fileprivate var cellWords: String {
    let cell = kind == .result ? String(place.prefix(upTo: place.lastIndex(of: ".") ?? place.endIndex)) : place
    return "cell \(cell)"
  }
}
