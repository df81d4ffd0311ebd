import Datasets
import Images
import Testing

/// CIFAR-10's binary form.
@Suite struct CIFARTests {
  /// A record whose reds, greens and blues are these in the first pixel, and a ramp after it.
  private func record(_ label: UInt8, _ red: UInt8, _ green: UInt8, _ blue: UInt8) -> [UInt8] {
    [label]
      + [red, green, blue].flatMap { first in [first] + (1..<1024).map { UInt8(truncatingIfNeeded: $0 + Int(first)) } }
  }

  private var files: [String: [UInt8]] {
    var files = ["test_batch.bin": record(3, 101, 102, 103) + record(9, 104, 105, 106)]
    for number in 1...5 {
      let base = UInt8(number * 10)
      files["data_batch_\(number).bin"] = record(UInt8(number), base, 1, 2) + record(0, base + 5, 3, 4)
    }
    files["batches.meta.txt"] = Array("a\nb\nc\nd\ne\nf\ng\nh\ni\nj\n\n".utf8)
    return files
  }

  @Test func `Records are read in order, plane by plane`() throws {
    let folder = PictureFolder()
    for (name, bytes) in files { folder["cifar-10-batches-bin/" + name] = bytes }
    let data = try DatasetName.known(.cifar10).open(searching: [folder.path])
    #expect(data.classes == ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j"] && data.channels == 3)
    let train = try data.load(.train, size: 32)
    #expect(train.labels == [1, 0, 2, 0, 3, 0, 4, 0, 5, 0] && train.classes == 10)
    #expect(train.firstValues == [10, 15, 20, 25, 30, 35, 40, 45, 50, 55])
    #expect(Array(train.bytes(of: 1)[..<6]) == [15, 3, 4, 16, 4, 5])
    // The second row begins after 32 pixels.
    #expect(Array(train.bytes(of: 0)[96..<99]) == [42, 33, 34])
    #expect(try data.load(.test, size: 32).labels == [3, 9])
    #expect(try data.load(.train, count: 3, size: 32).labels == [1, 0, 2])
    let some = try data.load(.train, classes: [0, 4], count: 4, size: 8)
    #expect(some.labels == [0, 0, 0, 1] && some.classes == 2 && some.shape.height == 8)
    #expect(throws: DatasetError.tooFewImages(name: "cifar-10", split: .test, asked: 3, available: 2)) {
      try data.load(.test, count: 3)
    }
  }

  @Test func `An archive gives the same, in whatever order its files lie`() throws {
    let folder = PictureFolder()
    let entries = files.sorted { $0.key > $1.key }.map { ("cifar-10-batches-bin/" + $0.key, $0.value) }
    folder["cifar-10-binary.tar.gz"] = Files.gzipped(Tar.archive(entries))
    // The form for Python is not read, and not mistaken.
    folder["cifar-10-a.tar.gz"] = [1]
    let data = try DatasetName.known(.cifar10).open(searching: [folder.path])
    #expect(try data.load(.train, size: 32).firstValues == [10, 15, 20, 25, 30, 35, 40, 45, 50, 55])
    #expect(try data.load(.train, classes: [0, 4], count: 4, size: 32).firstValues == [15, 25, 35, 40])
  }

  @Test func `Its classes are known without their list`() throws {
    let folder = PictureFolder(files)
    folder["batches.meta.txt"] = nil
    #expect(try folder.open().classes == KnownDataset.cifar10.classes)
    #expect(KnownDataset.cifar10.classes[6] == "frog")
  }

  @Test func `Missing files, other lengths and other labels are named`() throws {
    func error(_ name: String, _ bytes: [UInt8]?) -> DatasetError? {
      let folder = PictureFolder(files)
      folder[name] = bytes
      do throws(DatasetError) { _ = try folder.open().load(.train) } catch { return error.shortened(folder.path) }
      return nil
    }
    guard case .incomplete(_, let folder, let missing) = error("data_batch_3.bin", nil) else {
      Issue.record("it is not missed")
      return
    }
    #expect(folder == "" && missing == ["data_batch_3.bin"])
    let whole = record(1, 2, 3, 4)
    for count in [0, 1, 3072] {
      #expect(
        error("data_batch_2.bin", Array(whole[..<count]))
          == .unevenRecords(file: "data_batch_2.bin", length: count, record: 3073))
    }
    #expect(
      error("data_batch_2.bin", whole + record(10, 1, 1, 1))
        == .labelOutOfRange(file: "data_batch_2.bin", offset: 3073, found: 10, classes: 10))
  }

  @Test func `Reading is told of, and is broken off wherever an answer says so`() throws {
    let folder = PictureFolder(files)
    #expect(throws: DatasetError.interrupted) {
      _ = try folder.open().images(of: ImageSelection(.train)) { _ in false }
    }
    var told: [Double] = []
    _ = try folder.open().images(of: ImageSelection(.train)) { share in
      told.append(share)
      return true
    }
    #expect(told == [1])
  }
}
