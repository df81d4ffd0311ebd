import Foundation
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The program as its users have it: a process with arguments, streams, an exit status, and signals.
final class Program {
  struct Result {
    var status: Int32
    var output: String
    var errors: String
  }

  /// Built beside the tests.
  static let path = path(of: "cladec")
  /// Which change of the sources is tried (`Tests/Mutants`), if one is.
  static let mutant = ProcessInfo.processInfo.environment.filter { $0.key == "CLADEC_MUTANT" }

  static func path(of program: String) -> String {
    URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
      .appending(path: program).path
  }

  private let process = Process()
  private let output = Pipe()
  private let errors = Pipe()
  private let input = Pipe()
  private var seen = ""
  private let folder: URL

  /// Starts it in a folder, with nothing in the environment but what is given, and a store of its own beside it.
  /// - Parameter path: of another program, which starts it.
  init(
    _ arguments: [String], in folder: Folder, environment: [String: String] = [:], by path: String = Program.path
  ) throws {
    self.folder = folder.url
    process.executableURL = URL(filePath: path)
    process.arguments = arguments
    process.currentDirectoryURL = folder.url
    process.environment = [
      "HOME": folder.url.path, "LANG": "C.UTF-8", "CLADEC_STORE": folder.store.path,
    ].merging(Self.mutant) { $1 }.merging(environment) { $1 }
    process.standardInput = input
    process.standardOutput = output
    process.standardError = errors
    try process.run()
  }

  /// Runs it to its end.
  static func run(
    _ arguments: String..., in folder: Folder, input: String = "", environment: [String: String] = [:]
  ) throws -> Result {
    let program = try Program(arguments, in: folder, environment: environment)
    program.type(input)
    return program.end()
  }

  func type(_ text: String) {
    try? input.fileHandleForWriting.write(contentsOf: Data(text.utf8))
  }

  /// Reads its output until a text stands there; false where it ends before.
  @discardableResult func wait(for text: String) -> Bool {
    while !seen.contains(text) {
      let data = output.fileHandleForReading.availableData
      if data.isEmpty { return false }
      seen += String(decoding: data, as: UTF8.self)
    }
    return true
  }

  /// Its number.
  var number: Int32 { process.processIdentifier }

  func send(_ signal: Int32) { kill(process.processIdentifier, signal) }

  func closeInput() { try? input.fileHandleForWriting.close() }

  /// Waits for its end and reads nothing.
  func waitForEnd() { process.waitUntilExit() }

  /// Ends its input and waits for it.
  func end() -> Result {
    closeInput()
    let errors = Reading(errors.fileHandleForReading)
    while case let data = output.fileHandleForReading.availableData, !data.isEmpty {
      seen += String(decoding: data, as: UTF8.self)
    }
    process.waitUntilExit()
    // A signal that ended it is told as a shell does.
    let status = process.terminationStatus + (process.terminationReason == .uncaughtSignal ? 1000 : 0)
    return Result(status: status, output: seen, errors: errors.text)
  }

  /// Reads one stream while another one is read, so that neither fills up.
  private final class Reading: @unchecked Sendable {
    private let done = DispatchSemaphore(value: 0)
    private var data = Data()

    init(_ handle: FileHandle) {
      Thread.detachNewThread { [self] in
        data = (try? handle.readToEnd()) ?? Data()
        done.signal()
      }
    }

    var text: String {
      done.wait()
      return String(decoding: data, as: UTF8.self)
    }
  }
}

/// A folder that goes with the test.
final class Folder {
  let url: URL
  /// Not within it, so that it holds nothing but what a test looks for.
  let store: URL

  init() {
    url = FileManager.default.temporaryDirectory.appending(path: "cladec-\(UUID().uuidString)")
    store = url.appendingPathExtension("store")
    try? FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { for item in [url, store] { try? FileManager.default.removeItem(at: item) } }

  subscript(name: String) -> String? {
    get { (try? Data(contentsOf: url.appending(path: name))).map { String(decoding: $0, as: UTF8.self) } }
    set {
      let file = url.appending(path: name)
      try? FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try? Data((newValue ?? "").utf8).write(to: file)
    }
  }

  /// All files in it and the folders below, with their paths.
  var files: [String] {
    let all = FileManager.default.enumerator(atPath: url.path)?.compactMap { $0 as? String } ?? []
    var isFolder: ObjCBool = false
    return all.filter {
      FileManager.default.fileExists(atPath: url.appending(path: $0).path, isDirectory: &isFolder)
        && !isFolder.boolValue
    }.sorted()
  }
}
