import Foundation

#if canImport(Glibc)
  import Glibc
#endif

/// A file system of a few pages that goes with the test, where file systems may be mounted.
final class SmallDisk {
  let path = FileManager.default.temporaryDirectory.appending(path: "cladec-disk-\(UUID().uuidString)").path

  static let isPossible = (try? SmallDisk(bytes: 1 << 16)) != nil

  struct NotPossible: Error {}

  init(bytes: Int) throws {
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    #if canImport(Glibc)
      guard mount("tmpfs", path, "tmpfs", 0, "size=\(bytes)") == 0 else { throw NotPossible() }
    #else
      throw NotPossible()
    #endif
  }

  deinit {
    #if canImport(Glibc)
      umount(path)
    #endif
    try? FileManager.default.removeItem(atPath: path)
  }

  func makeReadOnly() throws {
    #if canImport(Glibc)
      guard mount(nil, path, nil, UInt(MS_REMOUNT | MS_RDONLY), nil) == 0 else { throw NotPossible() }
    #endif
  }

  /// Bytes of whole pages that nothing has.
  var room: Int {
    (try? FileManager.default.attributesOfFileSystem(forPath: path)[.systemFreeSize] as? Int) ?? 0
  }

  /// Leaves so much room, and nothing else has any.
  func fill(leaving bytes: Int) throws {
    try Data(count: max(0, room - bytes)).write(to: URL(filePath: path + "/filling"))
  }
}
