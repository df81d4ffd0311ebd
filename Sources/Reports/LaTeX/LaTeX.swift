import Diagnostics
import Figures
import Interpreter
import Notebooks
import Syntax
import Text
import Workbench

/// A document for pdfLaTeX or LuaLaTeX: the notebook with its results, tables with booktabs' rules, figures as files beside
/// it. Whatever stands in the notebook, nothing of it is a command but simple formulas.
public struct LaTeX {
  private let document: Document
  /// What stands before the names of figures.
  private let figures: String

  /// - Parameter figures: the folder that the figures are in, with a slash at its end.
  public init(_ document: Document, figures: String) { (self.document, self.figures) = (document, figures) }

  public var text: String {
    let source = document.notebook.source
    let places = Dictionary(document.cells.enumerated().map { ($1.line, $0) }) { first, _ in first }
    let cells = document.cells.indices.map(cell)
    let prose = LaTeXProse(source.text(SourceSpan(start: 0, end: source.bytes.count))) { line in
      places[line].map { cells[$0] }
    }
    // What Markdown does not take for a block of code where the notebook has a cell.
    let others = document.cells.indices.filter { !prose.replaced.contains(document.cells[$0].line) }.map { cells[$0] }
    return """
      \(Self.preamble)
      \\title{\(prose.title ?? latex(notebookName(source.name)))}
      \\author{}
      \\date{}

      \\begin{document}
      \\maketitle

      \(prose.text)\(others.joined())\\bigskip
      \\noindent{\\footnotesize \(provenance)}
      \\end{document}

      """
  }

  /// In which a digest may go on in the next line.
  private var provenance: String {
    latex(document.provenance.joined(separator: "; ")).replacing(/[0-9a-f]{64}/) { match in
      stride(from: 0, to: 64, by: 8).map { String(match.output.dropFirst($0).prefix(8)) }.joined(
        separator: "\\allowbreak{}")
    }
  }

  /// A cell's code with what it has shown.
  private func cell(_ index: Int) -> String {
    let cell = document.cells[index]
    let id = address(of: index)
    let info = document.notebook.info(of: cell)
    var text = info.isEmpty ? "" : "{\\footnotesize\\texttt{\(latex(info))}}\n\n"
    text += "\\phantomsection\\label{cell:\(id)}%\n" + code(of: cell).block
    var elements = LaTeXElements(cell: id, figures: figures)
    for element in document.results[index] { elements.add(element) }
    text += elements.end()
    return text
  }

  /// A cell's id where labels may have it, else its number.
  private func address(of index: Int) -> String {
    let id = document.cells[index].id
    let isPlain = id?.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") } ?? false
    return (isPlain ? id : nil) ?? "\(index + 1)"
  }

  /// A cell's statements, coloured.
  private func code(of cell: Cell) -> LaTeXCode {
    let source = SourceFile(name: "", text: document.notebook.code(of: cell))
    var code = LaTeXCode("")
    var place = 0
    for (span, kind) in highlights(of: source, in: SourceSpan(start: 0, end: source.bytes.count)) {
      code.append(source.text(SourceSpan(start: place, end: span.start)))
      code.append(source.text(span), colour: kind.rawValue)
      place = span.end
    }
    code.append(source.text(SourceSpan(start: place, end: source.bytes.count)))
    return code
  }

