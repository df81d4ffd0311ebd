import CArchive

/// An archive that is being read.
package final class ArchiveReader {
  package enum Kind { case file, folder, link, other }

  private let path: String
  private let archive: OpaquePointer
  /// Of an archive in memory, which the library reads from.
  private let buffer: UnsafeMutableRawBufferPointer

  /// A tar file, gzipped or not, or a zip file on the disk.
  package init(_ path: String) throws(DatasetError) {
    (self.path, archive) = (path, try Self.archive(path))
    buffer = .init(start: nil, count: 0)
    guard archive_read_open_filename(archive, path, 1 << 16) == ARCHIVE_OK else { throw broken }
  }

  /// One that lies in memory.
  /// - Parameter path: what messages call it.
  package init(_ bytes: [UInt8], path: String) throws(DatasetError) {
    (self.path, archive) = (path, try Self.archive(path))
    buffer = .allocate(byteCount: bytes.count, alignment: 1)
    buffer.copyBytes(from: bytes)
    guard archive_read_open_memory(archive, buffer.baseAddress, buffer.count) == ARCHIVE_OK else { throw broken }
  }

  private static func archive(_ path: String) throws(DatasetError) -> OpaquePointer {
    guard let archive = archive_read_new() else { throw .unreadable(file: path, reason: "no memory to read it") }
    archive_read_support_format_tar(archive)
    // By the list at its end alone: what is cut off is no shorter archive.
    archive_read_support_format_zip_seekable(archive)
    archive_read_support_filter_gzip(archive)
    return archive
  }

  deinit {
    archive_read_free(archive)
    buffer.deallocate()
  }

  /// What the library says of it.
  private var broken: DatasetError {
    .brokenArchive(file: path, reason: archive_error_string(archive).map { String(cString: $0) } ?? "it is damaged")
  }

  /// The next entry; none at the end.
  package func next() throws(DatasetError) -> (name: String, kind: Kind, size: Int)? {
    var entry: OpaquePointer?
    let status = archive_read_next_header(archive, &entry)
    if status == ARCHIVE_EOF { return nil }
    guard status == ARCHIVE_OK || status == ARCHIVE_WARN, let entry else { throw broken }
    // A name that is neither UTF-8 nor ASCII is none of a data set.
    let name = (archive_entry_pathname_utf8(entry) ?? archive_entry_pathname(entry)).map { String(cString: $0) } ?? ""
    let kind: Kind
    if archive_entry_hardlink(entry) != nil || archive_entry_symlink(entry) != nil {
      kind = .link
    } else {
      switch UInt32(archive_entry_filetype(entry)) {
      case 0o100_000: kind = .file
      case 0o040_000: kind = .folder
      default: kind = .other
      }
    }
    return (name, kind, Int(archive_entry_size(entry)))
  }

  /// The content of the entry that came last.
  package func content(_ amount: ReadingAmount, title: String) throws(DatasetError) -> [UInt8] {
    let most: Int
    switch amount {
    case .whole(let limit): most = limit
    case .beginning(let count): most = count
    }
    var content: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = archive_read_data(archive, &block, block.count)
      if count == 0 { return content }
      guard count > 0 else { throw broken }
      content += block[..<count]
      guard content.count > most else { continue }
      if case .whole(let limit) = amount { throw .tooLarge(file: title, limit: limit) }
      return Array(content[..<most])
    }
  }
}
