import KernelTypes
import KernelsBaseline

#if arch(x86_64)
  import KernelsAVX2
  import KernelsAVX512
#endif
#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Which of the program's kernel sets runs. All give the same bits; the later the faster.
public enum InstructionSet: String, CaseIterable, Sendable {
  /// Any processor of the architecture. On x86-64 without fused multiply-add instructions it is some hundred times
  /// slower; on arm64 it is NEON.
  case baseline
  case avx2
  case avx512

  /// The sets that this machine can run, the fastest last.
  public static let usable: [InstructionSet] = {
    var sets: [InstructionSet] = [.baseline]
    #if arch(x86_64)
      let flags = processorFlags()
      if flags.isSuperset(of: ["avx2", "fma", "bmi1", "bmi2", "f16c", "movbe", "abm"]) {
        sets.append(.avx2)
        if flags.isSuperset(of: ["avx512f", "avx512bw", "avx512cd", "avx512dq", "avx512vl"]) { sets.append(.avx512) }
      }
    #endif
    return sets
  }()

  /// The fastest usable set.
  public static var fastest: InstructionSet { usable[usable.count - 1] }

  /// The kernels compiled for this set. To be asked for only if the set is usable.
  var kernels: KernelSet {
    #if arch(x86_64)
      switch self {
      case .baseline: return KernelsBaseline.kernelSet()
      case .avx2: return KernelsAVX2.kernelSet()
      case .avx512: return KernelsAVX512.kernelSet()
      }
    #else
      return KernelsBaseline.kernelSet()
    #endif
  }
}

#if arch(x86_64)
  /// The processor's features as the kernel names them. Where they cannot be read, none: the baseline always works.
  private func processorFlags() -> Set<Substring> {
    guard let file = fopen("/proc/cpuinfo", "r") else { return [] }
    defer { fclose(file) }
    var line: UnsafeMutablePointer<CChar>?
    var capacity = 0
    defer { free(line) }
    while getline(&line, &capacity, file) > 0, let text = line.map({ String(cString: $0) }) {
      if text.hasPrefix("flags") { return Set(text.split(whereSeparator: { " \t\n".contains($0) })) }
    }
    return []
  }
#endif

/// Physical cores: threads that share a core's arithmetic units gain nothing here. Falls back on the processors online.
public func physicalCores() -> Int {
  let online = max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))
  guard let file = fopen("/proc/cpuinfo", "r") else { return online }
  defer { fclose(file) }
  var cores: Set<String> = []
  var package = ""
  var line: UnsafeMutablePointer<CChar>?
  var capacity = 0
  defer { free(line) }
  while getline(&line, &capacity, file) > 0, let text = line.map({ String(cString: $0) }) {
    if text.hasPrefix("physical id") { package = text }
    if text.hasPrefix("core id") { cores.insert(package + text) }
  }
  return cores.isEmpty ? online : min(online, cores.count)
}
