// Whole files written at once, and what is said when that fails.
import Files
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

@Suite struct `Whole files` {
  /// A folder of this test alone, removed at the end.
  final class Folder {
    let path: String
    init() {
      var template = Array("/tmp/cladec-test-XXXXXX".utf8CString)
      path = mkdtemp(&template).map { String(cString: $0) } ?? "/tmp"
    }
    var names: [String] {
      guard let folder = opendir(path) else { return [] }
      defer { closedir(folder) }
      var names = [String]()
      while let entry = readdir(folder) {
        let name = withUnsafeBytes(of: &entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
        if name != ".", name != ".." { names.append(name) }
      }
      return names.sorted()
    }
    deinit {
      for name in names { remove("\(path)/\(name)") }
      rmdir(path)
    }
  }

  private func failure(_ path: String) -> FileError.Reason? {
    do throws(FileError) {
      try replaceFile(path, with: [1, 2, 3])
      return nil
    } catch {
      #expect(error.path == path)
      #expect(error.description.hasPrefix("\(path): "))
      return error.reason
    }
  }

  @Test func `What is written is read back, and nothing else is left in the folder`() throws {
    let folder = Folder()
    let bytes = (0..<300_000).map { UInt8(truncatingIfNeeded: $0 &* 7) }
    try replaceFile("\(folder.path)/a", with: bytes)
    try replaceFile("\(folder.path)/b", with: [])
    #expect(try readFile("\(folder.path)/a", limit: 1 << 20) == bytes)
    #expect(try readFile("\(folder.path)/b", limit: 1 << 20) == [])
    #expect(folder.names == ["a", "b"])
  }

  @Test func `A file's beginning is read with its length, and a folder's files are listed without what they lead to`()
    throws
  {
    let folder = Folder()
    let path = folder.path
    try replaceFile("\(path)/b", with: [1, 2, 3])
    try replaceFile("\(path)/a", with: [])
    symlink("\(path)/b", "\(path)/link")
    mkfifo("\(path)/pipe", 0o600)
    let part = try readBeginning(of: "\(path)/b", count: 2)
    #expect(part.bytes == [1, 2] && part.size == 3)
    let whole = try readBeginning(of: "\(path)/b", count: 9)
    #expect(whole.bytes == [1, 2, 3] && whole.size == 3)
    #expect(throws: FileError(path: "\(path)/pipe", reason: .notAFile)) {
      try readBeginning(of: "\(path)/pipe", count: 1)
    }
    let facts = try files(in: path)
    #expect(facts.map(\.name) == ["a", "b"] && facts.map(\.size) == [0, 3])
    #expect(throws: FileError(path: "\(path)/none", reason: .missing)) { try files(in: "\(path)/none") }
    try removeFile("\(path)/b")
    try removeFile("\(path)/b")
    #expect(try files(in: path).map(\.name) == ["a"])
  }

  @Test func `A file is replaced as a whole and keeps its permissions`() throws {
    let folder = Folder()
    let path = "\(folder.path)/a"
    try replaceFile(path, with: [1, 2, 3], permissions: 0o600)
    let old = open(path, O_RDONLY)
    defer { close(old) }
    try replaceFile(path, with: [9], permissions: 0o644)
    #expect(try readFile(path, limit: 1 << 20) == [9])
    var block = [UInt8](repeating: 0, count: 8)
    #expect(read(old, &block, 8) == 3, "a reader that had the old file open still sees all of it")
    var known = stat()
    #expect(stat(path, &known) == 0 && known.st_mode & 0o777 == 0o600)
  }

  @Test func `A link is replaced, and its target stays as it was`() throws {
    let folder = Folder()
    try replaceFile("\(folder.path)/target", with: [1])
    #expect(symlink("target", "\(folder.path)/link") == 0)
    try replaceFile("\(folder.path)/link", with: [2])
    #expect(try readFile("\(folder.path)/target", limit: 1 << 20) == [1])
    var known = stat()
    #expect(lstat("\(folder.path)/link", &known) == 0 && known.st_mode & S_IFMT == S_IFREG)
    #expect(folder.names == ["link", "target"])
  }

  @Test func `Rewriting keeps a link, the permissions of what it names, and all its names`() throws {
    let folder = Folder()
    let target = "\(folder.path)/target"
    try replaceFile(target, with: [1, 1, 1, 1])
    chmod(target, 0o640)
    #expect(symlink("target", "\(folder.path)/link") == 0)
    try rewriteFile("\(folder.path)/link", with: [2, 2])
    #expect(try readFile(target, limit: 1 << 20) == [2, 2])
    var known = stat()
    #expect(lstat("\(folder.path)/link", &known) == 0 && known.st_mode & S_IFMT == S_IFLNK)
    #expect(stat(target, &known) == 0 && known.st_mode & 0o777 == 0o640)
    #expect(link(target, "\(folder.path)/other") == 0)
    try rewriteFile(target, with: [3])
    #expect(try readFile("\(folder.path)/other", limit: 1 << 20) == [3])
    #expect(folder.names == ["link", "other", "target"])
  }