  private static let preamble = """
    \\documentclass[11pt,a4paper]{article}
    \\usepackage{iftex}
    \\ifPDFTeX
      \\usepackage[T1]{fontenc}
      \\IfFileExists{lmodern.sty}{\\usepackage{lmodern}}{}
    \\fi
    \\usepackage{textcomp}
    \\usepackage{amsmath,amssymb}
    \\usepackage{alltt,booktabs,color,graphicx,longtable}
    \\usepackage[margin=25mm]{geometry}
    \\usepackage[hidelinks]{hyperref}
    \\setcounter{secnumdepth}{0}
    \\setlength{\\parindent}{0pt}
    \\setlength{\\parskip}{0.5\\baselineskip}
    \\emergencystretch=3em
    \\definecolor{verb}{rgb}{0.54,0.17,0.89}
    \\definecolor{keyword}{rgb}{0.71,0.14,0.17}
    \\definecolor{label}{rgb}{0.02,0.31,0.68}
    \\definecolor{number}{rgb}{0.04,0.40,0.25}
    \\definecolor{string}{rgb}{0.48,0.29,0.00}
    \\definecolor{comment}{rgb}{0.34,0.38,0.42}
    \\definecolor{bad}{rgb}{0.71,0.14,0.17}
    \\definecolor{good}{rgb}{0.04,0.40,0.25}
    \\providecommand{\\mathscr}{\\mathcal}
    \\DeclareMathOperator*{\\argmin}{arg\\,min}
    \\DeclareMathOperator*{\\argmax}{arg\\,max}
    \\makeatletter
    % A caption where the table or the figure stands.
    \\newcommand{\\captionof}[2]{\\def\\@captype{#1}\\caption{#2}}
    \\makeatother
    \\newsavebox{\\fitbox}
    % No wider than the lines.
    \\newcommand{\\fitted}[1]{\\sbox{\\fitbox}{#1}%
      \\ifdim\\wd\\fitbox>\\linewidth\\resizebox{\\linewidth}{!}{\\usebox{\\fitbox}}\\else\\usebox{\\fitbox}\\fi}
    """
}

/// What a cell has shown, as LaTeX: texts that follow each other share a block.
struct LaTeXElements {
  /// What its labels begin with.
  let cell: String
  let figures: String
  private var text = ""
  private var texts: [String] = []
  private var tables = 0

  init(cell: String, figures: String) { (self.cell, self.figures) = (cell, figures) }

  /// All of it.
  mutating func end() -> String {
    endTexts()
    return text
  }

  mutating func add(_ element: Element) {
    switch element {
    case .text(let text): texts.append(text)
    case .pictures(let pictures): texts.append(terminalPicture(pictures, colours: .none))
    case .expectation(let expectation):
      endTexts()
      let mark = expectation.holds ? "\\textcolor{good}{$\\checkmark$}" : "\\textcolor{bad}{$\\times$}"
      text +=
        "\(mark) \\texttt{\(latex(expectation.text))}\\newline{}\n{\\small \(latexCell(expectation.measured))}"
        + (expectation.advice.map { "\\newline{}\n\\emph{\(latexCell($0))}" } ?? "") + "\n\n"
    case .diagnostic(let diagnostic):
      // An expectation that failed is there already.
      guard diagnostic.code != .expectationFailed else { return }
      endTexts()
      text += LaTeXCode(render(diagnostic, colour: false), colour: "bad").block
    case .table(let table, let caption):
      endTexts()
      tables += 1
      text += LaTeXTable.text(table, caption: caption, label: "tab:\(cell)-\(tables)")
    case .figure(let figure, let name):
      endTexts()
      guard let name else { return }
      text += """
        \\begin{center}
        \\fitted{\\includegraphics{\(figures)\(name).pdf}}
        \\captionof{figure}{\(latexCell(figure.title))}\\label{fig:\(name)}
        \\end{center}


        """
    case .saved, .record, .value: break
    }
  }

  private mutating func endTexts() {
    if !texts.isEmpty { text += LaTeXCode(texts.joined(separator: "\n")).block }
    texts = []
  }
}

/// Tables with what is said of them.
enum LaTeXTable {
  /// Longer ones go on over several pages.
  private static let mostRows = 40

  static func text(_ table: TextTable, caption: String, label: String) -> String {
    guard table.columnCount > 0 else { return "" }
    // What needs no words gets no number either.
    let words = caption.isEmpty ? "" : "\\captionof{table}{\(latexCell(caption))}\\label{\(label)}\n"
    guard table.rows.count <= mostRows else {
      return "{\\small\n\(table.latex(environment: "longtable"))}\n"
        + (words.isEmpty ? "\n" : "\\begin{center}\n\(words)\\end{center}\n\n")
    }
    return "\\begin{center}\n\(words)\\fitted{%\n\(table.latex())}\n\\end{center}\n\n"
  }

  /// No wider than the lines.
  static func fitted(_ table: String) -> String { "\\begin{center}\n\\fitted{%\n\(table)}\n\\end{center}\n" }
}
