import Images
import Tensors

/// Runs a graph without gradients over images, batch by batch, the last one padded with its own last image. The batches
/// are as large as the engine's memory allows: what comes of an image does not depend on them.
/// - Parameters:
///   - node: that which the images are put into.
///   - keep: nodes that are read.
///   - read: called for each batch, with the numbers of its images.
package func evaluate(
  _ graph: Graph, images node: Int, on images: LabelledImages, keep: [Int] = [], engine: Engine, monitor: WorkMonitor?,
  read: (_ plan: Plan, _ images: Range<Int>) -> Void
) throws(TrainingError) {
  guard images.count > 0 else { return }
  let batch = try evaluationBatch(graph, count: images.count, keep: keep, engine: engine)
  let plan = Plan(graph, batch: batch, keep: keep, engine: engine)
  let writer = BatchWriter(images, node: node)
  let steps = (images.count + batch - 1) / batch
  for step in 0..<steps {
    let range = step * batch..<min(images.count, (step + 1) * batch)
    let indices = (0..<batch).map { range.lowerBound + min($0, range.count - 1) }
    let isWhole = plan.evaluate(writer, indices[...], shouldStop: monitor?.shouldStop ?? { false })
    guard isWhole else { throw .interrupted }
    read(plan, range)
    if let monitor, !monitor(WorkProgress(step: step + 1, stepsPerEpoch: steps)) { throw .interrupted }
  }
}

/// The largest batch, up to a micro-batch, whose plan the memory can hold.
private func evaluationBatch(
  _ graph: Graph, count: Int, keep: [Int], engine: Engine
) throws(TrainingError) -> Int {
  var batch = min(Plan.microBatchSize, count)
  while true {
    let memory = Memory(measuring: true)
    _ = Plan(graph, batch: batch, keep: keep, memory: memory, engine: engine)
    if memory.bytes <= engine.memory { return batch }
    guard batch > 1 else { throw .memory(needed: memory.bytes, limit: engine.memory) }
    batch = (batch + 1) / 2
  }
}
