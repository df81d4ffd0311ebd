import Diagnostics
import Interpreter
import Syntax

/// The whole language on one page, as Markdown: made from the declarations of verbs, functions and blocks, the prelude,
/// the stated limits and the explanations of the codes. What stands around these is in `ReferencePage+Text.swift`.
///
/// - Parameter commandLine: the section about the program around the language.
public func referencePage(_ vocabulary: Vocabulary, commandLine: String) -> String {
  let sections = referenceSections(vocabulary, commandLine: commandLine)
  return [referenceOpening, "## Contents\n\n" + contents(of: sections)].joined(separator: "\n") + "\n" + sections
}

/// Links to the sections of a page; the words that sections below `Verbs`, `Blocks` and `Functions` are about stand beside
/// them.
private func contents(of page: String) -> String {
  var entries: [(title: String, words: [String])] = []
  var isCode = false
  for line in page.split(separator: "\n") {
    if line.hasPrefix("```") || line.hasPrefix("~~~") { isCode.toggle() }
    if isCode { continue }
    if line.hasPrefix("## ") { entries.append((String(line.dropFirst(3)), [])) }
    if line.hasPrefix("### `"), !entries.isEmpty {
      entries[entries.count - 1].words.append(line.dropFirst(5).filter { $0 != "`" })
    }
  }
  return entries.map { entry in
    let words = entry.words.map { "[`\($0)`](#\($0))" }.joined(separator: ", ")
    return "- [\(entry.title)](#\(anchor(entry.title)))\(words.isEmpty ? "" : ": " + words)\n"
  }.joined()
}

/// As code-hosting sites make it of a heading.
private func anchor(_ title: String) -> String {
  title.lowercased().filter { $0.isLetter || $0.isNumber || $0 == " " || $0 == "-" || $0 == "_" }
    .replacing(" ", with: "-")
}

private func referenceSections(_ vocabulary: Vocabulary, commandLine: String) -> String {
  var parts = [referenceStatements, "## Verbs\n"]
  let of = { (kinds: Callable.Kind...) in vocabulary.callables.filter { kinds.contains($0.kind) } }
  parts += of(.verb).map(section)
  let later = Verbs.names.filter { vocabulary[$0] == nil }.map { "`\($0)`" }.joined(separator: ", ")
  parts.append("Reserved for later versions: \(later).\n")
  parts.append("## Blocks of a network\n\n" + referenceBlocks)
  parts += of(.block).map(section)
  parts.append("## Networks that are there\n\n" + referencePrelude + "\n```cladec\n" + Prelude.text + "\n```\n")
  parts.append("## Functions\n\n" + referenceFunctions)
  parts += of(.function).map(section)
  parts.append("## Words\n")
  parts.append(
    of(.constant).map { "- `\($0.name)`: \($0.documentation) `\($0.example)`" }.joined(separator: "\n") + "\n")
  parts += [referenceNotebook, commandLine, referenceLimits, "## Mistakes by code\n\n" + referenceMistakes]
  parts += DiagnosticCode.all.map(section)
  return parts.joined(separator: "\n")
}

private func section(_ callable: Callable) -> String {
  var text = "### `\(callable.name)`\n\n`\(callable.signature)` → \(callable.returns)\n\n\(callable.documentation)\n"
  if !callable.parameters.isEmpty {
    text += "\n| argument | meaning | takes | default |\n|---|---|---|---|\n"
    for parameter in callable.parameters {
      let name = parameter.isPositional ? "*\(parameter.name)*" : "`\(parameter.name):`"
      let cells = [parameter.documentation, parameter.type.description, parameter.fallbackText]
      text += "| " + ([name] + cells.map { $0.replacing("|", with: "\\|") }).joined(separator: " | ") + " |\n"
    }
  }
  return text + "\n```cladec\n\(callable.example)\n```\n"
}

private func section(_ code: DiagnosticCode) -> String {
  let explanation = code.explanation
  var text = "### \(code.id): \(explanation.title)\n\n\(explanation.text)\n"
  for (title, example) in [("Wrong", explanation.wrong), ("Right", explanation.right)] where !example.isEmpty {
    // An example that is a notebook, or is about fences, must not end the block around it.
    let fence = example.contains("```") ? "~~~~" : "```"
    text += "\n\(title):\n\n\(fence)text\n\(abridged(example))\(example.hasSuffix("\n") ? "" : "\n")\(fence)\n"
  }
  return text
}

/// An example without its middle, if it is too long to be read.
public func abridged(_ example: String) -> String {
  let most = 600
  guard example.utf8.count > most else { return example }
  return "\(example.prefix(most / 4)) … (\(example.utf8.count) bytes) … \(example.suffix(most / 8))"
}
