// Tables in a terminal, as CSV and as Markdown.
import Figures
import Testing
import Text

@Suite struct `Text tables` {
  private let table = TextTable(
    header: ["layer", "squared error", "note"],
    rows: [["−1", "28.6 ± 0.69", "from the logits"], ["−3", "4.56 ± 0.09", "漢字"], ["−5"]])

  @Test func `In a terminal, columns are aligned and numbers stand right`() {
    #expect(
      table.terminal() == """
                   squared
        layer        error  note
        ─────  ───────────  ───────────────
           −1  28.6 ± 0.69  from the logits
           −3  4.56 ± 0.09  漢字
           −5
        """)
  }

  @Test(arguments: [80, 40, 30, 20]) func `No line is wider than the terminal`(width: Int) {
    for line in table.terminal(width: width).split(separator: "\n") { #expect(displayWidth(line) <= width) }
  }

  @Test(arguments: [30, 48, 60])
  func `A table that is too wide goes on below, without cutting a number`(width: Int) {
    let measures = (1...6).map { "squared error \($0)" }
    let table = TextTable(
      header: ["layer", "α"] + measures,
      rows: [["-1", "0"] + (1...6).map { "165.3 ± 3.9 (\($0))" }, ["-2", "0.5"] + (1...6).map { "1\($0).25" }],
      keyCount: 2)
    let text = table.terminal(width: width)
    for line in text.split(separator: "\n") { #expect(displayWidth(line) <= width) }
    for number in 1...6 { #expect(text.contains("165.3 ± 3.9 (\(number))") && text.contains("1\(number).25")) }
    #expect(!text.contains("…"))
    let parts = text.split(separator: "\n\n")
    #expect(parts.count > 1)
    for part in parts { #expect(part.contains("layer") && part.contains("α") && part.contains(" 0.5")) }
  }

  @Test func `Colour adds nothing but escape sequences`() {
    let coloured = table.terminal(colour: true)
    #expect(coloured.contains("\u{1B}[1m"))
    #expect(coloured.replacing(/\u{1B}\[[0-9]*m/, with: "") == table.terminal())
  }

  @Test func `CSV quotes what needs quotes`() {
    let table = TextTable(header: ["a", "b,c"], rows: [["say \"x\"", "two\nlines"], ["1.5"], ["\r\n", "plain"]])
    #expect(table.csv() == "a,\"b,c\"\r\n\"say \"\"x\"\"\",\"two\nlines\"\r\n1.5,\r\n\"\r\n\",plain\r\n")
  }

  @Test func `CSV holds no formulas`() {
    let cells = ["=1+1", "+A1", "-A1", "@SUM(A1)", "-0.5", "+3", "-", "α", "a=b", "–"]
    let table = TextTable(header: ["=h"], rows: cells.map { [$0] })
    #expect(
      table.csv()
        == "'=h\r\n'=1+1\r\n'+A1\r\n'-A1\r\n'@SUM(A1)\r\n-0.5\r\n+3\r\n'-\r\nα\r\na=b\r\n–\r\n")
  }

  @Test func `Markdown escapes what would break a row`() {
    let table = TextTable(header: ["a|b", "n"], rows: [["x\ny", "1"], ["*s* \\", "20"]])
    #expect(
      table.markdown() == """
        | a\\|b     |   n |
        | -------- | --: |
        | x<br>y   |   1 |
        | \\*s\\* \\\\ |  20 |

        """)
  }

  @Test func `No cell steers a terminal, wherever it is read`() {
    let table = TextTable(header: ["n\u{1B}[31m"], rows: [["a\u{202E}b\u{9B}\tc\nd\u{2066}"]])
    #expect(table.terminal() == "n\u{FFFD}[31m\n─────────\na\u{FFFD}b\u{FFFD} c d\u{FFFD}")
    #expect(
      table.markdown().hasPrefix("| n\u{FFFD}\\[31m")
        && table.markdown().contains("a\u{FFFD}b\u{FFFD}\u{FFFD}c<br>d\u{FFFD}"))
    #expect(table.csv() == "n\u{FFFD}[31m\r\n\"a\u{FFFD}b\u{FFFD}\u{FFFD}c\nd\u{FFFD}\"\r\n")
  }

  @Test func `An empty table is no trouble`() {
    let table = TextTable(header: [], rows: [])
    #expect(table.terminal() == "" && table.markdown() == "")
  }
}
