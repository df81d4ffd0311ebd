import Foundation
import Synchronization
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

  /// Which threads have done a region's tasks.
  private final class Workers: Sendable {
    private let known = Mutex<Set<UInt>>([])
    var count: Int { known.withLock { $0.count } }
    func note() {
      let thread = UInt(bitPattern: pthread_self().hashValue)
      known.withLock { _ = $0.insert(thread) }
    }
  }

  @Test("As many threads work as are active, however often that changes, and no more")
  func activeThreads() {
    let machine = Machine(features: [], cores: 4, memory: 4000)
    let engine = Engine(machine, activeThreads: 1)
    #expect(engine.threads == 4 && engine.activeThreads == 1)
    for count in [1, 3, 1, 2, 4, 2, 1, 4] {
      engine.activeThreads = count
      let counts = (0..<10).map { _ in
        let workers = Workers()
        engine.parallel(32) { _ in
          workers.note()
          // The first ones wait for the others, which may miss the region that is under way when they are let in.
          var waits = 0
          while workers.count < count, waits < 20 {
            usleep(1000)
            waits += 1
          }
          usleep(20)
        }
        return workers.count
      }
      // One that was about to take a task when there came to be fewer may take it yet.
      #expect(counts.count { $0 == count } >= 5 && counts.count { $0 > count } <= 2, "\(count): \(counts)")
    }
    engine.activeThreads = 9
    #expect(engine.activeThreads == 4)
    engine.activeThreads = 0
    #expect(engine.activeThreads == 1)
  }
}
