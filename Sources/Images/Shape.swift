/// The shape of one image or one activation, without the batch. A vector is `channels` × 1 × 1.
public struct Shape: Hashable, Sendable, CustomStringConvertible {
  public var channels: Int
  public var height: Int
  public var width: Int

  public init(channels: Int, height: Int = 1, width: Int = 1) {
    self.channels = channels
    self.height = height
    self.width = width
  }

  /// Pixels of one channel.
  public var pixels: Int { height * width }
  /// Values of all channels.
  public var count: Int { channels * pixels }
  public var isVector: Bool { pixels == 1 }

  /// Channels × height × width, as the paper writes it: `256×2×2`; a vector is its length alone.
  public var description: String { isVector ? "\(channels)" : "\(channels)×\(height)×\(width)" }
}
