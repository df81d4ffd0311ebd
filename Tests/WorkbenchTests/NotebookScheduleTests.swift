import Datasets
import Diagnostics
import Experiments
import Foundation
import Host
import Notebooks
import Syntax
import Testing
import Workbench

/// The notebooks that are shipped, at a small size and on made-up files: what their check has found is what their run makes.
@Suite struct NotebookScheduleTests {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../Notebooks")

  static var names: [String] {
    let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return files.filter { $0.hasSuffix(".cladec") }.sorted()
  }

  /// Fashion-MNIST's and MNIST's files with few images, in which every class has stripes of its own.
  static func file(_ path: String) -> [UInt8]? {
    guard path.contains("mnist/"), !path.hasSuffix(".gz") else { return nil }
    let count = path.contains("train") ? 40 : 30
    func word(_ number: Int) -> [UInt8] { (0..<4).map { UInt8(truncatingIfNeeded: number >> (24 - 8 * $0)) } }
    if path.contains("labels") { return word(0x801) + word(count) + (0..<count).map { UInt8($0 % 10) } }
    var pixels: [UInt8] = []
    for image in 0..<count {
      let stripes = 2 + image % 10
      for place in 0..<784 { pixels.append(place / 28 % stripes == 0 ? 200 : UInt8(image)) }
    }
    return word(0x803) + word(count) + word(28) + word(28) + pixels
  }

  @Test("notebooks are there") func exist() { #expect(Self.names.count >= 3) }

  @Test("the schedule is what is run", arguments: names) func schedule(name: String) throws {
    var setup = Session.Setup(.here)
    setup.origin = Origin(settings: ["images": "40"])
    setup.dataFolders = ["/data"]
    setup.readFile = { path throws(DatasetError) in Self.file(path) }
    let text = try String(contentsOf: Self.folder.appending(path: name), encoding: .utf8)
      // Few epochs: the text's own numbers serve other claims.
      .replacing(/epochs: \d+/, with: "epochs: 1").replacing(/epochs = \d+/, with: "epochs = 1")
      .replacing("test: 1000", with: "test: 30").replacing("seeds = 1...5", with: "seeds = 1...2")
      .replacing("[0...199]", with: "[0...3]")
      // The files are the same for both.
      .replacing("[\"fashion-mnist\", \"mnist\"]", with: "[\"mnist\"]")
      // Photographs are read elsewhere.
      .replacing("load \"tiny-imagenet\", train: images", with: "load \"garments\", train: images, test: 30")
    let session = Session(setup)
    let driver = Driver(Notebook(parsing: SourceFile(name: name, text: text)), session: session)
    #expect(driver.check().isEmpty)
    #expect(session.executor.store.digests.isEmpty)
    let open = session.schedule.entries.filter(\.isOpen)
    let known = session.schedule.digests
    // Claims about trained networks need not hold of these.
    #expect(driver.run { _ in } <= .expectationFailed)
    let made = session.executor.store.digests
    #expect(known.isSubset(of: made))
    #expect(made.count == known.count + open.count)
    #expect(open.allSatisfy { ["reconstructions", "predictions"].contains(type(of: $0.job).kind) })
  }
}
