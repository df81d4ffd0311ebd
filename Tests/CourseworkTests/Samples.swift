import Coursework
import Diagnostics
import Experiments
import Foundation
import Host
import Notebooks
import Testing
import Text
import Workbench

/// A sheet with something of everything, small enough to be run many times.
enum Sample {
  static let master = """
    <!-- cladec 1 -->
    # A small sheet

    ```cladec
    let g = load "garments", train: 40, test: 10, size: 16
    let tiny = network [conv(2, stride: 4), dense(classes)]
    let C = train tiny, on: g, epochs: 1
    ```

    ```cladec #q1 answer points=2
    ### solution
    let E = cladec C, layer: -1, epochs: 1
    ### end
    let E = cladec C, layer: ___, epochs: 1
    ```

    ```cladec test for=q1
    expect loss(E) > 0, "a loss is positive"
    expect E.layer == -1
    ```

    ```cladec test for=q1 hidden points=1
    let secretname = E.epochs
    expect secretname == 1, "the secret message"
    ```

    ```cladec #q2 answer points=0.5
    ### solution
    let n = 10
    ### end
    let n = ___
    ```

    ```cladec test for=q2
    expect n == 10
    ```

    ```answer #q3 points=3

    ```

    ```cladec
    let below = 5
    show loss(E)
    ```

    """

  static let source = SourceFile(name: "sheet.cladec", text: master)
  static var sheet: GradedSheet {
    get throws { try #require(GradedSheet(Notebook(parsing: source))) }
  }

  /// What students get, and the same with all answers right.
  static let release = String(decoding: Notebook(parsing: source).released, as: UTF8.self)
  static let right = release.replacing("layer: ___", with: "layer: -1").replacing("let n = ___", with: "let n = 10")
    .replacing("```answer #q3 points=3\n\n", with: "```answer #q3 points=3\nIt forgets.\n")

  static func session(_ meter: WorkMeter, values: Int? = 200_000) -> Session {
    var setup = Session.Setup(.here)
    (setup.threads, setup.jobs, setup.memory, setup.meter, setup.declaredData) = (1, 1, 1 << 28, meter, [])
    setup.mostValues = values
    return Session(setup)
  }

  /// What the master's own run allows.
  static let rules = Result {
    try MasterRun(sheet, factor: 10, rules: GradingTask.Rules()) { session($0, values: nil) }.rules
  }

  static func result(_ bytes: [UInt8], without: Set<String> = []) throws -> SubmissionResult {
    var task = GradingTask(
      master: GradingTask.SourceText(name: "sheet.cladec", text: master), submission: bytes, rules: try rules.get())
    task.without = without
    let read = try #require(GradingTask(try JSON(reading: Array(task.json.text.utf8))))
    #expect(read.key == task.key)
    let result = try Marking(read).result { session($0) }
    // It goes through a pipe, and is kept as a file.
    #expect(SubmissionResult(try JSON(reading: Array(result.json.text.utf8))) == result)
    return result
  }

  static func result(_ text: String) throws -> SubmissionResult { try result(Array(text.utf8)) }
}

/// A folder that goes with the test.
final class Place {
  let path = FileManager.default.temporaryDirectory.path + "/cladec-\(UUID().uuidString)"

  init() { try? FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true) }
  deinit { try? FileManager.default.removeItem(atPath: path) }

  func write(_ name: String, _ bytes: [UInt8]) {
    let file = path + "/" + name
    try? FileManager.default.createDirectory(
      atPath: URL(filePath: file).deletingLastPathComponent().path, withIntermediateDirectories: true)
    _ = FileManager.default.createFile(atPath: file, contents: Data(bytes))
  }

  func write(_ name: String, _ text: String = Sample.right) { write(name, Array(text.utf8)) }

  func submissions(_ names: String..., for sheet: GradedSheet) throws -> [Submission] {
    try Submissions(names.map { path + "/" + $0 }, for: sheet).all
  }
}

/// A zip archive as its specification (PKWARE's APPNOTE) has it, of parts that need not be what they say.
enum Zip {
  struct Entry {
    var name: String
    var bytes: [UInt8]
    /// Of the file that it says to hold; none for that of its bytes.
    var size: Int?
    var isDeflated = false
    /// Of Unix, in the upper half.
    var mode: UInt32 = 0o100644
  }

  static func archive(_ entries: [Entry]) -> [UInt8] {
    var (file, list) = ([UInt8](), [UInt8]())
    for entry in entries {
      let (name, start) = (Array(entry.name.utf8), file.count)
      var common: [UInt8] = word(20) + word(0) + word(entry.isDeflated ? 8 : 0) + word(0) + word(0)
      common += long(crc(entry.bytes)) + long(UInt32(entry.bytes.count))
      common += long(UInt32(entry.size ?? entry.bytes.count)) + word(name.count) + word(0)
      file += long(0x0403_4B50) + common + name + entry.bytes
      list += long(0x0201_4B50) + word(0x0314) + common + word(0) + word(0) + word(0)
      list += long(entry.mode << 16) + long(UInt32(start)) + name
    }
    var end: [UInt8] = long(0x0605_4B50) + word(0) + word(0) + word(entries.count) + word(entries.count)
    end += long(UInt32(list.count)) + long(UInt32(file.count)) + word(0)
    return file + list + end
  }

  /// Zeros, compressed a hundred times (RFC 1951): one as it is, and then 258 at a time.
  static func zeros(_ count: Int) -> [UInt8] {
    var (bytes, byte, filled) = ([UInt8](), UInt8(0), 0)
    func add(_ bits: [UInt8]) {
      for bit in bits {
        byte |= bit << filled
        filled += 1
        if filled == 8 {
          bytes.append(byte)
          (byte, filled) = (0, 0)
        }
      }
    }
    add([1, 1, 0])
    add([0, 0, 1, 1, 0, 0, 0, 0])
    for _ in 0..<count / 258 { add([1, 1, 0, 0, 0, 1, 0, 1, 0, 0, 0, 0, 0]) }
    add([0, 0, 0, 0, 0, 0, 0])
    return bytes + [byte]
  }

  private static func word(_ value: Int) -> [UInt8] { [UInt8(value & 255), UInt8(value >> 8 & 255)] }
  private static func long(_ value: UInt32) -> [UInt8] { word(Int(value & 0xFFFF)) + word(Int(value >> 16)) }

  private static func crc(_ bytes: [UInt8]) -> UInt32 {
    var sum = ~UInt32(0)
    for byte in bytes {
      sum ^= UInt32(byte)
      for _ in 0..<8 { sum = sum & 1 == 1 ? (sum >> 1) ^ 0xEDB8_8320 : sum >> 1 }
    }
    return ~sum
  }
}
