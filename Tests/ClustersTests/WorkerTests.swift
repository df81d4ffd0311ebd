import Clusters
import Diagnostics
import Experiments
import Foundation
import Host
import Notebooks
import Testing
import Text
import Workbench

/// Orders, and workers that make what they name.
@Suite struct WorkerTests {
  /// A store that goes with the test.
  private final class Store {
    let url = FileManager.default.temporaryDirectory.appending(path: "cladec-\(UUID().uuidString)")
    var folder: ArtifactFolder { ArtifactFolder(url.path) }
    var count: Int { ((try? FileManager.default.contentsOfDirectory(atPath: url.path)) ?? []).count }
    deinit { try? FileManager.default.removeItem(at: url) }
  }

  private static let text = """
    <!-- cladec 1 -->
    ```cladec
    param images = 24
    let tiny = network [conv(4, stride: 4), dense(classes)]
    let g = load "garments", train: images, test: 10
    let C = train tiny, on: g, epochs: 1, seed: [1, 2]
    let E = cladec C, layer: -1, epochs: 1
    table evaluate(E)
    ```
    """

  private static func session(_ store: Store?, settings: [String: String] = [:]) -> Session {
    var setup = Session.Setup(.here)
    setup.folder = store?.folder
    setup.origin = Origin(settings: settings)
    setup.threads = 1
    return Session(setup)
  }

  private static func missing(_ store: Store, text: String = text) -> [RemoteJob] {
    let session = session(store)
    let notebook = Notebook(parsing: SourceFile(name: "n.cladec", text: text))
    #expect(Driver(notebook, session: session).check().isEmpty)
    return session.missingJobs { _ in 1.5 }
  }

  private static func order(_ job: RemoteJob, text: String = text, version: String = "1") -> WorkOrder {
    WorkOrder(
      notebook: "n.cladec", text: text, settings: [:], dataFolders: ["/data"], version: version, title: job.title,
      digest: job.digest, inputs: job.inputs)
  }

  private static func work(
    _ orders: [WorkOrder], _ store: Store, settings: [String: String] = [:]
  ) throws -> (events: [Worker.Event], found: [Diagnostic]) {
    var events: [Worker.Event] = []
    let session = session(store, settings: settings)
    let found = try Worker(orders, session: session, version: "1").run { events.append($0) }
    return (events, found)
  }

  @Test("what the store lacks is known, with what each job needs of it") func missingJobs() throws {
    let jobs = Self.missing(Store())
    #expect(jobs.map(\.title).prefix(2) == ["train C, seed 1", "train C, seed 2"])
    let byTitle = Dictionary(jobs.map { ($0.title, $0) }) { first, _ in first }
    let classifier = try #require(byTitle["train C, seed 2"])
    #expect(classifier.needs.isEmpty && byTitle["cladec E, seed 2"]?.needs == [classifier.digest])
    #expect(classifier.inputs.map(\.title) == ["images of garments.train"] && classifier.seconds == 1.5)
    #expect(classifier.memory > 24 * 1024 && Set(jobs.map(\.digest)).count == jobs.count)
    #expect(jobs.allSatisfy { job in job.needs.allSatisfy { need in jobs.contains { $0.digest == need } } })
    // Images that are drawn are made where they are needed.
    #expect(!jobs.contains { $0.kind == "images" } && jobs.contains { $0.kind == "measurement" })
  }

  @Test("orders made one by one, each by a worker of its own, fill the store, and a run makes nothing any more")
  func fill() throws {
    let store = Store()
    let jobs = Self.missing(store)
    for job in jobs {
      let (events, found) = try Self.work([Self.order(job)], store)
      #expect(events == [.made(title: job.title)] && found.isEmpty)
    }
    #expect(store.count == jobs.count && Self.missing(store).isEmpty)
    #expect(try Self.work([Self.order(jobs[0])], store).events == [.wasThere(title: jobs[0].title)])
    #expect(Self.shown(store) == Self.shown(nil))
    #expect(store.count == jobs.count)
    // With one of them gone, that one alone is missing.
    try FileManager.default.removeItem(atPath: store.folder.path + "/\(jobs[2].digest).safetensors")
    #expect(Self.missing(store).map(\.title) == [jobs[2].title])
  }

