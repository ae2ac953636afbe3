// Servers that treat requests badly, made from programs that half the web runs on. Each test starts
// one with the fault that it is about, on a port that the kernel chose.

import Foundation
import Testing

enum FaultServer {
  struct StartError: Error, CustomStringConvertible {
    let description: String
  }

  /// Serves with nginx while the body runs.
  ///
  /// - Parameters:
  ///   - http: directives outside of the server.
  ///   - tls: directives for TLS, when it is to be spoken.
  ///   - server: directives of the server.
  static func nginx<Result>(
    http: String = "", tls: String? = nil, _ server: String, body: (UInt16) throws -> Result
  ) throws -> Result {
    try withFolder { folder in
      let port = try freePort()
      let temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
        .map { "\($0)_temp_path \(folder)/\($0);" }.joined(separator: " ")
      let configuration = try write(
        """
        daemon off; master_process off; pid \(folder)/pid; error_log \(folder)/log;
        events { worker_connections 64; }
        http {
          access_log off; \(temporary)
          proxy_buffering off; proxy_http_version 1.1; proxy_request_buffering off;
          \(http)
          server { listen 127.0.0.1:\(port)\(tls == nil ? "" : " ssl"); \(tls ?? "") \(server) }
        }
        """, to: "\(folder)/nginx.conf")
      return try run(
        "nginx", ["-p", folder, "-e", "\(folder)/log", "-c", configuration], port: port, body: body)
    }
  }

  /// Serves with haproxy while the body runs.
  ///
  /// - Parameters:
  ///   - bind: how the frontend listens, beside its address: `ssl crt … alpn h2`.
  ///   - frontend: rules for requests.
  ///   - backend: rules for what is behind.
  ///   - server: the port that is behind it.
  static func haproxy<Result>(
    bind: String = "", frontend: String = "", backend: String = "", server: UInt16,
    body: (UInt16) throws -> Result
  ) throws -> Result {
    try withFolder { folder in
      let port = try freePort()
      let configuration = try write(
        """
        defaults
          mode http
          timeout connect 5s
          timeout client 60s
          timeout server 60s
        frontend faults
          bind 127.0.0.1:\(port) \(bind)
          \(frontend)
          default_backend model
        backend model
          \(backend)
          server model 127.0.0.1:\(server)

        """, to: "\(folder)/haproxy.cfg")
      return try run("haproxy", ["-db", "-f", configuration], port: port, body: body)
    }
  }

  /// Serves with mitmproxy while the body runs: what is behind it is changed by a script.
  static func mitmproxy<Result>(
    _ script: String, server: UInt16, body: (UInt16) throws -> Result
  ) throws -> Result {
    try withFolder { folder in
      let port = try freePort()
      let script = try write(script, to: "\(folder)/faults.py")
      return try run(
        mitmdump ?? "mitmdump",
        [
          "--quiet", "--set", "confdir=\(folder)", "--listen-host", "127.0.0.1",
          "--listen-port", "\(port)", "--mode", "reverse:http://127.0.0.1:\(server)",
          "--scripts", script,
        ], port: port, body: body)
    }
  }
}

// MARK: - Programs

extension FaultServer {
  /// Where a program is; nil when it isn't installed. Servers stand in folders for the root user.
  static func path(of program: String) -> String? {
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    return (folders + ["/usr/sbin", "/usr/local/sbin"]).map { "\($0)/\(program)" }
      .first { FileManager.default.isExecutableFile(atPath: $0) }
  }

  /// mitmproxy's program without a terminal; nil when it isn't installed.
  static var mitmdump: String? {
    ProcessInfo.processInfo.environment["WHET_TEST_MITMDUMP"] ?? path(of: "mitmdump")
  }

  /// Runs a program to its end, and throws what it said if that isn't a good one.
  static func execute(_ program: String, _ arguments: [String]) throws {
    let (process, output) = try start(program, arguments)
    let words = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw StartError(description: "\(program): \(String(decoding: words, as: UTF8.self))")
    }
  }

  /// Runs a program while the body does, once the port can be connected to.
  private static func run<Result>(
    _ program: String, _ arguments: [String], port: UInt16, body: (UInt16) throws -> Result
  ) throws -> Result {
    let (process, output) = try start(program, arguments)
    defer { end(process) }
    let deadline = Date(timeIntervalSinceNow: 30)
    while !canConnect(to: port) {
      guard process.isRunning, Date() < deadline else {
        end(process)
        let words = output.fileHandleForReading.readDataToEndOfFile()
        throw StartError(description: "\(program): \(String(decoding: words, as: UTF8.self))")
      }
      // Until it says something or ends, and no longer than it takes to begin to listen.
      var polled = pollfd(
        fd: output.fileHandleForReading.fileDescriptor, events: Int16(POLLIN), revents: 0)
      poll(&polled, 1, 10)
    }
    return try body(port)
  }

  /// A thread of the tests may block signals, and what it starts then does so too; not this one.
  private static func end(_ process: Process) {
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
  }

  private static func start(
    _ program: String, _ arguments: [String]
  ) throws -> (Process, output: Pipe) {
    guard let path = program.contains("/") ? program : path(of: program) else {
      throw StartError(description: "\(program) is not installed.")
    }
    let process = Process()
    let output = Pipe()
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = arguments
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = output
    process.standardError = output
    try process.run()
    return (process, output)
  }

  static func withFolder<Result>(_ body: (String) throws -> Result) throws -> Result {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("whet-faults-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    return try body(folder)
  }

  static func write(_ text: String, to path: String) throws -> String {
    try text.write(toFile: path, atomically: true, encoding: .utf8)
    return path
  }
}

// MARK: - Ports

extension FaultServer {
  /// A port that nobody listens on now.
  private static func freePort() throws -> UInt16 {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(descriptor) }
    var address = loopback(port: 0)
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isBound = withUnsafeMutablePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, size) == 0 && getsockname(descriptor, $0, &size) == 0
      }
    }
    guard isBound else { throw StartError(description: "There is no free port.") }
    return UInt16(bigEndian: address.sin_port)
  }

  private static func canConnect(to port: UInt16) -> Bool {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(descriptor) }
    var address = loopback(port: port)
    return withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
      }
    }
  }

  private static func loopback(port: UInt16) -> sockaddr_in {
    sockaddr_in(
      sin_family: sa_family_t(AF_INET), sin_port: port.bigEndian,
      sin_addr: in_addr(s_addr: UInt32(INADDR_LOOPBACK).bigEndian),
      sin_zero: (0, 0, 0, 0, 0, 0, 0, 0))
  }
}
