import Diagnostics

/// Codes of the notebook's form.
extension DiagnosticCode {
  public static let missingVersion = DiagnosticCode(
    "E050", "no version line",
    "The first line of a notebook is <!-- cladec 1 -->, which Markdown does not show. It says that "
      + "the file is a notebook, and in which version of the format.",
    wrong: "# Layers\n",
    right: "<!-- cladec 1 -->\n# Layers\n\n```cladec\n```\n")

  public static let unsupportedVersion = DiagnosticCode(
    "E051", "another version",
    "The file is written in a version of the format that this program does not read.",
    wrong: "<!-- cladec 99 -->\n",
    right: "<!-- cladec 1 -->\n\n```cladec\n```\n")

  public static let unclosedFence = DiagnosticCode(
    "E052", "a block without end",
    "A block that begins with ``` or ~~~ ends with a line of the same characters, at least as many. "
      + "Without it, all that follows belongs to the block.",
    wrong: "<!-- cladec 1 -->\n```cladec\nlet a = 3\n",
    right: "<!-- cladec 1 -->\n```cladec\nlet a = 3\n```\n")

  public static let repeatedID = DiagnosticCode(
    "E053", "an id twice",
    "The id of a cell is its own, so that results and marks can refer to it.",
    wrong: "<!-- cladec 1 -->\n```cladec #a\n```\n```cladec #a\n```\n",
    right: "<!-- cladec 1 -->\n```cladec #a\n```\n```cladec #b\n```\n")

  public static let malformedAttribute = DiagnosticCode(
    "E054", "no attribute",
    "Behind cladec stand an id, attributes and flags: #id key=value flag. They consist of letters, "
      + "digits, -, _ and dots, the value of anything but blanks.",
    wrong: "<!-- cladec 1 -->\n```cladec points=\n```\n",
    right: "<!-- cladec 1 -->\n```cladec points=2\n```\n")

  public static let repeatedAttribute = DiagnosticCode(
    "E055", "an attribute twice",
    "A cell has one id, and each attribute once.",
    wrong: "<!-- cladec 1 -->\n```cladec points=2 points=3\n```\n",
    right: "<!-- cladec 1 -->\n```cladec points=2\n```\n")

  public static let indentedFence = DiagnosticCode(
    "E056", "a block indented too far",
    "A cell is indented by at most 3 spaces: with 4, Markdown shows the lines as they are, and "
      + "nothing runs.",
    wrong: "<!-- cladec 1 -->\n    ```cladec\n",
    right: "<!-- cladec 1 -->\n   ```cladec\n   ```\n")

  public static let capitalFence = DiagnosticCode(
    "E057", "a block that is nearly a cell",
    "The first word behind the fence of a cell is cladec, in small letters. Any other block is prose, and nothing in it runs.",
    wrong: "<!-- cladec 1 -->\n```Cladec\n```\n```cladec\n```\n",
    right: "<!-- cladec 1 -->\n```cladec\n```\n")

  public static let noCells = DiagnosticCode(
    "E058", "a notebook without cells",
    "Nothing runs, for there is no block that begins with ```cladec.",
    wrong: "<!-- cladec 1 -->\n# Prose\n",
    right: "<!-- cladec 1 -->\n# Prose\n\n```cladec\n```\n")

  public static let quotedFence = DiagnosticCode(
    "E059", "a cell in a quotation",
    "A block whose lines begin with > is quoted text, and nothing in it runs.",
    wrong: "<!-- cladec 1 -->\n> ```cladec\n> show 1\n> ```\n\n```cladec\n```\n",
    right: "<!-- cladec 1 -->\n```cladec\nshow 1\n```\n")

  public static let unclosedComment = DiagnosticCode(
    "E060", "a comment without end",
    "From a line that begins with <!-- to one with --> Markdown shows nothing, and nothing in it runs.",
    wrong: "<!-- cladec 1 -->\n```cladec\n```\n<!-- not now\n```cladec\nshow 1\n```\n",
    right: "<!-- cladec 1 -->\n```cladec\n```\n<!-- not now -->\n```cladec\nshow 1\n```\n")

  public static let itemFence = DiagnosticCode(
    "E061", "a cell beside the mark of a list",
    "A cell's fence stands on a line of its own. Beside the mark that begins an item it is text of the list, and nothing in it runs.",
    wrong: "<!-- cladec 1 -->\n- ```cladec\n  show 1\n  ```\n\n```cladec\n```\n",
    right: "<!-- cladec 1 -->\n- one\n\n  ```cladec\n  show 1\n  ```\n")

  /// All of them, in the order of the page.
  public static let formCodes: [DiagnosticCode] = [
    .missingVersion, .unsupportedVersion, .unclosedFence, .repeatedID, .malformedAttribute, .repeatedAttribute,
    .indentedFence, .capitalFence, .noCells,
    .quotedFence, .unclosedComment, .itemFence,
  ]
}
