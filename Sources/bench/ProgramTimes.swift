import ArgumentParser
import Foundation

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
    let starts = try (0..<20).map { _ in try run("", []).milliseconds }
    print("cold start to the end of an empty input: \(Time(starts).text)")
    guard let data else {
      print("whole job: not run, as --data names no folder")
      return
    }
    let job = try run(Self.job, ["--data", data, "--threads", "\(threads)"])
    print(
      "whole job (classifier, RefAE, ClaDec at -1; 20,000 images, 5 epochs): \(column(job.milliseconds / 1000, 1)) s, "
        + "at most \(column(Double(job.kibibytes) / 1024, 0)) MiB")
  }

  /// Runs the program that stands beside this one, with a text on its standard input.
  private func run(_ input: String, _ arguments: [String]) throws -> (milliseconds: Double, kibibytes: Int) {
    let process = Process()
    let own = URL(fileURLWithPath: CommandLine.arguments.first ?? "").resolvingSymlinksInPath()
    process.executableURL = own.deletingLastPathComponent().appendingPathComponent("cladec")
    process.arguments = arguments
    let standardInput = Pipe()
    process.standardInput = standardInput
    let standardOutput = Pipe()
    process.standardOutput = standardOutput
    let clock = ContinuousClock()
    let start = clock.now
    do { try process.run() } catch {
      throw ValidationError("there is no program 'cladec' beside this one: swift build -c release builds both")
    }
    standardInput.fileHandleForWriting.write(Data(input.utf8))
    try standardInput.fileHandleForWriting.close()
    // The end of its output is the end of the program; waiting for the process itself looks only every 50 ms.
    _ = standardOutput.fileHandleForReading.readDataToEndOfFile()
    let elapsed = (clock.now - start) / .milliseconds(1)
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw ValidationError("cladec failed: see above") }
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_CHILDREN.rawValue), &usage)
    return (elapsed, Int(usage.ru_maxrss))
  }
}
