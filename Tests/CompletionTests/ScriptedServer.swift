// A server on the loopback interface that sends exactly what a test tells it to, when it tells it.

import Foundation
import Synchronization

/// Listens on a port of the kernel's choosing until the tests are over; each connection is served by
/// the script, on a thread of its own.
final class ScriptedServer: Sendable {
  let port: UInt16
  private let acceptedCount = Mutex(0)

  init(_ script: @escaping @Sendable (Connection) -> Void) throws {
    let (listener, port) = try Self.bindToFreePort()
    guard listen(listener, 64) == 0 else { throw POSIXError(.EADDRINUSE) }
    self.port = port
    Thread.detachNewThread { [self] in
      while true {
        let descriptor = accept(listener, nil, nil)
        guard descriptor >= 0 else { return }
        acceptedCount.withLock { $0 += 1 }
        Thread.detachNewThread {
          let connection = Connection(descriptor: descriptor)
          script(connection)
          connection.close()
        }
      }
    }
  }

  /// A port that nobody listens on.
  static func closedPort() throws -> UInt16 {
    let (socket, port) = try bindToFreePort()
    close(socket)
    return port
  }

  private static func bindToFreePort() throws -> (socket: CInt, port: UInt16) {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(INADDR_LOOPBACK).bigEndian
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isBound = withUnsafeMutablePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, size) == 0 && getsockname(descriptor, $0, &size) == 0
      }
    }
    guard isBound else { throw POSIXError(.EADDRNOTAVAIL) }
    return (descriptor, UInt16(bigEndian: address.sin_port))
  }

  var baseURL: String { "http://127.0.0.1:\(port)/v1" }

  /// How many connections have been made.
  var connections: Int { acceptedCount.withLock { $0 } }
}

/// One connection to a scripted server. Used on the thread of its script.
final class Connection {
  private var descriptor: CInt

  init(descriptor: CInt) {
    self.descriptor = descriptor
    var on: CInt = 1
    setsockopt(
      descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &on, socklen_t(MemoryLayout<CInt>.size))
  }

  /// The next request, head and body; empty when the client closed instead.
  func readRequest() -> String {
    var request = Data()
    while true {
      if let head = request.range(of: Data("\r\n\r\n".utf8)) {
        let text = String(decoding: request[..<head.lowerBound], as: UTF8.self).lowercased()
        let length =
          text.split(separator: "\r\n").lazy
          .compactMap { $0.hasPrefix("content-length: ") ? Int($0.dropFirst(16)) : nil }.first ?? 0
        if request.count - head.upperBound >= length {
          return String(decoding: request, as: UTF8.self)
        }
      }
      var buffer = [UInt8](repeating: 0, count: 4096)
      let count = recv(descriptor, &buffer, buffer.count, 0)
      guard count > 0 else { return "" }
      request.append(contentsOf: buffer[..<count])
    }
  }

  /// Sends all of it; false when the client is gone.
  @discardableResult
  func send(_ bytes: some Sequence<UInt8>) -> Bool {
    var rest = Array(bytes)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes {
        Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { return false }
      rest = rest.dropFirst(count)
    }
    return true
  }

  @discardableResult
  func send(_ text: String) -> Bool { send(text.utf8) }

  /// The head of a response whose body ends with the connection.
  func sendHead(
    _ status: String = "200 OK", type: String = "text/event-stream", _ headers: String...
  ) {
    let lines = ["HTTP/1.1 \(status)", "Content-Type: \(type)", "Connection: close"] + headers
    send(lines.joined(separator: "\r\n") + "\r\n\r\n")
  }

  /// A whole response.
  func respond(
    _ body: String = "", status: String = "200 OK", type: String = "application/json"
  ) {
    sendHead(status, type: type, "Content-Length: \(body.utf8.count)")
    send(body)
  }

  /// Waits until the client has closed the connection; false when it doesn't within ten seconds.
  func waitForClose() -> Bool {
    var limit = timeval(tv_sec: 10, tv_usec: 0)
    setsockopt(
      descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
    var byte: UInt8 = 0
    while true {
      let count = recv(descriptor, &byte, 1, 0)
      if count == 0 { return true }
      if count < 0 { return errno != EAGAIN && errno != EWOULDBLOCK }
    }
  }

  /// Closes it in good order.
  func close() {
    if descriptor >= 0 { Glibc.close(descriptor) }
    descriptor = -1
  }

  /// Breaks it: the client gets a reset.
  func reset() {
    var now = linger(l_onoff: 1, l_linger: 0)
    setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &now, socklen_t(MemoryLayout<linger>.size))
    close()
  }
}

/// Holds back threads until as many have come as it was made for.
final class Latch: Sendable {
  private let condition = NSCondition()
  private let missing: Mutex<Int>

  init(count: Int = 1) { missing = Mutex(count) }

  func open() {
    missing.withLock { $0 -= 1 }
    condition.lock()
    condition.broadcast()
    condition.unlock()
  }

  func wait() {
    condition.lock()
    while missing.withLock({ $0 }) > 0 { condition.wait() }
    condition.unlock()
  }
}
