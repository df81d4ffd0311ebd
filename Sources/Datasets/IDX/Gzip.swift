/// Decompression of gzip files (RFC 1952) by zlib.

import CZlib

enum Gzip {
  /// Whether these bytes begin as every gzip file does.
  static func isCompressed(_ bytes: [UInt8]) -> Bool { bytes.starts(with: [0x1F, 0x8B]) }

  /// The first `limit` bytes of the content, or all of it where it is shorter.
  ///
  /// Memory grows with what is really decompressed and never above `limit`, whatever the file claims. The checksum is
  /// compared where the content is shorter than `limit`. Several compressed parts in a row are one content.
  /// - Parameter progress: told after each chunk which share of `limit` is there; an answer of false breaks off.
  static func content(
    of bytes: [UInt8], limit: Int, file: String, progress: (Double) -> Bool = { _ in true }
  ) throws(DatasetError) -> [UInt8] {
    let inflater = try Inflater(file: file)
    var content: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: min(limit, 1 << 18))
    var position = 0
    while content.count < limit {
      let room = min(chunk.count, limit - content.count)
      let step = inflater.step(bytes, from: position, into: &chunk, room: room)
      position += step.consumed
      content.append(contentsOf: chunk[..<step.produced])
      guard progress(Double(content.count) / Double(limit)) else { throw .interrupted }
      switch step.status {
      case Z_STREAM_END:
        guard position < bytes.count else { return content }
        guard bytes[position...].starts(with: [0x1F, 0x8B]) else {
          throw .bytesAfterGzip(file: file, offset: position)
        }
        inflater.reset()
      case Z_OK where step.consumed > 0 || step.produced > 0:
        continue
      case Z_OK, Z_BUF_ERROR:
        throw .truncatedGzip(file: file, length: bytes.count)
      default:
        throw .damagedGzip(file: file, offset: position)
      }
    }
    return content
  }
}

/// Owns zlib's state, which must not move in memory.
private final class Inflater {
  private let stream: UnsafeMutablePointer<z_stream>

  init(file: String) throws(DatasetError) {
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    // 15: the largest window; 16: a gzip header and checksum.
    let status = inflateInit2_(stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    guard status == Z_OK else { throw .unreadable(file: file, reason: "no memory to decompress it") }
  }

  deinit {
    inflateEnd(stream)
    stream.deallocate()
  }

  func reset() { inflateReset(stream) }

  func step(
    _ input: [UInt8], from position: Int, into output: inout [UInt8], room: Int
  ) -> (status: Int32, consumed: Int, produced: Int) {
    // A part of at most 1 GiB, so that its length fits zlib's 32 bits.
    let length = min(input.count - position, 1 << 30)
    return input.withUnsafeBufferPointer { source in
      output.withUnsafeMutableBufferPointer { target in
        stream.pointee.next_in = source.baseAddress.map { UnsafeMutablePointer(mutating: $0 + position) }
        stream.pointee.avail_in = UInt32(length)
        stream.pointee.next_out = target.baseAddress
        stream.pointee.avail_out = UInt32(room)
        let status = inflate(stream, Z_NO_FLUSH)
        return (status, length - Int(stream.pointee.avail_in), room - Int(stream.pointee.avail_out))
      }
    }
  }
}
