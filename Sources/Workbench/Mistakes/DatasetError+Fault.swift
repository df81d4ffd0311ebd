import Datasets
import Interpreter

extension DatasetError {
  /// The error at the argument of `load` that it is about.
  var fault: Fault {
    switch self {
    case .interrupted: WorkbenchMistake.interrupted.fault(at: .whole)
    case .notDeclared: Fault(.unknownDataset, message, label: "not here", help: help, at: .argument("data"))
    case .notFound, .incomplete, .noFolder:
      Fault(.missingFile, message, label: "not found", help: help, at: .argument("data"))
    case .tooFewImages(_, let split, _, _), .unusableCount(let split, _), .tooMuchMemory(let split, _, _, _):
      Fault(.notEnoughImages, message, label: "too many", help: help, at: .argument(split.rawValue))
    case .unusableSize: Fault(.outOfRange, message, label: "not offered", help: help, at: .argument("size"))
    case .noClasses, .oneClass, .tooManyClasses, .emptyClass, .strangeClass, .tooFewToSplit, .tooManyFiles,
      .otherFormat,
      .printColours, .pictureTooLarge, .unsafeEntry, .entryTwice, .unlabelled:
      Fault(.unusableFolder, message, label: "cannot be used", help: help, at: .argument("data"))
    default: Fault(.brokenFile, message, label: "broken file", help: help, at: .argument("data"))
    }
  }
}
