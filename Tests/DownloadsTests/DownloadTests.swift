import Downloads
import Files
import Foundation
import Testing
import Text

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Downloads from a server that has its moods.
@Suite(.serialized) struct DownloadTests {
  private let content = (0..<300_000).map { UInt8(truncatingIfNeeded: ($0 &* 2_654_435_761) >> 13) }
  private var digest: SHA256.Digest { SHA256.digest(of: content) }
  private let path = FileManager.default.temporaryDirectory.appending(path: "cladec-download-\(UUID().uuidString)").path

  init() { signal(SIGPIPE, SIG_IGN) }

  private func server(_ change: (inout Server.Behaviour) -> Void = { _ in }) throws -> Server {
    var behaviour = Server.Behaviour(content: content)
    change(&behaviour)
    return try #require(Server(behaviour))
  }

  private func fetch(_ addresses: String..., progress: (Int) -> Bool = { _ in true }) throws(DownloadError) {
    try download(from: addresses, to: path, size: content.count, digest: digest, progress: progress)
  }

  private func bytes(_ ending: String = "") -> [UInt8]? {
    FileManager.default.contents(atPath: path + ending).map { Array($0) }
  }

  private func clean() { for ending in ["", ".part"] { try? FileManager.default.removeItem(atPath: path + ending) } }

  @Test func `A file comes whole, and nothing is left beside it`() throws {
    let server = try server()
    defer {
      server.stop()
      clean()
    }
    var counts: [Int] = []
    try fetch(server.address) {
      counts.append($0)
      return true
    }
    #expect(bytes() == content && bytes(".part") == nil && server.ranges == [""])
    #expect(counts.last == content.count && counts == counts.sorted())
  }

  @Test func `What breaks off is continued where it ended, as often as it takes`() throws {
    let server = try server { $0.cutAfter = 100_000 }
    defer {
      server.stop()
      clean()
    }
    try fetch(server.address)
    #expect(bytes() == content)
    #expect(server.ranges == ["", "100000-", "200000-"])
  }

  @Test func `A server without ranges begins anew, and only a longer answer counts`() throws {
    let server = try server {
      $0.knowsRanges = false
      $0.cutAfter = 100_000
    }
    defer {
      server.stop()
      clean()
    }
    do {
      try fetch(server.address)
      Issue.record("it cannot come whole")
    } catch DownloadError.unreachable(let address, _) { #expect(address == server.address) }
    #expect(bytes() == nil && bytes(".part")?.count == 100_000)
    server.change { $0.cutAfter = nil }
    try fetch(server.address)
    #expect(bytes() == content && server.ranges.last == "100000-")
  }

  @Test func `A download that was stopped goes on from what is kept`() throws {
    let server = try server()
    defer {
      server.stop()
      clean()
    }
    #expect(throws: DownloadError.interrupted) { try fetch(server.address) { $0 == 0 } }
    let kept = try #require(bytes(".part"))
    #expect(bytes() == nil && kept.count > 0 && kept.count < content.count && content.starts(with: kept))
    try fetch(server.address)
    #expect(bytes() == content && server.ranges.last == "\(kept.count)-")
  }

  @Test func `Other content is thrown away and never takes the file's place`() throws {
    let server = try server { $0.content[7] ^= 1 }
    defer {
      server.stop()
      clean()
    }
    var other = content
    other[7] ^= 1
    let error = DownloadError.otherContent(
      address: server.address, digest: SHA256.digest(of: other), expected: digest)
    #expect(throws: error) { try fetch(server.address) }
    #expect(bytes() == nil && bytes(".part") == nil)
  }

  @Test func `A part of another file is not built upon`() throws {
    let server = try server()
    defer {
      server.stop()
      clean()
    }
    for count in [1000, 300_000, 400_000] {
      try Foundation.Data(repeating: 9, count: count).write(to: URL(filePath: path + ".part"))
      try fetch(server.address)
      #expect(bytes() == content && bytes(".part") == nil)
      try FileManager.default.removeItem(atPath: path)
    }
  }

  @Test func `More than there should be is refused, as is less`() throws {
    let server = try server { $0.content += [1] }
    defer {
      server.stop()
      clean()
    }
    #expect(throws: DownloadError.tooLong(address: server.address, expected: content.count)) {
      try fetch(server.address)
    }
    server.change { $0.content.removeLast(2) }
    do {
      try fetch(server.address)
      Issue.record("a byte is missing")
    } catch DownloadError.refused(_, let status) {
      #expect(status == 416)
    } catch DownloadError.unreachable(_, let reason) {
      #expect(!reason.isEmpty)
    }
    #expect(bytes() == nil)
  }

  @Test func `What a server refuses the next one may have`() throws {
    let (closed, refusing, good) = try (server(), server { $0.status = 404 }, server())
    closed.stop()
    defer {
      refusing.stop()
      good.stop()
      clean()
    }
    #expect(throws: DownloadError.refused(address: refusing.address, status: 404)) { try fetch(refusing.address) }
    #expect(bytes() == nil)
    try fetch(closed.address, refusing.address, good.address)
    #expect(bytes() == content)
    do { try fetch(closed.address) } catch DownloadError.unreachable(let address, let reason) {
      #expect(address == closed.address && !reason.isEmpty)
    }
  }

  @Test func `It is sent on over the web, and nowhere else`() throws {
    let good = try server()
    let address = "http://127.0.0.1:\(good.port)/elsewhere"
    let server = try server { $0.redirection = address }
    defer {
      server.stop()
      good.stop()
      clean()
    }
    try fetch(server.address)
    #expect(bytes() == content)
    try FileManager.default.removeItem(atPath: path)
    try Foundation.Data(content).write(to: URL(filePath: path + ".local"))
    defer { try? FileManager.default.removeItem(atPath: path + ".local") }
    server.change { [path] in $0.redirection = "file://\(path).local" }
    #expect(throws: DownloadError.self) { try fetch(server.address) }
    #expect(throws: DownloadError.self) { try fetch("file://\(path).local") }
    #expect(bytes() == nil)
  }

  @Test func `A place that cannot be written is named`() throws {
    let server = try server()
    defer { server.stop() }
    do {
      try download(from: [server.address], to: "/nonexistent/file", size: 1, digest: digest)
      Issue.record("there is no such folder")
    } catch DownloadError.file(let error) { #expect(error.path == "/nonexistent/file.part") }
  }
}
