import Diagnostics
import Interpreter
import Notebooks
import Syntax

/// What was typed at the prompt and succeeded, so that a session can be written down as a notebook that leads to the
/// same names with the same values.
struct SessionRecord {
  /// A statement that succeeded.
  fileprivate struct Line {
    let statement: Statement
    let source: SourceFile
    /// What it bound; of a statement that shows something, that something.
    let binding: Int?
    /// What each name that it reads stood for.
    let read: [(name: Name, binding: Int)]
    /// Lines of one entry are one cell.
    let entry: Int
  }

  private var lines: [Line] = []
  private var entry = 0

  mutating func beginEntry() { entry += 1 }

  /// Takes a statement that has succeeded.
  /// - Parameters:
  ///   - before: the names as the statement found them.
  ///   - after: the names as it left them.
  mutating func add(_ statement: Statement, in source: SourceFile, before: Environment, after: Environment) {
    let name = statement.boundName?.text ?? Environment.last
    let binding = after[name]?.number == before[name]?.number ? nil : after[name]?.number
    lines.append(
      Line(
        statement: statement, source: source,
        binding: binding,
        read: statement.usedNames.compactMap { name in
          guard let binding = before[name.text], !binding.isBuiltIn else { return nil }
          return (name, binding.number)
        }, entry: entry))
  }

  /// The notebook: the statements to which these names owe their values, and what was shown of them. A name that was
  /// bound again while something still needs its earlier value gets a number, and so does one that results were saved
  /// under twice.
  func notebook(_ environment: Environment) -> String {
    let bound = environment.ownNames.compactMap { environment[$0]?.number }
    let needed = environment.sources(of: Set(bound))
    let kept = lines.filter { line in
      let isNeeded = line.binding.map { needed.contains($0) } ?? false
      return isNeeded || line.statement.boundName == nil && line.read.allSatisfy { needed.contains($0.binding) }
    }
    let names = names(of: kept, environment, needed)
    let files = saveNames(of: kept)
    var cells: [(entry: Int, text: String)] = []
    for (line, file) in zip(kept, files) {
      let text = line.text(names, files: file)
      if cells.last?.entry == line.entry {
        cells[cells.count - 1].text += "\n" + text
      } else {
        cells.append((line.entry, text))
      }
    }
    return Notebook.firstLine + "\n# Session\n" + cells.map { "\n```cladec\n\($0.text)\n```\n" }.joined()
  }

  /// What each binding is called: the last one of a name as it was, earlier ones with a number.
  private func names(of lines: [Line], _ environment: Environment, _ needed: Set<Int>) -> [Int: String] {
    var names: [Int: String] = [:]
    var taken = Set(
      lines.flatMap { line in line.statement.usedNames.map(\.text) + [line.statement.boundName?.text ?? ""] })
    var used: Set<String> = []
    for line in lines.reversed() {
      guard let binding = line.binding, needed.contains(binding) else { continue }
      guard let name = line.statement.boundName?.text else {
        names[binding] = Self.numbered("shown", "_", &taken)
        continue
      }
      let isLast =
        used.insert(name).inserted && (environment[name].map { $0.number == binding || $0.isBuiltIn } ?? true)
      names[binding] = isLast ? name : Self.numbered(name, "_", &taken)
    }
    return names
  }

  /// For each line, the texts that stand in place of those that it saves results under.
  private func saveNames(of lines: [Line]) -> [[(text: Name, name: String)]] {
    var taken = Set(lines.flatMap { $0.statement.texts(labelled: "save").map(\.text) })
    var used: Set<String> = []
    let reversed = lines.reversed().map { line in
      line.statement.texts(labelled: "save").reversed().map { text in
        (text: text, name: used.insert(text.text).inserted ? text.text : Self.numbered(text.text, "-", &taken))
      }
    }
    return reversed.reversed()
  }

  private static func numbered(_ name: String, _ sign: String, _ taken: inout Set<String>) -> String {
    let free = (1...).lazy.map { "\(name)\(sign)\($0)" }.first { !taken.contains($0) } ?? name
    taken.insert(free)
    return free
  }
}

extension SessionRecord.Line {
  /// The statement as it was typed, with other names where that is needed.
  fileprivate func text(_ names: [Int: String], files: [(text: Name, name: String)]) -> String {
    var changes: [(span: SourceSpan, text: String)] = read.compactMap { name, binding in
      names[binding].map { (name.span, $0) }
    }
    if let name = statement.boundName, let binding, let text = names[binding] { changes.append((name.span, text)) }
    changes += files.map { ($0.text.span, "\"\($0.name)\"") }
    var (text, place) = ("", statement.span.start)
    for change in changes.sorted(by: { $0.span.start < $1.span.start }) {
      text += source.text(SourceSpan(start: place, end: change.span.start)) + change.text
      place = change.span.end
    }
    text += source.text(SourceSpan(start: place, end: statement.span.end))
    // What was shown has no name but the one that something else needs it by.
    let shown = statement.boundName == nil ? binding.flatMap { names[$0] } : nil
    return shown.map { "let \($0) = " + text } ?? text
  }
}
