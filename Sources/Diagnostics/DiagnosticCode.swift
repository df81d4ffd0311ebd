/// The stable code of a kind of mistake. The hundreds tell the phase: 0 the text (lexing, parsing, the notebook's form), 1 names, arguments and
/// types, 2 networks, layers and shapes, 3 data and files, 4 running, 5 expectations.
public enum DiagnosticCode: String, Hashable, Sendable, CaseIterable {
  case unexpectedCharacter = "E001"

  // Names, arguments and types. E021 is older than the hundreds and keeps its number.
  case unknownLabel = "E021"
  case unknownName = "E101"
  case boundTwice = "E102"
  case reservedName = "E103"
  case unknownVerb = "E104"
  case missingArgument = "E106"
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
  case unknownParameter = "E118"
  case badSaveName = "E119"
  case savedTwice = "E120"
  case unknownColumn = "E121"

  // Networks, layers and shapes.
  case noSuchLayer = "E201"
  case shapesDoNotFit = "E202"
  case noSuchUnit = "E203"
  case imagesDoNotFit = "E204"
  case networkIncomplete = "E205"

  // Data and files.
  case unknownDataset = "E301"
  case missingFile = "E302"
  case brokenFile = "E303"
  case notEnoughImages = "E304"
  case unknownClass = "E305"

  // Running.
  case interrupted = "E401"
  case diverged = "E402"
  case cannotWrite = "E403"
  case noImageMatches = "E404"

  // Expectations.
  case expectationFailed = "E501"
}
