import Diagnostics

extension SyntaxMistake {
  /// The mistake in the user's terms, at its place.
  func diagnostic(in source: SourceFile, at span: SourceSpan) -> Diagnostic {
    func say(_ code: DiagnosticCode, _ title: String, _ label: String, _ help: String? = nil) -> Diagnostic {
      Diagnostic(code, title, source: source, span: span, label: label, help: help)
    }
    switch self {
    // Characters and words
    case .unexpectedCharacter(let name): return say(.unexpectedCharacter, "\(name) means nothing here", "remove it")
    case .digitsInName(let text):
      return say(
        .malformedNumber, "'\(text)' is neither a number nor a name", "a name begins with a letter",
        "numbers are written 64, 20_000, 0.001 or 1e-3")
    case .trailingUnderscore: return say(.malformedNumber, "a number ends with a digit", "remove the '_'")
    case .severalPoints: return say(.malformedNumber, "a number has one decimal point", "remove the others")
    case .hugeNumber: return say(.malformedNumber, "the number is too large", "beyond 1e308")
    case .pointFirst(let digits): return say(.malformedNumber, "a number begins with a digit", "write '0.\(digits)'")
    case .decimalComma(let number):
      return say(
        .malformedNumber, "a number has a decimal point, not a comma", "write '\(number)'",
        "commas separate arguments and elements")
    case .unclosedString:
      return say(.unclosedString, "the string is not closed", "its second '\"' is missing on this line")
    case .unknownEscape(let text):
      return say(
        .unknownEscape, "'\(text)' means nothing in a string", "a backslash itself is written '\\\\'",
        "known are \\\" \\\\ \\n \\t and \\u{3B1}")
    case .wrongQuotes(let content?):
      return say(.wrongQuotes, "a string stands in straight double quotes", "write \"\(content)\"")
    case .wrongQuotes(nil):
      return say(
        .wrongQuotes, "a string stands in straight double quotes", "a '\"' stands here and at the string's end")
    case .foreignSpelling(let text, let advice):
      return say(.foreignSpelling, "'\(text)' is not part of the language", advice)
    case .membership(let instead):
      return say(
        .foreignSpelling, "'in' is not part of the language", instead.map { "write '\($0)'" } ?? "compare with '=='",
        "a value is compared with each: class == \"Bag\" or class == \"Coat\"")
    case .semicolon: return say(.semicolon, "a statement ends with its line", "remove the semicolon")
    case .foreignComment: return say(.foreignComment, "a comment begins with '#'", "write '#'")
    case .wholeDivision:
      return say(
        .foreignSpelling, "there is no whole division", "write '/'", "a comment begins with '#'")
    case .remainder:
      return say(.foreignSpelling, "there is no remainder of a division", "'%' is not part of the language")
    case .percentage(let fraction):
      return say(.foreignSpelling, "there is no percent sign", "write '\(fraction)'")

    // Brackets
    case .unclosed(let opening, let closing):
      return say(.unclosedBracket, "\(opening) is not closed", "its '\(closing)' is missing")
    case .wrongBracket(let opening, let found, let closing):
      return say(.wrongBracket, "'\(opening)' is closed by '\(found)'", "write '\(closing)'")
    case .stray(let found): return say(.strayBracket, "\(found) closes nothing", "remove it, or open the bracket")

    // Statements
    case .missingLet(let name, let value):
      return say(.missingLet, "a name is bound with 'let'", "write 'let \(name) = \(value ?? "…")'")
    case .changedName(let name, let sign):
      return say(
        .changedName, "a name is bound once and never changes", "bind another name", "let NAME = \(name) \(sign) …")
    case .reserved(let name, let isVerb):
      return say(
        .reservedName, "'\(name)' is \(isVerb ? "a verb" : "a word of the language") and cannot be a name",
        "choose another name", "reserved are " + (Verbs.keywords + Verbs.names).joined(separator: ", "))
    case .missingName(let keyword):
      return say(
        .missingName, "a name follows '\(keyword)'", "a name is missing here",
        "\(keyword) NAME = value; a name begins with a letter")
    case .nameWithHyphen(let name):
      return say(
        .missingName, "a name has no '-' in it", "write '\(name)'", "names consist of letters, digits and '_'")
    case .missingEquals(let keyword, let name):
      return say(
        .missingEquals, "'=' is missing after '\(name)'", "'=' and a value are expected here",
        "\(keyword) \(name) = value")
    case .severalNames(let keyword, let name):
      return say(
        .missingEquals, "'\(keyword)' binds one name", "write a line for each name", "\(keyword) \(name) = value")
    case .otherEquals(let keyword): return say(.missingEquals, "'\(keyword)' binds with a single '='", "write '='")
    case .notLiteral(let name):
      return say(
        .notLiteral, "'\(name)' can be set from outside, so its value is written out",
        "a number, string, true, false, or a list or range of them", "let \(name) = … takes any expression")
    case .noMessage:
      return say(
        .unexpectedText, "behind the condition of 'expect' stands a message, a text in quotes", "a text belongs here",
        "expect accuracy(C) > 0.9, \"train it for longer\"")
    case .foreignStatement(let statement):
      let (title, label, help) = statement.words
      return say(.foreignStatement, title, label, help)

    // Expressions and arguments
    case .missingBeforeComma:
      return say(.missingValue, "a value is missing before this comma", "remove it, or write the value")
    case .missingFirst(let found):
      return say(
        .missingValue, "a statement cannot begin with \(found)", "a value is missing before it", Self.severalLines)
    case .missingAfter(let before, let found):
      return say(
        .missingValue, "a value is expected after \(before)" + (found.map { ", but \($0) stands there" } ?? ""),
        "the value is missing", found == nil ? Self.severalLines : nil)
    case .missingArgument(let label):
      return say(.missingArgument, "'\(label):' has no value", "a value is missing here")
    case .missingComma(let found):
      return say(
        .missingComma, "a comma is missing", "put a comma before \(found)",
        "arguments and elements are separated by commas")
    case .missingCommaAndColon(let label):
      return say(
        .missingComma, "a comma and a colon are missing", "write ', \(label):'",
        "arguments are separated by commas, and a label is followed by a colon")
    case .blockWithoutParentheses(let block, let argument):
      return say(
        .missingComma, "a comma or parentheses are missing", "write '\(block)(\(argument))'",
        "a block of a network has its arguments in parentheses; elements of a list are separated by commas")
    case .equalsInArgument(let label):
      return say(.equalsInArgument, "the value of an argument follows a colon", "write '\(label):'")
    case .equalsInCondition:
      return say(.equalsInCondition, "'=' binds a name; two values are compared with '=='", "write '=='")
    case .threeEnds: return say(.chainedComparison, "a range has two ends", "this would be a third")
    case .threeSides:
      return say(
        .chainedComparison, "a comparison has two sides", "join two comparisons with 'and'", "a < b and b < c")
    case .missingTolerance:
      return say(
        .missingTolerance, "'~' needs a tolerance", "write '± 0.01' here",
        "x ~ 0.87 ± 0.01 holds from 0.86 to 0.88; '+-' is the same as '±'")
    case .strayTolerance:
      return say(
        .strayTolerance, "'±' belongs to the approximate test '~'", "there is no '~' before it",
        "expect accuracy(C) ~ 0.87 ± 0.01")
    case .commandInside(let verb, let arguments):
      return say(
        .commandInExpression, "inside an expression, a command needs parentheses",
        "write '\(verb)(\(arguments ?? "…"))'",
        "without parentheses it stands alone on its line, or right of 'let NAME ='")
    case .verbAsValue(let verb):
      return say(
        .commandInExpression, "'\(verb)' is a verb, and makes something only of its arguments", "a value belongs here",
        "help \(verb) has an example")
    case .statementInside:
      return say(.unexpectedText, "each statement has a line of its own", "begin a new line here")
    case .severalInParentheses:
      return say(
        .unexpectedText, "parentheses without a verb or function hold one value", "a list stands in square brackets",
        "[a, b]")
    case .strayComma:
      return say(
        .unexpectedText, "a comma separates arguments and elements", "there is no verb and no bracket",
        "a list of values is written [a, b]")
    case .notBelonging(let found):
      return say(
        .unexpectedText, "\(found) does not belong here", "the statement was complete before it",
        "an operator or a comma may be missing")
    case .unknownVerb(let word, let verb):
      return say(.missingParentheses, "there is no verb '\(word)'", "did you mean '\(verb)'?", Self.verbs)
    case .noVerb(let word):
      return say(
        .missingParentheses, "there is no verb '\(word)'", "an operator or a comma may be missing behind it", Self.verbs
      )
    case .functionWithoutParentheses(let word, let use):
      return say(
        .missingParentheses, "'\(word)' is not a verb, so its arguments stand in parentheses", "write '\(use)'",
        Self.verbs)
    case .method(let name, let receiver, let arguments):
      return say(
        .notCallable, "values have no methods", "write '\(Self.use(for: name, of: receiver, arguments))'",
        "functions take values as arguments: accuracy(C)")
    case .callOfValue:
      return say(
        .notCallable, "only a verb, a function or a block takes arguments", "what stands before is a value",
        "an operator or a comma may be missing")
    case .twoDots: return say(.twoDots, "a range has three dots", "write '...'", "1...5 includes both ends")
    case .misplacedNot:
      return say(
        .misplacedNot, "'not' stands before a whole comparison", "put it and its condition in parentheses",
        "not (a == b), or a == (not b)")
    case .misplacedColon:
      return say(
        .misplacedLabel, "a label is one word and stands among the arguments of a verb or function",
        "this ':' follows no such word", "train vgg5, epochs: 8")
    case .labelInList:
      return say(
        .misplacedLabel, "the elements of a list have no labels", "remove the label",
        "labels name the arguments of a verb or function: train vgg5, epochs: 8")
    case .danglingComma:
      return say(
        .danglingComma, "after a comma the command goes on, but nothing follows",
        "remove it, or write the next argument")
    case .missingMember:
      return say(
        .missingMember, "a name follows the dot", "the name is missing", "fashion.test; a range has three dots: 1...5")
    case .slice(let instead):
      return say(
        .wrongSlice, "a slice is asked for by one number or range, a point by its axes",
        instead.map { "write '\($0)'" } ?? "one number, or both ends",
        "images[3], images[0...7]: counted from 0, both ends included; C[seed: 1, layer: -3]: a point of a sweep")
    case .tooDeep:
      return say(
        .tooDeep, "the expression has more than \(Limits.depth) levels", "too many brackets or operators",
        "give its parts names with 'let'")
    }
  }

