import Datasets
import Figures
import Foundation
import Images
import Testing

/// A folder of files on the disk that goes with the process, for data sets are read when they are asked for.
final class PictureFolder {
  private static let top: URL = {
    let url = FileManager.default.temporaryDirectory.appending(path: "cladec-data-\(UUID().uuidString)")
    atexit { try? FileManager.default.removeItem(at: PictureFolder.top) }
    return url
  }()

  let url = top.appending(path: UUID().uuidString)

  init(_ files: [String: [UInt8]] = [:]) {
    for (name, bytes) in files { self[name] = bytes }
    try? FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  var path: String { url.path }

  subscript(name: String) -> [UInt8]? {
    get { (try? Data(contentsOf: url.appending(path: name))).map { Array($0) } }
    set {
      let file = url.appending(path: name)
      try? FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      if let newValue {
        try? Data(newValue).write(to: file)
      } else {
        try? FileManager.default.removeItem(at: file)
      }
    }
  }

  /// The data set in it, or at a place in it.
  func open(_ place: String = "", seed: UInt64 = 1, holdout: Double = 0.2) throws(DatasetError) -> any DatasetSource {
    try DatasetName.path(path + "/" + place).open(seed: seed, holdout: holdout, searching: [])
  }

  /// A PNG file of one grey or one colour.
  static func png(_ values: UInt8..., width: Int = 8, height: Int = 8) -> [UInt8] {
    let pixels = (0..<width * height).flatMap { _ in values }
    guard let raster = try? Raster(width: width, height: height, channels: values.count, pixels: pixels) else {
      return []
    }
    return (try? encodePNG(raster)) ?? []
  }
}

extension DatasetSource {
  func load(
    _ split: Split, classes: [Int]? = nil, count: Int? = nil, size: Int = 8
  ) throws(DatasetError) -> LabelledImages {
    let selection = ImageSelection(split, classes: classes, count: count, size: size)
    let images = try images(of: selection)
    let count = try self.count(of: selection)
    #expect(images.count == count)
    return images
  }
}

extension LabelledImages {
  /// The first value of each image.
  var firstValues: [UInt8] { (0..<count).compactMap { bytes(of: $0).first } }
}

/// Archives made by hand: ustar, of which every byte's meaning is known.
enum Tar {
  /// Some entries, and the two empty blocks at the end. Names that end with a stroke are folders.
  static func archive(_ entries: [(name: String, content: [UInt8])]) -> [UInt8] {
    entries.flatMap { entry($0.name, $0.content) } + [UInt8](repeating: 0, count: 1024)
  }

  /// - Parameters:
  ///   - kind: 0 a file, 1 a link to another entry, 2 a link to any file, 5 a folder.
  ///   - size: what the header says, where it lies.
  static func entry(_ name: String, _ content: [UInt8], kind: Character? = nil, link: String = "", size: Int? = nil)
    -> [UInt8]
  {
    var header = [UInt8](repeating: 0, count: 512)
    func put(_ text: String, at place: Int) {
      for (index, byte) in text.utf8.enumerated() { header[place + index] = byte }
    }
    func octal(_ number: Int, _ digits: Int) -> String {
      let text = String(number, radix: 8)
      return String(repeating: "0", count: digits - text.count) + text
    }
    put(name, at: 0)
    put("0000644", at: 100)
    put("0000000", at: 108)
    put("0000000", at: 116)
    put(octal(size ?? content.count, 11), at: 124)
    put("00000000000", at: 136)
    put("        ", at: 148)
    put(String(kind ?? (name.hasSuffix("/") ? "5" : "0")), at: 156)
    put(link, at: 157)
    put("ustar", at: 257)
    put("00", at: 263)
    put(octal(header.reduce(0) { $0 + Int($1) }, 6), at: 148)
    header[154] = 0
    return header + content + [UInt8](repeating: 0, count: (512 - content.count % 512) % 512)
  }
}
