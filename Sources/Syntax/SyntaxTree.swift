import Diagnostics

/// One line of a cell, or several where brackets are open or a comma ends the line.
public struct Statement: Hashable, Sendable {
  public enum Kind: Hashable, Sendable {
    /// `let name = value`
    case bind(name: Name, value: Expression)
    /// `param name = literal`
    case parameter(name: Name, value: Expression)
    /// `expect condition, "what is said where it does not hold"`
    case expect(Expression, message: String? = nil)
    /// A command or an expression whose value is shown.
    case show(Expression)
  }

  public var kind: Kind
  public var span: SourceSpan
  /// What stands above the statement.
  public var leading: [Trivia]
  /// The comment behind the statement, without `#`.
  public var trailingComment: String?
  /// The comments between its lines.
  public var innerComments: [InnerComment]

  public init(
    kind: Kind, span: SourceSpan, leading: [Trivia] = [], trailingComment: String? = nil,
    innerComments: [InnerComment] = []
  ) {
    self.kind = kind
    self.span = span
    self.leading = leading
    self.trailingComment = trailingComment
    self.innerComments = innerComments
  }
}

/// What stands between statements and means nothing to the program.
public enum Trivia: Hashable, Sendable {
  /// One blank line, or several.
  case blankLine
  /// A line with a comment, without `#` and the space after it.
  case comment(String)
}

/// A comment inside a statement of several lines.
public struct InnerComment: Hashable, Sendable {
  public var text: String
  /// Where it begins in the source, which tells the elements that it stands between.
  public var offset: Int
  /// Whether nothing else stands on its line.
  public var isAlone: Bool
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
    /// `images[0...7]`, `C[seed: 1]`: one value without a label, or values with labels.
    case slice(Expression, [Argument])
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

public enum UnaryOperator: String, Hashable, Sendable {
  case minus = "-"
  case not
}

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
