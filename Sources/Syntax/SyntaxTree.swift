import Diagnostics

/// One line of a cell, or several where brackets are open or a comma ends the line.
public struct Statement: Hashable, Sendable {
  public enum Kind: Hashable, Sendable {
    /// `let name = value`
    case bind(name: Name, value: Expression)
    /// `param name = literal`
    case parameter(name: Name, value: Expression)
    /// `expect condition`
    case expect(Expression)
    /// A command or an expression whose value is shown.
    case show(Expression)
  }

  public var kind: Kind
  public var span: SourceSpan
  /// The comment lines that stand above the statement, and the one at its end, without `#`.
  public var leadingComments: [String]
  public var trailingComment: String?

  public init(kind: Kind, span: SourceSpan, leadingComments: [String] = [], trailingComment: String? = nil) {
    self.kind = kind
    self.span = span
    self.leadingComments = leadingComments
    self.trailingComment = trailingComment
  }
}

/// A name at its place.
public struct Name: Hashable, Sendable {
  public var text: String
  public var span: SourceSpan

  public init(_ text: String, span: SourceSpan) {
    self.text = text
    self.span = span
  }
}

/// What has a value.
public struct Expression: Hashable, Sendable {
  public indirect enum Kind: Hashable, Sendable {
    case number(Double)
    case string(String)
    case boolean(Bool)
    case name(String)
    case list([Expression])
    /// `1...5`, both ends included.
    case range(Expression, Expression)
    /// `-x`, `not x`
    case unary(UnaryOperator, Expression)
    case binary(BinaryOperator, Expression, Expression)
    /// `x ~ y ± tolerance`
    case approximately(Expression, Expression, tolerance: Expression)
    /// `dataset.test`
    case member(Expression, Name)
    /// `images[0...7]`
    case slice(Expression, Expression)
    /// `accuracy(C)`, `train vgg5, on: garments`: a verb, a function or a block of a network with its arguments.
    case call(Name, [Argument])
  }

  public var kind: Kind
  public var span: SourceSpan

  public init(_ kind: Kind, span: SourceSpan) {
    self.kind = kind
    self.span = span
  }
}

/// `label: value`, or a value alone.
public struct Argument: Hashable, Sendable {
  public var label: Name?
  public var value: Expression

  public init(label: Name? = nil, value: Expression) {
    self.label = label
    self.value = value
  }
}

public enum UnaryOperator: String, Hashable, Sendable { case minus = "-", not }

public enum BinaryOperator: String, Hashable, Sendable {
  case plus = "+"
  case minus = "-"
  case times = "*"
  case divide = "/"
  case less = "<"
  case lessOrEqual = "<="
  case greater = ">"
  case greaterOrEqual = ">="
  case equal = "=="
  case notEqual = "!="
  case and
  case or
}
