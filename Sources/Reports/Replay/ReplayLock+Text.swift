// A lock as text: a fact on each line, its parts separated by tabs, in the order of the notebook.

import Diagnostics
import Text

/// Why a text is not a lock.
enum ReplayLockMistake: Error, Hashable, Sendable {
  case notALock
  case otherVersion(String)
  case unknownKind(String)
  case wrongParts(kind: String, found: Int)
  case badDigest(String)
  case repeated(String)
}

extension ReplayLock {
  private static let opening = "cladec replay lock"

  public var text: String {
    ([Self.opening + "\t\(Self.version)"] + facts.map(Self.line)).map { $0 + "\n" }.joined()
  }

  private static func line(_ fact: Fact) -> String {
    let digest = fact.digest.map { [$0.description] } ?? []
    let parts: [String] =
      switch fact.kind {
      case .numerics: [fact.value]
      case .parameter: [fact.subject, fact.value]
      case .data: [fact.subject] + digest
      case .cell: [fact.place] + digest
      case .result: [fact.place, fact.subject, fact.value] + digest
      }
    return ([fact.kind.rawValue] + parts).joined(separator: "\t")
  }

  /// Reads what `text` has written, and refuses everything else at its place.
  public init(reading source: SourceFile) throws(Diagnostic) {
    var facts: [Fact] = []
    var known: Set<Fact.Key> = []
    var start = 0
    let lines = String(decoding: source.bytes, as: UTF8.self).split(
      omittingEmptySubsequences: false, whereSeparator: { $0 == "\n" || $0 == "\r\n" })
    for (number, line) in lines.enumerated() {
      let span = SourceSpan(start: start, end: min(start + line.utf8.count, source.bytes.count))
      start += line.utf8.count + 1
      // Git may have given the lines other ends.
      if start <= source.bytes.count, start > 1, source.bytes[start - 1] == UInt8(ascii: "\r") { start += 1 }
      do throws(ReplayLockMistake) {
        if number == 0 {
          try Self.readOpening(line)
        } else if number < lines.count - 1 || !line.isEmpty {
          let fact = try Self.fact(line, at: span)
          guard known.insert(fact.key).inserted else { throw .repeated(String(line)) }
          facts.append(fact)
        }
      } catch {
        throw error.diagnostic(in: source, at: span)
      }
    }
    self.init(facts: facts)
  }

  private static func readOpening(_ line: Substring) throws(ReplayLockMistake) {
    let parts = line.split(separator: "\t", omittingEmptySubsequences: false)
    guard parts.count == 2, parts[0] == opening else { throw .notALock }
    guard parts[1] == "\(version)" else { throw .otherVersion(String(parts[1])) }
  }

  private static func fact(_ line: Substring, at span: SourceSpan) throws(ReplayLockMistake) -> Fact {
    let parts = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
    let rest = Array(parts.dropFirst())
    guard let kind = Fact.Kind(rawValue: parts[0]) else { throw .unknownKind(parts[0]) }
    let wanted =
      switch kind {
      case .numerics: 1...1
      case .parameter, .data, .cell: 2...2
      case .result: 3...4
      }
    guard wanted.contains(rest.count) else { throw .wrongParts(kind: parts[0], found: rest.count) }
    func digest(_ text: String) throws(ReplayLockMistake) -> SHA256.Digest {
      guard let digest = SHA256.Digest(text) else { throw .badDigest(text) }
      return digest
    }
    return switch kind {
    case .numerics: Fact(kind: kind, value: rest[0], span: span)
    case .parameter: Fact(kind: kind, subject: rest[0], value: rest[1], span: span)
    case .data: Fact(kind: kind, subject: rest[0], digest: try digest(rest[1]), span: span)
    case .cell: Fact(kind: kind, place: rest[0], digest: try digest(rest[1]), span: span)
    case .result:
      Fact(
        kind: kind, place: rest[0], subject: rest[1], value: rest[2],
        digest: rest.count == 4 ? try digest(rest[3]) : nil, span: span)
    }
  }
}

extension ReplayLockMistake {
  func diagnostic(in source: SourceFile, at span: SourceSpan) -> Diagnostic {
    let (title, label) = wording
    return Diagnostic(
      .brokenLock, title, source: source, span: span, label: label,
      help: "a lock is not for editing; cladec replay --update writes it anew")
  }

  private var wording: (title: String, label: String) {
    switch self {
    case .notALock: ("this is not a lock", "a lock begins with the line 'cladec replay lock', a tab and 1")
    case .otherVersion(let version):
      ("this lock has format \(printable(version))", "this program reads format \(ReplayLock.version)")
    case .unknownKind(let kind): ("a lock knows no fact '\(printable(String(kind.prefix(40))))'", "unknown")
    case .wrongParts(let kind, let found):
      ("a line of the kind '\(kind)' has another number of parts", "\(counted(found, "part")) behind the first tab")
    case .badDigest: ("this line has no digest where one must be", "64 digits from 0 to 9 and a to f")
    case .repeated: ("the same fact stands twice in the lock", "for the second time")
    }
  }
}
