import Host
import Images
import Networks
import Tensors
import Testing

struct TrainingStateTests {
  let engine = Engine(.here, threads: 2)

  /// Some steps of a training of that many, each time others.
  private func someSteps(of total: Int, seed: UInt64) -> [Int] {
    let words = RandomStream(seed: seed, purpose: "steps").words(count: 3, engine: engine)
    return [0, total] + words.map { Int($0 % UInt32(total + 1)) }
  }

  /// Goes on from a snapshot at random steps, and must end where the whole training ends.
  private func expectTheSameBits(
    seed: UInt64, _ make: (TrainingSnapshot?) throws -> TrainingState<Classifier>
  ) throws {
    let whole = try make(nil)
    let total = whole.options.epochs * whole.stepsPerEpoch
    var snapshots = [whole.snapshot()]
    while !whole.isDone {
      try whole.step()
      snapshots.append(whole.snapshot())
    }
    #expect(snapshots.count == total + 1)
    let expected = whole.model()
    for step in someSteps(of: total, seed: seed) {
      let state = try make(snapshots[step])
      #expect(state.snapshot() == snapshots[step], "what was written down is what goes on")
      #expect(state.isDone == (step == total))
      let found = try state.run()
      #expect(bits(found) == bits(expected), "from step \(step)")
      #expect(found.history.map(\.bitPattern) == expected.history.map(\.bitPattern), "from step \(step)")
      #expect(state.snapshot() == whole.snapshot())
    }
  }

  @Test("A training goes on from any step with the same bits", arguments: [1, 2])
  func restoring(_ seed: UInt64) throws {
    let images = squares(count: 75)
    let options = TrainingOptions(epochs: 3, batchSize: 16, seed: seed)
    try expectTheSameBits(seed: seed) {
      try Classifier.training(small, on: images, options: options, from: $0, engine: engine)
    }
  }

  @Test("So does fine-tuning, with the history of what went before")
  func restoringTuning() throws {
    let images = squares(count: 40)
    let options = TrainingOptions(epochs: 2, batchSize: 16)
    let first = try Classifier.train(small, on: images, options: options, engine: engine)
    try expectTheSameBits(seed: 3) { try first.tuning(on: images, options: options, from: $0, engine: engine) }
    let tuned = try first.tuned(on: images, options: options, engine: engine)
    #expect(tuned.history.count == 4 && Array(tuned.history.prefix(2)) == first.history)
  }

  @Test("So does a training whose batch goes through in parts, with and without computing values again")
  func restoringInParts() throws {
    let images = squares(count: 200)
    let options = TrainingOptions(epochs: 2, batchSize: 150)
    var least = 0
    do throws(TrainingError) {
      _ = try Classifier.training(small, on: images, options: options, engine: Engine(.here, memory: 1))
    } catch {
      if case .memory(let needed, limit: 1) = error { least = needed }
    }
    for engine in [engine, Engine(.here, threads: 2, memory: least)] {
      let memory = try Classifier.memory(
        small, input: images.shape, classes: 4, count: 200, options: options, engine: engine)
      #expect(memory.microBatchSize != nil && memory.recomputes == (engine.memory == least))
      try expectTheSameBits(seed: 4) {
        try Classifier.training(small, on: images, options: options, from: $0, engine: engine)
      }
    }
  }

  @Test("A model and a snapshot stay as they are while the training goes on")
  func apart() throws {
    let state = try Classifier.training(
      small, on: squares(count: 48), options: TrainingOptions(epochs: 1, batchSize: 16), engine: engine)
    try state.step()
    let (model, snapshot) = (state.model(), state.snapshot())
    let (before, parameters) = (bits(model), bits(snapshot.parameters))
    #expect(before == parameters && model.history.isEmpty)
    try state.step()
    #expect(bits(model) == before && bits(snapshot.parameters) == parameters)
    #expect(bits(state.model()) != before)
    while !state.isDone { try state.step() }
    #expect(bits(model) == before && bits(snapshot.parameters) == parameters)
    #expect(state.model().network === state.model().network, "nothing is copied at the end")
  }

