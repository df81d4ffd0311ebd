#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Candidates in the form that readline takes over and frees: first what they have in common, then each of them, then
/// NULL.
struct CompletionList: @unchecked Sendable {
  let strings: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?

  /// No list for no candidates.
  init(_ candidates: [String]?) {
    guard let candidates, let first = candidates.first else {
      strings = nil
      return
    }
    let common = candidates.dropFirst().reduce(first) { String(zip($0, $1).prefix { $0 == $1 }.map(\.0)) }
    let all = candidates.count == 1 ? [first] : [common] + candidates
    let size = MemoryLayout<UnsafeMutablePointer<CChar>?>.stride * (all.count + 1)
    strings = malloc(size)?.bindMemory(to: UnsafeMutablePointer<CChar>?.self, capacity: all.count + 1)
    for (index, text) in all.enumerated() { strings?[index] = strdup(text) }
    strings?[all.count] = nil
  }
}
