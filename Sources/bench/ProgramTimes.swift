/// The program as a whole process: from cold start to its prompt, and one whole job from files to weights, with the
/// memory that it takes at most.
struct ProgramTimes {
  let threads: Int
  let data: String?

  private static let job = """
    let F = load "fashion-mnist", train: 20000
    let C = train vgg5, on: F, epochs: 5
    let R = refae C, layer: -1, epochs: 5
    let E = cladec C, layer: -1, epochs: 5
    """

  func show() throws {
    let program = try Child.path(beside: "cladec")
    let starts = try (0..<20).map { _ in try Child(program, []).milliseconds }
    print("cold start to the end of an empty input: \(Time(starts).text)")
    guard let data else {
      print("whole job: not run, as --data names no folder")
      return
    }
    let job = try Child(program, ["--data", data, "--threads", "\(threads)"], input: Self.job)
    print(
      "whole job (classifier, RefAE, ClaDec at -1; 20,000 images, 5 epochs): \(column(job.milliseconds / 1000, 1)) s, "
        + "at most \(column(job.peakMiB, 0)) MiB")
  }
}
