import Experiments
import Interpreter

/// `history(E)`: along the axis `epoch`, so that it can be compared, summarised and chosen from like a sweep.
func historyFunction(_ answers: Answers) -> Callable {
  Callable(
    .function, "history",
    [
      .first(
        "model", .object(ClassifierValue.self, AutoEncoderValue.self), "a classifier or an autoencoder")
    ],
    returns: "number for each epoch", "The training loss of each epoch, counted from 1.",
    example: "history(C)[epoch: 1]"
  ) { call throws(Fault) in
    if let value = call.object("model", as: ClassifierValue.self) {
      guard value.job.randomisation == nil else {
        throw WorkbenchMistake.notTrained("a classifier with fresh weights").fault(at: .argument("model"))
      }
      return losses(try answers.value(of: value.job)?.history, epochs: value.job.options.epochs)
    }
    guard let value = call.object("model", as: AutoEncoderValue.self) else { return .unknown(.anything) }
    guard value.job.isTrained else {
      throw WorkbenchMistake.notTrained(value.kindName).fault(at: .argument("model"))
    }
    return losses(try answers.value(of: value.job)?.history, epochs: value.job.options.epochs)
  }
}

/// - Parameters:
///   - history: none in a check.
///   - epochs: how many there will be.
private func losses(_ history: [Double]?, epochs: Int) -> Value {
  let values: [Value] = history.map { $0.map { .number($0) } } ?? (0..<epochs).map { _ in .unknown(.number) }
  let axis = Axis(name: "epoch", points: values.indices.map { .number(Double($0 + 1)) })
  return .array(LabelledArray(axes: [axis], elements: values))
}
