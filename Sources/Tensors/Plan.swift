import KernelTypes

/// A graph made ready for one batch size: memory placed by lifetime, pixel lists made, gradients only where something
/// learns. Running it allocates nothing.
///
/// A batch larger than `microBatchSize` is worked on in micro-batches, each with memory of its own. They go through the
/// graph in step, so that normalisations see the whole batch. Where that takes more memory than is wanted, they use the
/// same memory one after the other, and values are computed again whenever they are needed: the same bits, later.
///
/// A plan belongs to one thread at a time.
package final class Plan {
  package enum Arrangement: Sendable {
    case inStep
    case recomputation
  }

  package let batch: Int
  package let microBatches: [MicroBatch]
  package let arrangement: Arrangement
  let graph: Graph
  let engine: Engine
  /// For each node, its steps on all micro-batches.
  private let stages: [Stage]
  private let arenas: [FloatBuffer]
  private let workspace: FloatBuffer

  private struct Stage {
    let steps: [any Step]
    let reductions: [any BatchReductionStep]
  }

  /// Images of one micro-batch. It decides in which order sums are formed, and so the bits.
  package static let microBatchSize = 128

  /// - Parameter gradients: the parameters that learn, with their gradient buffers; none for a plan that only evaluates.
  /// - Parameter keep: nodes whose values the caller reads; they stay in place for the whole run.
  /// - Parameter threads: for how many threads it measures; those of the engine for a plan that is run.
  /// - Parameter other: a plan that does not run at the same time; its memory is used as far as it goes.
  /// - Parameter apart: whether every buffer has memory of its own, so that none can harm another: the same bits.
  package init(
    _ graph: Graph, batch: Int, gradients: Gradients = Gradients([]), keep: [Int] = [],
    arrangement: Arrangement = .inStep, microBatchSize: Int = Plan.microBatchSize, sharing other: Plan? = nil,
    apart: Bool = false, memory: Memory = Memory(), threads: Int? = nil, engine: Engine
  ) {
    let threads = threads ?? engine.threads
    self.batch = batch
    self.arrangement = arrangement
    self.graph = graph
    self.engine = engine
    let parts = Self.parts(of: batch, size: microBatchSize)
    var schedules: [Int: Schedule] = [:]
    for size in Set(parts.map(\.count)) {
      let schedule = Schedule(graph, batch: size, gradients: gradients, keep: Set(keep), sharing: !apart)
      assert(schedule.conflicts(graph, batch: size, gradients: gradients, keep: Set(keep)).isEmpty)
      schedules[size] = schedule
    }
    func block(_ floats: Int, inPlaceOf buffer: FloatBuffer?) -> FloatBuffer {
      if let buffer, buffer.count >= floats { buffer } else { memory.floats(floats) }
    }
    let needs = parts.map { schedules[$0.count]?.arenaFloats ?? 0 }
    var arenas: [FloatBuffer] = []
    for need in arrangement == .inStep ? needs : [needs.max() ?? 0] {
      let known = other.flatMap { $0.arenas.count > arenas.count ? $0.arenas[arenas.count] : nil }
      arenas.append(block(need, inPlaceOf: known))
    }
    self.arenas = arenas
    let workspace = block(
      parts.flatMap { part in
        graph.nodes.map { node in
          let use = WorkspaceUse(images: part.count, batch: batch, threads: threads)
          return node.inputs.first.map { node.rules.workspace(graph.nodes[$0], use, gradients) } ?? 0
        }
      }.max() ?? 0, inPlaceOf: other?.workspace)
    self.workspace = workspace
    var made: [MicroBatch] = []
    for (i, images) in parts.enumerated() {
      guard let schedule = schedules[images.count] else { continue }
      made.append(
        MicroBatch(
          graph, images: images, of: batch, schedule, arena: arenas[arrangement == .inStep ? i : 0],
          workspace: workspace, gradients: gradients, first: made.first, memory: memory, threads: threads))
    }
    microBatches = made
    stages = graph.nodes.indices.map { node in
      let steps = made.map { $0.steps[node] }
      let reductions = made.compactMap { batch in batch.reductions.first { $0.node == node }?.step }
      return Stage(steps: steps, reductions: reductions)
    }
  }

  /// Micro-batches of nearly equal size, a multiple of 16 but for the last.
  private static func parts(of batch: Int, size: Int) -> [Range<Int>] {
    let count = (batch + size - 1) / size
    let each = count == 1 ? batch : min(size, padded((batch + count - 1) / count))
    return stride(from: 0, to: batch, by: each).map { $0..<min(batch, $0 + each) }
  }

  /// One image's cross-entropy and class probabilities, of the last run of a graph with a cross-entropy.
  package func crossEntropy(of image: Int) -> (loss: Float, probabilities: [Float])? {
    guard let batch = microBatches.first(where: { $0.images.contains(image) }) else { return nil }
    for case let step as CrossEntropyStep in batch.losses {
      let slot = image - batch.images.lowerBound
      return (step.loss(slot), Array(UnsafeBufferPointer(start: step.probabilities(slot), count: step.classes)))
    }
    return nil
  }

  /// Runs forward over the images with these numbers.
  /// - Parameter shouldStop: asked again and again; if it says so, the run is given up.
  /// - Returns: whether it came to its end.
  @discardableResult
  package func evaluate(
    _ writer: BatchWriter, _ images: ArraySlice<Int>, step: UInt64 = 0, shouldStop: () -> Bool = { false }
  ) -> Bool {
    guard write(writer, images, shouldStop) else { return false }
    return forward(Run(step: step), shouldStop)
  }

  /// Runs forward over the images with these numbers, and moves running statistics: nothing learns.
  /// - Returns: whether it came to its end.
  package func moveStatistics(_ writer: BatchWriter, _ images: ArraySlice<Int>, shouldStop: () -> Bool) -> Bool {
    guard evaluate(writer, images, shouldStop: shouldStop) else { return false }
    for (_, reduction) in microBatches[0].reductions { reduction.commit() }
    return true
  }

  /// Runs forward and backward over the images with these numbers, and moves running statistics.
  /// - Parameter shouldStop: asked before each operation on each micro-batch; if it says so, the run is given up, and
  ///   nothing has changed but gradients.
  /// - Returns: the loss; nothing if it was given up.
  package func learn(
    step: UInt64, _ writer: BatchWriter, _ images: ArraySlice<Int>, shouldStop: () -> Bool = { false }
  ) -> Double? {
    let run = Run(step: step)
    switch arrangement {
    case .inStep:
      guard write(writer, images, shouldStop), forward(run, shouldStop), backward(run, shouldStop) else { return nil }
    case .recomputation:
      let done = recompute(step: step, shouldStop) { batch in
        writer.write(batch.part(of: images), to: batch, of: graph, engine: engine)
      }
      guard done else { return nil }
    }
    for (_, reduction) in microBatches[0].reductions { reduction.commit() }
    return total
  }

  private func write(_ writer: BatchWriter, _ images: ArraySlice<Int>, _ shouldStop: () -> Bool) -> Bool {
    for batch in microBatches {
      if shouldStop() { return false }
      writer.write(batch.part(of: images), to: batch, of: graph, engine: engine)
    }
    return true
  }

  /// The two halves of a run over what was written last.
  package func forward() { _ = forward(Run(step: 0), { false }) }
  package func backward() { _ = backward(Run(step: 0), { false }) }

  private func forward(_ run: Run, _ shouldStop: () -> Bool) -> Bool {
    for stage in stages {
      for reduction in stage.reductions {
        if shouldStop() { return false }
        reduction.sumForward(engine)
      }
      stage.reductions.first?.reduceForward(engine)
      for step in stage.steps {
        if shouldStop() { return false }
        step.forward(engine, run)
      }
    }
    return true
  }

  private func backward(_ run: Run, _ shouldStop: () -> Bool) -> Bool {
    for stage in stages.reversed() {
      for reduction in stage.reductions {
        if shouldStop() { return false }
        reduction.sumBackward(engine)
      }
      stage.reductions.first?.reduceBackward(engine)
      for step in stage.steps {
        if shouldStop() { return false }
        step.backward(engine, run)
      }
    }
    return true
  }

  /// A batch reduction needs the sums of all micro-batches, in either direction, and none of them has memory that
  /// outlives its turn: so each goes over the way from the start for each reduction. Parameters learn in the turn in
  /// which the gradient first passes them.
  private func recompute(step: UInt64, _ shouldStop: () -> Bool, write: (MicroBatch) -> Void) -> Bool {
    let reductions = microBatches[0].reductions.map(\.node)
    for reduction in reductions {
      for (i, batch) in microBatches.enumerated() {
        write(batch)
        for stage in stages[..<reduction] {
          if shouldStop() { return false }
          stage.steps[i].forward(engine, Run(step: step))
        }
        stages[reduction].reductions[i].sumForward(engine)
      }
      stages[reduction].reductions[0].reduceForward(engine)
    }
    var passed = stages.count
    for reduction in reductions.reversed() + [-1] {
      for (i, batch) in microBatches.enumerated() {
        write(batch)
        for stage in stages {
          if shouldStop() { return false }
          stage.steps[i].forward(engine, Run(step: step))
        }
        for node in stride(from: stages.count - 1, to: reduction, by: -1) {
          if shouldStop() { return false }
          stages[node].steps[i].backward(engine, Run(step: step, learns: node < passed))
        }
        if reduction >= 0 { stages[reduction].reductions[i].sumBackward(engine) }
      }
      if reduction >= 0 { stages[reduction].reductions[0].reduceBackward(engine) }
      passed = reduction
    }
    return true
  }

  /// The weighted sum of all losses of the last run, and each loss before weighing, in the graph's order.
  package var total: Double {
    let losses = microBatches[0].losses
    return losses.indices.reduce(0) { $0 + Double(losses[$1].weight) * loss($1) }
  }
  package func loss(_ number: Int) -> Double {
    microBatches.reduce(0) { $0 + $1.losses[number].sum } / Double(batch)
  }
}
