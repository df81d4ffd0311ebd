import Foundation
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Streams and files that are not what one expects: a run ends with a message and a status, never silently, never late.
@Suite struct StreamTests {
  /// Runs a line of the shell, in which `$1` is the program.
  private func shell(_ line: String, in folder: Folder, input: String = "") throws -> (status: Int32, errors: String) {
    let process = Process()
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = ["-c", line, "sh", Program.path]
    process.currentDirectoryURL = folder.url
    let (errors, given) = (Pipe(), Pipe())
    process.standardError = errors
    process.standardInput = given
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    try given.fileHandleForWriting.write(contentsOf: Data(input.utf8))
    try given.fileHandleForWriting.close()
    let text = String(decoding: try errors.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
    process.waitUntilExit()
    return (process.terminationStatus, text)
  }

  @Test(
    "standard output that is full, closed or not read is told, with status 3",
    arguments: [
      ("\"$1\" run x.cladec > /dev/full", "no space left on device"), ("\"$1\" run x.cladec >&-", "it is closed"),
      ("\"$1\" help > /dev/full", "no space left on device"), ("\"$1\" check x.cladec >&-", "it is closed"),
      ("mkfifo p; sleep 0 < p & exec 3> p; wait; \"$1\" run x.cladec >&3", "nobody reads it any more"),
    ])
  func output(line: String, reason: String) throws {
    let folder = Folder()
    folder["x.cladec"] = CommandLineTests.notebook
    let result = try shell(line, in: folder)
    #expect(result.status == 3)
    #expect(result.errors.lowercased().contains("standard output cannot be written: \(reason)"), "\(result.errors)")
    #expect(result.errors.components(separatedBy: "E403").count == 2, "told once")
    if line.contains("run") {
      #expect(folder["Outputs/x/report.md"]?.contains("E403") == true)
    }
  }

  @Test("closed standard streams do not end up in files") func closedStreams() throws {
    let folder = Folder()
    folder["x.cladec"] = CommandLineTests.notebook
    // A signal pipe or a file that took their numbers would take what is printed, too, and nobody would be told.
    #expect(try shell("\"$1\" run x.cladec <&- >&- 2>&-", in: folder).status == 3)
    #expect(folder["Outputs/x/report.md"]?.contains("standard output cannot be written: it is closed") == true)
    #expect(folder.files.count { $0.hasSuffix(".tmp") } == 0)
  }

  @Test(
    "what never ends, and what is no file, is refused",
    arguments: [
      ("\"$1\" < /dev/zero", "standard input"), ("\"$1\" check /dev/zero", "not a file"),
      ("mkfifo p; \"$1\" run p", "not a file"), ("mkfifo p; \"$1\" fmt p", "not a file"),
      ("\"$1\" run .", "folder"),
    ])
  func unbounded(line: String, words: String) throws {
    let result = try shell(line, in: Folder())
    #expect(result.status == 3)
    #expect(result.errors.contains(words), "\(result.errors)")
  }

  @Test("a pipe in the place of the report is replaced, not waited for") func reportPipe() throws {
    let folder = Folder()
    folder["x.cladec"] = CommandLineTests.notebook
    let result = try shell("mkdir -p Outputs/x; mkfifo Outputs/x/report.md; \"$1\" run x.cladec", in: folder)
    #expect(result.status == 0)
    #expect(folder["Outputs/x/report.md"]?.hasPrefix("# T\n") == true)
  }

  @Test("a slow reader of a pipe that does not block gets everything") func slowReader() throws {
    let folder = Folder()
    // Far more than a pipe holds.
    let count = 3000
    let text = (0..<count).map { "show \"\(String(repeating: "x", count: 60)) \($0)\"\n" }.joined()
    let process = Process()
    process.executableURL = URL(filePath: Program.path)
    let (output, given) = (Pipe(), Pipe())
    let descriptor = output.fileHandleForWriting.fileDescriptor
    _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK)
    process.standardOutput = output
    process.standardInput = given
    process.currentDirectoryURL = folder.url
    try process.run()
    try given.fileHandleForWriting.write(contentsOf: Data(text.utf8))
    try given.fileHandleForWriting.close()
    try output.fileHandleForWriting.close()
    // Only once the pipe is full somebody reads.
    let reader = output.fileHandleForReading
    var waiting: Int32 = 0
    while process.isRunning, waiting < 65_400 {
      _ = ioctl(reader.fileDescriptor, UInt(FIONREAD), &waiting)
      sched_yield()
    }
    for _ in 0..<1000 { sched_yield() }
    let lines = String(decoding: try output.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    #expect(lines.split(separator: "\n").count == count)
  }
}
