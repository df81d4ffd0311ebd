/// One call of a verb or function at one point of its sweep: its checked arguments. The accessors give an argument in
/// the type that its declaration promises; none where it was left out, or only running can tell.
public struct Call {
  public let callable: Callable
  /// The arguments that were given or have a default value.
  public let arguments: [String: Value]
  /// Where in its sweep.
  public let point: SweepPoint
  /// The name that the statement binds, if it does.
  public let binding: String?
  /// What `where:` is being asked of, if it is.
  public let subject: (any DomainObject)?
  /// Evaluates a condition about things of the domain.
  let condition: (String, any DomainObject) throws(Fault) -> Value
  let sources: (String) -> [String]
  let keep: (String, any DomainObject) -> Void
  let report: (Fault) -> Void
  let tell: (Fault) -> Void

  public func value(_ name: String) -> Value? { arguments[name] }

  public func has(_ name: String) -> Bool { arguments[name] != nil }

  public func number(_ name: String) -> Double? {
    if case .number(let number) = arguments[name] { number } else { nil }
  }

  public func integer(_ name: String) -> Int? { number(name).map { Int($0) } }

  public func text(_ name: String) -> String? {
    if case .string(let text) = arguments[name] { text } else { nil }
  }

  public func truth(_ name: String) -> Bool? {
    if case .boolean(let truth) = arguments[name] { truth } else { nil }
  }

  public func object<Object: DomainObject>(_ name: String, as type: Object.Type = Object.self) -> Object? {
    if case .object(let object) = arguments[name] { object as? Object } else { nil }
  }

  /// The elements of a list, a range or an array; of a single value, that value.
  public func elements(_ name: String) -> [Value] { arguments[name].map(\.listed) ?? [] }

  /// The texts of a list of texts, or of one text.
  public func texts(_ name: String) -> [String] {
    elements(name).compactMap { if case .string(let text) = $0 { text } else { nil } }
  }

  /// What stands in the text at a label: of a list, each of its elements.
  public func written(_ name: String) -> [String] { sources(name) }

  /// Asks the condition that stands at the label about `subject`; nothing where the argument was left out.
  public func ask(_ name: String, about subject: any DomainObject) throws(Fault) -> Value? {
    guard has(name) else { return nil }
    return try condition(name, subject)
  }

  /// Reports one of several mistakes; the last one is thrown.
  public func alsoReport(_ fault: Fault) { report(fault) }

  /// Tells of something that is odd, and no mistake: the result is had all the same.
  public func warn(_ fault: Fault) { tell(fault) }

  /// Hands over what `save:` asks to be kept as a file.
  public func keep(_ object: any DomainObject, as name: String) { keep(name, object) }
}
