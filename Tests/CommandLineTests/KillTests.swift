import Foundation
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Runs that are ended from outside, at any moment, and run again. `make kills` does this at many more moments.
@Suite struct KillTests {
  /// Everything that learns: its first training goes on for so long that it leaves checkpoints.
  static let notebook = """
    <!-- cladec 1 -->
    ```cladec
    let g = load "garments", train: 1000, test: 60, size: 16
    let tiny = network [conv(8, stride: 2), conv(16, stride: 2), dense(classes)]
    let C = train tiny, on: g, epochs: 2000
    let E = cladec C, layer: -2, epochs: 2
    let R = refae C, layer: -2, epochs: 2
    let T = evaluate [E, R], judge: tiny, epochs: 2
    table T, save: "t"
    grid [input, E, R], of: g, save: "f"
    ```
    """

  private func run(in folder: Folder) throws -> Program { try Program(["run", "x.cladec"], in: folder) }

  /// What the store has and what was written, by name.
  private func results(_ folder: Folder) -> [String: Data] {
    var results: [String: Data] = [:]
    for place in [folder.store, folder.url.appending(path: "Outputs/x")] {
      for name in (try? FileManager.default.contentsOfDirectory(atPath: place.path)) ?? [] {
        results[name] = FileManager.default.contents(atPath: place.appending(path: name).path)
      }
    }
    return results
  }

  private func hasCheckpoint(_ folder: Folder) -> Bool {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.store.path)) ?? []
    return names.contains { $0.hasSuffix(".checkpoint") && !$0.hasPrefix(".") }
  }

  @Test("a run that is killed again and again ends with the bytes of an undisturbed one") func killed() throws {
    let (undisturbed, killed) = (Folder(), Folder())
    for folder in [undisturbed, killed] { folder["x.cladec"] = Self.notebook }
    #expect(try run(in: undisturbed).end().status == 0)
    let expected = results(undisturbed)
    #expect(expected.keys.count { $0.hasSuffix(".safetensors") } >= 7 && expected["report.md"] != nil)
    // As soon as there is a checkpoint, and then at any moment; those of ordinary signals leave one themselves.
    var program = try run(in: killed)
    for _ in 0..<1200 where !hasCheckpoint(killed) { usleep(50_000) }
    #expect(hasCheckpoint(killed))
    for (signal, milliseconds) in [
      (SIGKILL, 130), (SIGKILL, 910), (SIGTERM, 1270), (SIGKILL, 380), (SIGINT, 1440), (SIGKILL, 720),
    ] {
      usleep(useconds_t(milliseconds * 1000))
      program.send(signal)
      let status = program.end().status
      #expect([0, 128 + signal, 1000 + signal].contains(status))
      program = try run(in: killed)
    }
    let end = program.end()
    #expect(end.status == 0 && !end.errors.contains("warning: "), "\(end.errors)")
    let found = results(killed).filter { !$0.key.hasSuffix(".tmp") }
    #expect(Set(found.keys) == Set(expected.keys))
    for (name, bytes) in expected { #expect(found[name] == bytes, "\(name)") }
  }
}
