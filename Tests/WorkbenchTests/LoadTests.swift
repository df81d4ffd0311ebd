import Diagnostics
import Figures
import Foundation
import Host
import Syntax
import Testing
import Workbench

/// `load` with folders of pictures.
@Suite struct LoadTests {
  /// Two classes of four colours each, in folders that go with the test.
  private final class Pets {
    let url = FileManager.default.temporaryDirectory.appending(path: "cladec-pets-\(UUID().uuidString)")

    init(_ folders: [String], images: Int = 4) throws {
      for (number, folder) in folders.enumerated() {
        let place = url.appending(path: folder)
        try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
        for image in 0..<images {
          let colour = [UInt8(number), UInt8(20 * image), 200]
          let raster = try Raster(
            width: 12, height: 9, channels: 3, pixels: (0..<108).flatMap { _ in colour })
          try Data(encodePNG(raster)).write(to: place.appending(path: "\(image).png"))
        }
      }
    }

    deinit { try? FileManager.default.removeItem(at: url) }
  }

  private func session(_ folder: URL) -> Session {
    var setup = Session.Setup(.here)
    setup.dataFolders = [folder.path]
    return Session(setup)
  }

  /// What statements show, and the codes and words of what goes wrong.
  private func shown(_ session: Session, _ text: String) -> [String] {
    var lines: [String] = []
    session.enter(text) { element in
      switch element {
      case .text(let line): lines.append(line)
      case .diagnostic(let diagnostic):
        lines.append("\(diagnostic.code.id) \(diagnostic.title)")
        lines.append(contentsOf: [diagnostic.label, diagnostic.help ?? ""])
      case .table(let table, _): lines.append(table.rows.map { $0.joined(separator: " ") }.joined(separator: "|"))
      default: break
      }
    }
    return lines
  }

  @Test("a folder of two splits is a data set, with its classes in a check") func splits() throws {
    let pets = try Pets(["a/train/cat", "a/train/dog", "a/val/cat", "a/val/dog"])
    let lines = shown(session(pets.url), "let p = load \"./a/\", size: 16, test: 3\np.classes\np.name\ninspect p")
    #expect(lines.contains { $0.contains("8 training and 3 test images, 3×16×16, 2 classes, 16×16 pixels") })
    #expect(lines.contains("[\"cat\", \"dog\"]") && lines.contains("0 cat 4|1 dog 4"))
    let typed = "let p = load \"./a\", classes: [\"dgo\"]"
    let checked = session(pets.url).check([parse(SourceFile(name: "n", text: typed))])
    #expect(checked.map(\.code) == [.unknownClass] && checked.first?.label == "did you mean \"dog\"?")
  }

  @Test("the summary says which share was held out, and by which seed") func holdout() throws {
    let pets = try Pets(["a/cat", "a/dog"])
    let session = session(pets.url)
    #expect(
      shown(session, "let p = load \"./a\"\np").contains {
        $0.contains("6 training and 2 test images, 3×32×32, 2 classes, 0.2 of each class held out by seed 1")
      })
    #expect(
      shown(session, "let q = load \"./a\", holdout: 0.5, seed: 7\nq").contains {
        $0.contains("4 training and 4 test images, 3×32×32, 2 classes, 0.5 of each class held out by seed 7")
      })
  }

  @Test("labels that mean nothing for a data set are refused") func needlessLabels() throws {
    let pets = try Pets(["a/train/cat", "a/train/dog", "a/test/cat", "a/test/dog"])
    for label in ["seed: 2", "holdout: 0.5"] {
      #expect(shown(session(pets.url), "let p = load \"./a\", \(label)").contains("it has test images of its own"))
    }
    #expect(
      shown(session(pets.url), "let g = load \"garments\", holdout: 0.5").contains(
        "as many garments as are wanted are drawn for testing"))
    #expect(shown(session(pets.url), "let g = load \"garments\", seed: 3").count == 1)
    #expect(shown(session(pets.url), "let g = load \"garments\", shortcut: \"tone\"").count == 1)
    #expect(
      shown(session(pets.url), "let p = load \"./a\", shortcut: \"tone\"").contains(
        "only garments are drawn; these images are what they are"))
  }

  @Test("what is wrong with a folder stands at its name, with a way out") func mistakes() throws {
    let pets = try Pets(["a/train/cat", "a/train/dog", "a/test/cat", "a/test/dgo"])
    let lines = shown(session(pets.url), "let p = load \"./a\"")
    #expect(lines.first?.hasPrefix("E308") == true && lines.contains { $0.contains("meant to be 'dog'") })
    #expect(shown(session(pets.url), "let p = load \"./b\"").first?.hasPrefix("E302") == true)
    let unknown = shown(session(pets.url), "let p = load \"b\"")
    #expect(unknown.first?.hasPrefix("E301") == true && unknown.contains { $0.contains("\"./NAME\"") })
  }

  @Test("one changed pixel makes another job of what learns from it, one changed name does not") func content() throws {
    func digests(_ change: (URL) throws -> Void = { _ in }) throws -> String {
      let pets = try Pets(["a/train/cat", "a/train/dog", "a/test/cat", "a/test/dog"])
      try change(pets.url.appending(path: "a"))
      var setup = Session.Setup(.here)
      setup.dataFolders = [pets.url.path]
      let text = "let p = load \"./a\", size: 8\nlet n = network [dense(classes)]\nlet C = train n, on: p, epochs: 1\nC"
      let session = Session(setup)
      #expect(session.check([parse(SourceFile(name: "n", text: text))]).isEmpty)
      return session.schedule.digests.map(\.description).sorted().joined()
    }
    let first = try digests()
    #expect(try digests() == first)
    #expect(
      try digests {
        try FileManager.default.moveItem(
          at: $0.appending(path: "train/dog/3.png"), to: $0.appending(path: "train/dog/4.png"))
      }
        == first)
    let raster = try Raster(width: 12, height: 9, channels: 3, pixels: (0..<324).map { $0 == 160 ? 1 : 200 })
    #expect(
      try digests { try Data(encodePNG(raster)).write(to: $0.appending(path: "train/dog/3.png")) } != first)
  }

  @Test("two hundred classes can be learnt, measured and shown") func manyClasses() throws {
    let names = (0..<200).map { "class \($0)" }
    let pets = try Pets(names.map { "a/" + $0 }, images: 2)
    let text = """
      let p = load "./a", size: 8, holdout: 0.5
      p
      let n = network [conv(4, stride: 2), dense(classes)]
      let C = train n, on: p, epochs: 1, batch: 64
      C
      let E = cladec C, layer: -1, epochs: 1, batch: 64
      let R = refae C, layer: -1, epochs: 1, batch: 64
      table evaluate([E, R], judge: n, epochs: 1)
      """
    let lines = shown(session(pets.url), text)
    #expect(lines.contains { $0.contains("200 training and 200 test images, 3×8×8, 200 classes") })
    #expect(lines.contains { $0.contains("accuracy") })
    // Nothing but that little was learnt.
    #expect(!lines.contains { $0.contains(/^E[0-9]/) && !$0.hasPrefix("E42") }, "\(lines)")
    let wrong = shown(session(pets.url), "let p = load \"./a\", classes: \"clas 7\"")
    #expect(wrong.contains { $0.contains("and 170 others") })
  }
}
