/// The prompts, of a statement's first line and of those that continue it.
let firstPrompt = "cladec> "
let nextPrompt = "     … "

/// A text that may have been pasted from a prompt or from a notebook: without the prompts before its lines and the
/// fences around its cells.
func withoutPromptsAndFences(_ text: String) -> String {
  let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { line -> Substring in
    if line.hasPrefix("```") { return "" }
    let prompt = [firstPrompt, nextPrompt].first { line.hasPrefix($0) } ?? ""
    return line.dropFirst(prompt.count)
  }
  return lines.joined(separator: "\n")
}
