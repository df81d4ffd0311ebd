import Images

extension Shape {
  /// Channels as they lie in a map: padded to a multiple of 16 with zeros.
  package var paddedChannels: Int { padded(channels) }
}

/// The next multiple of 16, the number of lanes that every kernel works on.
package func padded(_ count: Int) -> Int { (count + 15) & ~15 }
