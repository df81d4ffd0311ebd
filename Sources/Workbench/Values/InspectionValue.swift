import Diagnostics
import Experiments
import Interpreter
import Text

/// What `inspect` is asked to look into.
struct InspectionValue: Presentable {
  let value: Value

  static let kind = ValueKind("inspection")
  var summary: String { "inspection" }
  var jobs: [any Job] { value.jobs }

  func content(_ answers: Answers) throws(Fault) -> SHA256.Digest {
    try Recorder(answers: answers, span: SourceSpan(start: 0, end: 0)).digest(of: value)
  }

  func show(_ answers: Answers) throws(Fault) -> [Element] { try Presenter(answers: answers).inspect(value) }
  func bound(as name: String, _ answers: Answers) throws(Fault) -> [Element] { try show(answers) }
  func inspect(_ answers: Answers) throws(Fault) -> [Element] { try show(answers) }
}
