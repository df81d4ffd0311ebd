import Interpreter
import Networks

/// A training as far as its need of memory goes.
struct MemoryQuestion: Hashable {
  let kind: TrainingKind
  let images: Int
  let batch: Int
}

extension Laboratory {
  /// What a training takes in memory, without training. Points of a sweep mostly ask the same, and are answered once.
  func memory(_ run: TrainingPlan.Run) throws(TrainingError) -> TrainingMemory {
    let question = MemoryQuestion(
      kind: TrainingKind(run.work, on: run.dataset), images: run.images, batch: run.options.batchSize)
    let answer: Result<TrainingMemory, TrainingError>
    if let known = store.memory[question] {
      answer = known
    } else {
      do throws(TrainingError) {
        answer = .success(
          try question.kind.memory(count: run.images, options: run.options, engine: store.engine))
      } catch {
        answer = .failure(error)
      }
      store.memory[question] = answer
    }
    return try answer.get()
  }

  /// Takes down a training that a run would do, after making sure that there is the memory for it.
  func note(
    _ work: TrainingPlan.Work, _ title: String, _ point: SweepPoint = SweepPoint(), on dataset: DatasetValue
  ) throws(Fault) {
    var run = TrainingPlan.Run(work, title, point, on: dataset)
    do throws(TrainingError) {
      run.memory = try memory(run)
    } catch {
      throw error.fault(network: title)
    }
    plan?.note(run)
  }
}
