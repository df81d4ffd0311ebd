import Diagnostics
import Syntax

extension Evaluator {
  /// An argument that stands in the text, or none where its default value serves.
  struct Given {
    let parameter: Callable.Parameter
    /// None for a default value.
    let expression: Expression?
    /// None for a condition, which is evaluated when it is asked.
    let value: Value?
  }

  /// Checks the arguments of a call, all of them, and evaluates it at every point of its sweep.
  func call(_ name: Name, _ arguments: [Argument], at span: SourceSpan) -> Value? {
    guard let callable = vocabulary[name.text] else {
      reportUncallable(name, arguments)
      return nil
    }
    if callable.isAskedOfEachImage, subject == nil {
      report(.outsideWhere(name.text), at: name.span)
      return nil
    }
    guard let given = match(arguments, to: callable, name: name, at: span) else { return nil }
    let swept = given.filter { $0.parameter.reach == .each && $0.value != nil }
    let fixed = given.filter { $0.parameter.reach == .whole || $0.value == nil }
    let limit = callable.kind == .verb ? LabelledArray.maximumVerbCount : LabelledArray.maximumCount
    let result = lift(swept.map { $0.value ?? .nothing }, at: span, limit: limit) { values, offsets, point in
      var bound: [String: Value] = [:]
      for (argument, value) in zip(swept, values) { bound[argument.parameter.name] = value }
      for argument in fixed { bound[argument.parameter.name] = argument.value ?? .nothing }
      // A number that only running can tell leaves the whole result open.
      if values.contains(where: { if case .unknown = $0 { true } else { false } }) {
        return .unknown(callable.kind == .function ? .number : .anything)
      }
      let place = { (fault: Fault) in self.span(of: fault.place, name, span, swept, offsets, given) }
      let call = self.makeCall(callable, bound, point, given) { self.report($0, at: place($0)) }
      do throws(Fault) {
        return try callable.body(call)
      } catch {
        if error.isReported { return nil }
        self.report(error, at: place(error))
        return nil
      }
    }
    guard case .array(let array)? = result, let (first, second) = array.repeatedPoints else { return result }
    let axis = zip(array.point(first).coordinates, array.point(second).coordinates).first { $0 != $1 }?.0.axis
    let expression = given.first { $0.parameter.name == axis }?.expression
    report(.samePoint(array.point(first).description, array.point(second).description), at: expression?.span ?? span)
    return nil
  }

  private func reportUncallable(_ name: Name, _ arguments: [Argument]) {
    for argument in arguments where environment[name.text] == nil { _ = evaluate(argument.value) }
    if let binding = environment[name.text] {
      if let value = binding.value { report(.notCallable(name.text, isA: value.typeName), at: name.span) }
    } else if Verbs.names.contains(name.text) {
      report(.laterVerb(name.text, known: vocabulary.names(.verb)), at: name.span)
    } else {
      report(
        .unknownVerb(name.text, known: vocabulary.names(.verb, .function, .block), habit: vocabulary.habits[name.text]),
        at: name.span)
    }
  }

  private func makeCall(
    _ callable: Callable, _ bound: [String: Value], _ point: SweepPoint, _ given: [Given],
    report: @escaping (Fault) -> Void
  ) -> Call {
    Call(
      callable: callable, arguments: bound, point: point, binding: binding, subject: subject,
      condition: { label, subject throws(Fault) in
        guard let expression = given.first(where: { $0.parameter.name == label })?.expression else { return .nothing }
        let outer = self.subject
        self.subject = subject
        defer { self.subject = outer }
        guard let value = self.evaluate(expression) else { throw .alreadyReported }
        return value
      },
      keep: { name, object in self.keep(object, as: name, for: callable.returns, given) }, report: report)
  }

  private func keep(_ object: any DomainObject, as name: String, for kind: String, _ given: [Given]) {
    if takeName(name, for: kind, given) { kept.append((name, object)) }
  }

  /// Whether a result may be saved under this name, which is taken from now on.
  func takeName(_ name: String, for kind: String, _ given: [Given]) -> Bool {
    let span = given.first { $0.parameter.name == "save" }?.expression?.span ?? SourceSpan(start: 0, end: 0)
    let isPlain = !name.isEmpty && name.utf8.count <= 100 && name.utf8.allSatisfy(\.isFileNameByte)
    guard isPlain, name.first != "-" else {
      report(.badSaveName(name), at: span)
      return false
    }
    let key = KeptName(kind: kind, name: name)
    if let earlier = keptNames[key] {
      report(.savedTwice(name, line: source.location(of: earlier.start).line), at: span)
      return false
    }
    keptNames[key] = span
    return true
  }

  /// Where in the text a fault is: for an argument that sweeps over a list, the element that is meant.
  private func span(
    of place: Fault.Place, _ name: Name, _ whole: SourceSpan, _ swept: [Given], _ offsets: [Int], _ given: [Given]
  ) -> SourceSpan {
    switch place {
    case .whole: return whole
    case .name: return name.span
    case .argument(let label):
      guard let expression = given.first(where: { $0.parameter.name == label })?.expression else { return name.span }
      if let index = swept.firstIndex(where: { $0.parameter.name == label }),
        case .array = swept[index].value, case .list(let elements) = expression.kind,
        elements.indices.contains(offsets[index])
      {
        return elements[offsets[index]].span
      }
      return expression.span
    case .element(let label, let index):
      guard let expression = given.first(where: { $0.parameter.name == label })?.expression else { return name.span }
      if case .list(let elements) = expression.kind, elements.indices.contains(index) { return elements[index].span }
      return expression.span
    }
  }
}

extension Fault {
  /// Something in a condition has been reported already.
  static let alreadyReported = Fault(.wrongType, "")
  var isReported: Bool { title.isEmpty }
}

extension UInt8 {
  /// Letters, digits, `-` and `_`: what every file system and every web page takes.
  fileprivate var isFileNameByte: Bool {
    switch self {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
      true
    default: false
    }
  }
}
