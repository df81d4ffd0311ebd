import Diagnostics
import Text

extension Mistake {
  /// The mistake in the user's terms.
  func fault(at place: Fault.Place = .whole) -> Fault {
    let (code, title, label, help) = wording
    return Fault(code, title, label: label, help: help, at: place)
  }

  private var wording: (DiagnosticCode, String, String, String?) {
    switch self {
    case .unknownName, .missingQuotes, .boundTwice, .reserved, .unknownVerb, .laterVerb, .notCallable, .needsArguments,
      .takesNoArguments:
      wordingOfNames
    case .unknownLabel, .labelOnFirst, .missing, .repeatedArgument, .tooMany, .wrongType, .outOfRange:
      wordingOfArguments
    default: wordingOfValues
    }
  }

  private var wordingOfNames: (DiagnosticCode, String, String, String?) {
    switch self {
    case .unknownName(let name, let known):
      (
        .unknownName, "there is no '\(name)' here", suggestion(name, known) ?? "not defined above",
        "a name is bound above its first use: let \(name) = …"
      )
    case .missingQuotes(let name):
      (
        .unknownName, "there is no '\(name)' here", "write \"\(name)\", in quotes",
        "a text stands in quotes; a name without quotes must be bound above"
      )
    case .boundTwice(let name, let place):
      (
        .boundTwice, "'\(name)' already has a value", place ?? "defined by cladec itself",
        "names are bound once, so that a cell never changes what stands above it; choose another name, such as \(name)2"
      )
    case .reserved(let name, let kind):
      (
        .builtInName, "'\(name)' is a \(kind.rawValue) and cannot be a name", "reserved",
        "choose another name, such as my\(name.prefix(1).uppercased() + name.dropFirst())"
      )
    case .unknownVerb(let name, let known, let habit):
      (
        .unknownVerb, "there is no verb or function '\(name)'", habit ?? suggestion(name, known) ?? "unknown",
        "help lists all verbs and functions"
      )
    case .laterVerb(let name, let known):
      (
        .unknownVerb, "'\(name)' is not in this version of cladec", "comes in a later version",
        "its verbs are \(known.joined(separator: ", "))"
      )
    case .notCallable(let name, let type):
      (
        .unknownVerb, "'\(name)' is \(type), not a verb or function", "cannot be called",
        "write \(name) alone to use its value"
      )
    case .needsArguments(let name, let kind, let signature):
      (.requiredArgument, "the \(kind.rawValue) '\(name)' needs arguments", "used as a value", "write \(signature)")
    default: (.tooManyArguments, "'\(subject)' takes no arguments", "remove the parentheses", nil)
    }
  }

  private var subject: String {
    if case .takesNoArguments(let name) = self { name } else { "" }
  }

  private var wordingOfArguments: (DiagnosticCode, String, String, String?) {
    switch self {
    case .unknownLabel(let callable, let label, let known, let habit):
      (
        .unknownLabel, "'\(callable)' has no argument '\(label)'",
        nearest(label, among: known).map { "did you mean '\($0):'?" } ?? habit ?? "unknown label",
        known.isEmpty
          ? "\(callable) takes no labels" : "\(callable) takes \(known.map { $0 + ":" }.joined(separator: ", "))"
      )
    case .labelOnFirst(let callable, let label):
      (
        .unknownLabel, "the \(label) of '\(callable)' is written without a label", "remove '\(label):'",
        "write \(callable) \(label.uppercased()), …"
      )
    case .missing(let callable, let parameter, let isPositional, let takes, let example):
      (
        .requiredArgument,
        isPositional ? "'\(callable)' needs \(takes) first" : "'\(callable)' needs the argument '\(parameter):'",
        isPositional ? "the \(parameter) is missing" : "\(parameter): is missing",
        (isPositional ? "" : "\(parameter): takes \(takes); ") + "for example: \(example)"
      )
    case .repeatedArgument(let callable, let label):
      (.repeatedArgument, "'\(callable)' is given '\(label):' twice", "a second time", "keep one of the two")
    case .tooMany(let callable, let allowed, let labels, let way):
      (
        .tooManyArguments,
        "'\(callable)' takes \(allowed == 0 ? "no value" : allowed == 1 ? "one value" : "\(allowed) values") without a label",
        way ?? "needs a label",
        labels.isEmpty ? "remove it" : "\(callable) takes \(labels.map { $0 + ":" }.joined(separator: ", "))"
      )
    case .wrongType(let callable, let argument, let isPositional, let takes, let given, let way):
      (
        .wrongType,
        isPositional
          ? "'\(callable)' takes \(takes), not \(given)" : "'\(argument):' takes \(takes), not \(given)",
        way ?? "this is \(given)", "help \(callable) explains its arguments"
      )
    case .outOfRange(let callable, let argument, let isPositional, let takes, let given, let choices):
      (
        .outOfRange,
        isPositional ? "'\(callable)' cannot take \(given)" : "'\(argument):' cannot be \(given)",
        nearest(given, among: choices).map { "did you mean \"\($0)\"?" } ?? "not \(takes)",
        isPositional ? "it takes \(takes)" : "\(argument): takes \(takes)"
      )
    default: (.wrongType, "", "", nil)
    }
  }

