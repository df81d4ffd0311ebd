import CSandbox

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// What this process may do no more, for as long as it lives: for work on texts that somebody else has written. The kernel keeps
/// it, whatever the process does.
public struct Confinement: Sendable {
  /// The folders and files that may be read, and nothing else.
  public let readable: [String]
  /// Of the processor.
  public let seconds: Int
  /// Bytes of addresses: of all memory, and of what only might become some.
  public let addresses: Int

  public init(readable: [String], seconds: Int, addresses: Int) {
    (self.readable, self.seconds, self.addresses) = (readable, seconds, addresses)
  }

  /// A part of it that the kernel does not offer.
  public enum Part: String, Sendable, CaseIterable {
    /// No file is read but those that may be.
    case files
    /// No process is started, no socket opened, no file written, no other process touched.
    case calls
    /// Time, memory, open files and the size of files.
    case limits
  }

  /// Confines this process. To be called before it has started threads.
  /// - Parameter parent: the process with which it ends, if it can.
  /// - Returns: what is lacking; all else holds.
  public func begin(endingWith parent: Int32) -> Set<Part> {
    var lacking: Set<Part> = []
    _ = sandbox_end_with(parent)
    let limits: [(Int32, Int)] = [
      (Self.number(RLIMIT_CORE), 0), (Self.number(RLIMIT_FSIZE), 0), (Self.number(RLIMIT_NOFILE), 64),
      (Self.number(RLIMIT_CPU), seconds), (Self.number(RLIMIT_AS), addresses),
    ]
    for (resource, value) in limits where sandbox_limit(resource, UInt64(value)) != 0 { lacking.insert(.limits) }
    var paths: [UnsafePointer<CChar>?] = readable.map { strdup($0).map { UnsafePointer($0) } }
    defer { for path in paths { free(UnsafeMutablePointer(mutating: path)) } }
    if sandbox_landlock(&paths, Int32(paths.count)) != 0 { lacking.insert(.files) }
    if sandbox_seccomp() != 0 { lacking.insert(.calls) }
    return lacking
  }

  /// What this machine's kernel does not offer.
  public static var missing: Set<Part> {
    Set(
      (sandbox_landlock_version() == 0 ? [.files] : []) + (sandbox_has_seccomp() == 0 ? [.calls] : [])
        as [Part])
  }

  #if canImport(Glibc)
    private static func number(_ resource: __rlimit_resource) -> Int32 { Int32(resource.rawValue) }
  #else
    private static func number(_ resource: Int32) -> Int32 { resource }
  #endif
}
