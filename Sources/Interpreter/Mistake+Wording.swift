import Diagnostics
import Text

extension Mistake {
  /// The mistake in the user's terms.
  func fault(at place: Fault.Place = .whole) -> Fault { .found(finding(at: place)) }

  private func finding(at place: Fault.Place) -> Fault.Finding {
    func say(_ code: DiagnosticCode, _ title: String, _ label: String, _ help: String?) -> Fault.Finding {
      Fault.Finding(code: code, title: title, label: label, help: help, place: place)
    }
    switch self {
    // Names
    case .unknownName(let name, let known, let words):
      // The beginning of a factor's name is most likely meant for it.
      let begun = words.filter { $0.hasPrefix(name) }
      let way = begun.isEmpty ? suggestion(name, known) : "did you mean \(begun.joined(separator: " or "))?"
      return say(
        .unknownName, "there is no '\(name)' here", way ?? "not defined above",
        words.isEmpty
          ? "a name is bound above its first use: let \(name) = …"
          : "each image has \(words.joined(separator: ", "))")
    case .blank:
      return say(.blank, "a blank is not filled in yet", "your answer goes here", "write it in place of ___")
    case .missingQuotes(let name):
      return say(
        .unknownName, "there is no '\(name)' here", "write \"\(name)\", in quotes",
        "a text stands in quotes; a name without quotes must be bound above")
    case .functionForText(let name):
      return say(
        .wrongType, "a text is taken here, and '\(name)' without quotes is a function", "write \"\(name)\", in quotes",
        "help \(name) explains the function")
    case .boundTwice(let name, let place):
      return say(
        .boundTwice, "'\(name)' already has a value", place ?? "defined by cladec itself",
        "names are bound once, so that a cell never changes what stands above it; choose another name, such as \(name)2"
      )
    case .reserved(let name, let kind):
      return say(
        .builtInName, "'\(name)' is a \(kind.rawValue) and cannot be a name", "reserved",
        "choose another name, such as my\(name.prefix(1).uppercased() + name.dropFirst())")
    case .unknownVerb(let name, let known, let habit):
      return say(
        .unknownVerb, "there is no verb or function '\(name)'", habit ?? suggestion(name, known) ?? "unknown",
        "help lists all verbs and functions")
    case .laterVerb(let name, let known):
      return say(
        .unknownVerb, "'\(name)' is not in this version of cladec", "comes in a later version",
        "its verbs are \(known.joined(separator: ", "))")
    case .notCallable(let name, let kind):
      return say(
        .unknownVerb, "'\(name)' is \(kind), not a verb or function", "cannot be called",
        "write '\(name)' alone to use its value")
    case .needsArguments(let name, let kind, let example):
      return say(
        .requiredArgument, "the \(kind.rawValue) '\(name)' needs arguments", "used as a value",
        "for example: \(example)")

    // Arguments
    case .unknownLabel(let callable, let label, let known, let habit):
      return say(
        .unknownLabel, "'\(callable)' has no argument '\(label)'",
        nearest(label, among: known).map { "did you mean '\($0):'?" } ?? habit ?? "unknown label",
        "\(callable) takes " + (known.isEmpty ? "no labels" : colons(known)))
    case .labelOnFirst(let callable, let label, let example):
      return say(
        .unknownLabel, "the \(label) of '\(callable)' is written without a label", "remove '\(label):'",
        "for example: \(example)")
    case .missing(let callable, let parameter, true, let takes, let example):
      return say(
        .requiredArgument, "'\(callable)' needs \(takes) first",
        "the \(parameter) \(parameter.hasSuffix("s") ? "are" : "is") missing",
        "for example: \(example)")
    case .missing(let callable, let parameter, false, let takes, let example):
      return say(
        .requiredArgument, "'\(callable)' needs the argument '\(parameter):'", "\(parameter): is missing",
        "\(parameter): takes \(takes); for example: \(example)")
    case .repeatedArgument(let callable, let label):
      return say(.repeatedArgument, "'\(callable)' is given '\(label):' twice", "a second time", "keep one of the two")
    case .tooMany(let callable, let allowed, let labels, let way):
      let count = allowed == 0 ? "no value" : allowed == 1 ? "one value" : "\(allowed) values"
      return say(
        .tooManyArguments, "'\(callable)' takes \(count) without a label", way ?? "needs a label",
        labels.isEmpty ? (way == nil ? "remove it" : nil) : "\(callable) takes \(colons(labels))")
    case .wrongType(let callable, let argument, let isPositional, let takes, let given, let way, let missing):
      let also = missing.isEmpty ? "" : "\(callable) needs \(colons(missing)), too; "
      return say(
        .wrongType, "\(taker(callable, argument, isPositional)) takes \(takes), not \(given)",
        way ?? "this is \(given)", also + "help \(callable) explains its arguments")
    case .outOfRange(let callable, let argument, let isPositional, let takes, let given, let choices):
      return say(
        .outOfRange, "\(taker(callable, argument, isPositional)) cannot \(isPositional ? "take" : "be") \(given)",
        nearest(given, among: choices).map { "did you mean \"\($0)\"?" } ?? "not \(takes)",
        isPositional ? "it takes \(takes)" : "\(argument): takes \(takes)")
    case .measuredArgument(let callable, let argument, let isPositional):
      return say(
        .measuredArgument,
        "what \(isPositional ? "'\(callable)'" : "'\(argument):'") is given depends on a measurement",
        "known only when the text has run",
        "what is to be made must be known before anything runs; measured numbers can be shown, compared and saved")

    // Operators and conditions
    case .operands(let symbol, let takes, let left, let right, let way):
      return say(
        .wrongOperands, "'\(symbol)' takes \(takes)", right.map { "between \(left) and \($0)" } ?? "before \(left)", way
      )
    case .condition(let given):
      return say(.wrongType, "a condition is true or false, not \(given)", "this is \(given)", "compare it: … > 0.9")
    case .unknownWord(let word, let known):
      return say(
        known.code, "there is no \(known.kind.noun) \"\(word)\"",
        nearest(word, among: known.words).map { "did you mean \"\($0)\"?" } ?? "not among the \(known.kind.plural)",
        "the \(known.kind.plural) are \(known.words.joined(separator: ", "))")
    case .divisionByZero:
      return say(.noNumber, "a division by 0 has no result", "the divisor is 0", "divide by another number")
    case .beyondNumbers(let name):
      return say(
        .noNumber, "the result of '\(name)' is no number", "not a number that could be written",
        "numbers go up to about 1.8e308")
    case .tooFewValues(let name):
      return say(
        .noNumber, "'\(name)' of so few values is no number", "too few",
        "mean, min and max take one number or more, sd takes two or more")
    case .negativeTolerance(let given):
      return say(
        .wrongOperands, "a tolerance is a number from 0, not \(given)", "less than 0",
        "x ~ 0.87 ± 0.01 holds from 0.86 to 0.88")

    // Sweeps, members and slices
    case .axesDiffer(let name, let left, let right, let areNumbers):
      return say(
        .axesDiffer, "the sides vary differently along '\(name)'", "one: \(left); another: \(right)",
        "sweep both over the same values of '\(name)'"
          + (areNumbers ? ", or summarise one with mean(…, over: \"\(name)\")" : ""))
    case .unknownAxis(let name, let known, let kind):
      return say(
        .unknownAxis, "there is no axis '\(name)'",
        nearest(name, among: known).map { "did you mean \"\($0)\"?" }
          ?? (known.isEmpty ? "this is \(kind)" : "not an axis of this value"),
        known.isEmpty
          ? "an axis comes from a list where one value is expected: seed: 1...5"
          : "its axes are \(known.joined(separator: ", "))")
    case .noSuchPoint(let axis, let given, let points):
      let shown = points.count <= 20 ? points : Array(points.prefix(20)) + ["…"]
      return say(
        .noSuchPoint, "there is no \(given) along '\(axis)'",
        nearest(given, among: points).map { "did you mean \($0)?" } ?? "not one of its values",
        "\(axis) is \(shown.joined(separator: ", "))")
    case .needsAxis(let axes, let example):
      return say(
        .noSuchPoint, "a value along \(axes.joined(separator: ", ")) is chosen from by the names of its axes",
        "which axis?", "for example: \(example)")
    case .noSuchColumn(let name, let known):
      return say(
        .noSuchPoint, "the table has no column '\(name)'",
        nearest(name, among: known).map { "did you mean \"\($0)\"?" } ?? "not in this table",
        "its columns are \(known.map { "\"\($0)\"" }.joined(separator: ", "))")
    case .emptyCells(let column):
      return say(
        .noSuchPoint, "'\(column)' has no value in some of these rows", "nothing there",
        "choose the rows that have one first: T[model: \"ClaDec\"]")
    case .unknownMember(let name, let kind, let known, let way, let takers):
      let members = known.isEmpty ? nil : "it has " + known.map { "." + $0 }.joined(separator: ", ")
      let uses = takers.isEmpty ? nil : "what takes \((kind ?? .value).one): " + takers.joined(separator: ", ")
      let help = [members, uses].compactMap { $0 }.joined(separator: "; ")
      return say(
        .unknownMember, "there is no member '\(name)' in \(kind?.one ?? "this")",
        way ?? nearest(name, among: known).map { "did you mean '\($0)'?" }
          ?? (known.isEmpty ? "no members" : "unknown"),
        help.isEmpty ? nil : help)
    case .notSliceable(let kind):
      return say(
        .badRange, "nothing can be chosen from \(kind)", "this is \(kind)",
        "choose from a list or from images: garments.test[0...7]")
    case .badRange(let reason):
      return say(.badRange, reason, "this range", "a range counts upward over whole numbers: 1...5")
    case .outOfBounds(let lower, let upper, let count, let noun, let what):
      return say(
        .badRange, "\(what) has \(counted(count, noun)), counted from 0",
        lower == upper ? "no \(noun) \(lower)" : "reaches beyond them",
        count == 0 ? "nothing can be chosen" : "the last one is \(count - 1)")
    case .sweepTooLarge(let axes, let limit):
      return say(
        .sweepTooLarge, "this sweep has more than \(limit) points", axes.joined(separator: " × "),
        "sweep over fewer values")
    case .listTooLarge(let limit):
      return say(
        .sweepTooLarge, "this list has more than \(limit) elements", "those of the lists in it counted",
        "take fewer values")
    case .statementTooLarge(let limit):
      return say(
        .sweepTooLarge, "this statement computes more than \(limit) values", "too many", "sweep over fewer values")
    case .bindingsTooLarge(let limit):
      return say(
        .sweepTooLarge, "all names together have more than \(limit) values", "one too many", "sweep over fewer values")
    case .outsideWhere(let name, let example):
      return say(
        .outsideWhere, "'\(name)' is asked of each image, so it stands only in 'where:' and 'sort:'", "no image here",
        "for example: \(example)")

    // Parameters and results
    case .parameterType(let name, let expected, let given):
      return say(
        .wrongSetting, "the parameter '\(name)' is \(expected), but --set gives \(given)",
        "its value here is \(expected)",
        "give \(expected): --set \(name)=…")
    case .badSaveName(let name):
      return say(
        .badSaveName, "'\(name)' cannot be a file's name", "not a plain name",
        "use letters, digits, - and _, without folder or ending: save: \"table-1\"")
    case .savedTwice(let name, let line):
      return say(
        .savedTwice, "\"\(name)\" is saved twice", "taken in line \(line)",
        "give each result a name of its own: \"\(name)-2\"")
    case .samePoint(let first, let second):
      let isOne = first == second
      return say(
        .outOfRange, "the sweep makes the same thing twice" + (isOne ? "" : ": at \(first), and at \(second)"),
        isOne ? "\(first) is there twice" : "the same, twice", "name each point once")
    case .unexplained:
      return say(
        .unexplained, "this failed, and nothing says why", "no result",
        "this is a fault of the program: please report it with this text")
    }
  }

  /// What takes an argument: the verb for one without a label, else the label.
  private func taker(_ callable: String, _ argument: String, _ isPositional: Bool) -> String {
    isPositional ? "'\(callable)'" : "'\(argument):'"
  }

  private func colons(_ labels: [String]) -> String { labels.map { $0 + ":" }.joined(separator: ", ") }

  private func suggestion(_ name: String, _ known: [String]) -> String? {
    nearest(name, among: known).map { "did you mean '\($0)'?" }
  }
}
