import Files
import Text

/// What one student has handed in, as it was found.
public struct Submission: Hashable, Sendable {
  /// What tells the student apart: a number or name of a list, else that of the file or folder.
  public internal(set) var student: String
  /// The student's name, where a list has it; otherwise empty.
  public internal(set) var name = ""
  /// By which a list may know the student.
  var marks: [String] = []
  /// Where it was found; empty where nothing was handed in.
  public let place: String
  public let content: Content
  /// What the student is told, too.
  public internal(set) var notes: [String] = []
  /// What only the teacher is told.
  public internal(set) var doubts: [String] = []

  public enum Content: Hashable, Sendable {
    case bytes([UInt8])
    /// Why there is nothing to grade, as a sentence without a full stop.
    case refused(String)
  }

  init(student: String, marks: [String] = [], place: String, content: Content, notes: [String] = []) {
    (self.student, self.marks, self.place, self.content, self.notes) = (student, marks, place, content, notes)
  }

  /// A name for files that holds nothing but letters, digits, `-`, `_` and `.`, and is no other student's.
  public var folder: String {
    let isPlain = { (scalar: Unicode.Scalar) in
      scalar.isASCII && (scalar.properties.isAlphabetic || "0123456789-_.".unicodeScalars.contains(scalar))
    }
    let plain = String(String.UnicodeScalarView(student.unicodeScalars.map { isPlain($0) ? $0 : "_" }))
    guard plain == student, !plain.hasPrefix("."), !plain.hasPrefix("-"), plain.utf8.count <= 60,
      plain == plain.lowercased()
    else {
      // File systems may not tell capitals from small letters.
      let digest = SHA256.digest(of: student.utf8).description.prefix(8)
      return "\(plain.prefix(50).drop { $0 == "." || $0 == "-" })-\(digest)"
    }
    return plain
  }
}

/// Everything that was handed in for a sheet.
public struct Submissions: Sendable {
  public private(set) var all: [Submission] = []
  private let sheet: GradedSheet

  /// - Parameter paths: notebooks, folders and zip archives, in the layouts of learning platforms.
  /// - Throws: where there is nothing at a path.
  public init(_ paths: [String], for sheet: GradedSheet) throws(FileError) {
    self.sheet = sheet
    let stems = paths.map { stem(of: $0) }
    for path in paths {
      switch kind(of: path) {
      case nil: throw FileError(path: path, reason: .missing)
      case .folder: addGroups(of: try HandedInFiles(folder: path).files, below: path)
      case .file where HandedInFiles.isArchive(path): addGroups(of: HandedInFiles(archive: path).files, below: path)
      default:
        let isShared = stems.count { $0 == stem(of: path) } > 1
        addFile(path, isShared: isShared)
      }
    }
    tellApart()
    all.sort { $0.student.utf8.lexicographicallyPrecedes($1.student.utf8) }
  }

  /// A file that was named itself: students whose files are called alike are told apart by their folders.
  private mutating func addFile(_ path: String, isShared: Bool) {
    let label: Label
    if isShared || fileName(of: path) == fileName(of: sheet.master.source.name) {
      let folders = path.split(separator: "/").dropLast().map(String.init)
      label = Label(folder: folders.last ?? stem(of: path))
    } else {
      label = Label(file: fileName(of: path))
    }
    add(label, at: path, HandedInFiles.content(of: path))
  }

  private mutating func add(_ label: Label, at place: String, _ content: HandedInFiles.Content, notes: [String] = []) {
    let taken: Submission.Content =
      switch content {
      case .bytes(let bytes): .bytes(bytes)
      case .refused(let reason): .refused("the file \(reason)")
      }
    all.append(
      Submission(student: label.student, marks: label.marks, place: printable(place), content: taken, notes: notes))
  }

  // MARK: folders and archives

