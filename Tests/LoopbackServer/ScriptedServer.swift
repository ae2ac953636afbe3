// A server on the loopback interface that sends exactly what a test tells it to, when it tells it.

import Foundation
import Synchronization

/// Listens on a port of the kernel's choosing until the tests are over; each connection is served by
/// the script, on a thread of its own.
public final class ScriptedServer: Sendable {
  public let port: UInt16
  private let acceptedCount = Mutex(0)

  public init(_ script: @escaping @Sendable (Connection) -> Void) throws {
    let (listener, port) = try Self.bindToFreePort()
    guard listen(listener, 64) == 0 else { throw POSIXError(.EADDRINUSE) }
    self.port = port
    Thread.detachNewThread { [self] in
      while true {
        let descriptor = accept(listener, nil, nil)
        guard descriptor >= 0 else { return }
        // A program that a test starts would else keep the connection open.
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        acceptedCount.withLock { $0 += 1 }
        Thread.detachNewThread {
          let connection = Connection(descriptor: descriptor)
          script(connection)
          connection.close()
        }
      }
    }
  }

  /// A port that nobody listens on, and that nobody else is given until the tests are over.
  public static func closedPort() throws -> UInt16 { try bindToFreePort().port }

  private static func bindToFreePort() throws -> (socket: CInt, port: UInt16) {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
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

  public var baseURL: String { "http://127.0.0.1:\(port)/v1" }

  /// How many connections have been made.
  public var connections: Int { acceptedCount.withLock { $0 } }
}
