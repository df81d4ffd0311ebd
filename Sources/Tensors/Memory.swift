import KernelTypes

/// Hands out a plan's memory and keeps count of it. One that only measures hands out none, so that a plan's need is
/// known before it takes anything: the plan that it makes must not be run.
package final class Memory {
  private let measuring: Bool
  private(set) package var bytes = 0

  package init(measuring: Bool = false) { self.measuring = measuring }

  func floats(_ count: Int) -> FloatBuffer {
    bytes += count * MemoryLayout<Float>.stride
    return FloatBuffer(count: count, isReal: !measuring)
  }
}