  private mutating func addGroups(of found: [HandedInFiles.File], below root: String) {
    let files = Self.withoutCommonFolder(found)
    let list = files.first { $0.name == "submission_metadata.yml" }.map { GradescopeList($0.content) }
    var order: [String] = []
    var groups: [String: [HandedInFiles.File]] = [:]
    for file in files where !HandedInFiles.isList(file.name) {
      guard let first = file.parts.first else { continue }
      if groups[first] == nil { order.append(first) }
      groups[first, default: []].append(file)
    }
    for first in order {
      guard let files = groups[first] else { continue }
      let isFile = files.count == 1 && files[0].parts.count == 1
      var label = isFile ? Label(file: first) : Label(folder: first)
      if let person = list?.people[first] {
        label = Label(student: person.student, marks: person.marks)
      }
      let (chosen, note) = choose(files)
      let notes = [note, list?.people[first]?.note].compactMap { $0 }
      if let chosen {
        add(label, at: ([root] + chosen.parts).joined(separator: "/"), chosen.content, notes: notes)
      } else {
        let names = files.prefix(5).map(\.name).joined(separator: ", ")
        all.append(
          Submission(
            student: label.student, marks: label.marks, place: printable(root + "/" + first),
            content: .refused("there is no notebook among the files: \(printable(names))"), notes: notes))
      }
    }
  }

  /// Where all lies in one folder that is no student's, paths go on from there.
  private static func withoutCommonFolder(_ files: [HandedInFiles.File]) -> [HandedInFiles.File] {
    let notebooks = files.filter { $0.name.lowercased().hasSuffix(".cladec") }
    guard let top = files.first?.parts.first, !Label.isStudents(top),
      files.allSatisfy({ $0.parts.count > 1 && $0.parts[0] == top }),
      notebooks.count > 1 || files.contains(where: { $0.parts.count > 2 })
    else { return files }
    return withoutCommonFolder(
      files.map { file in
        var file = file
        file.parts.removeFirst()
        return file
      })
  }

  /// Of a student's files the one that is graded, and what is worth knowing of the choice.
  private func choose(_ files: [HandedInFiles.File]) -> (HandedInFiles.File?, note: String?) {
    let notebooks = files.filter { $0.name.lowercased().hasSuffix(".cladec") || $0.content.beginsAsNotebook }
    guard !notebooks.isEmpty else { return (files.count == 1 ? files[0] : nil, nil) }
    guard notebooks.count > 1 else { return (notebooks[0], nil) }
    let wanted = fileName(of: sheet.master.source.name)
    let chosen =
      notebooks.last { Label.originalName(of: $0.name) == wanted }
      ?? notebooks.max { score($0) < score($1) } ?? notebooks[0]
    return (chosen, "\(notebooks.count) notebooks were handed in; \(printable(chosen.name)) was graded")
  }

  /// How many of the sheet's questions a file seems to answer.
  private func score(_ file: HandedInFiles.File) -> Int {
    guard case .bytes(let bytes) = file.content else { return -1 }
    let text = String(decoding: bytes, as: UTF8.self)
    return sheet.sheet.questions.count { text.contains("#\($0.id)") }
  }

  // MARK: who is who

  /// Students who are called alike get a number or a place behind their names.
  private mutating func tellApart() {
    var places: [String: [Int]] = [:]
    for (index, submission) in all.enumerated() { places[submission.student.lowercased(), default: []].append(index) }
    for indices in places.values where indices.count > 1 {
      let marks = indices.map { all[$0].marks.first ?? "" }
      let areMarksEnough = Set(marks).count == indices.count && !marks.contains("")
      for (order, index) in indices.enumerated() {
        all[index].student += areMarksEnough ? " \(marks[order])" : order == 0 ? "" : " (\(order + 1))"
        if !areMarksEnough {
          all[index].doubts.append(
            "several submissions are called so: \(indices.map { all[$0].place }.joined(separator: ", "))")
        }
      }
    }
  }

  /// Gives submissions the numbers and names of a list, and adds those who have handed in nothing.
  public mutating func assign(_ roster: Roster) {
    var absent = Set(roster.people.indices)
    var taken: [Int: Int] = [:]
    for index in all.indices {
      let matches = roster.people(known: [all[index].student] + all[index].marks)
      guard matches.count == 1 else {
        all[index].doubts.append(
          matches.isEmpty ? "not on the list of students" : "may be several of the list of students")
        continue
      }
      absent.remove(matches[0])
      let person = roster.people[matches[0]]
      if let earlier = taken.updateValue(index, forKey: matches[0]) {
        all[index].doubts.append("\(person.id) has handed in more than once: \(all[earlier].place) as well")
        all[index].name = person.name
        continue
      }
      (all[index].student, all[index].name) = (person.id, person.name)
    }
    for index in absent.sorted() {
      var submission = Submission(
        student: roster.people[index].id, place: "", content: .refused("nothing was handed in"))
      submission.name = roster.people[index].name
      all.append(submission)
    }
    tellApart()
    all.sort { $0.student.utf8.lexicographicallyPrecedes($1.student.utf8) }
  }
}

