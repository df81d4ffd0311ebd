import Experiments
import Interpreter

/// What `inspect` is asked to look into.
struct InspectionValue: Presentable {
  let value: Value

  static let kind = ValueKind("inspection")
  var summary: String { "inspection" }
  var jobs: [any Job] { value.jobs }

  func show(_ answers: Answers) throws(Fault) -> [Element] { try Presenter(answers: answers).inspect(value) }
  func bound(as name: String, _ answers: Answers) throws(Fault) -> [Element] { try show(answers) }
  func inspect(_ answers: Answers) throws(Fault) -> [Element] { try show(answers) }
}
