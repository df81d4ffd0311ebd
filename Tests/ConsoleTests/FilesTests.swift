// Whole files written at once, and what is said when that fails.
import Console
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
      try writeFileAtomically([1, 2, 3], to: path)
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
    try writeFileAtomically(bytes, to: "\(folder.path)/a")
    try writeFileAtomically([], to: "\(folder.path)/b")
    #expect(try readFile("\(folder.path)/a") == bytes)
    #expect(try readFile("\(folder.path)/b") == [])
    #expect(folder.names == ["a", "b"])
  }

  @Test func `A file is replaced as a whole and keeps its permissions`() throws {
    let folder = Folder()
    let path = "\(folder.path)/a"
    try writeFileAtomically([1, 2, 3], to: path, permissions: 0o600)
    let old = open(path, O_RDONLY)
    defer { close(old) }
    try writeFileAtomically([9], to: path, permissions: 0o644)
    #expect(try readFile(path) == [9])
    var block = [UInt8](repeating: 0, count: 8)
    #expect(read(old, &block, 8) == 3, "a reader that had the old file open still sees all of it")
    var known = stat()
    #expect(stat(path, &known) == 0 && known.st_mode & 0o777 == 0o600)
  }

  @Test func `A link stays a link, and its target is written`() throws {
    let folder = Folder()
    try writeFileAtomically([1], to: "\(folder.path)/target")
    #expect(symlink("target", "\(folder.path)/link") == 0)
    try writeFileAtomically([2], to: "\(folder.path)/link")
    #expect(try readFile("\(folder.path)/target") == [2])
    var known = stat()
    #expect(lstat("\(folder.path)/link", &known) == 0 && known.st_mode & S_IFMT == S_IFLNK)
  }

  @Test func `A missing folder, a file as folder, and a folder as file are told apart`() throws {
    let folder = Folder()
    try writeFileAtomically([1], to: "\(folder.path)/file")
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

  @Test func `A pipe is written to and stays a pipe`() throws {
    let folder = Folder()
    let path = "\(folder.path)/pipe"
    #expect(mkfifo(path, 0o600) == 0)
    let reader = open(path, O_RDONLY | O_NONBLOCK)
    defer { close(reader) }
    try writeFileAtomically([5, 6], to: path)
    var block = [UInt8](repeating: 0, count: 8)
    #expect(read(reader, &block, 8) == 2)
    #expect(folder.names == ["pipe"])
  }

  /// A name that is too long is refused only by the renaming, when the bytes are on the disk already.
  @Test func `A write that fails late leaves nothing behind`() throws {
    let folder = Folder()
    #expect(failure("\(folder.path)/" + String(repeating: "n", count: 300)) == .nameTooLong)
    #expect(folder.names == [])
  }

  @Test func `Reading says what is missing`() {
    #expect(throws: FileError(path: "/absent/file", reason: .missing)) { try readFile("/absent/file") }
    #expect(throws: FileError(path: "/tmp", reason: .isAFolder)) { try readFile("/tmp") }
  }
}