  private static func shown(_ store: Store?) -> [String] {
    var shown: [String] = []
    let notebook = Notebook(parsing: SourceFile(name: "n.cladec", text: text))
    Driver(notebook, session: session(store)).run { if case .element(let element) = $0 { shown.append("\(element)") } }
    #expect(!shown.isEmpty)
    return shown
  }

  @Test("a job whose input is missing is not made, nor is its input; the other orders are") func missingInput() throws {
    let store = Store()
    let jobs = Self.missing(store)
    let explained = try #require(jobs.first { $0.title == "cladec E, seed 1" })
    let (events, found) = try Self.work([Self.order(explained), Self.order(jobs[1])], store)
    #expect(events == [.made(title: "train C, seed 2")] && store.count == 1)
    #expect(found.map(\.code) == [.missingInput] && found.first?.source?.name == "n.cladec")
    #expect(found.first?.title == "'cladec E, seed 1' needs 'train C, seed 1', which is not in the store")
    // Where it is ordered as well, it is made.
    #expect(try Self.work([Self.order(jobs[0]), Self.order(explained)], store).events.count == 2)
    #expect(store.count == 3)
  }

  @Test("a job that fails is told at its statement, and what needs it as missing its input") func failure() throws {
    let store = Store()
    let text = Self.text.replacing("epochs: 1, seed: [1, 2]", with: "rate: 10, epochs: 20").replacing(
      "dense(classes)]", with: String(repeating: "dense(64), ", count: 32) + "dense(classes)]")
    let jobs = Self.missing(store, text: text)
    let (events, found) = try Self.work(jobs.prefix(2).map { Self.order($0, text: text) }, store)
    #expect(events.isEmpty && store.count == 0)
    #expect(found.map(\.code) == [.diverged, .missingInput] && found.allSatisfy { $0.span != nil })
  }

  @Test("where the data, the settings or the version are others, nothing is made") func otherWork() throws {
    let store = Store()
    let job = Self.missing(store)[0]
    let (events, found) = try Self.work([Self.order(job)], store, settings: ["images": "25"])
    #expect(events.isEmpty && store.count == 0 && found.map(\.code) == [.otherWork])
    #expect(
      found.first?.title == "this machine cannot make 'train C, seed 1': the images of garments.train are others here")
    #expect(found.first?.span != nil)
    var stranger = Self.order(job, version: "0.9")
    stranger.digest = String(repeating: "0", count: 64)
    let other = try Self.work([stranger], store)
    #expect(other.found.map(\.code) == [.otherWork])
    #expect(other.found.first?.help == "the order is of cladec 0.9, and this is 1")
  }

  @Test("a notebook with mistakes is refused with its mistakes") func mistakes() throws {
    let order = Self.order(
      Self.missing(Store())[0], text: Self.text.replacing("table evaluate", with: "table evaluat"))
    let (events, found) = try Self.work([order], Store())
    #expect(events.isEmpty && found.count == 1 && found.first?.source?.name == "n.cladec")
  }

  @Test("an order is read as it was written; what is cut off or lacks something is refused") func reading() throws {
    var order = Self.order(Self.missing(Store())[2])
    order.settings = ["a \"b\"": "1…2", "c": ""]
    let bytes = Array(order.json.indentedText.utf8)
    #expect(try WorkOrder(reading: bytes) == order)
    for length in stride(from: 0, to: bytes.count, by: 3) {
      #expect(throws: WorkOrder.Failure.self) { try WorkOrder(reading: Array(bytes[..<length])) }
    }
    for member in try #require(order.json.members) where member.name != "cladec work order" {
      let rest = JSON.object(order.json.members?.filter { $0.name != member.name } ?? [])
      #expect(throws: WorkOrder.Failure.lacks(member.name)) { try WorkOrder(reading: Array(rest.text.utf8)) }
    }
    #expect(throws: WorkOrder.Failure.otherFormat) { try WorkOrder(reading: Array("{\"cladec work order\":2}".utf8)) }
  }
}
