import KernelTypes
import KernelsBaseline

#if arch(x86_64)
  import KernelsAVX2
  import KernelsAVX512
#endif

/// Which of the program's kernel sets runs. All give the same bits; the later the faster.
public enum InstructionSet: String, CaseIterable, Sendable {
  /// Any processor of the architecture. On x86-64 without fused multiply-add instructions it is some hundred times
  /// slower; on arm64 it is NEON.
  case baseline
  case avx2
  case avx512

  /// What a processor must have for it, as Linux names it; none if the program has no such set.
  var needs: Set<String>? {
    #if arch(x86_64)
      let second: Set = ["avx2", "fma", "bmi1", "bmi2", "f16c", "movbe", "abm"]
      switch self {
      case .baseline: return []
      case .avx2: return second
      case .avx512: return second.union(["avx512f", "avx512bw", "avx512cd", "avx512dq", "avx512vl"])
      }
    #else
      return self == .baseline ? [] : nil
    #endif
  }

  /// The kernels compiled for this set. To be asked for only if the machine has the set.
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
