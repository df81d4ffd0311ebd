import Tensors

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

extension Machine {
  /// The one that this process runs on.
  public static let here = Machine(
    features: processor.features, cores: min(online, processor.cores ?? online), memory: physicalMemory)

  private static let processor = Processor()

  /// Processors that may be used, each thread of a core being one.
  private static var online: Int { max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))) }

  /// Where the system does not tell it, 8 GiB.
  private static var physicalMemory: Int {
    let (pages, size) = (sysconf(Int32(_SC_PHYS_PAGES)), sysconf(Int32(_SC_PAGESIZE)))
    return pages > 0 && size > 0 ? pages * size : 8 << 30
  }
}

/// What Linux tells of the processor. Elsewhere nothing, which is enough: the baseline always works.
private struct Processor {
  /// As the kernel names them.
  private(set) var features: Set<String> = []
  /// Physical cores; none where that is not told.
  var cores: Int? { coreNames.isEmpty ? nil : coreNames.count }
  private var coreNames: Set<String> = []

  init() {
    guard let file = fopen("/proc/cpuinfo", "r") else { return }
    defer { fclose(file) }
    var package = ""
    var line: UnsafeMutablePointer<CChar>?
    var capacity = 0
    defer { free(line) }
    while getline(&line, &capacity, file) > 0, let text = line.map({ String(cString: $0) }) {
      if text.hasPrefix("flags"), features.isEmpty {
        features = Set(text.split(whereSeparator: { " \t\n".contains($0) }).map(String.init))
      }
      if text.hasPrefix("physical id") { package = text }
      if text.hasPrefix("core id") { coreNames.insert(package + text) }
    }
  }
}
