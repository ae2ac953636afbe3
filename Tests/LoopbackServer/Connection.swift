// What a script does with a connection: read a request, send what it likes, end it as it likes.

import Foundation

/// One connection to a scripted server. Used on the thread of its script.
public final class Connection {
  private var descriptor: CInt

  init(descriptor: CInt) {
    self.descriptor = descriptor
    var on: CInt = 1
    setsockopt(
      descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &on, socklen_t(MemoryLayout<CInt>.size))
  }

  /// The next request, head and body; empty when the client closed instead.
  public func readRequest() -> String {
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
  public func send(_ bytes: some Sequence<UInt8>) -> Bool {
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
  public func send(_ text: String) -> Bool { send(text.utf8) }

  /// The head of a response whose body ends with the connection.
  public func sendHead(
    _ status: String = "200 OK", type: String = "text/event-stream", _ headers: String...
  ) {
    let lines = ["HTTP/1.1 \(status)", "Content-Type: \(type)", "Connection: close"] + headers
    send(lines.joined(separator: "\r\n") + "\r\n\r\n")
  }

  /// A whole response.
  public func respond(
    _ body: String = "", status: String = "200 OK", type: String = "application/json"
  ) {
    sendHead(status, type: type, "Content-Length: \(body.utf8.count)")
    send(body)
  }

  /// Waits until the client has closed the connection; false when it doesn't within ten seconds.
  public func waitForClose() -> Bool {
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
  public func close() {
    if descriptor >= 0 { Glibc.close(descriptor) }
    descriptor = -1
  }

  /// Breaks it: the client gets a reset.
  public func reset() {
    var now = linger(l_onoff: 1, l_linger: 0)
    setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &now, socklen_t(MemoryLayout<linger>.size))
    close()
  }

  /// Carries bytes between the client and another port of this machine, until either is done; what
  /// a proxy does after it has said yes to CONNECT.
  public func tunnel(to port: UInt16) {
    let other = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    defer { Glibc.close(other) }
    var address = sockaddr_in(
      sin_family: sa_family_t(AF_INET), sin_port: port.bigEndian,
      sin_addr: in_addr(s_addr: UInt32(INADDR_LOOPBACK).bigEndian),
      sin_zero: (0, 0, 0, 0, 0, 0, 0, 0))
    let isConnected = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(other, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
      }
    }
    guard isConnected else { return }
    var ends = [
      pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0),
      pollfd(fd: other, events: Int16(POLLIN), revents: 0),
    ]
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while poll(&ends, nfds_t(ends.count), -1) > 0 {
      for (index, end) in ends.enumerated() where end.revents != 0 {
        let count = recv(end.fd, &buffer, buffer.count, 0)
        guard count > 0,
          Glibc.send(ends[1 - index].fd, buffer, count, Int32(MSG_NOSIGNAL)) == count
        else { return }
      }
    }
  }
}
