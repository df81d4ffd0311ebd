import Diagnostics
import Figures
import Foundation
import Host
import Notebooks
import Reports
import Syntax
import Testing
import Text
import Workbench

/// What a document looks like as LaTeX.
@Suite struct LaTeXTests {
  private static let first = "<!-- cladec 1 -->\n"

  private static func document(_ text: String, _ results: [[Element]] = []) -> Document {
    var document = Document(
      Notebook(parsing: SourceFile(name: "n_1.cladec", text: first + text)), origin: Origin(version: "1"))
    document.add(.checked([]))
    for (index, elements) in results.enumerated() {
      document.add(.cell(index))
      for element in elements { document.add(.element(element)) }
      document.add(.endOfCell(index))
    }
    document.add(.ended(.success))
    return document
  }

  /// What stands between the title and the foot.
  private func body(_ text: String, _ results: [[Element]] = []) throws -> String {
    let text = LaTeX(Self.document(text, results), figures: "n_files/").text
    let start = try #require(text.firstRange(of: "\\maketitle\n\n")).upperBound
    return String(text[start..<(try #require(text.firstRange(of: "\\bigskip"))).lowerBound])
  }

  @Test(
    "prose is LaTeX, whatever stands in it",
    arguments: [
      ("# T\n\na *b* **c** `d_e`\n", "a \\emph{b} \\textbf{c} \\texttt{d\\_e}\n\n"),
      ("## 50% & more\n", "\\section{50\\% \\& more}\n\n"), ("### x\n", "\\subsection{x}\n\n"),
      ("- a\n- [b]\n", "\\begin{itemize}\n\\item {}a\n\\item {}[b]\n\\end{itemize}\n\n"),
      ("3. a\n4. b\n", "\\begin{enumerate}\n\\item[3.] {}a\n\\item[4.] {}b\n\\end{enumerate}\n\n"),
      ("> q\n", "\\begin{quote}\nq\n\\end{quote}\n\n"), ("a  \nb\n", "a\\newline{}\nb\n\n"),
      ("[t](https://x.y/a%20b#c)\n", "\\href{https://x.y/a\\%20b\\#c}{t}\n\n"), ("[t](javascript:x)\n", "t\n\n"),
      ("![t](a.png)\n", "t\n\n"), ("a <b>c</b>\n\n<div>\nd\n</div>\n", "a c\n\n"),
      ("\\input{x}\n", "\\textbackslash{}input\\{x\\}\n\n"),
      ("x[^1]\n\n[^1]: y\n", "x\\footnotemark[1]\n\n\\footnotetext[1]{y}\n\n"),
      (
        "| a | b |\n|---|--:|\n| *c* | 1 |\n",
        "\\begin{center}\n\\fitted{%\n\\begin{tabular}{lr}\n\\toprule\n{}a & b \\\\\n\\midrule\n{}\\emph{c} & 1 \\\\\n"
          + "\\bottomrule\n\\end{tabular}\n}\n\\end{center}\n\n"
      ),
      ("$x_1^2$ $$\\frac{1}{n}$$\n", "$x_1^2$ \\[\\frac{1}{n}\\]\n\n"),
      ("$\\hat{X} = α$\n", "$\\hat{X} = \\text{\\ensuremath{\\alpha}}$\n\n"),
      ("costs $5 or $6\n", "costs \\$5 or \\$6\n\n"),
    ])
  func prose(text: String, expected: String) throws { #expect(try body(text) == expected) }

  @Test(
    "formulas that could do more than be set are shown as they were written",
    arguments: ["\\input{x}", "\\write18{ls}", "\\text{a_b}", "\\text{a%}", "\\def\\a{\\a}\\a", "x\\\\y"])
  func formulas(tex: String) throws { #expect(try body("$\(tex)$\n") == "\\texttt{\(latex(tex))}\n\n") }

  @Test("a cell's code is coloured, and its results follow") func cells() throws {
    let table = TextTable(header: ["layer", "squared error ± sd"], rows: [["-1", "0.1"], ["[x]", "-2"]])
    let text = try body(
      "```cladec #q-1\nlet a = \"50%\" # {\n```\n",
      [[.text("a_1"), .text("b"), .table(table, caption: "α 0"), .text("c")]])
    #expect(
      text == """
        {\\footnotesize\\texttt{\\#q-1}}

        \\phantomsection\\label{cell:q-1}%
        \\begin{alltt}\\small
        \\textcolor{keyword}{let} a = \\textcolor{string}{{\\char34}50\\%{\\char34}} \\textcolor{comment}{\\# \\{}
        \\end{alltt}

        \\begin{alltt}\\small
        a\\_1
        b
        \\end{alltt}

        \\begin{center}
        \\captionof{table}{\\ensuremath{\\alpha} 0}\\label{tab:q-1-1}
        \\fitted{%
        \\begin{tabular}{lr}
        \\toprule
        layer & \\shortstack[r]{squared error\\\\\\ensuremath{\\pm} sd} \\\\
        \\midrule
        \\ensuremath{-}1 & 0.1 \\\\
        {}[x] & \\ensuremath{-}2 \\\\
        \\bottomrule
        \\end{tabular}
        }
        \\end{center}

        \\begin{alltt}\\small
        c
        \\end{alltt}


        """)
  }

  @Test("long lines are broken behind a blank, and nothing of them is lost") func longLines() throws {
    let words = (0..<60).map { "word\($0)" }.joined(separator: " ")
    let text = try body("```cladec\n1\n```\n", [[.text(words + "\n" + String(repeating: "x", count: 200))]])
    let lines = text.split(separator: "\n").drop { !$0.hasPrefix("word0") }.prefix { !$0.hasPrefix("\\end") }
    #expect(lines.allSatisfy { $0.count <= 92 } && lines.count > 6)
    #expect(lines.joined().filter { $0 != " " } == words.filter { $0 != " " } + String(repeating: "x", count: 200))
  }

  @Test("nesting without end exhausts nothing") func deep() throws {
    let quotes = try body(String(repeating: "> ", count: 2000) + "x\n")
    #expect(quotes.contains("x") && quotes.matches(of: /\\begin{quote}/).count == 4)
    #expect(try body(String(repeating: "*a **b ", count: 2000) + "x\n").contains("x"))
  }

  static let isThere = run("pdflatex", ["--version"], in: "/")?.status == 0

  private static func run(_ program: String, _ arguments: [String], in folder: String) -> (status: Int32, text: String)?
  {
    let (process, pipe) = (Process(), Pipe())
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = [program] + arguments
    process.currentDirectoryURL = URL(filePath: folder)
    (process.standardOutput, process.standardError, process.standardInput) = (pipe, pipe, FileHandle.nullDevice)
    guard (try? process.run()) != nil else { return nil }
    let data = (try? pipe.fileHandleForReading.readToEnd()) ?? Data()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: data, as: UTF8.self))
  }

  @Test(
    "pdfLaTeX sets a document with all that can be in one",
    .enabled(if: isThere, "there is no pdflatex here"))
  func compiles() throws {
    let all = String(
      String.UnicodeScalarView(
        (0x20...0x2FFF).compactMap { Unicode.Scalar($0) }.filter { latex(String($0)).first != "[" }))
    let image = try GridImage(height: 8, width: 8, values: (0..<64).map { Float($0) / 64 })
    let figure = FigureValue(ImageGrid(rows: [.init(label: "input", images: [image, image])]), title: "α_1 & 50%")
    let table = TextTable(
      header: ["layer", "[x]"], rows: (0..<60).map { ["\($0)", "[\($0)] * \(Double($0) / 7) ± -1"] })
    let wide = TextTable(header: (0..<30).map { "column \($0)" }, rows: [(0..<30).map { "\($0).123456" }])
    let mistake = Diagnostic(.tooLong, "a {b} mistake_1")
    let lists = (0..<8).map { String(repeating: "  ", count: $0) + "- [l\($0)]\n" }.joined()
    let text = """
      # Title & *more*

      ## A $x_1^2$ 50%

      \(lists)
      > > > > > > > q

      1. a
      2. b[^1]

      [^1]: A footnote with `code_1`.

      $\\hat{X} = \\argmin_α \\lVert X - \\mathscr{L}(X) \\rVert_2^2$ and $$\\sum_{i=1}^n \\mathbb{R} \\text{ for } \\left[\\frac{1}{2}\\right]$$

      | a | b |
      |---|--:|
      | [x] | *1* |

      ---

      ```cladec #q-1
      \(all)
      ```
      """
    var expectations: [Element] = []
    Driver([parse(SourceFile(name: "e", text: "expect 2 < 1 and \"a_1\" == \"{b\""))], session: Session(.here)).run {
      if case .element(let element) = $0, case .expectation = element { expectations.append(element) }
    }
    var document = Self.document(
      text,
      [
        [
          .text(all), .table(table, caption: all), .table(wide, caption: ""), .figure(figure, name: nil),
          .diagnostic(mistake), .pictures([image]),
        ] + expectations
      ])
    document.recipes = SHA256.digest(of: [1])
    let folder = FileManager.default.temporaryDirectory.appending(path: "cladec-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    try FileManager.default.createDirectory(at: folder.appending(path: "n_files"), withIntermediateDirectories: true)
    let file = try figure.file(named: "figure.1", as: "pdf", from: Origin(version: "1"))
    try Data(file.bytes).write(to: folder.appending(path: "n_files/figure.1.pdf"))
    try Data(LaTeX(document, figures: "n_files/").text.utf8).write(to: folder.appending(path: "n.tex"))
    for _ in 0..<2 {
      let result = try #require(
        Self.run(
          "pdflatex", ["-interaction=nonstopmode", "-halt-on-error", "-no-shell-escape", "n.tex"], in: folder.path))
      #expect(result.status == 0, "\(result.text.suffix(3000))")
    }
    let log = try String(decoding: Data(contentsOf: folder.appending(path: "n.log")), as: UTF8.self)
    let missing = log.split(separator: "\n").filter { $0.contains("Missing character") || $0.contains("undefined") }
    #expect(missing.isEmpty)
  }
}
