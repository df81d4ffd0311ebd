/// The labels of an IDX file: the number of a class for each image.
public struct IDXLabels: Hashable, Sendable {
  public let labels: [UInt8]

  /// No file may hold more labels.
  public static let maximumCount = IDX.maximumCount

  /// Reads the bytes of a file, gzipped or not; every label must be below `classes`.
  public init(_ bytes: [UInt8], classes: Int, file: String) throws(DatasetError) {
    let count = try IDX.header(of: bytes, kind: .labels, file: file)[1]
    guard (1...Self.maximumCount).contains(count) else { throw .absurdCount(file: file, count: count) }
    labels = try IDX.body(of: bytes, kind: .labels, length: count, file: file)
    if let wrong = labels.firstIndex(where: { Int($0) >= classes }) {
      throw .labelOutOfRange(
        file: file, offset: IDXKind.labels.headerLength + wrong, found: Int(labels[wrong]), classes: classes)
    }
  }
}
