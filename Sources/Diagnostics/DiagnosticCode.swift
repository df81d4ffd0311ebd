/// The stable code of a kind of mistake. The hundreds tell the phase: 0 the text (lexing, parsing, the notebook's
/// form), 1 names, arguments and types, 2 networks, layers and shapes, 3 data and files, 4 running, 5 expectations.
public enum DiagnosticCode: String, Hashable, Sendable, CaseIterable {
  // Characters and words
  case unexpectedCharacter = "E001"
  case invalidText = "E002"
  case unclosedString = "E003"
  case wrongQuotes = "E004"
  case unknownEscape = "E005"
  case malformedNumber = "E006"
  case foreignSpelling = "E007"
  case semicolon = "E008"
  case foreignComment = "E009"

  // Brackets
  case unclosedBracket = "E010"
  case wrongBracket = "E011"
  case strayBracket = "E012"

  // Statements
  case missingLet = "E013"
  case changedName = "E014"
  case reservedName = "E015"
  case missingName = "E016"
  case missingEquals = "E017"
  case notLiteral = "E018"
  case foreignStatement = "E019"

  // Expressions and arguments
  case missingValue = "E020"
  case missingArgument = "E038"
  case missingComma = "E022"
  case equalsInArgument = "E023"
  case equalsInCondition = "E024"
  case chainedComparison = "E025"
  case missingTolerance = "E026"
  case strayTolerance = "E027"
  case commandInExpression = "E028"
  case unexpectedText = "E029"
  case missingParentheses = "E030"
  case notCallable = "E031"
  case twoDots = "E032"
  case misplacedNot = "E033"
  case misplacedLabel = "E034"
  case danglingComma = "E035"
  case missingMember = "E036"
  case wrongSlice = "E037"

  // Limits
  case tooDeep = "E040"
  case tooLong = "E041"
  case tooManyMistakes = "E042"

  // The notebook's form
  case missingVersion = "E050"
  case unsupportedVersion = "E051"
  case unclosedFence = "E052"
  case repeatedID = "E053"
  case malformedAttribute = "E054"
  case repeatedAttribute = "E055"
  case indentedFence = "E056"
  case capitalFence = "E057"
  case noCells = "E058"

  // Names, arguments and types. An unknown label is E021, outside the hundreds: it is the code that the language's own
  // page shows.
  case unknownLabel = "E021"
  case unknownName = "E101"
  case boundTwice = "E102"
  case builtInName = "E103"
  case unknownVerb = "E104"
  case requiredArgument = "E105"
  case repeatedArgument = "E107"
  case wrongType = "E108"
  case outOfRange = "E109"
  case tooManyArguments = "E110"
  case wrongOperands = "E111"
  case axesDiffer = "E112"
  case unknownAxis = "E113"
  case unknownMember = "E114"
  case badRange = "E115"
  case sweepTooLarge = "E116"
  case outsideWhere = "E117"
  case wrongSetting = "E118"
  case badSaveName = "E119"
  case savedTwice = "E120"
  case unknownColumn = "E121"

  // Networks, layers and shapes
  case noSuchLayer = "E201"
  case shapesDoNotFit = "E202"
  case imagesDoNotFit = "E204"
  case networkIncomplete = "E205"

  // Data and files
  case unknownDataset = "E301"
  case missingFile = "E302"
  case brokenFile = "E303"
  case notEnoughImages = "E304"
  case unknownClass = "E305"

  // Running
  case interrupted = "E401"
  case diverged = "E402"
  case cannotWrite = "E403"
  case noImageMatches = "E404"
  case tooMuchMemory = "E405"

  // Expectations
  case expectationFailed = "E501"
}
