import KernelTypes

/// A graph made ready for one batch size: memory placed by lifetime, pixel lists made, gradients only where something
/// learns. Running it allocates nothing.
///
/// A batch larger than `pieceSize` is worked on in pieces, each with memory of its own. They go through the graph in
/// step, so that normalisations see the whole batch. Where that takes more memory than is wanted, the pieces use the
/// same memory one after the other, and values are computed again whenever they are needed: the same bits, later.
package final class Plan {
  package enum Arrangement: Sendable {
    case inStep
    case oneAfterTheOther
  }

  package let batch: Int
  package let pieces: [Piece]
  package let arrangement: Arrangement
  private let engine: Engine
  /// For each node, its steps on all pieces.
  private let stages: [Stage]
  /// The nodes at which the pieces meet.
  private let meetings: [Int]
  private let arenas: [FloatBuffer]
  private let workspace: FloatBuffer

  private struct Stage {
    let steps: [any Step]
    let meeting: [any MeetingStep]
  }

  /// Images of one piece. It decides in which order sums are formed, and so the bits.
  package static let pieceSize = 128

  /// - Parameter gradients: the parameters that learn, with their gradient buffers; none for a plan that only evaluates.
  /// - Parameter keep: nodes whose values the caller reads; they stay in place for the whole run.
  /// - Parameter threads: for how many threads it measures; those of the engine for a plan that is run.
  /// - Parameter other: a plan that does not run at the same time; its memory is used as far as it goes.
  /// - Parameter apart: whether every buffer has memory of its own, so that none can harm another: the same bits.
  package init(
    _ graph: Graph, batch: Int, gradients: Gradients = Gradients([]), keep: [Int] = [],
    arrangement: Arrangement = .inStep, pieceSize: Int = Plan.pieceSize, sharing other: Plan? = nil,
    apart: Bool = false, memory: Memory = Memory(), threads: Int? = nil, engine: Engine
  ) {
    let threads = threads ?? engine.threads
    self.batch = batch
    self.arrangement = arrangement
    self.engine = engine
    let pieces = Self.pieces(of: batch, size: pieceSize)
    var schedules: [Int: Schedule] = [:]
    for size in Set(pieces.map(\.count)) {
      let schedule = Schedule(graph, batch: size, gradients: gradients, keep: Set(keep), sharing: !apart)
      assert(schedule.conflicts(graph, batch: size, gradients: gradients, keep: Set(keep)).isEmpty)
      schedules[size] = schedule
    }
    func block(_ floats: Int, inPlaceOf buffer: FloatBuffer?) -> FloatBuffer {
      if let buffer, buffer.count >= floats { buffer } else { memory.floats(floats) }
    }
    let needs = pieces.map { schedules[$0.count]?.arenaFloats ?? 0 }
    var arenas: [FloatBuffer] = []
    for need in arrangement == .inStep ? needs : [needs.max() ?? 0] {
      let known = other.flatMap { $0.arenas.count > arenas.count ? $0.arenas[arenas.count] : nil }
      arenas.append(block(need, inPlaceOf: known))
    }
    self.arenas = arenas
    let workspace = block(
      pieces.flatMap { piece in
        graph.nodes.map { node in
          node.operation.workspace(
            input: node.inputs.first.map { graph.nodes[$0] }, batch: piece.count, wholeBatch: batch, threads: threads,
            gradients)
        }
      }.max() ?? 0, inPlaceOf: other?.workspace)
    self.workspace = workspace
    var made: [Piece] = []
    for (i, images) in pieces.enumerated() {
      guard let schedule = schedules[images.count] else { continue }
      made.append(
        Piece(
          graph, images: images, of: batch, schedule, arena: arenas[arrangement == .inStep ? i : 0],
          workspace: workspace, gradients: gradients, first: made.first, memory: memory, threads: threads))
    }
    self.pieces = made
    stages = graph.nodes.indices.map { node in
      let steps = made.map { $0.steps[node] }
      return Stage(steps: steps, meeting: steps.compactMap { $0 as? any MeetingStep })
    }
    meetings = stages.indices.filter { [stages] in !stages[$0].meeting.isEmpty }
  }

  /// Pieces of nearly equal size, a multiple of 16 but for the last.
  private static func pieces(of batch: Int, size: Int) -> [Range<Int>] {
    let count = (batch + size - 1) / size
    let each = count == 1 ? batch : min(size, padded((batch + count - 1) / count))
    return stride(from: 0, to: batch, by: each).map { $0..<min(batch, $0 + each) }
  }

  /// The labels of the batch, and where a node's values are; of a plan that works on all images together.
  package var labels: UnsafeMutablePointer<Int32> { pieces[0].labels }
  package func values(of node: Int) -> MutableFloats { pieces[0].values(of: node) }
  /// One image's cross-entropy and class probabilities, of the last run of a graph with a cross-entropy; of a plan that
  /// works on all images together.
  package func crossEntropy(of image: Int) -> (loss: Float, probabilities: Floats)? {
    pieces[0].crossEntropy(of: image)
  }

  package func forward(step: UInt64 = 0) {
    let run = Run(step: step)
    for stage in stages {
      for item in stage.meeting { item.sumForward(engine) }
      stage.meeting.first?.meetForward(engine)
      for item in stage.steps { item.forward(engine, run) }
    }
  }

  package func backward(step: UInt64 = 0) {
    let run = Run(step: step)
    for stage in stages.reversed() {
      for item in stage.meeting { item.sumBackward(engine) }
      stage.meeting.first?.meetBackward(engine)
      for item in stage.steps { item.backward(engine, run) }
    }
  }

  /// Runs forward and backward.
  /// - Parameter fill: puts a piece's images, or what else its graph begins with, and its labels in their places.
  /// - Returns: the loss.
  package func learn(step: UInt64, fill: (Piece) -> Void) -> Double {
    switch arrangement {
    case .inStep:
      for piece in pieces { fill(piece) }
      forward(step: step)
      backward(step: step)
    case .oneAfterTheOther: learnAgainAndAgain(step: step, fill: fill)
    }
    return total
  }

  /// Every meeting needs all pieces to have come so far, in either direction, and none of them has memory that outlives
  /// its turn: so each goes over the way from the start for each meeting. Parameters learn in the turn in which the
  /// gradient first passes them.
  private func learnAgainAndAgain(step: UInt64, fill: (Piece) -> Void) {
    for meeting in meetings {
      for (i, piece) in pieces.enumerated() {
        fill(piece)
        for stage in stages[..<meeting] { stage.steps[i].forward(engine, Run(step: step)) }
        stages[meeting].meeting[i].sumForward(engine)
      }
      stages[meeting].meeting[0].meetForward(engine)
    }
    var passed = stages.count
    for meeting in meetings.reversed() + [-1] {
      for (i, piece) in pieces.enumerated() {
        fill(piece)
        for stage in stages { stage.steps[i].forward(engine, Run(step: step)) }
        for node in stride(from: stages.count - 1, to: meeting, by: -1) {
          stages[node].steps[i].backward(engine, Run(step: step, learns: node < passed))
        }
        if meeting >= 0 { stages[meeting].meeting[i].sumBackward(engine) }
      }
      if meeting >= 0 { stages[meeting].meeting[0].meetBackward(engine) }
      passed = meeting
    }
  }

  /// The weighted sum of all losses of the last run, and each loss before weighing, in the graph's order.
  package var total: Double {
    pieces[0].losses.indices.reduce(0) { $0 + Double(pieces[0].losses[$1].weight) * loss($1) }
  }
  package func loss(_ number: Int) -> Double {
    pieces.reduce(0) { $0 + $1.losses[number].sum } / Double(batch)
  }
}
