import Datasets
import Interpreter

extension DatasetError {
  /// The error at the argument of `load` that it is about.
  var fault: Fault {
    switch self {
    case .interrupted: WorkbenchMistake.interrupted.fault(at: .whole)
    case .notFound, .incomplete: Fault(.missingFile, message, label: "not found", help: help, at: .argument("data"))
    case .tooFewImages(_, let split, _, _), .unusableCount(let split, _), .tooMuchMemory(let split, _, _, _):
      Fault(.notEnoughImages, message, label: "too many", help: help, at: .argument(split.rawValue))
    case .unusableSize: Fault(.outOfRange, message, label: "not offered", help: help, at: .argument("size"))
    default: Fault(.brokenFile, message, label: "broken file", help: help, at: .argument("data"))
    }
  }
}
