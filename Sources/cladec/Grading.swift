import ArgumentParser
import Console
import Coursework
import Diagnostics
import Experiments
import Files
import Host
import Notebooks
import Reports
import Tensors
import Text
import Workbench

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// `cladec grade MASTER SUBMISSIONS… --to DIR`
struct Grading: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "grade",
    abstract: "Grade what students have handed in for a master notebook.",
    discussion: """
      Submissions are notebooks, folders with a folder or a file for each student as Moodle, Canvas and Gradescope export them, or zip archives of these. \
      Of each only the answers are taken, by their ids, and run in the master, in a process of its own that reads nothing but data and the store, writes \
      nothing, starts nothing and has no network. An answer may ask for ten times the work of the master's own.

          cladec grade Masters/layers.cladec submissions.zip --to Grades --sheet marks.csv

      DIR gets grades.csv, index.html for the teacher, and for each student feedback/NAME/ with feedback.html, feedback.md and Gradescope's results.json. \
      Grading that was interrupted goes on where it was. docs/grading.md has all of it.
      """)

  @Argument(help: ArgumentHelp("The master.", valueName: "master"))
  var master: String

  @Argument(help: ArgumentHelp("Notebooks, folders and zip archives.", valueName: "submissions"))
  var submissions: [String]

  @Option(name: .customLong("to"), help: ArgumentHelp("The folder for grades and feedback.", valueName: "dir"))
  var folder: String

  @Option(
    help: ArgumentHelp(
      "A list of students: a CSV with headings such as id, username, email, name. Who is on it and has handed in nothing gets no points.",
      valueName: "csv"))
  var roster: String?

  @Option(
    help: ArgumentHelp(
      "The table of what a person marks: written with an empty column for points, and read back.", valueName: "csv"))
  var sheet: String?

  @Option(
    help: ArgumentHelp(
      "How many times the work of the master's own answer an answer may ask for; budget=20 behind an answer's id says it for that one.",
      valueName: "times"))
  var budget = MasterRun.usualFactor

  @Option(
    help: ArgumentHelp(
      "As a last resort, how many seconds of the processor a submission may take.", valueName: "seconds"))
  var seconds = 900

  @OptionGroup var settings: Settings

  @OptionGroup var surroundings: Surroundings

  func validate() throws {
    guard (0...1e9).contains(budget) else { throw ValidationError("--budget takes a number, such as 10.") }
    guard (1...1_000_000).contains(seconds) else { throw ValidationError("--seconds takes a number from 1 on.") }
    if surroundings.isWithoutStore { throw ValidationError("grade keeps what submissions share in a store.") }
    guard storeFolder(surroundings) != nil else {
      throw ValidationError("There is no store: name its folder with --store DIR.")
    }
  }

  func run() throws {
    do throws(Diagnostic) {
      try grade()
    } catch {
      writeDiagnostic(error)
      try Ending([error]).exit()
    }
    if Interrupt.requested { try Ending.interrupted.exit() }
  }

  private func grade() throws(Diagnostic) {
    let notebook = Notebook(parsing: try readNotebook(master))
    guard let graded = GradedSheet(notebook) else {
      throw Diagnostic(
        .notSolved, "\(master) is no exercise sheet: it has neither an answer nor a test",
        help: "an answer is a cell that begins with ```cladec #q1 answer points=2")
    }
    var found: Submissions
    do throws(FileError) { found = try Submissions(submissions, for: graded) } catch {
      throw Diagnostic(.missingFile, "\(error.path) cannot be read: \(error.words)")
    }
    if let roster { found.assign(try readRoster(roster)) }
    try makeOutputFolder(folder)
    removeLeftovers(in: folder)
    let marks = try readMarks(graded, found.all)
    guard let rules = try runMaster(graded) else { return }
    let results = try gradeAll(found.all, graded, rules)
    guard !Interrupt.requested else {
      writeError("interrupted; what is graded is kept in \(folder), and grading goes on from there")
      return
    }
    let grades = zip(found.all, results).map { Grade($0, $1, marks.marks(of: $0.student)) }
    try write(grades, graded)
  }

  // MARK: what is read

  private func text(of path: String) throws(Diagnostic) -> String {
    do throws(FileError) {
      let bytes = try readFile(path, limit: 1 << 24)
      do throws(TextFile.Refusal) { return try TextFile(bytes).text } catch {
        throw FileError(path: path, reason: .notAFile)
      }
    } catch {
      throw Diagnostic(
        error.reason == .missing ? .missingFile : .brokenFile,
        "\(path) cannot be read: \(error.reason == .notAFile ? "it is no text" : error.words)")
    }
  }

  private func readRoster(_ path: String) throws(Diagnostic) -> Roster {
    let text = try text(of: path)
    do throws(Roster.Unreadable) { return try Roster(text) } catch {
      throw Diagnostic(.brokenFile, "\(path) cannot be used: \(error.reason)")
    }
  }

  private func readMarks(_ graded: GradedSheet, _ all: [Submission]) throws(Diagnostic) -> HandMarks {
    guard let sheet, fileExists(sheet) else { return .none }
    let text = try text(of: sheet)
    do throws(HandMarks.Unreadable) {
      return try HandMarks(text, possible: graded.pointsByHand, students: all.map(\.student))
    } catch {
      let more = error.reasons.count > 10 ? "; and \(error.reasons.count - 10) more" : ""
      throw Diagnostic(
        .brokenFile, "\(sheet) cannot be used: " + error.reasons.prefix(10).joined(separator: "; ") + more,
        help: "nothing was graded, and the table was left as it is")
    }
  }

  // MARK: what is run

  /// - Returns: none where the master's mistakes were told.
  private func runMaster(_ graded: GradedSheet) throws(Diagnostic) -> GradingTask.Rules? {
    var surroundings = surroundings
    var rules = GradingTask.Rules()
    // The same on every machine.
    rules.memory = surroundings.memory?.bytes ?? rules.memory
    surroundings.memory = MemorySize(bytes: rules.memory)
    (rules.settings, rules.version) = (settings.values, Cladec.configuration.version)
    let bar = TrainingBar(isQuiet: false)
    defer { bar.finish() }
    do throws(MasterRun.Refusal) {
      let run = try MasterRun(graded, factor: budget, rules: rules) { meter in
        Session(surroundings, notebook: master, settings: settings.values, meter: meter, bar: bar)
      }
      return run.rules
    } catch {
      bar.finish()
      for mistake in error.diagnostics.dropLast() { writeDiagnostic(mistake) }
      guard let last = error.diagnostics.last else { return nil }
      throw last
    }
  }

  private func gradeAll(
    _ all: [Submission], _ graded: GradedSheet, _ rules: GradingTask.Rules
  ) throws(Diagnostic) -> [SubmissionResult] {
    let source = GradingTask.SourceText(
      name: fileName(master), text: String(decoding: graded.master.source.bytes, as: UTF8.self))
    let kept = folder + "/results"
    try makeOutputFolder(kept)
    removeLeftovers(in: kept)
    var works: [SubmissionGrading] = []
    var keys: [SHA256.Digest?] = []
    /// Of submissions that are the same, the first.
    var firsts: [SHA256.Digest: Int] = [:]
    var queue: [Int] = []
    for (index, submission) in all.enumerated() {
      let bytes: [UInt8]
      var refusal: SubmissionResult?
      switch submission.content {
      case .bytes(let content): bytes = content
      case .refused(let reason): (bytes, refusal) = ([], graded.refusing(reason))
      }
      let task = GradingTask(master: source, submission: bytes, rules: rules)
      let key = refusal == nil ? task.key : nil
      keys.append(key)
      if let result = refusal ?? key.flatMap({ result(in: kept, $0) }) {
        works.append(SubmissionGrading(task, of: graded, result: result))
      } else {
        works.append(SubmissionGrading(task, of: graded))
        if let key, firsts[key] == nil {
          firsts[key] = index
          queue.append(index)
        }
      }
    }
    let todo = queue.count
    var done = 0
    let bar = ProgressBar(label: "grade")
    defer { bar.finish() }
    let processes = ConfinedProcesses(arguments, count: processCount, seconds: 4 * Double(seconds) + 60)
    while !(queue.isEmpty && processes.isEmpty), !Interrupt.requested {
      while !processes.isFull, let next = queue.first, let task = works[next].task {
        queue.removeFirst()
        do throws(ConfinedProcesses.Failure) {
          try processes.start(next, giving: Array(task.json.text.utf8))
        } catch {
          throw Diagnostic(.cannotWrite, "no process can be started: \(error.reason)")
        }
      }
      for (index, outcome) in processes.wait() {
        take(outcome, &works[index])
        guard let result = works[index].result else {
          // What is begun comes to its end first.
          queue.insert(index, at: 0)
          continue
        }
        done += 1
        if let key = keys[index], !works[index].isLimited { try keep(result, in: kept, key) }
      }
      bar.label = "\(done)/\(todo) submissions"
      bar.update(fraction: Double(done) / Double(max(1, todo)))
    }
    return works.indices.map { index in
      works[index].result ?? keys[index].flatMap { firsts[$0] }.flatMap { works[$0].result }
        ?? graded.refusing("it was not graded")
    }
  }

  private var arguments: [String] {
    let store = absolutePath(storeFolder(surroundings)?.path ?? "")
    return ["grade-one", "--store", store, "--seconds", "\(seconds)", "--parent", "\(getpid())"]
      + dataFolders(surroundings).flatMap { ["--folder", absolutePath($0)] }
  }

  private var processCount: Int {
    surroundings.jobs ?? surroundings.threads ?? Machine.here.cores
  }

  private func take(_ outcome: ConfinedProcesses.Outcome, _ work: inout SubmissionGrading) {
    switch outcome {
    case .gave(let bytes):
      if let json = try? JSON(reading: bytes), let result = SubmissionResult(json) {
        work.take(result)
      } else {
        work.fail("what it gave cannot be read")
      }
    case .ended(128 + SIGXCPU), .ended(128 + SIGKILL):
      work.fail("it took more than \(seconds) seconds of the processor, or more memory than there is")
    case .ended(let status):
      work.fail("its process ended with status \(status), as one does that gets no more memory")
    case .late: work.fail("it did not come to its end within \(4 * seconds + 60) seconds")
    }
  }

  // MARK: what is kept

  private func path(_ folder: String, _ key: SHA256.Digest) -> String { "\(folder)/\(key).json" }

  /// What was kept, if it is whole.
  private func result(in folder: String, _ key: SHA256.Digest) -> SubmissionResult? {
    guard let bytes = try? readFile(path(folder, key), limit: 1 << 28), let json = try? JSON(reading: bytes),
      json["key"]?.string == key.description, let content = json["result"],
      json["digest"]?.string == SHA256.digest(of: content.text.utf8).description
    else { return nil }
    return SubmissionResult(content)
  }

  private func keep(_ result: SubmissionResult, in folder: String, _ key: SHA256.Digest) throws(Diagnostic) {
    let content = result.json
    let json: JSON = [
      "key": .string(key.description), "digest": .string(SHA256.digest(of: content.text.utf8).description),
      "result": content,
    ]
    let target = path(folder, key)
    try writing(target) { () throws(FileError) in try replaceFile(target, with: Array(json.text.utf8)) }
  }

  // MARK: what is written

  private func write(_ grades: [Grade], _ graded: GradedSheet) throws(Diagnostic) {
    let title = graded.title
    let origin = Origin(notebook: master, settings: settings.values, version: Cladec.configuration.version).text
    for grade in grades where !grade.submission.place.isEmpty {
      let place = folder + "/feedback/" + grade.submission.folder
      do throws(FileError) {
        let set = try FileSet(in: place)
        for file in Feedback(grade, title: title, origin: origin).files { try set.add(file.name, file.bytes) }
        for notice in try set.publish(last: Feedback.page) {
          if case .movedAside(let name, let other) = notice {
            writeError("warning: \(place)/\(name) is not as cladec wrote it, and is called \(other) now")
          }
        }
      } catch {
        throw Diagnostic(.cannotWrite, "\(error.path) cannot be written: \(error.words)")
      }
    }
    let book = Gradebook(grades, of: graded, title: title, origin: origin)
    try cladec.write(SavedFile(name: "grades.csv", bytes: Array(book.csv.utf8)), into: folder)
    try cladec.write(SavedFile(name: "index.html", bytes: Array(book.page.utf8)), into: folder)
    if let sheet {
      let table = Array(HandMarks.table(grades).utf8)
      if (try? readFile(sheet, limit: 1 << 26)) != table {
        try writing(sheet) { () throws(FileError) in try replaceFile(sheet, with: table) }
      }
    }
    try writeLine(book.summary)
    try writeLine("\(folder): grades.csv, index.html, feedback/" + (sheet.map { "; \($0)" } ?? ""))
  }

  private func fileName(_ path: String) -> String { path.split(separator: "/").last.map(String.init) ?? path }
}