extension HandedInFiles.Content {
  fileprivate var beginsAsNotebook: Bool {
    guard case .bytes(let bytes) = self else { return false }
    return String(decoding: bytes.prefix(64), as: UTF8.self).contains("<!-- cladec ")
  }
}

/// What the name of a file or a folder says of its student.
struct Label {
  let student: String
  let marks: [String]

  init(student: String, marks: [String]) { (self.student, self.marks) = (student, marks) }

  /// Moodle's `Ada Lovelace_12345_assignsubmission_file_`, or any folder that is called as the student is.
  init(folder: String) {
    if let parts = Self.moodle(folder) {
      (student, marks) = (parts.name, [parts.number])
    } else {
      (student, marks) = (folder, [])
    }
  }

  /// Canvas's `lovelaceada_LATE_12345_67890_sheet.cladec`, Moodle's without folders, or any file that is called as the student is.
  init(file: String) {
    if let parts = Self.moodle(file) {
      (student, marks) = (parts.name, [parts.number])
    } else if let parts = Self.canvas(file) {
      (student, marks) = (parts.name, [parts.number])
    } else {
      (student, marks) = (stem(of: file), [])
    }
  }

  /// The name that a file had before a platform put the student's before it.
  static func originalName(of file: String) -> String { moodle(file)?.rest ?? canvas(file)?.rest ?? file }

  /// Whether a folder is surely one student's.
  static func isStudents(_ folder: String) -> Bool {
    moodle(folder) != nil || folder.hasPrefix("submission_") && folder.dropFirst(11).allSatisfy(\.isNumber)
  }

  private static func moodle(_ name: String) -> (name: String, number: String, rest: String)? {
    for middle in ["_assignsubmission_file", "_assignsubmission_onlinetext"] {
      guard let range = name.firstRange(of: middle) else { continue }
      let front = name[..<range.lowerBound]
      guard let stroke = front.lastIndex(of: "_"), stroke > front.startIndex else { return nil }
      let number = front[front.index(after: stroke)...]
      guard !number.isEmpty, number.allSatisfy({ $0.isASCII && $0.isNumber }) else { return nil }
      return (String(front[..<stroke]), String(number), String(name[range.upperBound...].drop { $0 == "_" }))
    }
    return nil
  }

  private static func canvas(_ name: String) -> (name: String, number: String, rest: String)? {
    var parts = name.split(separator: "_", omittingEmptySubsequences: false).map(String.init)
    guard parts.count >= 4 else { return nil }
    let student = parts.removeFirst()
    if parts.first == "LATE" { parts.removeFirst() }
    guard !student.isEmpty, parts.count >= 3, parts[..<2].allSatisfy({ !$0.isEmpty && $0.allSatisfy(\.isNumber) })
    else { return nil }
    return (student, parts[0], parts[2...].joined(separator: "_"))
  }
}

/// Who handed in what, as Gradescope exports it: `submission_metadata.yml`, of which three lines of each submitter are read.
private struct GradescopeList {
  struct Person {
    let student: String
    let marks: [String]
    let note: String?
  }

  private(set) var people: [String: Person] = [:]

  init(_ content: HandedInFiles.Content) {
    guard case .bytes(let bytes) = content else { return }
    var folder = ""
    var facts: [(key: String, value: String)] = []
    for line in String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline) {
      if let first = line.first, !first.isWhitespace, first != "-", line.last == ":" {
        add(folder, facts)
        (folder, facts) = (String(line.dropLast()), [])
        continue
      }
      let words = line.drop { $0.isWhitespace || $0 == "-" }.drop { $0 == ":" }
      guard let colon = words.firstIndex(of: ":") else { continue }
      let value = words[words.index(after: colon)...].trimmingBlanks
      facts.append((String(words[..<colon]), value.filter { $0 != "'" && $0 != "\"" }))
    }
    add(folder, facts)
  }

  private mutating func add(_ folder: String, _ facts: [(key: String, value: String)]) {
    let of = { (key: String) in facts.filter { $0.key == key && !$0.value.isEmpty }.map(\.value) }
    let (names, numbers, addresses) = (of("name"), of("sid"), of("email"))
    guard !folder.isEmpty, let student = numbers.first ?? addresses.first ?? names.first else { return }
    people[folder] = Person(
      student: student, marks: numbers + addresses + names,
      note: names.count > 1 ? "handed in by \(names.joined(separator: ", "))" : nil)
  }
}
