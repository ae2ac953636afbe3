// The way to the network as the environment describes it: proxies and trusted certificates, by the
// variables that curl and OpenSSL read. It opens and asks nothing.

import Glibc

/// Proxies and trusted certificates.
public struct NetworkSettings: Hashable, Sendable {
  /// The variables that are read. Where a name comes in both cases the first that is set counts;
  /// HTTP_PROXY is none of them, because a web server sets it to what a stranger sends (curl(1)).
  private enum Variable {
    static let plainProxy = ["http_proxy", "all_proxy", "ALL_PROXY"]
    static let secureProxy = ["https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"]
    static let noProxy = ["no_proxy", "NO_PROXY"]
    static let certificateFile = ["SSL_CERT_FILE"]
    static let certificateDirectory = ["SSL_CERT_DIR"]
  }

  /// The proxy for plain HTTP, as libcurl takes it; nil for none.
  let plainProxy: String?
  /// The proxy through which TLS connections go (CONNECT); nil for none.
  let secureProxy: String?
  /// Hosts that are reached without a proxy, separated by commas; `*` for all.
  let noProxy: String
  /// A PEM file with the certificates to trust, instead of the system's.
  let certificateFile: String?
  /// A directory of certificates to trust, by hash (openssl-rehash(1)), instead of the system's.
  let certificateDirectory: String?

  /// - Parameter variable: the value of an environment variable; nil when it is not set.
  public init(variable: (String) -> String?) {
    func first(_ names: [String]) -> String? {
      names.lazy.compactMap(variable).first { !$0.isEmpty }
    }
    plainProxy = first(Variable.plainProxy)
    secureProxy = first(Variable.secureProxy)
    noProxy = first(Variable.noProxy) ?? ""
    certificateFile = first(Variable.certificateFile)
    certificateDirectory = first(Variable.certificateDirectory)
  }

  /// Those of this process's environment.
  public static var ofThisProcess: NetworkSettings {
    NetworkSettings { name in getenv(name).map { String(cString: $0) } }
  }

  /// The proxy for a request; nil for none. What stays on this machine goes through no proxy, and
  /// neither does its key. Whether `noProxy` names the host is libcurl's to judge.
  func proxy(for endpoint: Endpoint) -> String? {
    if endpoint.isLoopback { return nil }
    return endpoint.isEncrypted ? secureProxy : plainProxy
  }
}
