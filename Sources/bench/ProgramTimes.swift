/// The program as a whole process: from cold start to its prompt, and one whole job from files to weights, with the
/// memory that it takes at most.
struct ProgramTimes {
  let threads: Int
  let data: String?

  func show() throws {
    let program = try Child.path(beside: "cladec")
    let starts = try (0..<20).map { _ in try Child(program, []).milliseconds }
    print("cold start to the end of an empty input: \(Time(starts).text)")
    guard let data else {
      print("whole job: not run, as --data names no folder")
      return
    }
    let job = Job()
    let report = try job.run(data: data, threads: threads)
    print("\(job.text): \(column(report.seconds, 1)) s, at most \(column(report.peakMiB, 0)) MiB")
  }
}
