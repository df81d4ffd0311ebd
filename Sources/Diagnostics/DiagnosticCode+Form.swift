/// Codes of the notebook's form.
extension DiagnosticCode {
  var formExplanation: Explanation? {
    switch self {
    case .missingVersion:
      Explanation(
        "no version line",
        "The first line of a notebook is <!-- cladec 1 -->, which Markdown does not show. It says that "
          + "the file is a notebook, and in which version of the format.",
        wrong: "# Layers\n",
        right: "<!-- cladec 1 -->\n# Layers\n\n```cladec\n```\n")
    case .unsupportedVersion:
      Explanation(
        "another version",
        "The file is written in a version of the format that this program does not read.",
        wrong: "<!-- cladec 99 -->\n",
        right: "<!-- cladec 1 -->\n\n```cladec\n```\n")
    case .unclosedFence:
      Explanation(
        "a block without end",
        "A block that begins with ``` or ~~~ ends with a line of the same characters, at least as many. "
          + "Without it, all that follows belongs to the block.",
        wrong: "<!-- cladec 1 -->\n```cladec\nlet a = 3\n",
        right: "<!-- cladec 1 -->\n```cladec\nlet a = 3\n```\n")
    case .repeatedID:
      Explanation(
        "an id twice",
        "The id of a cell is its own, so that results and marks can refer to it.",
        wrong: "<!-- cladec 1 -->\n```cladec #a\n```\n```cladec #a\n```\n",
        right: "<!-- cladec 1 -->\n```cladec #a\n```\n```cladec #b\n```\n")
    case .malformedAttribute:
      Explanation(
        "no attribute",
        "Behind cladec stand an id, attributes and flags: #id key=value flag. They consist of letters, "
          + "digits, -, _ and dots, the value of anything but blanks.",
        wrong: "<!-- cladec 1 -->\n```cladec points=\n```\n",
        right: "<!-- cladec 1 -->\n```cladec points=2\n```\n")
    case .repeatedAttribute:
      Explanation(
        "an attribute twice",
        "A cell has one id, and each attribute once.",
        wrong: "<!-- cladec 1 -->\n```cladec points=2 points=3\n```\n",
        right: "<!-- cladec 1 -->\n```cladec points=2\n```\n")
    case .indentedFence:
      Explanation(
        "a block indented too far",
        "A cell is indented by at most 3 spaces: with 4, Markdown shows the lines as they are, and "
          + "nothing runs.",
        wrong: "<!-- cladec 1 -->\n    ```cladec\n",
        right: "<!-- cladec 1 -->\n   ```cladec\n   ```\n")
    case .capitalFence:
      Explanation(
        "a block that is nearly a cell",
        "The first word behind the fence of a cell is cladec, in small letters. Any other block is prose, and nothing in it runs.",
        wrong: "<!-- cladec 1 -->\n```Cladec\n```\n```cladec\n```\n",
        right: "<!-- cladec 1 -->\n```cladec\n```\n")
    case .noCells:
      Explanation(
        "a notebook without cells",
        "Nothing runs, for there is no block that begins with ```cladec.",
        wrong: "<!-- cladec 1 -->\n# Prose\n",
        right: "<!-- cladec 1 -->\n# Prose\n\n```cladec\n```\n")
    default: nil
    }
  }
}
