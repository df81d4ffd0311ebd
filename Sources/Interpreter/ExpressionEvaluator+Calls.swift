import Diagnostics
import Syntax

extension ExpressionEvaluator {
  /// Checks the arguments of a call, all of them, and evaluates it at every point of its sweep.
  func call(_ name: Name, _ arguments: [Argument], at span: SourceSpan, binding: String? = nil) -> Value? {
    guard let callable = vocabulary[name.text] else {
      reportUncallable(name, arguments)
      return nil
    }
    if callable.isAskedOfEachImage, subject == nil {
      log.report(.outsideWhere(name.text, example: callable.example), at: name.span)
      return nil
    }
    var matcher = ArgumentMatcher(callable, name, self)
    guard let given = matcher.match(arguments) else { return nil }
    return CallSite(evaluator: self, callable: callable, name: name, span: span, binding: binding, given: given).result
  }

  private func reportUncallable(_ name: Name, _ arguments: [Argument]) {
    if let binding = names[name.text] {
      if let value = binding.value {
        log.report(.notCallable(name.text, isA: value.kindInWords), at: name.span)
      } else {
        log.buildsOnMistake = true
      }
      return
    }
    for argument in arguments { _ = evaluate(argument.value) }
    if isBlank(name.text) {
      log.report(.blank, at: name.span)
    } else if Verbs.names.contains(name.text) {
      log.report(.laterVerb(name.text, known: vocabulary.names(.verb)), at: name.span)
    } else {
      log.report(
        .unknownVerb(
          name.text, known: vocabulary.names(.verb, .function, .block),
          habit: vocabulary.habits[name.text + "()"] ?? vocabulary.habits[name.text]),
        at: name.span)
    }
  }
}

/// A call whose arguments are checked: from it come the calls at each point of its sweep, and the places of their
/// mistakes.
private struct CallSite {
  let evaluator: ExpressionEvaluator
  let callable: Callable
  let name: Name
  let span: SourceSpan
  let binding: String?
  let given: [GivenArgument]

  private var log: StatementLog { evaluator.log }

  var result: Value? {
    let swept = given.filter(\.sweeps)
    var fixed: [String: Value] = [:]
    for argument in given where !argument.sweeps { fixed[argument.parameter.name] = argument.value ?? .nothing }
    let limit = callable.kind == .verb ? LabelledArray.maximumVerbCount : LabelledArray.maximumCount
    let result = evaluator.lifting(at: span, limit: limit)(swept.map { $0.value ?? .nothing }) {
      values, offsets, point in
      if let unknown = values.firstIndex(where: { if case .unknown = $0 { true } else { false } }) {
        return self.open(swept[unknown])
      }
      var bound = fixed
      for (argument, value) in zip(swept, values) { bound[argument.parameter.name] = value }
      return self.value(bound, point) { self.place(of: $0, swept, offsets) }
    }
    guard case .array(let array)? = result, let (first, second) = array.repeatedPoints else { return result }
    let axis = zip(array.point(first).coordinates, array.point(second).coordinates).first { $0 != $1 }?.0.axis
    let points = (array.point(first).description, array.point(second).description)
    log.report(.samePoint(points.0, points.1), at: expression(of: axis ?? "")?.span ?? span)
    return nil
  }

  /// What comes of an argument that only running can tell: a function's result is open, too, but what a verb or a block
  /// makes must be known.
  private func open(_ argument: GivenArgument) -> Value? {
    if callable.kind == .function { return .unknown(.number) }
    let parameter = argument.parameter
    log.report(
      .measuredArgument(callable: callable.name, argument: parameter.name, isPositional: parameter.isPositional),
      at: argument.expression?.span ?? span)
    return nil
  }

  private func value(
    _ arguments: [String: Value], _ point: SweepPoint, _ place: @escaping (Fault.Place) -> SourceSpan
  ) -> Value? {
    let report = { (fault: Fault) in
      if case .found(let finding) = fault { self.log.report(fault, at: place(finding.place)) }
    }
    let call = Call(
      callable: callable, arguments: arguments, point: point, binding: binding, subject: evaluator.subject,
      condition: condition, sources: sources, keep: keep, report: report
    ) { fault in
      if case .found(let finding) = fault { self.log.warn(finding, at: place(finding.place)) }
    }
    do throws(Fault) {
      let value = try callable.body(call)
      if case .number(let number) = value, !number.isFinite, !(number.isNaN && callable.mayBeUndefined) {
        log.report(number.isNaN ? .tooFewValues(callable.name) : .beyondNumbers(callable.name), at: span)
        return nil
      }
      return value
    } catch {
      report(error)
      return nil
    }
  }

  private func condition(_ label: String, _ subject: any DomainObject) throws(Fault) -> Value {
    guard let expression = expression(of: label) else { return .nothing }
    guard let value = evaluator.asking(about: subject).evaluate(expression) else { throw .alreadyReported }
    return value
  }

  private func sources(_ label: String) -> [String] {
    guard let expression = expression(of: label) else { return [] }
    if case .list(let elements) = expression.kind { return elements.map { log.text($0.span) } }
    return [log.text(expression.span)]
  }

  private func keep(_ name: String, _ object: any DomainObject) {
    guard
      let argument = given.first(where: { if case .saveName = $0.parameter.type { true } else { false } }),
      case .saveName(let endings) = argument.parameter.type
    else { return }
    let place = argument.expression?.span ?? span
    if let mistake = evaluator.saveNames.take(name, endings: endings, at: place, in: log.source) {
      log.report(mistake, at: place)
    } else {
      log.kept.append((name, object))
    }
  }

  private func expression(of parameter: String) -> Expression? {
    given.first { $0.parameter.name == parameter }?.expression
  }

  /// Where in the text a fault is: for an argument that sweeps over a list, the element that is meant.
  private func place(of place: Fault.Place, _ swept: [GivenArgument], _ offsets: [Int]) -> SourceSpan {
    switch place {
    case .whole: return span
    case .name: return name.span
    case .argument(let label):
      guard let expression = expression(of: label) else { return name.span }
      if let index = swept.firstIndex(where: { $0.parameter.name == label }), swept[index].parameter.reach == .each,
        case .array = swept[index].value, case .list(let elements) = expression.kind,
        elements.indices.contains(offsets[index])
      {
        return elements[offsets[index]].span
      }
      return expression.span
    case .element(let label, let index):
      guard let expression = expression(of: label) else { return name.span }
      if case .list(let elements) = expression.kind, elements.indices.contains(index) { return elements[index].span }
      return expression.span
    }
  }
}
