import Foundation
import Testing

/// `cladec data`, and pictures as a process reads them.
@Suite struct DataTests {
  /// 24×24 pixels in colour, baseline JPEG with halved colour, made by Pillow.
  private static let jpegs = [
    """
    /9j/4AAQSkZJRgABAQAAAQABAAD/2wBDABALDA4MChAODQ4SERATGCgaGBYWGDEjJR0oOjM9PDkzODdASFxOQERXRTc4UG1RV19iZ2hnPk1xeX
    BkeFxlZ2P/2wBDARESEhgVGC8aGi9jQjhCY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2P/wAARCAAY
    ABgDASIAAhEBAxEB/8QAHwAAAQUBAQEBAQEAAAAAAAAAAAECAwQFBgcICQoL/8QAtRAAAgEDAwIEAwUFBAQAAAF9AQIDAAQRBRIhMUEGE1FhBy
    JxFDKBkaEII0KxwRVS0fAkM2JyggkKFhcYGRolJicoKSo0NTY3ODk6Q0RFRkdISUpTVFVWV1hZWmNkZWZnaGlqc3R1dnd4eXqDhIWGh4iJipKT
    lJWWl5iZmqKjpKWmp6ipqrKztLW2t7i5usLDxMXGx8jJytLT1NXW19jZ2uHi4+Tl5ufo6erx8vP09fb3+Pn6/8QAHwEAAwEBAQEBAQEBAQAAAA
    AAAAECAwQFBgcICQoL/8QAtREAAgECBAQDBAcFBAQAAQJ3AAECAxEEBSExBhJBUQdhcRMiMoEIFEKRobHBCSMzUvAVYnLRChYkNOEl8RcYGRom
    JygpKjU2Nzg5OkNERUZHSElKU1RVVldYWVpjZGVmZ2hpanN0dXZ3eHl6goOEhYaHiImKkpOUlZaXmJmaoqOkpaanqKmqsrO0tba3uLm6wsPExc
    bHyMnK0tPU1dbX2Nna4uPk5ebn6Onq8vP09fb3+Pn6/9oADAMBAAIRAxEAPwDnNLtxcBVYfN0+tdHDokMcXmTlUT1bv7D1NVtCtkjtzPKPkRcn
    39vrWhGDDGb69O9yPkiHf/ZHoOf19TXRWxtaL9nUTsuq3/rzN6cXzOzskV7yCzihMdrBJNM2NpA2jHc5PI9OlFQyzSXFwzXis7FQTDG22NFHIz
    n8+/4cUVCdK3xf196OGtXrVpc0W7dNf+CvyLOmQs2nQRJJzM4yMZyo5P67abfXcryjy/LIyURyMAIOc/hnv3PtRRVRpK/Nd9fTr/kdeOfJTsur
    1/H/ACRHbxqF8tF/ckAohGAcfxt7Z/kPcgoorkqVpqVt/kjKnFJH/9k=
    """,
    """
    /9j/4AAQSkZJRgABAQAAAQABAAD/2wBDABALDA4MChAODQ4SERATGCgaGBYWGDEjJR0oOjM9PDkzODdASFxOQERXRTc4UG1RV19iZ2hnPk1xeX
    BkeFxlZ2P/2wBDARESEhgVGC8aGi9jQjhCY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2P/wAARCAAY
    ABgDASIAAhEBAxEB/8QAHwAAAQUBAQEBAQEAAAAAAAAAAAECAwQFBgcICQoL/8QAtRAAAgEDAwIEAwUFBAQAAAF9AQIDAAQRBRIhMUEGE1FhBy
    JxFDKBkaEII0KxwRVS0fAkM2JyggkKFhcYGRolJicoKSo0NTY3ODk6Q0RFRkdISUpTVFVWV1hZWmNkZWZnaGlqc3R1dnd4eXqDhIWGh4iJipKT
    lJWWl5iZmqKjpKWmp6ipqrKztLW2t7i5usLDxMXGx8jJytLT1NXW19jZ2uHi4+Tl5ufo6erx8vP09fb3+Pn6/8QAHwEAAwEBAQEBAQEBAQAAAA
    AAAAECAwQFBgcICQoL/8QAtREAAgECBAQDBAcFBAQAAQJ3AAECAxEEBSExBhJBUQdhcRMiMoEIFEKRobHBCSMzUvAVYnLRChYkNOEl8RcYGRom
    JygpKjU2Nzg5OkNERUZHSElKU1RVVldYWVpjZGVmZ2hpanN0dXZ3eHl6goOEhYaHiImKkpOUlZaXmJmaoqOkpaanqKmqsrO0tba3uLm6wsPExc
    bHyMnK0tPU1dbX2Nna4uPk5ebn6Onq8vP09fb3+Pn6/9oADAMBAAIRAxEAPwCjpdoLgKrD5un1rYNlZWpKzkmRQCUVcnH8h68mo4wNP0lrjIWQ
    kJHlc5Y+nvjJ/CqW+4Ro0jQvNJhtr5K4zySe5Jz/AJ62sTWfu1U7LqtypclB+fRfq30RLczCWJha2YhjB/10r44zxx2/P/65SQqhzMwFwyj55n
    zsXnoB379OORjNFDlR+y/zJVPEVfed/lcijDXDWrSTEhFaRxyQF7HH4N7/AJ1Zhifyv3+0NON8rnI2rngD69Megx3oorWdPlinFtfMeGpqU7vd
    kk1zHblk2neBlUP3YR2LDuxB6c9fTGSiisIq611+S/yIqVajqSinZLTS363P/9k=
    """,
  ]

