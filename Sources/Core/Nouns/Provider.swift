// A server that models are asked of, and how it is reached. It names where its key is kept, never
// the key.

/// A server by its name and address.
public struct Provider: Hashable, Sendable {
  /// How the program knows of it.
  public enum Origin: Hashable, Sendable {
    /// Written in the configuration file.
    case configured
    /// Taken from an environment variable, a command-line option, or found listening.
    case found
  }

  /// What stands before the slash in a model's name.
  public var name: String
  /// Where its paths start, without a slash at the end: `http://127.0.0.1:11434/v1`. `{model}` in
  /// it stands for the model's name, as in Azure's addresses.
  public var baseURL: String
  public var wire: WireProtocol
  /// Where its key is kept; nil when it takes none.
  public var key: Secret?
  /// The header field that holds the key alone, such as `api-key`; nil for the protocol's own way.
  public var keyField: String?
  /// Sent with each request, beside those of the protocol.
  public var fields: [HTTPField] = []
  /// Added to each address: Azure's `api-version`.
  public var query: [String: String] = [:]
  /// Merged into each request's body by the rules of RFC 7396.
  public var bodyPatch: JSON?
  /// Whether its key may go over plain HTTP to another machine.
  public var allowsPlainHTTP = false
  public var clientCertificate: ClientCertificate?
  public var timeLimits = TimeLimits()
  /// Tries at most for what can be tried again; 1 for none.
  public var attemptLimit = 4
  /// How it trains, where that is set.
  public var training: TrainingSettings?
  /// Models named for it in the configuration, offered also when the server lists none.
  public var models: [String]
  public var origin: Origin

  /// - Parameter baseURL: may end in a slash.
  public init(
    name: String, baseURL: String, wire: WireProtocol = .chatCompletions, key: Secret? = nil,
    models: [String] = [], origin: Origin = .configured
  ) {
    self.name = name
    self.baseURL = baseURL.hasSuffix("/") ? String(baseURL.dropLast()) : baseURL
    self.wire = wire
    self.key = key
    self.models = models
    self.origin = origin
  }

  /// Where it is, for people to read: without a password or a query that the address may hold.
  public var address: String {
    let withoutQuery = baseURL.prefix { $0 != "?" && $0 != "#" }
    guard let scheme = withoutQuery.firstRange(of: "://") else { return String(withoutQuery) }
    let host = withoutQuery[scheme.upperBound...]
    let end = host.firstIndex(of: "/") ?? host.endIndex
    guard let at = host[..<end].lastIndex(of: "@") else { return String(withoutQuery) }
    return String(withoutQuery[..<scheme.upperBound] + host[host.index(after: at)...])
  }

  /// Whether somebody wants it to be there: that a well-known server isn't running is no news.
  public var isExpected: Bool { origin == .configured || key != nil }

  /// Every secret that a request to it needs.
  public var secrets: [Secret] {
    ([key, clientCertificate?.password] + fields.map(\.secret)).compactMap { $0 }
  }
}

/// Files by which a client says who it is (TLS client authentication).
public struct ClientCertificate: Hashable, Sendable {
  /// A PEM file with the certificate, and perhaps the key.
  public var certificatePath: String
  /// A PEM file with the private key; nil when it is in the same file.
  public var keyPath: String?
  public var password: Secret?

  public init(certificatePath: String, keyPath: String? = nil, password: Secret? = nil) {
    self.certificatePath = certificatePath
    self.keyPath = keyPath
    self.password = password
  }
}

/// How long a server may take. A comment in a stream counts as a sign of life.
public struct TimeLimits: Hashable, Sendable {
  /// Until the connection is made.
  public var connect: Duration
  /// From the connection to the first byte of a response: a long prompt takes its time.
  public var firstByte: Duration
  /// Between two signs of life.
  public var idle: Duration

  public init(
    connect: Duration = .seconds(10), firstByte: Duration = .seconds(300),
    idle: Duration = .seconds(120)
  ) {
    self.connect = connect
    self.firstByte = firstByte
    self.idle = idle
  }
}
