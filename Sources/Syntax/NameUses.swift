import Diagnostics

extension Statement {
  /// The name that it binds, if it binds one.
  public var boundName: Name? {
    switch kind {
    case .bind(let name, _), .parameter(let name, _): name
    case .expect, .show: nil
    }
  }

  /// The names that it reads, each where it stands, in the order of the text.
  public var usedNames: [Name] {
    switch kind {
    case .bind(_, let value), .parameter(_, let value), .expect(let value, _), .show(let value): value.usedNames
    }
  }

  /// The texts in quotes after a label, each where it stands.
  public func texts(labelled label: String) -> [Name] {
    switch kind {
    case .bind(_, let value), .parameter(_, let value), .expect(let value, _), .show(let value):
      value.texts(labelled: label)
    }
  }
}

extension Expression {
  fileprivate var usedNames: [Name] {
    if case .name(let name) = kind { return [Name(name, span: span)] }
    return parts.flatMap(\.usedNames)
  }

  fileprivate func texts(labelled label: String) -> [Name] {
    var found: [Name] = []
    if case .call(_, let arguments) = kind {
      for argument in arguments where argument.label?.text == label {
        if case .string(let text) = argument.value.kind { found.append(Name(text, span: argument.value.span)) }
      }
    }
    return found + parts.flatMap { $0.texts(labelled: label) }
  }

  /// The expressions within it, in the order of the text.
  private var parts: [Expression] {
    switch kind {
    case .number, .string, .boolean, .name: []
    case .list(let elements): elements
    case .range(let lower, let upper): [lower, upper]
    case .unary(_, let operand): [operand]
    case .binary(_, let left, let right): [left, right]
    case .approximately(let left, let right, let tolerance): [left, right, tolerance]
    case .member(let base, _): [base]
    case .slice(let base, let places): [base] + places.map(\.value)
    case .call(_, let arguments): arguments.map(\.value)
    }
  }
}

/// Whether a name is a blank that an answer of an exercise goes into: `___`.
public func isBlank(_ name: String) -> Bool { name.count >= 3 && name.allSatisfy { $0 == "_" } }
