// Whether others can read what a provider is sent.

import Core

extension Provider {
  /// Whether its address is one of another machine that is reached over plain HTTP, where anybody on
  /// the way can read a key.
  public var isExposed: Bool {
    guard let endpoint = try? Endpoint(self, path: "", credentials: Credentials()) else {
      return false
    }
    return !endpoint.isEncrypted && !endpoint.isLoopback
  }
}
