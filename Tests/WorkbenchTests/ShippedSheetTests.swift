import Diagnostics
import Experiments
import Foundation
import Host
import Notebooks
import Testing
import Workbench

/// The exercise sheets that come with the program: what students get of them, and what plausible answers lose. Their tests hold at any
/// scale, since they compare with models of their own: so miniatures will do, but for two marks which say so.
@Suite struct ShippedSheetTests {
  static let names = ["sheet-1-layers", "sheet-2-alpha", "sheet-3-controls"]
  private static let tests = URL(filePath: #filePath).deletingLastPathComponent()
  private static let exercises = tests.deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Notebooks/Exercises")

  private func notebook(_ url: URL) throws -> Notebook {
    Notebook(parsing: SourceFile(name: url.lastPathComponent, bytes: Array(try Data(contentsOf: url))))
  }

  private func master(_ name: String) throws -> Notebook {
    try notebook(Self.exercises.appending(path: "Masters/\(name).cladec"))
  }

  @Test("each sheet is what its master releases, in canonical form", arguments: names) func released(name: String)
    throws
  {
    let master = try master(name)
    let release = try notebook(Self.exercises.appending(path: "Sheets/\(name).cladec"))
    #expect(String(decoding: master.released, as: UTF8.self) == String(decoding: release.bytes, as: UTF8.self))
    #expect(try master.canonicalForm().get() == master.bytes && master.leak == nil)
    let sheet = try #require(ExerciseSheet(master))
    #expect((master.diagnostics + sheet.diagnostics).isEmpty && (5...7).contains(sheet.questions.count))
    // Nobody has to guess how what no test marks is to be marked.
    let byHand = sheet.questions.filter { sheet.tests(of: $0).isEmpty }.map(\.id)
    #expect(Set(master.notes.compactMap { $0.attribute("for")?.value }) == Set(byHand) && byHand.count >= 2)
    // The points that the headings promise.
    let text = master.source.text(SourceSpan(start: 0, end: master.source.bytes.count))
    let promised = text.matches(of: /## Question \d.*\((\d+) points?\)/).compactMap { Double($0.1) }
    #expect(promised == sheet.questions.map { sheet.points(of: $0) })
    let shown = try #require(ExerciseSheet(release))
    #expect(promised == shown.questions.map { shown.points(of: $0) })
  }

  @Test("solutions earn everything, what students start from nothing, and a slip what it should", arguments: names)
  func marks(name: String) throws {
    let master = try master(name)
    let folder = FileManager.default.temporaryDirectory.appending(path: "cladec-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    // What all of them train is trained once.
    let store = ArtifactFolder(folder.path)
    let all = try #require(points(master, store))
    #expect(all.allSatisfy { $0.value.earned == $0.value.testable } && all.values.contains { $0.testable > 0 })
    let none = Notebook(parsing: SourceFile(name: "none", bytes: master.unsolved))
    #expect(try #require(points(none, store)).allSatisfy { $0.value.earned == 0 })

    let files = try FileManager.default.contentsOfDirectory(
      at: Self.tests.appending(path: "Submissions/\(name)"), includingPropertiesForKeys: nil)
    #expect(files.count >= 5)
    for file in files.sorted(by: { $0.path < $1.path }) {
      let submission = try notebook(file)
      let answers = Dictionary(uniqueKeysWithValues: submission.cells.map { ($0.id, submission.code(of: $0)) })
      let filled = master.replacingCode { $0.attribute("answer") == nil ? nil : answers[$0.id] }
      let marks = try #require(points(Notebook(parsing: SourceFile(name: "s", bytes: filled)), store))
      let text = submission.source.text(SourceSpan(start: 0, end: submission.source.bytes.count))
      let wanted = text.matches(of: /(q\d) (\d)(?=[,\n])/).map { (String($0.1), Double(String($0.2))) }
      #expect(wanted.count == answers.count - (text.contains("(where images are as many") ? 1 : 0))
      for (question, points) in wanted {
        #expect(marks[question]?.earned == points, "\(name)/\(file.lastPathComponent): \(question)")
      }
    }
  }

  /// What tests give each question, of how much.
  private func points(_ notebook: Notebook, _ store: ArtifactFolder) -> [String: (earned: Double, testable: Double)]? {
    var setup = Session.Setup(.here)
    setup.origin = Origin(settings: ["images": "40", "tests": "20", "epochs": "1"])
    setup.folder = store
    let session = Session(setup)
    var document = Document(notebook, origin: session.origin)
    Driver(notebook, session: session).run { document.add($0) }
    return SheetSummary(document).map { summary in
      Dictionary(uniqueKeysWithValues: summary.rows.map { ($0.question.id, ($0.points, $0.testable)) })
    }
  }
}
