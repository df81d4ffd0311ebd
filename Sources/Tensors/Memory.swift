import KernelTypes

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

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

/// What trainings may take if nobody says otherwise: a quarter of the machine's memory.
public func defaultMemory() -> Int {
  let pages = sysconf(Int32(_SC_PHYS_PAGES))
  let size = sysconf(Int32(_SC_PAGESIZE))
  return pages > 0 && size > 0 ? pages * size / 4 : 2 << 30
}
