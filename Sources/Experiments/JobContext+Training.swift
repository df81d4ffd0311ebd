import Networks

extension JobContext {
  /// Does a training from its last checkpoint on, if there is a good one, or from its beginning: with the same bits. It
  /// leaves checkpoints as time goes by, and one when it is interrupted.
  /// - Parameters:
  ///   - job: what the training is a part of.
  ///   - network: what messages call the network that learns.
  ///   - training: the training, at its beginning or where a snapshot was taken.
  ///   - finish: what the job makes of the model. Where this is interrupted, the training's end is what is left.
  func train<Model, Result>(
    _ job: any Job, of network: String,
    _ training: (TrainingSnapshot?) throws(TrainingError) -> TrainingState<Model>,
    finish: (Model) throws(TrainingError) -> Result
  ) throws(JobError) -> Result {
    try working(with: network) { () throws(TrainingError) in
      let state = try begin(job, training)
      let beginning = state.progress
      var timer = checkpoints.timer()
      do throws(TrainingError) {
        while !state.isDone {
          let progress = try state.step(shouldStop: shouldStop)
          let goesOn = report(
            JobProgress(
              title: title, fraction: progress.fraction, training: progress, beginning: beginning.fraction))
          if !goesOn { throw .interrupted }
          if timer.isDue { timer.putOff(after: checkpoints.leave(state, of: job)) }
        }
        return try finish(state.model())
      } catch {
        if error == .interrupted, state.progress != beginning {
          checkpoints.leave(state, of: job)
        }
        throw error
      }
    }
  }

  /// The same where the model is what the job makes.
  func train<Model>(
    _ job: any Job, of network: String,
    _ training: (TrainingSnapshot?) throws(TrainingError) -> TrainingState<Model>
  ) throws(JobError) -> Model {
    try train(job, of: network, training) { model throws(TrainingError) in model }
  }

  /// A checkpoint that is not this training's is told of, and the training begins anew.
  private func begin<Model>(
    _ job: any Job, _ training: (TrainingSnapshot?) throws(TrainingError) -> TrainingState<Model>
  ) throws(TrainingError) -> TrainingState<Model> {
    guard let snapshot = checkpoints.snapshot(of: job) else { return try training(nil) }
    do throws(TrainingError) {
      let state = try training(snapshot)
      checkpoints.goOn(job, from: state.progress)
      return state
    } catch {
      guard case .arrays = error else { throw error }
      checkpoints.tellOfUnusable(job)
      return try training(nil)
    }
  }
}
