import Diagnostics

/// Codes of exercise sheets.
extension DiagnosticCode {
  public static let answerWithoutID = DiagnosticCode(
    "E062", "an answer without id",
    "A cell with the word answer is a question's answer; its id, which tests and marks refer to, is the question's. "
      + "A test is a cell of its own.",
    wrong: "<!-- cladec 1 -->\n```cladec answer\nlet a = 1\n```\n",
    right: "<!-- cladec 1 -->\n```cladec #q1 answer\nlet a = 1\n```\n")

  public static let testOfNothing = DiagnosticCode(
    "E063", "a test of nothing",
    "A cell with the word test says with for= which answer it is about.",
    wrong: "<!-- cladec 1 -->\n```cladec #q1 answer\nlet a = 1\n```\n```cladec test for=q2\nexpect 1 == 1\n```\n",
    right: "<!-- cladec 1 -->\n```cladec #q1 answer\nlet a = 1\n```\n```cladec test for=q1\nexpect a == 1\n```\n")

  public static let badPoints = DiagnosticCode(
    "E064", "points that are no number",
    "Points are a number from 0 to 1000; halves are allowed. An answer without points= is worth one; a test without its own counts "
      + "towards its answer's.",
    wrong: "<!-- cladec 1 -->\n```cladec #q1 answer points=many\nlet a = 1\n```\n",
    right: "<!-- cladec 1 -->\n```cladec #q1 answer points=1.5\nlet a = 1\n```\n")

  public static let badSolutionMarks = DiagnosticCode(
    "E065", "a solution without its marks",
    "In an answer the solution stands between a line ### solution and a line ### end; what stands below is where students "
      + "start. Anywhere else students would get it.",
    wrong: "<!-- cladec 1 -->\n```cladec #q1 answer\n### solution\nlet a = 1\n```\n",
    right: "<!-- cladec 1 -->\n```cladec #q1 answer\n### solution\nlet a = 1\n### end\nlet a = ___\n```\n")

  public static let strangeWord = DiagnosticCode(
    "E066", "a word that means nothing in an exercise",
    "An answer has an id, and may have points= and choices=; a test has for=, and may have points= and hidden. A slip in one of these "
      + "words would hand out what students must not see, so that no other word may stand there.",
    wrong: "<!-- cladec 1 -->\n```cladec #q1 answer\nlet a = 1\n```\n```cladec test for=q1 hiden\nexpect a == 1\n```\n",
    right: "<!-- cladec 1 -->\n```cladec #q1 answer\nlet a = 1\n```\n```cladec test for=q1 hidden\nexpect a == 1\n```\n"
  )

  /// All of them, in the order of the page.
  public static let exerciseCodes: [DiagnosticCode] = [
    .answerWithoutID, .testOfNothing, .badPoints, .badSolutionMarks, .strangeWord,
  ]
}
