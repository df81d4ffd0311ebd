// The form in which people see a diagnostic:
//
//     error[E022]: a comma is missing
//        ┌ Notebooks/layers.cladec:14:20
//     14 │ let C = train vgg5 on: fashion
//        │                    ^^^ put a comma before 'on'
//        = help: arguments are separated by commas

import Text

/// The diagnostic as lines for a terminal, without a line break at the end. The caret stands under its characters
/// whatever their width; of a place of several lines the first is shown. No line is wider than `width`, as far as single
/// words allow it: sentences are broken between words, and a line of the source is cut on both sides of the place.
public func render(_ diagnostic: Diagnostic, colour: Bool, width: Int = .max) -> String {
  let paint = Paint(isOn: colour)
  let severityColour: Paint.Colour = diagnostic.severity == .error ? .red : .yellow
  let heading = "\(diagnostic.severity.rawValue)[\(diagnostic.code.id)]"
  let title = broken(printable(diagnostic.title), first: heading.count + 2, others: 4, width: width)
  var lines = [paint(heading, severityColour) + paint(": " + title[0], .bold)]
  lines += title.dropFirst().map { "    " + paint($0, .bold) }
  var gutter = "  "
  if let source = diagnostic.source {
    let name = printable(source.name)
    if let span = diagnostic.span {
      let location = source.location(of: span.start)
      let number = String(location.line)
      gutter = String(repeating: " ", count: number.count + 1)
      let excerpt = Excerpt(of: span, in: source, width: width - gutter.count - 2)
      lines.append("\(gutter)\(paint("┌", .blue)) \(name):\(location.line):\(location.column)")
      lines.append("\(paint(number + " │", .blue)) \(excerpt.text)")
      lines += marks(excerpt, printable(diagnostic.label), width: width - gutter.count - 2).map {
        "\(gutter)\(paint("│", .blue)) \($0.margin)\(paint($0.text, severityColour))"
      }
    } else {
      lines.append("\(gutter)\(paint("┌", .blue)) \(name)")
    }
  }
  if let help = diagnostic.help {
    let indent = gutter.count + 8
    let texts = help.split(separator: "\n", omittingEmptySubsequences: false).flatMap {
      broken(printable(String($0)), first: indent, others: indent, width: width)
    }
    for (index, line) in texts.enumerated() {
      let mark = index == 0 ? paint("=", .blue) + " " + paint("help:", .cyan) : "       "
      lines.append("\(gutter)\(mark) \(line)")
    }
  }
  return lines.joined(separator: "\n")
}

/// The carets with what stands beside them; below them, where there is no room.
private func marks(_ excerpt: Excerpt, _ label: String, width: Int) -> [(margin: String, text: String)] {
  let carets = String(repeating: "^", count: excerpt.caretWidth)
  let margin = String(repeating: " ", count: excerpt.caretColumn)
  if label.isEmpty { return [(margin, carets)] }
  let beside = excerpt.caretColumn + excerpt.caretWidth + 1
  if beside + displayWidth(label) <= width { return [(margin, carets + " " + label)] }
  // To the left, as far as its longest word needs it.
  let longest = label.split(separator: " ").map { displayWidth(String($0)) }.max() ?? 0
  let column = max(0, min(excerpt.caretColumn, width - max(longest, 24)))
  let below = broken(label, first: column, others: column, width: width)
  return [(margin, carets)] + below.map { (String(repeating: " ", count: column), $0) }
}

/// A sentence in lines that leave room for what stands before the first and before the others. Never empty.
private func broken(_ text: String, first: Int, others: Int, width: Int) -> [String] {
  guard width < .max, first + displayWidth(text) > width else { return [text] }
  var lines: [String] = []
  for word in text.split(separator: " ", omittingEmptySubsequences: false).map(String.init) {
    let room = width - (lines.count <= 1 ? first : others)
    if let last = lines.last, displayWidth(last) + 1 + displayWidth(word) <= room {
      lines[lines.count - 1] = last + " " + word
    } else {
      lines.append(word)
    }
  }
  return lines.isEmpty ? [text] : lines
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

  /// - Parameter width: how many cells there are for it.
  init(of span: SourceSpan, in source: SourceFile, width: Int) {
    let widest = max(20, min(Excerpt.widest, width))
    let before = min(Excerpt.before, widest / 2)
    let whole = source.lineSpan(around: span.start)
    let start = min(max(span.start, whole.start), whole.end)
    // Of a line of any length only this much is looked at.
    let line = SourceSpan(
      start: max(whole.start, start - Excerpt.reach), end: min(whole.end, start + Excerpt.reach))
    let end = min(max(span.end, start), line.end)
    let head = cells(source.text(SourceSpan(start: line.start, end: start)), from: 0)
    let middle = cells(source.text(SourceSpan(start: start, end: end)), from: head.width)
    let tail = cells(source.text(SourceSpan(start: end, end: line.end)), from: head.width + middle.width)
    let isLong = line != whole || head.width + middle.width + tail.width > widest
    let shownHead = isLong ? Excerpt.suffix(head.text, width: before) : head.text
    let rest =
      isLong
      ? Excerpt.prefix(middle.text + tail.text, width: widest - displayWidth(shownHead)) : middle.text + tail.text
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
    displayWidth(text) <= width ? text : "…" + String(fitting(text.reversed(), width: width - 1).reversed())
  }

  private static func prefix(_ text: String, width: Int) -> String {
    displayWidth(text) <= width ? text : String(fitting(Array(text), width: width - 1)) + "…"
  }

  /// The first characters that fill no more than so many cells.
  private static func fitting(_ characters: [Character], width: Int) -> ArraySlice<Character> {
    var used = 0
    return characters.prefix { character in
      used += displayWidth(character)
      return used <= width
    }
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
