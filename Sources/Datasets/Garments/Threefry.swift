/// Threefry-4x32-20, the counter-based random numbers of Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as
/// easy as 1, 2, 3" (2011): a bijection of 128 bits under a 128-bit key.
///
/// There is no state that draws move along: any number of any stream can be computed alone and in any order.
public struct Threefry: Sendable {
  private let key0, key1, key2, key3, key4: UInt32

  public init(key: (UInt32, UInt32, UInt32, UInt32)) {
    (key0, key1, key2, key3) = key
    key4 = 0x1BD1_1BDA ^ key.0 ^ key.1 ^ key.2 ^ key.3
  }

  /// The four random words at a counter.
  public func block(_ counter: (UInt32, UInt32, UInt32, UInt32)) -> (UInt32, UInt32, UInt32, UInt32) {
    var x = counter
    inject(&x, key0, key1, key2, key3, 0)
    evenRounds(&x)
    inject(&x, key1, key2, key3, key4, 1)
    oddRounds(&x)
    inject(&x, key2, key3, key4, key0, 2)
    evenRounds(&x)
    inject(&x, key3, key4, key0, key1, 3)
    oddRounds(&x)
    inject(&x, key4, key0, key1, key2, 4)
    evenRounds(&x)
    inject(&x, key0, key1, key2, key3, 5)
    return x
  }

  private typealias Words = (UInt32, UInt32, UInt32, UInt32)

  @inline(__always)
  private func inject(_ x: inout Words, _ a: UInt32, _ b: UInt32, _ c: UInt32, _ d: UInt32, _ round: UInt32) {
    x.0 &+= a
    x.1 &+= b
    x.2 &+= c
    x.3 &+= d &+ round
  }

  /// Rounds 1 to 4 of each eight.
  @inline(__always)
  private func evenRounds(_ x: inout Words) {
    mix(&x.0, &x.1, 10)
    mix(&x.2, &x.3, 26)
    mix(&x.0, &x.3, 11)
    mix(&x.2, &x.1, 21)
    mix(&x.0, &x.1, 13)
    mix(&x.2, &x.3, 27)
    mix(&x.0, &x.3, 23)
    mix(&x.2, &x.1, 5)
  }

  /// Rounds 5 to 8 of each eight.
  @inline(__always)
  private func oddRounds(_ x: inout Words) {
    mix(&x.0, &x.1, 6)
    mix(&x.2, &x.3, 20)
    mix(&x.0, &x.3, 17)
    mix(&x.2, &x.1, 11)
    mix(&x.0, &x.1, 25)
    mix(&x.2, &x.3, 10)
    mix(&x.0, &x.3, 18)
    mix(&x.2, &x.1, 20)
  }

  @inline(__always)
  private func mix(_ a: inout UInt32, _ b: inout UInt32, _ rotation: UInt32) {
    a &+= b
    b = (b &<< rotation | b &>> (32 &- rotation)) ^ a
  }
}
