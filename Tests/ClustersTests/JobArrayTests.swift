import Clusters
import Testing

/// How jobs become arrays and levels. Whatever the graph, nothing may begin before what it needs has ended.
@Suite struct JobArrayTests {
  static func job(
    _ name: String, _ kind: String, needs: [String] = [], memory: Int = 0, seconds: Double? = nil
  ) -> RemoteJob {
    RemoteJob(digest: name, title: name, kind: kind, needs: needs, memory: memory, seconds: seconds)
  }

  /// Two classifiers; of each two explanations, its predictions, and of each explanation a judgement and a measurement.
  static let table: [RemoteJob] = ["1", "2"].flatMap { seed in
    [job("C\(seed)", "classifier"), job("P\(seed)", "predictions", needs: ["C\(seed)"])]
      + ["a", "b"].flatMap { layer in
        [
          job("E\(seed)\(layer)", "cladec", needs: ["C\(seed)"]),
          job("M\(seed)\(layer)", "measurement", needs: ["P\(seed)", "E\(seed)\(layer)"]),
          job("J\(seed)\(layer)", "judgement", needs: ["E\(seed)\(layer)"]),
        ]
      }
  }

  @Test("jobs of one kind and level are an array, and a job has the index of the one that it alone waits for")
  func arrays() {
    let arrays = [JobArray](Self.table)
    #expect(arrays.map(\.kind) == ["classifier", "predictions", "cladec", "measurement", "judgement"])
    #expect(arrays.map(\.number) == [1, 2, 3, 4, 5])
    #expect(Set(arrays[2].tasks.map(\.job.title)) == ["E1a", "E1b", "E2a", "E2b"])
    #expect(arrays[0].dependencies.isEmpty && arrays[1].dependencies == [.corresponding(array: 1)])
    // Two explanations of each classifier cannot both have its index.
    #expect(arrays[2].dependencies == [.all(array: 1)])
    #expect(arrays[3].dependencies == [.all(array: 2), .corresponding(array: 3)])
    #expect(arrays[4].dependencies == [.corresponding(array: 3)])
    for task in arrays[4].tasks {
      #expect(arrays[2].tasks.first { $0.index == task.index }?.job.digest == task.job.needs[0])
    }
  }

  @Test("what is under way is not sent, and what needs it waits for its task") func underWay() {
    let arrays = [JobArray](Self.table.filter { $0.digest.contains("1") }, underWay: ["C1": "77_3"])
    #expect(arrays.map(\.kind) == ["predictions", "cladec", "measurement", "judgement"])
    #expect(arrays.prefix(2).allSatisfy { $0.dependencies == [.earlier(task: "77_3")] })
    #expect(arrays[3].dependencies == [.corresponding(array: 2)])
  }

  @Test("limits are those of the largest task; where the time of one is not known there is none") func limits() {
    let jobs = [
      Self.job("a", "k", memory: 5, seconds: 2), Self.job("b", "k", memory: 9, seconds: 7),
      Self.job("c", "l", memory: 1, seconds: nil), Self.job("d", "l", memory: 2, seconds: 3),
    ]
    let arrays = [JobArray](jobs)
    #expect(arrays.map(\.memory) == [9, 2] && arrays.map(\.seconds) == [7, nil])
  }

  @Test("no array has more tasks than Slurm takes as it comes") func large() {
    let roots = (0..<2345).map { Self.job("r\($0)", "root") }
    let leaves = (0..<2345).map { Self.job("l\($0)", "leaf", needs: ["r\($0)"]) }
    let arrays = [JobArray](roots + leaves)
    #expect(arrays.map(\.tasks.count) == [1000, 1000, 345, 1000, 1000, 345])
    #expect(arrays.allSatisfy { $0.tasks.allSatisfy { $0.index < 1000 } })
    #expect(arrays[4].dependencies == [.corresponding(array: 2)])
    #expect(arrays[5].indices == "0-344")
  }

  @Test("indices are told as ranges") func indices() {
    let jobs = ["a", "b", "c", "d", "e"].map { Self.job($0, "k") }
    let needing = [
      Self.job("x", "l", needs: ["d"]), Self.job("y", "l", needs: ["a"]), Self.job("z", "l", needs: ["b"]),
    ]
    #expect([JobArray](jobs + needing).map(\.indices) == ["0-4", "0-1,3"])
  }

  /// A made-up graph whose jobs stand behind what they need.
  private static func graph(seed: UInt64) -> [RemoteJob] {
    var state = seed &* 0x9E37_79B9_7F4A_7C15 | 1
    func random(_ bound: Int) -> Int {
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      return Int(state % UInt64(bound))
    }
    return (0..<40).map { number in
      let needs = number == 0 ? [] : Set((0..<random(4)).map { _ in "\(random(number))" }).sorted()
      return job("\(number)", "kind \(random(3))", needs: needs)
    }
  }

  @Test("every job waits for all that it needs, and each is sent once", arguments: 1...100 as ClosedRange<UInt64>)
  func everything(seed: UInt64) {
    let jobs = Self.graph(seed: seed)
    let underWay = ["3": "9_1", "7": "9_2"]
    let arrays = [JobArray](jobs, underWay: underWay)
    var places: [String: (array: Int, index: Int)] = [:]
    for array in arrays {
      #expect(Set(array.tasks.map(\.index)).count == array.tasks.count)
      for task in array.tasks { places[task.job.digest] = (array.number, task.index) }
    }
    #expect(arrays.reduce(0) { $0 + $1.tasks.count } == jobs.count - 2 && places.count == jobs.count - 2)
    for array in arrays {
      for task in array.tasks {
        for need in task.job.needs {
          if let id = underWay[need] {
            #expect(array.dependencies.contains(.earlier(task: id)))
          } else if let place = places[need] {
            #expect(place.array < array.number)
            #expect(
              array.dependencies.contains(.all(array: place.array))
                || array.dependencies.contains(.corresponding(array: place.array)) && place.index == task.index)
          }
        }
      }
    }
    let levels = ParallelScript(jobs).levels
    #expect(levels.reduce(0) { $0 + $1.count } == jobs.count)
    var done: Set<String> = []
    for level in levels {
      #expect(level.allSatisfy { $0.needs.allSatisfy(done.contains) })
      done.formUnion(level.map(\.digest))
    }
  }
}
