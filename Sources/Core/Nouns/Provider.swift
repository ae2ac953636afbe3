// A server that models are asked of. It names where a key is kept, never the key.

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
  /// Where its paths start, without a slash at the end: `http://127.0.0.1:11434/v1`.
  public var baseURL: String
  /// The environment variable that holds its key; nil when it takes none.
  public var keyVariable: String?
  /// Models named for it in the configuration, offered also when the server lists none.
  public var models: [String]
  public var origin: Origin

  /// - Parameter baseURL: may end in a slash.
  public init(
    name: String, baseURL: String, keyVariable: String? = nil, models: [String] = [],
    origin: Origin = .configured
  ) {
    self.name = name
    self.baseURL = baseURL.hasSuffix("/") ? String(baseURL.dropLast()) : baseURL
    self.keyVariable = keyVariable
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
}