  @Test("A step that is given up anywhere leaves the training as it was", arguments: [16, 150])
  func givingUp(_ batch: Int) throws {
    let images = squares(count: 200)
    let options = TrainingOptions(epochs: 1, batchSize: batch)
    var least = 0
    do throws(TrainingError) {
      _ = try Classifier.training(small, on: images, options: options, engine: Engine(.here, memory: 1))
    } catch {
      if case .memory(let needed, limit: 1) = error { least = needed }
    }
    // With all values kept, and with values that are computed again.
    for engine in [engine, Engine(.here, threads: 2, memory: least)] {
      let state = try Classifier.training(small, on: images, options: options, engine: engine)
      try state.step()
      let before = state.snapshot()
      var questions = 0
      try Classifier.training(small, on: images, options: options, from: before, engine: engine).step {
        questions += 1
        return false
      }
      #expect(questions > 10)
      for last in [1, 2, questions / 3, questions / 2, questions] {
        var asked = 0
        #expect(throws: TrainingError.interrupted) {
          try state.step {
            asked += 1
            return asked == last
          }
        }
        #expect(asked == last && state.snapshot() == before)
      }
      let again = try Classifier.training(small, on: images, options: options, engine: engine)
      #expect(try bits(state.run()) == bits(again.run()))
    }
  }

  @Test("Progress says how far a training is, and what its loss was")
  func progress() throws {
    let state = try Classifier.training(
      small, on: squares(count: 40), options: TrainingOptions(epochs: 2, batchSize: 16), engine: engine)
    #expect(state.progress == WorkProgress(epoch: 0, epochs: 2, step: 0, stepsPerEpoch: 3))
    var fractions: [Double] = []
    var last: Double?
    while !state.isDone {
      let progress = try state.step()
      fractions.append(progress.fraction)
      if progress.step == 3 { last = progress.loss }
    }
    #expect(zip(fractions, 1...6).allSatisfy { abs($0 - Double($1) / 6) < 1e-12 })
    #expect(last == state.history.last && state.history.count == 2)
  }

  @Test("A snapshot of another training is refused, and says what differs")
  func refused() throws {
    let images = squares(count: 48)
    let options = TrainingOptions(epochs: 2, batchSize: 16)
    func training(
      _ architecture: Architecture = small, _ options: TrainingOptions = options, from snapshot: TrainingSnapshot?
    ) throws(TrainingError) -> TrainingState<Classifier> {
      try Classifier.training(architecture, on: images, options: options, from: snapshot, engine: engine)
    }
    let state = try training(from: nil)
    try state.step()
    let snapshot = state.snapshot()
    func expect(_ error: ArrayError, _ change: (inout TrainingSnapshot) -> Void) {
      var changed = snapshot
      change(&changed)
      #expect(throws: TrainingError.arrays(error)) { try training(from: changed) }
    }
    let first = snapshot.parameters[0]
    expect(.missing(first.name)) { $0.parameters.removeFirst() }
    expect(.missing(first.name)) { $0.moments.first.removeFirst() }
    expect(.missing(first.name)) { $0.moments.second.removeFirst() }
    expect(.twice(first.name)) { $0.parameters.append(first) }
    expect(.unexpected("x")) { $0.parameters.append(NamedArray(name: "x", shape: [], values: [1])) }
    expect(.unexpected("x")) { $0.moments.second.append(NamedArray(name: "x", shape: [0], values: [])) }
    expect(.wrongShape(first.name, expected: first.shape, found: [first.values.count])) {
      $0.parameters[0] = NamedArray(name: first.name, shape: [first.values.count], values: first.values)
    }
    let senseless = ArrayError.senseless("the steps that were done are not those of this training")
    expect(senseless) { $0.step = 2 }
    expect(senseless) { $0.step = 3 }
    expect(senseless) { $0.step = -1 }
    expect(senseless) { $0.epoch = 1 }
    expect(senseless) { $0.moments.steps = 2 }
    expect(senseless) { $0.history = [1] }
    // Numbers that nobody could count up to, or that no product holds.
    for steps in [-1, .min, .max] { expect(senseless) { $0.moments.steps = steps } }
    for epoch in [-1, .min, .max] { expect(senseless) { $0.epoch = epoch } }
    for step in [Int.min, .max] { expect(senseless) { $0.step = step } }
    let ended = try training(small, TrainingOptions(epochs: 3, batchSize: 16), from: nil)
    _ = try ended.run()
    #expect(throws: TrainingError.arrays(senseless)) { try training(from: ended.snapshot()) }
    #expect(throws: TrainingError.self) { try training(.vgg5, from: snapshot) }
  }

  @Test("A classifier is restored from its arrays with the same bits")
  func arrays() throws {
    let images = squares(count: 48)
    let made = try Classifier.train(
      small, on: images, options: TrainingOptions(epochs: 2, batchSize: 16), engine: engine)
    func restored(_ arrays: [NamedArray]) throws(TrainingError) -> Classifier {
      try Classifier(small, input: images.shape, classes: 4, history: made.history, arrays: arrays)
    }
    let again = try restored(made.arrays.reversed())
    #expect(bits(again) == bits(made) && again.history == made.history)
    #expect(try again.classify(images, engine: engine) == made.classify(images, engine: engine))
    #expect(try bits(again.tuned(on: images, engine: engine)) == bits(made.tuned(on: images, engine: engine)))
    #expect(throws: TrainingError.arrays(.missing("conv1.weight"))) { try restored(Array(made.arrays.dropFirst())) }
    #expect(throws: TrainingError.self) {
      try Classifier(
        small, input: Shape(channels: 1, height: 8, width: 8), classes: 4, history: [], arrays: made.arrays)
    }
  }
}
