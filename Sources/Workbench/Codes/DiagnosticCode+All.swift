import Diagnostics
import Interpreter
import Notebooks
import Syntax

extension DiagnosticCode {
  /// The codes of all phases, by id.
  public static let all: [DiagnosticCode] =
    (textCodes + wordCodes + statementCodes + expressionCodes + formCodes + exerciseCodes + nameCodes + valueCodes
    + modelCodes
    + dataCodes + runningCodes + concernCodes + promptCodes).sorted { $0.id < $1.id }

  /// The code with this id, in capitals or not.
  public static func named(_ id: String) -> DiagnosticCode? { all.first { $0.id == id.uppercased() } }
}
