#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// How much memory this process has held at most.
public enum PeakMemory {
  /// Begins anew where the system lets it (Linux does); elsewhere what was held before goes on counting.
  public static func reset() {
    guard let file = fopen("/proc/self/clear_refs", "w") else { return }
    fputs("5", file)
    fclose(file)
  }

  /// In bytes; none where the system does not tell.
  public static var bytes: Int? {
    guard let file = fopen("/proc/self/status", "r") else { return nil }
    defer { fclose(file) }
    var line: UnsafeMutablePointer<CChar>?
    var capacity = 0
    defer { free(line) }
    while getline(&line, &capacity, file) >= 0, let line {
      let words = String(cString: line).split(whereSeparator: \.isWhitespace)
      if words.count == 3, words[0] == "VmHWM:", let kibibytes = Int(words[1]) { return kibibytes * 1024 }
    }
    return nil
  }
}