  @Test func `Rewriting keeps the owner`() throws {
    let folder = Folder()
    let path = "\(folder.path)/a"
    guard geteuid() == 0 else { return }  // nobody else may give files away
    try replaceFile(path, with: [1])
    #expect(chown(path, 12_345, 23_456) == 0)
    try rewriteFile(path, with: [2])
    var known = stat()
    #expect(stat(path, &known) == 0 && known.st_uid == 12_345 && known.st_gid == 23_456)
  }

  @Test func `A missing folder, a file as folder, and a folder as file are told apart`() throws {
    let folder = Folder()
    try replaceFile("\(folder.path)/file", with: [1])
    #expect(failure("\(folder.path)/absent/x") == .missingFolder)
    #expect(failure("\(folder.path)/file/x") == .notAFolder)
    #expect(failure(folder.path) == .isAFolder)
    #expect(folder.names == ["file"])
  }

  @Test func `A folder that may not be written to is said so`() throws {
    let folder = Folder()
    guard geteuid() != 0 else { return }  // the superuser may write everywhere
    chmod(folder.path, 0o500)
    #expect(failure("\(folder.path)/x") == .notAllowed)
    chmod(folder.path, 0o700)
  }

  @Test func `A full disk is told in words`() {
    #expect(FileError(path: "x", reason: .noSpace).description == "x: no space left on the device")
  }

  @Test func `A pipe or a device is never waited for`() throws {
    let folder = Folder()
    let path = "\(folder.path)/pipe"
    #expect(mkfifo(path, 0o600) == 0)
    #expect(throws: FileError(path: path, reason: .notAFile)) { try readFile(path, limit: 100) }
    #expect(throws: FileError(path: path, reason: .notAFile)) { try rewriteFile(path, with: [1]) }
    #expect(throws: FileError(path: "/dev/zero", reason: .notAFile)) { try readFile("/dev/zero", limit: 100) }
    #expect(throws: FileError(path: "/dev/null", reason: .notAFile)) { try rewriteFile("/dev/null", with: [1]) }
    try replaceFile(path, with: [5, 6])
    #expect(try readFile(path, limit: 100) == [5, 6])
    #expect(folder.names == ["pipe"])
  }

  @Test func `Reading is broken off at any part where it is asked for`() throws {
    let folder = Folder()
    let path = "\(folder.path)/a"
    try replaceFile(path, with: [UInt8](repeating: 1, count: 3 << 16))
    for last in 1...4 {
      var asked = 0
      #expect(throws: FileError(path: path, reason: .interrupted)) {
        try readFile(path, limit: 1 << 20) {
          asked += 1
          return asked == last
        }
      }
      #expect(asked == last)
    }
  }

  @Test func `A file is read up to its limit`() throws {
    let folder = Folder()
    let path = "\(folder.path)/a"
    try replaceFile(path, with: [1, 2, 3])
    #expect(try readFile(path, limit: 3) == [1, 2, 3])
    #expect(throws: FileError(path: path, reason: .tooLarge(limit: 2))) { try readFile(path, limit: 2) }
    let descriptor = open("/dev/zero", O_RDONLY)
    defer { close(descriptor) }
    #expect(throws: FileError(path: "zeros", reason: .tooLarge(limit: 100_000))) {
      try readStream(descriptor, name: "zeros", limit: 100_000)
    }
  }

  @Test func `Folders are made as far as they are missing`() throws {
    let folder = Folder()
    try makeFolder("\(folder.path)/a/b")
    try makeFolder("\(folder.path)/a/b")
    try replaceFile("\(folder.path)/a/b/file", with: [1])
    #expect(throws: FileError(path: "\(folder.path)/a/b/file/", reason: .notAFolder)) {
      try makeFolder("\(folder.path)/a/b/file/c")
    }
    unlink("\(folder.path)/a/b/file")
    rmdir("\(folder.path)/a/b")
  }

  @Test func `What killed writers left is removed, and nothing else`() throws {
    let folder = Folder()
    // No process has the greatest number.
    let dead = ".table-1.csv.\(pid_t.max)-0.tmp"
    let names = [dead, ".table.\(getpid())-0.tmp", ".table.1-0.tmp", "table.\(pid_t.max)-0.tmp", ".x.tmp", ".a-b.tmp"]
    for name in names { try replaceFile("\(folder.path)/\(name)", with: [1]) }
    removeLeftovers(in: folder.path)
    #expect(folder.names == names.filter { $0 != dead }.sorted())
  }

  /// A name that is too long is refused only by the renaming, when the bytes are on the disk already.
  @Test func `A write that fails late leaves nothing behind`() throws {
    let folder = Folder()
    #expect(failure("\(folder.path)/" + String(repeating: "n", count: 300)) == .nameTooLong)
    #expect(folder.names == [])
  }

  @Test func `Reading says what is missing`() {
    #expect(throws: FileError(path: "/absent/file", reason: .missing)) { try readFile("/absent/file", limit: 1 << 20) }
    #expect(throws: FileError(path: "/tmp", reason: .isAFolder)) { try readFile("/tmp", limit: 1 << 20) }
  }
}
