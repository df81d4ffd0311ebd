import Diagnostics
import Text

/// Lays a statement out: on one line if it fits, else broken at the commas of its outermost brackets and arguments.
///
/// Comments inside the statement keep their place between arguments and elements. Those that stand where no line ends
/// (in an operator's parentheses, behind the last argument) are put behind the statement or above it, and then have no
/// part in the layout: so printing twice changes nothing more.
struct StatementPrinter {
  /// Those that are to be printed, in their order.
  private var comments: [InnerComment]
  /// Whether a comment ends the line that was printed last, so that no other fits behind it.
  private var endsWithComment = false

  private static let width = 100

  /// The statement's lines, and the comments that found no place among them.
  static func print(_ statement: Statement) -> (text: String, leftover: [InnerComment]) {
    var first = StatementPrinter(comments: statement.innerComments)
    let text = first.print(statement)
    let leftover = first.comments
    if leftover.isEmpty { return (text, []) }
    var second = StatementPrinter(comments: statement.innerComments.filter { !leftover.contains($0) })
    return (second.print(statement), leftover)
  }

  private init(comments: [InnerComment]) { self.comments = comments }

  private mutating func print(_ statement: Statement) -> String {
    switch statement.kind {
    case .bind(let name, let value): return command(value, prefix: "let \(name.text) = ")
    case .parameter(let name, let value): return layout(value, prefix: "param \(name.text) = ", indentation: 0)
    case .expect(let condition, nil): return layout(condition, prefix: "expect ", indentation: 0)
    case .expect(let condition, let message?):
      let text = ExpressionPrinter.text(Expression(.string(message), span: condition.span))
      let first = layout(condition, prefix: "expect ", indentation: 0) + ","
      let isShort = !endsWithComment && !first.contains("\n") && fits("\(first) \(text)")
      return first + (isShort ? " " : "\n    ") + text
    case .show(let value): return command(value, prefix: "")
    }
  }

  /// A value that may be a command without parentheses; broken, its later arguments stand below each other:
  ///
  ///     let E = cladec C,
  ///         layer: [-1, -3, -5],
  ///         epochs: 64
  private mutating func command(_ expression: Expression, prefix: String) -> String {
    guard case .call(let verb, let arguments) = expression.kind,
      let flat = ExpressionPrinter.commandText(verb, arguments)
    else {
      // At the beginning of a statement, a verb takes all that follows: parentheses keep an operator out of it.
      if ExpressionPrinter.beginsWithVerb(expression) { return "\(prefix)(\(ExpressionPrinter.text(expression)))" }
      return layout(expression, prefix: prefix, indentation: 0)
    }
    let start = prefix + verb.text + " "
    if fits(prefix + flat), !hasComments(in: expression.span) { return prefix + flat }
    guard let only = arguments.first else { return prefix + flat }
    if arguments.count == 1 { return layout(only.value, prefix: start + labelText(only), indentation: 0) }
    var lines: [String] = []
    for (place, argument) in arguments.enumerated() {
      if place > 0 { takeComments(before: argument.offset, into: &lines, indentation: 4) }
      let prefix = (place == 0 ? start : "    ") + labelText(argument)
      let comma = place + 1 < arguments.count ? "," : ""
      lines.append(layout(argument.value, prefix: prefix, indentation: place == 0 ? 0 : 4) + comma)
      endsWithComment = false
    }
    return lines.joined(separator: "\n")
  }

  /// An expression after `prefix`; broken lines are indented by two more than `indentation`.
  private mutating func layout(_ expression: Expression, prefix: String, indentation: Int) -> String {
    let flat = prefix + ExpressionPrinter.text(expression)
    if fits(flat), !hasComments(in: expression.span) { return flat }
    switch expression.kind {
    case .list(let elements) where !elements.isEmpty:
      let arguments = elements.map { Argument(value: $0) }
      return broken(arguments, prefix + "[", "]", end: expression.span.end, indentation)
    case .call(let callee, let arguments) where !arguments.isEmpty:
      return broken(arguments, prefix + callee.text + "(", ")", end: expression.span.end, indentation)
    default:
      return flat
    }
  }

  private mutating func broken(
    _ elements: [Argument], _ opening: String, _ closing: String, end: Int, _ indentation: Int
  ) -> String {
    var lines = [opening]
    // Behind an opening bracket a comment would look as if it belonged to what stands before.
    endsWithComment = true
    let margin = String(repeating: " ", count: indentation + 2)
    for element in elements {
      takeComments(before: element.offset, into: &lines, indentation: indentation + 2)
      lines.append(layout(element.value, prefix: margin + labelText(element), indentation: indentation + 2) + ",")
      endsWithComment = false
    }
    takeComments(before: end, into: &lines, indentation: indentation + 2)
    return lines.joined(separator: "\n") + "\n" + String(repeating: " ", count: indentation) + closing
  }

  /// Prints the comments that stand before an offset: behind the line they stood behind, or on their own.
  private mutating func takeComments(before offset: Int, into lines: inout [String], indentation: Int) {
    while let comment = comments.first, comment.offset < offset {
      comments.removeFirst()
      let text = printed(comment: comment.text)
      if comment.isAlone || endsWithComment {
        lines.append(String(repeating: " ", count: indentation) + text)
      } else {
        lines[lines.count - 1] += "  " + text
      }
      endsWithComment = true
    }
  }

  private func hasComments(in span: SourceSpan) -> Bool {
    comments.contains { $0.offset >= span.start && $0.offset < span.end }
  }

  private func labelText(_ argument: Argument) -> String { argument.label.map { $0.text + ": " } ?? "" }

  private func fits(_ line: String) -> Bool { displayWidth(line) <= StatementPrinter.width }
}

extension Argument {
  /// Where it begins.
  fileprivate var offset: Int { label?.span.start ?? value.span.start }
}
