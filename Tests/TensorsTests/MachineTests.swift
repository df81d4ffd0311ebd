import Tensors
import Testing

struct MachineTests {
  private static let second: Set = ["avx2", "fma", "bmi1", "bmi2", "f16c", "movbe", "abm"]
  private static let third: Set = ["avx512f", "avx512bw", "avx512cd", "avx512dq", "avx512vl"]

  private func sets(_ features: Set<String>) -> [InstructionSet] {
    Machine(features: features, cores: 1, memory: 0).instructionSets
  }

  #if arch(x86_64)
    @Test("A processor has a set only if it has all that the set's code may use")
    func features() {
      let (second, third) = (Self.second, Self.third)
      #expect(sets([]) == [.baseline] && sets(["sse4_2"]) == [.baseline])
      #expect(sets(second) == [.baseline, .avx2] && sets(second.union(["sse4_2"])) == [.baseline, .avx2])
      #expect(sets(second.union(third)) == [.baseline, .avx2, .avx512])
      for each in second {
        #expect(sets(second.subtracting([each])) == [.baseline], "\(each)")
        #expect(sets(second.union(third).subtracting([each])) == [.baseline], "\(each)")
      }
      for each in third {
        #expect(sets(second.union(third).subtracting([each])) == [.baseline, .avx2], "\(each)")
      }
    }
  #endif

  @Test("An engine takes what is not said from the machine, and no set that it does not have")
  func defaults() {
    let machine = Machine(features: [], cores: 3, memory: 4000)
    let engine = Engine(machine, instructionSet: .avx512)
    #expect(engine.threads == 3 && engine.memory == 1000 && engine.instructionSet == .baseline)
    let other = Engine(machine, threads: 2, memory: 7)
    #expect(other.threads == 2 && other.memory == 7 && other.instructionSet == machine.fastest)
    #expect(Machine(features: [], cores: 0, memory: 0).cores == 1)
  }
}
