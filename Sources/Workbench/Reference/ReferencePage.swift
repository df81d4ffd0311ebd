import Diagnostics
import Interpreter
import Syntax

/// The whole language on one page, as Markdown: made from the declarations of verbs, functions and blocks, the prelude,
/// the stated limits and the explanations of the codes. What stands around these is in `ReferencePage+Text.swift`.
public func referencePage(_ vocabulary: Vocabulary) -> String {
  var parts = [referenceOpening, "## Verbs\n"]
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
  parts += [referenceNotebook, referenceCommandLine, referenceLimits, "## Mistakes by code\n\n" + referenceMistakes]
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