  private func pets(_ folder: Folder) throws {
    for (number, picture) in Self.jpegs.enumerated() {
      let bytes = try #require(Data(base64Encoded: picture, options: .ignoreUnknownCharacters))
      for (name, copies) in [("train", 3), ("test", 1)] {
        let place = folder.url.appending(path: "pets/\(name)/\(number)")
        try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
        for copy in 0..<copies { try bytes.write(to: place.appending(path: "\(copy).jpg")) }
      }
    }
  }

  @Test func `Pictures have the same bits with and without the library's vector instructions`() throws {
    let folder = Folder()
    try pets(folder)
    let text = """
      let p = load "./pets", size: 16
      inspect p
      let n = network [dense(classes)]
      let C = train n, on: p, epochs: 2
      """
    let usual = try Program.run("--no-store", in: folder, input: text)
    let plain = try Program.run("--no-store", in: folder, input: text, environment: ["JSIMD_FORCENONE": "1"])
    #expect(usual.status == 0 && usual.output.contains("6 training and 2 test images, 3×16×16, 2 classes"))
    #expect(usual.output == plain.output && usual.output.contains("training loss"))
  }

  @Test func `Data sets are listed with where they are, or how to get them`() throws {
    let folder = Folder()
    folder["data/mnist/train-images-idx3-ubyte.gz"] = "x"
    folder["data/tiny-imagenet-20.tar"] = "x"
    let list = try Program.run("data", "--data", "data", in: folder)
    #expect(list.status == 0)
    let lines = list.output.split(separator: "\n").map(String.init)
    #expect(lines.first == "garments       built in")
    #expect(
      lines.contains(
        "mnist          data/mnist lacks train-labels-idx1-ubyte, t10k-images-idx3-ubyte, t10k-labels-idx1-ubyte"))
    #expect(lines.contains("tiny-imagenet  data/tiny-imagenet-20.tar"))
    #expect(lines.contains { $0.hasPrefix("cifar-10       not found; cladec data fetch cifar-10 downloads it (162") })
    #expect(try Program.run("data", "list", "--data", "data", in: folder).output == list.output)
  }

  @Test func `The path is where downloads go, or where a data set is`() throws {
    let folder = Folder()
    folder["tiny-imagenet-20.tar"] = "x"
    #expect(
      try Program.run("data", "path", in: folder).output == "\(folder.url.path)/.local/share/cladec\n")
    #expect(try Program.run("data", "path", "--data", "d", in: folder).output == "d\n")
    #expect(
      try Program.run("data", "path", "tiny-imagenet", "--data", ".", in: folder).output == "./tiny-imagenet-20.tar\n")
    let missing = try Program.run("data", "path", "mnist", in: folder)
    #expect(missing.status == 3 && missing.errors.contains("cladec data fetch mnist"))
    #expect(try Program.run("data", "path", "mnits", in: folder).errors.contains("did you mean 'mnist'?"))
  }

  @Test func `Without a network it says what to put where, and a strange address is refused`() throws {
    let folder = Folder()
    // Nobody listens at this port.
    let away = try Program.run("data", "fetch", "mnist", "--data", "d", "--from", "http://127.0.0.1:9/", in: folder)
    #expect(away.status == 3)
    for part in [
      "http://127.0.0.1:9/train-images-idx3-ubyte.gz", "d/mnist/train-images-idx3-ubyte.gz", "9912422 bytes",
      "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609",
    ] { #expect(away.errors.contains(part), "\(part)") }
    #expect(try Program.run("data", "fetch", "mnist", "--from", "ftp://x", in: folder).status == 2)
    #expect(try Program.run("data", "fetch", "garments", in: folder).output == "garments needs no files\n")
  }

  static let real = ProcessInfo.processInfo.environment["CLADEC_DATA"].flatMap { folder in
    FileManager.default.isReadableFile(atPath: folder + "/mnist/t10k-labels-idx1-ubyte.gz") ? folder + "/mnist" : nil
  }
  private static let python = ["/usr/bin/python3", "/usr/local/bin/python3"].first {
    FileManager.default.isExecutableFile(atPath: $0)
  }

  @Test(.enabled(if: real != nil && python != nil, "CLADEC_DATA names no folder with MNIST, or there is no Python"))
  func `MNIST comes from a server, once`() throws {
    let folder = Folder()
    let server = Process()
    let output = Pipe()
    server.executableURL = URL(filePath: try #require(Self.python))
    server.arguments = ["-u", "-m", "http.server", "--bind", "127.0.0.1", "--directory", try #require(Self.real), "0"]
    server.standardOutput = output
    server.standardError = FileHandle.nullDevice
    try server.run()
    defer { server.terminate() }
    var said = ""
    while !said.contains("\n") {
      let data = output.fileHandleForReading.availableData
      try #require(!data.isEmpty)
      said += String(decoding: data, as: UTF8.self)
    }
    let port = try #require(said.firstMatch(of: /port (\d+)/)).1
    let arguments = ["data", "fetch", "mnist", "--data", "d", "--from", "http://127.0.0.1:\(port)"]
    let first = try Program(arguments, in: folder).end()
    #expect(first.status == 0 && first.output.split(separator: "\n").count == 4, "\(first.errors)")
    let again = try Program(arguments, in: folder).end()
    #expect(again.output == "mnist is there: d/mnist\n")
    let run = try Program.run(
      "--data", "d", in: folder, input: "let m = load \"mnist\", train: 10, test: 10\nm.test.count\n")
    #expect(run.status == 0 && run.output.contains("10"))
    #expect(!folder.files.contains { $0.hasSuffix(".part") })
  }
}
