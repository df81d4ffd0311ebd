import Foundation
import Testing

/// `docs/architecture.md` names targets and files as they are.
@Suite struct ArchitectureDocumentTests {
  static let package = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  private func text(_ path: String) throws -> String {
    try String(contentsOf: Self.package.appending(path: path), encoding: .utf8)
  }

  @Test("every file and folder that is named exists") func namedFilesExist() throws {
    let words = try text("docs/architecture.md").matches(of: /`([A-Za-z+]+(\/[A-Za-z0-9+.]+)+)`/).map { String($0.1) }
    #expect(words.count > 50)
    for word in Set(words) {
      #expect(
        FileManager.default.fileExists(atPath: Self.package.appending(path: "Sources/\(word)").path), "\(word)")
    }
  }

  @Test("every folder of Sources is named") func foldersAreNamed() throws {
    let document = try text("docs/architecture.md")
    let folders = try FileManager.default.contentsOfDirectory(atPath: Self.package.appending(path: "Sources").path)
    #expect(folders.count > 20)
    for folder in folders.sorted() { #expect(document.contains(folder), "\(folder)") }
  }

  @Test("no target imports upwards") func importsGoDown() throws {
    // From the ground to the rim, as the drawing has them.
    let floors = [
      [
        "Text", "Images", "KernelTypes", "CArchive", "CCairo", "CCommonMark", "CCurl", "CJPEG", "CReadline", "CSandbox",
        "CPNG",
        "CZlib", "Probing", "Typefaces",
      ],
      ["Files", "ImageFiles", "KernelsBaseline", "KernelsAVX2", "KernelsAVX512", "KernelSource", "Diagnostics"],
      ["Tensors", "Datasets", "Downloads", "Figures", "Syntax", "Notebooks", "Console"],
      ["Networks", "Interpreter", "Host"], ["Decoding"],
      ["Experiments"], ["Workbench"], ["Reports", "Clusters"], ["Coursework"], ["cladec", "bench"],
    ]
    var floor: [Substring: Int] = [:]
    for (height, names) in floors.enumerated() { for name in names { floor[Substring(name)] = height } }
    let sources = Self.package.appending(path: "Sources")
    for folder in try FileManager.default.contentsOfDirectory(atPath: sources.path) {
      guard let here = floor[Substring(folder)] else {
        Issue.record("\(folder) has no floor")
        continue
      }
      for case let file as String in FileManager.default.enumerator(atPath: sources.appending(path: folder).path)
        ?? .init()
      where file.hasSuffix(".swift") {
        for line in try text("Sources/\(folder)/\(file)").split(separator: "\n") {
          guard let name = line.firstMatch(of: /^\s*(?:@testable )?import (\w+)/)?.1, let there = floor[name] else {
            continue
          }
          #expect(there < here, "\(folder)/\(file) imports \(name)")
        }
      }
    }
  }
}
