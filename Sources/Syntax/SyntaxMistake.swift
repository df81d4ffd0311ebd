/// The facts of a mistake in the text itself. The wording stands in `SyntaxMistake+Wording.swift`.
enum SyntaxMistake: Hashable {
  // Characters and words
  case unexpectedCharacter(String)
  case digitsInName(String)
  case trailingUnderscore
  case severalPoints
  case hugeNumber
  case pointFirst(digits: String)
  case decimalComma(String)
  case unclosedString
  case unknownEscape(String)
  /// The text in the wrong quotes; none where they do not end.
  case wrongQuotes(String?)
  case foreignSpelling(String, advice: String)
  /// `class in ["Bag", "Coat"]`, with the comparisons that say so.
  case membership(instead: String?)
  case semicolon
  case foreignComment
  case wholeDivision
  case remainder
  /// `80%`, with the fraction.
  case percentage(String)

  // Brackets
  case unclosed(String, closing: String)
  case wrongBracket(opening: String, found: String, closing: String)
  case stray(String)

  // Statements
  /// With what it is bound to; none where that is too long to be said.
  case missingLet(String, value: String?)
  case changedName(String, sign: String)
  case reserved(String, isVerb: Bool)
  case missingName(keyword: String)
  case nameWithHyphen(String)
  case missingEquals(keyword: String, name: String)
  case severalNames(keyword: String, name: String)
  case otherEquals(keyword: String)
  case notLiteral(String)
  /// Behind the condition of `expect` stands something else than a text.
  case noMessage
  case foreignStatement(ForeignStatement)

  // Expressions and arguments
  case missingBeforeComma
  case missingFirst(String)
  /// What stands before, and what stands there instead; none at the end of the line.
  case missingAfter(String, found: String?)
  case missingArgument(label: String)
  /// `train vgg5 on garments`
  case missingCommaAndColon(label: String)
  case missingComma(before: String)
  case blockWithoutParentheses(block: String, argument: String)
  case equalsInArgument(label: String)
  case equalsInCondition
  case threeEnds
  case threeSides
  case missingTolerance
  case strayTolerance
  /// With its arguments; none where they are too long to be said.
  /// A verb alone where a value belongs.
  case verbAsValue(String)
  case commandInside(String, arguments: String?)
  case statementInside
  case severalInParentheses
  case strayComma
  case notBelonging(String)
  case unknownVerb(String, nearest: String)
  /// A word before a value, which is neither verb nor function.
  case noVerb(String)
  case functionWithoutParentheses(String, use: String)
  case method(String, receiver: String, arguments: String)
  case callOfValue
  case twoDots
  case misplacedNot
  case misplacedColon
  case labelInList
  case danglingComma
  case missingMember
  /// `[0:7]`, with the range that is the same; none where an end is missing.
  case slice(instead: String?)
  case tooDeep
}

/// Statements of other languages.
enum ForeignStatement: Hashable {
  case loop, branch, definition, module, binding, saving, running, returning
  /// What is printed; none where that is too long to be said.
  case printing(String?)
}
