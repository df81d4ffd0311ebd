import Networks

// A training on its way as an artifact, with the same bits: what a checkpoint holds.

extension Artifact {
  init(_ snapshot: TrainingSnapshot) {
    self.init(
      tensors: [Part.history: Tensor(.doubles(snapshot.history))],
      numbers: [
        Part.epoch: Double(snapshot.epoch), Part.step: Double(snapshot.step), Part.loss: snapshot.loss,
        Part.steps: Double(snapshot.moments.steps),
      ])
    add(snapshot.parameters, Part.parameters)
    add(snapshot.moments.first, Part.firstMoments)
    add(snapshot.moments.second, Part.secondMoments)
  }

  /// The training that this is a checkpoint of. Whether it is the one that is wanted, `TrainingState` finds out.
  var snapshot: TrainingSnapshot {
    get throws(JobError) {
      TrainingSnapshot(
        epoch: try integer(Part.epoch), step: try integer(Part.step), loss: try number(Part.loss),
        history: try doubles(Part.history), parameters: try arrays(Part.parameters),
        moments: .init(
          steps: try integer(Part.steps), first: try arrays(Part.firstMoments),
          second: try arrays(Part.secondMoments)))
    }
  }

  private enum Part {
    static let (epoch, step, loss, history, steps) = ("epoch", "step", "loss", "history", "Adam's steps")
    static let (parameters, firstMoments, secondMoments) = ("parameter ", "first moment ", "second moment ")
  }

  private mutating func add(_ arrays: [NamedArray], _ prefix: String) {
    for array in arrays { tensors[prefix + array.name] = Tensor(.floats(array.values), shape: array.shape) }
  }

  private func arrays(_ prefix: String) throws(JobError) -> [NamedArray] {
    var arrays: [NamedArray] = []
    for (name, tensor) in tensors where name.hasPrefix(prefix) {
      arrays.append(try namedArray(name, as: String(name.dropFirst(prefix.count)), tensor))
    }
    return arrays
  }

  private func integer(_ name: String) throws(JobError) -> Int {
    guard let integer = Int(exactly: try number(name)) else { throw .damaged("the number \(name) is not a whole one") }
    return integer
  }

  /// An array under a name of its own.
  func namedArray(_ name: String, as own: String, _ tensor: Tensor) throws(JobError) -> NamedArray {
    guard tensor.isWhole else { throw .damaged("the array \(name) has another shape") }
    return NamedArray(name: own, shape: tensor.shape, values: try floats(name))
  }
}

extension Artifact.Tensor {
  /// Whether there are as many elements as the shape says, which may say anything.
  fileprivate var isWhole: Bool {
    var count = 1
    for extent in shape {
      let (product, overflow) = count.multipliedReportingOverflow(by: extent)
      guard extent >= 0, !overflow else { return false }
      count = product
    }
    return count == elements.count
  }
}