  private var wordingOfValues: (DiagnosticCode, String, String, String?) {
    switch self {
    case .operands(let symbol, let takes, let left, let right):
      (
        .wrongOperands, "'\(symbol)' takes \(takes)",
        right.map { "between \(left) and \($0)" } ?? "before \(left)", operandHelp(symbol, [left, right])
      )
    case .condition(let given):
      (.wrongType, "a condition is true or false, not \(given)", "this is \(given)", "compare it: … > 0.9")
    case .unknownWord(let word, let known):
      (
        .unknownClass, "there is no class \"\(word)\"",
        nearest(word, among: known).map { "did you mean \"\($0)\"?" } ?? "not a class of these images",
        "the classes are \(known.joined(separator: ", "))"
      )
    case .axesDiffer(let name, let left, let right):
      (
        .axesDiffer, "the two sides vary differently along '\(name)'", "left: \(left); right: \(right)",
        "sweep both over the same values of '\(name)', or summarise one with mean(…, over: \"\(name)\")"
      )
    case .unknownAxis(let name, let known):
      (
        .unknownAxis, "there is no axis '\(name)'",
        nearest(name, among: known).map { "did you mean \"\($0)\"?" }
          ?? (known.isEmpty ? "this is a single value" : "not an axis of this value"),
        known.isEmpty
          ? "an axis comes from a list where one value is expected: seed: 1...5"
          : "its axes are \(known.joined(separator: ", "))"
      )
    case .unknownMember(let name, let type, let known, let way):
      (
        .unknownMember, "\(type) has no '\(name)'", way ?? suggestion(name, known) ?? "unknown",
        known.isEmpty
          ? way.map { _ in "functions take values as arguments: accuracy(C)" }
          : "it has \(known.joined(separator: ", "))"
      )
    case .notSliceable(let type):
      (
        .badRange, "nothing can be chosen from \(type)", "this is \(type)",
        "choose from a list or from images: garments.test[0...7]"
      )
    case .badRange(let reason): (.badRange, reason, "this range", "a range counts upward over whole numbers: 1...5")
    case .outOfBounds(let lower, let upper, let count, let what):
      (
        .badRange, "\(what) has \(counted(count, "element")), counted from 0",
        lower == upper ? "no element \(formatted(Double(lower), .shortest))" : "reaches beyond them",
        "the last one is \(count - 1)"
      )
    case .sweepTooLarge(let axes, let limit):
      (
        .sweepTooLarge, "this sweep has more than \(limit) points",
        axes.joined(separator: " × "), "sweep over fewer values"
      )
    case .listTooLarge(let limit):
      (
        .sweepTooLarge, "this list has more than \(limit) elements", "those of the lists in it counted",
        "take fewer values"
      )
    case .outsideWhere(let name):
      (
        .outsideWhere, "'\(name)' is asked of each image, so it stands only in 'where:'", "no image here",
        "for example: grid [input, E], of: garments.test, where: \(name == "class" ? "class" : name + "(C)") == \"Bag\""
      )
    case .parameterNotLiteral:
      (
        .wrongType, "a param is a number, a text, true or false, or a list of these", "not a literal",
        "use let for a value that is computed"
      )
    case .parameterType(let name, let expected, let given):
      (
        .wrongSetting, "the parameter '\(name)' is \(expected), but --set gives \(given)",
        "its value here is \(expected)",
        "give \(expected): --set \(name)=…"
      )
    case .badSaveName(let name):
      (
        .badSaveName, "'\(name)' cannot be a file's name", "not a plain name",
        "use letters, digits, - and _, without folder or ending: save: \"table-1\""
      )
    case .samePoint(let first, let second):
      (
        .outOfRange,
        "the sweep makes the same thing twice" + (first == second ? "" : ": at \(first), and at \(second)"),
        first == second ? "\(first) is there twice" : "the same, twice", "name each point once"
      )
    case .savedTwice(let name, let line):
      (
        .savedTwice, "\"\(name)\" is saved twice", "taken in line \(line)",
        "give each result a name of its own: \"\(name)-2\""
      )
    default: (.wrongType, "", "", nil)
    }
  }

  /// The way out for operands of the wrong kinds.
  private func operandHelp(_ symbol: String, _ sides: [String?]) -> String? {
    switch symbol {
    case "==", "!=": "a text stands in quotes, a number does not: class == \"Bag\", seed == 3"
    case "and", "or", "not": "compare first: a > 1 and b > 2"
    default: sides.contains("a text") ? "a number is written without quotes, and texts are not joined" : nil
    }
  }

  private func suggestion(_ name: String, _ known: [String]) -> String? {
    nearest(name, among: known).map { "did you mean '\($0)'?" }
  }
}
