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

  /// Whether it is on this machine.
  public var isLocal: Bool {
    ["localhost", "[::1]"].contains(host)
      || (host.hasPrefix("127.")
        && host.allSatisfy {
          $0 == "." || $0.isASCII && $0.isNumber
        })
  }
}
