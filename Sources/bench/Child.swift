import ArgumentParser
import Foundation

/// A program that has run in a process of its own: what it printed, how long it took, and its peak memory.
///
/// The peak is what the system reports of this one child. On Linux it is no less than the peak of the process that
/// started the child, which therefore must not have computed anything itself.
struct Child {
  let output: Data
  /// From its start to the end of its output.
  let milliseconds: Double
  /// The most memory that it had resident.
  let peakMiB: Double

  /// - Parameters:
  ///   - program: a path, or a name to be looked up where the shell looks.
  ///   - input: its standard input, of at most as much as a pipe holds, 16 KiB everywhere.
  /// - Throws: what to tell the user if it cannot be started or fails.
  init(
    _ program: String, _ arguments: [String], input: String = "",
    environment: [String: String] = ProcessInfo.processInfo.environment
  ) throws {
    #if canImport(Darwin)
      var actions: posix_spawn_file_actions_t?
    #else
      var actions = posix_spawn_file_actions_t()
    #endif
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    let (standardInput, standardOutput) = (Pipe(), Pipe())
    for (pipe, kept, own) in [
      (standardInput, standardInput.fileHandleForReading, STDIN_FILENO),
      (standardOutput, standardOutput.fileHandleForWriting, STDOUT_FILENO),
    ] {
      posix_spawn_file_actions_adddup2(&actions, kept.fileDescriptor, own)
      posix_spawn_file_actions_addclose(&actions, pipe.fileHandleForReading.fileDescriptor)
      posix_spawn_file_actions_addclose(&actions, pipe.fileHandleForWriting.fileDescriptor)
    }
    try standardInput.fileHandleForWriting.write(contentsOf: Data(input.utf8))

    var argumentList = ([program] + arguments).map { strdup($0) } + [nil]
    var environmentList = environment.map { strdup("\($0)=\($1)") } + [nil]
    defer { for text in argumentList + environmentList { free(text) } }
    var identifier = pid_t()
    let clock = ContinuousClock()
    let start = clock.now
    guard posix_spawnp(&identifier, program, &actions, nil, &argumentList, &environmentList) == 0 else {
      throw ValidationError("\(program) cannot be started")
    }
    try standardInput.fileHandleForWriting.close()
    try standardOutput.fileHandleForWriting.close()
    output = standardOutput.fileHandleForReading.readDataToEndOfFile()
    var status: Int32 = 0
    var usage = rusage()
    while wait4(identifier, &status, 0, &usage) < 0, errno == EINTR {}
    milliseconds = (clock.now - start) / .milliseconds(1)
    guard status == 0 else {
      throw ValidationError("\(program) \(arguments.joined(separator: " ")) failed: see above")
    }
    #if canImport(Darwin)
      let unit = 1.0
    #else
      let unit = 1024.0
    #endif
    peakMiB = Double(usage.ru_maxrss) * unit / 1_048_576
  }

  /// A program that is built beside this one, or this one itself.
  static func path(beside name: String) throws -> String {
    let folder = Bundle.main.executableURL?.resolvingSymlinksInPath().deletingLastPathComponent()
    guard let path = folder?.appendingPathComponent(name).path, FileManager.default.isExecutableFile(atPath: path)
    else { throw ValidationError("there is no program '\(name)' beside this one: swift build -c release builds both") }
    return path
  }
}