  /// What does here what a method does in other tools.
  private static func use(for method: String, of receiver: String, _ arguments: String) -> String {
    let isPlain = !arguments.isEmpty && !arguments.contains(":") && !arguments.contains(",")
    let rest = arguments.isEmpty ? "" : ", " + arguments
    if ["np", "numpy", "math", "torch", "nn", "tf", "keras", "pd", "plt"].contains(receiver) {
      return Verbs.functions.contains(method) ? "\(method)(\(arguments))" : "help"
    }
    switch method {
    case "fit", "train": return "train(\(receiver), on: \(arguments.isEmpty ? "…" : arguments))"
    case "predict":
      return isPlain
        ? "grid([input], of: \(arguments), where: predicted(\(receiver)) != class)" : "accuracy(\(receiver))"
    case "score": return "accuracy(\(receiver)\(isPlain ? ", on: " + arguments : rest))"
    case "explain", "decode": return "cladec(\(receiver), \(arguments.isEmpty ? "layer: -1" : arguments))"
    case _ where Verbs.contains(method) || Verbs.functions.contains(method): return "\(method)(\(receiver)\(rest))"
    default: return "inspect(\(receiver))"
    }
  }

  private static let severalLines = "a statement goes on over several lines inside brackets, or after a comma"
  private static var verbs: String { "the verbs are " + Verbs.available.joined(separator: ", ") }
}

extension ForeignStatement {
  fileprivate var words: (title: String, label: String, help: String) {
    switch self {
    case .loop:
      (
        "there are no loops", "give a list where one value is expected",
        "let C = train vgg5, on: garments, seed: 1...5 trains five classifiers"
      )
    case .branch:
      (
        "there are no branches", "a notebook runs from top to bottom",
        "'expect' checks a condition, 'where:' selects images"
      )
    case .definition:
      ("there are no definitions of functions or classes", "bind a value with 'let' instead", "let NAME = expression")
    case .module:
      (
        "there are no modules", "everything is built in",
        "networks and functions are there from the start; help lists them"
      )
    case .binding: ("a name is bound with 'let'", "write 'let'", "let NAME = value binds once")
    case .printing(let value):
      (
        "a value is shown with 'show'", value.map { "write 'show \($0)'" } ?? "'show' prints it, or the value alone",
        "show accuracy(C)"
      )
    case .saving:
      ("results are saved where they are made", "'table' and 'grid' take 'save:'", "table T, save: \"table-1\"")
    case .running: ("a notebook is run from the shell", "not from here", "cladec run NOTEBOOK")
    case .returning: ("there is nothing to return from", "the value stands alone", "a line's value is shown")
    }
  }
}
