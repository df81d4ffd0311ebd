import Foundation
import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A web server on the loopback address that has one file, and misbehaves as it is told.
final class Server: Sendable {
  struct Behaviour: Sendable {
    var content: [UInt8] = []
    var knowsRanges = true
    /// The connection is cut after so many bytes of each answer.
    var cutAfter: Int?
    var status = 200
    /// Where it sends everybody on to who asks for the first path.
    var redirection: String?
  }

  let port: UInt16
  private let descriptor: Int32
  private let behaviour: Mutex<Behaviour>
  private let asked = Mutex<[String]>([])

  init?(_ behaviour: Behaviour) {
    self.behaviour = Mutex(behaviour)
    #if canImport(Glibc)
      let stream = Int32(SOCK_STREAM.rawValue)
    #else
      let stream = SOCK_STREAM
    #endif
    let descriptor = socket(AF_INET, stream, 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isBound = withUnsafeMutablePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, length) == 0 && listen(descriptor, 8) == 0 && getsockname(descriptor, $0, &length) == 0
      }
    }
    guard isBound else { return nil }
    (self.descriptor, port) = (descriptor, UInt16(bigEndian: address.sin_port))
    Thread.detachNewThread { [self] in
      while case let connection = accept(descriptor, nil, nil), connection >= 0 {
        answer(connection)
        close(connection)
      }
    }
  }

  /// Ends it; nobody answers at its address then.
  func stop() {
    shutdown(descriptor, Int32(SHUT_RDWR))
    close(descriptor)
  }

  var address: String { "http://127.0.0.1:\(port)/file" }

  /// The ranges that were asked for, empty where all of it was.
  var ranges: [String] { asked.withLock { $0 } }

  func change(_ change: @Sendable (inout Behaviour) -> Void) { behaviour.withLock { change(&$0) } }

  private func answer(_ connection: Int32) {
    var request: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 4096)
    while !String(decoding: request, as: UTF8.self).contains("\r\n\r\n") {
      let count = read(connection, &block, block.count)
      guard count > 0 else { return }
      request += block[..<count]
    }
    let behaviour = behaviour.withLock { $0 }
    let lines = String(decoding: request, as: UTF8.self).split(separator: "\r\n")
    let range = lines.first { $0.lowercased().hasPrefix("range: bytes=") }.map { String($0.dropFirst(13)) } ?? ""
    asked.withLock { $0.append(range) }
    var head = "HTTP/1.1 \(behaviour.status) X\r\n"
    var content = behaviour.content[...]
    if let redirection = behaviour.redirection, lines.first?.contains("/file") == true {
      (head, content) = ("HTTP/1.1 302 Found\r\nLocation: \(redirection)\r\n", [])
    } else if behaviour.status == 200, behaviour.knowsRanges, let start = Int(range.dropLast()) {
      if start >= content.count {
        (head, content) = ("HTTP/1.1 416 Range Not Satisfiable\r\n", [])
      } else {
        content = content.dropFirst(start)
        head = "HTTP/1.1 206 Partial Content\r\nContent-Range: bytes \(start)-\(behaviour.content.count - 1)/*\r\n"
      }
    }
    send(connection, Array((head + "Content-Length: \(content.count)\r\nConnection: close\r\n\r\n").utf8))
    send(connection, Array(behaviour.cutAfter.map { content.prefix($0) } ?? content))
  }

  private func send(_ connection: Int32, _ bytes: [UInt8]) {
    var sent = 0
    while sent < bytes.count {
      let step = bytes.withUnsafeBytes { write(connection, $0.baseAddress.map { $0 + sent }, bytes.count - sent) }
      guard step > 0 else { return }
      sent += step
    }
  }
}
