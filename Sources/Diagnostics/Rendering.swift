// The form in which people see a diagnostic:
//
//     error[E022]: a comma is missing
//        ┌ Notebooks/layers.cladec:14:20
//     14 │ let C = train vgg5 on: fashion
//        │                    ^^^ put a comma before 'on'
//        = help: arguments are separated by commas

import Text

/// The diagnostic as lines for a terminal, without a line break at the end. The caret stands under its characters
/// whatever their width; of a place of several lines the first is shown.
public func render(_ diagnostic: Diagnostic, colour: Bool) -> String {
  let paint = Paint(isOn: colour)
  let severityColour: Paint.Colour = diagnostic.severity == .error ? .red : .yellow
  let heading = paint("\(diagnostic.severity.rawValue)[\(diagnostic.code.id)]", severityColour)
  var lines = ["\(heading)\(paint(": " + printable(diagnostic.title), .bold))"]
  var gutter = "  "
  if let source = diagnostic.source {
    let name = printable(source.name)
    if let span = diagnostic.span {
      let location = source.location(of: span.start)
      let number = String(location.line)
      gutter = String(repeating: " ", count: number.count + 1)
      let excerpt = Excerpt(of: span, in: source)
      let carets = String(repeating: "^", count: excerpt.caretWidth)
      let label = diagnostic.label.isEmpty ? "" : " " + printable(diagnostic.label)
      lines.append("\(gutter)\(paint("┌", .blue)) \(name):\(location.line):\(location.column)")
      lines.append("\(paint(number + " │", .blue)) \(excerpt.text)")
      let margin = String(repeating: " ", count: excerpt.caretColumn)
      lines.append("\(gutter)\(paint("│", .blue)) \(margin)\(paint(carets + label, severityColour))")
    } else {
      lines.append("\(gutter)\(paint("┌", .blue)) \(name)")
    }
  }
  if let help = diagnostic.help {
    for (index, line) in help.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      let mark = index == 0 ? paint("=", .blue) + " " + paint("help:", .cyan) : "       "
      lines.append("\(gutter)\(mark) \(printable(String(line)))")
    }
  }
  return lines.joined(separator: "\n")
}

/// One line of the source as it is shown, and the cells that the caret marks.
private struct Excerpt {
  var text = ""
  var caretColumn = 0
  var caretWidth = 0

  /// A longer line is cut on both sides of the place.
  private static let widest = 160
  private static let before = 80
  private static let reach = 4096
  private static let tabWidth = 4

  init(of span: SourceSpan, in source: SourceFile) {
    let whole = source.lineSpan(around: span.start)
    let start = min(max(span.start, whole.start), whole.end)
    // Of a line of any length only this much is looked at.
    let line = SourceSpan(
      start: max(whole.start, start - Excerpt.reach), end: min(whole.end, start + Excerpt.reach))
    let end = min(max(span.end, start), line.end)
    let head = cells(source.text(SourceSpan(start: line.start, end: start)), from: 0)
    let middle = cells(source.text(SourceSpan(start: start, end: end)), from: head.width)
    let tail = cells(source.text(SourceSpan(start: end, end: line.end)), from: head.width + middle.width)
    let isLong = line != whole || head.width + middle.width + tail.width > Excerpt.widest
    let shownHead = isLong ? Excerpt.suffix(head.text, width: Excerpt.before) : head.text
    let rest = isLong ? Excerpt.prefix(middle.text + tail.text, width: Excerpt.before) : middle.text + tail.text
    text = shownHead + rest
    caretColumn = displayWidth(shownHead)
    caretWidth = max(1, min(middle.width, isLong ? displayWidth(rest) : middle.width))
  }

  private func cells(_ text: String, from column: Int) -> (text: String, width: Int) {
    var shown = ""
    var width = 0
    for character in text {
      if character == "\t" {
        let step = Excerpt.tabWidth - (column + width) % Excerpt.tabWidth
        shown += String(repeating: " ", count: step)
        width += step
      } else {
        let piece = printable(String(character))
        shown += piece
        width += displayWidth(piece)
      }
    }
    return (shown, width)
  }

  private static func suffix(_ text: String, width: Int) -> String {
    displayWidth(text) <= width ? text : "…" + text.suffix(width - 1)
  }

  private static func prefix(_ text: String, width: Int) -> String {
    displayWidth(text) <= width ? text : text.prefix(width - 1) + "…"
  }
}

/// Colours by escape sequences, or nothing at all.
private struct Paint {
  enum Colour: String {
    case red = "1;31"
    case yellow = "1;33"
    case blue = "34"
    case cyan = "36"
    case bold = "1"
  }

  let isOn: Bool

  func callAsFunction(_ text: String, _ colour: Colour) -> String {
    isOn ? "\u{1B}[\(colour.rawValue)m\(text)\u{1B}[0m" : text
  }
}
