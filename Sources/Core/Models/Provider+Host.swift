// Where a provider is, for judging what it is: who bills for it, and whether it is this machine.
// What may be sent there is judged by the address that is connected to, elsewhere.

extension Provider {
  /// The host of its address in small letters, without the port; empty when there is none.
  public var host: String {
    guard let scheme = address.firstRange(of: "://") else { return "" }
    let authority = address[scheme.upperBound...].prefix { $0 != "/" }
    let host: Substring
    if authority.hasPrefix("[") {
      host = authority.prefix { $0 != "]" } + "]"
    } else {
      host = authority.prefix { $0 != ":" }
    }
    return host.lowercased()
  }

  /// Scheme, host and port of an address, in small letters: what stands before the path.
  static func site(of address: String) -> String {
    guard let scheme = address.firstRange(of: "://") else { return "" }
    let rest = address[scheme.upperBound...]
    let end = rest.firstIndex { "/?#".contains($0) } ?? rest.endIndex
    return address[..<end].lowercased()
  }

  /// Whether it is on this machine.
  public var isLocal: Bool { Self.isLoopback(host: host) }

  /// Whether a host, in small letters, is this machine; libcurl resolves `localhost` to the loopback
  /// address by itself.
  public static func isLoopback(host: String) -> Bool {
    if host == "localhost" || host == "[::1]" { return true }
    let bytes = host.split(separator: ".", omittingEmptySubsequences: false).map {
      // A sign would do for a number.
      $0.first == "+" ? nil : UInt8($0)
    }
    return bytes.count == 4 && bytes[0] == 127 && bytes.allSatisfy { $0 != nil }
  }
}
