import Diagnostics
import Experiments
import Host
import Syntax
import Testing
import Workbench

/// On which images probes and interventions look.
@Suite struct FactorVerbTests {
  private func probed(_ images: String) throws -> any ImagesJob {
    let text = "let g = load \"garments\", train: 10, test: 2003, size: 8\nprobe input, on: \(images), factor: \"tone\""
    let session = Session(.here)
    #expect(session.check([parse(SourceFile(name: "n", text: text))]).isEmpty)
    return try #require(session.schedule.entries.compactMap { $0.job as? Probe }.first).images
  }

  @Test("a data set stands for its test split, and of more than two thousand images the first are looked at")
  func images() throws {
    #expect(try probed("g").digest == probed("g.test").digest)
    #expect(try probed("g.test").digest == probed("g.test[0...1999]").digest)
    #expect(try probed("g.test[1...2001]").digest == probed("g.test[1...2000]").digest)
    #expect(try probed("g.test").count == 2000 && probed("g.test[5...6]").count == 2)
  }
}
