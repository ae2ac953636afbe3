import Core
import Foundation

// Where a collection of Chroma is, as a person writes it. It never holds a secret.

/// `chroma://host:port/collection`; `chroma+https://` over TLS. `?tenant=…&database=…` where these
/// aren't Chroma's own `default_tenant` and `default_database`, and `embedder=provider/model` for
/// another than the built-in one.
public struct ChromaAddress: Hashable, Sendable {
  /// The environment variable of the token that a server asks for; it is sent, and stored nowhere.
  public static let tokenVariable = "CHROMA_TOKEN"

  public let isEncrypted: Bool
  public let host: String
  public let port: Int
  public let tenant: String
  public let database: String
  public let collection: String
  /// What makes the vectors of a new collection, or made those of another program's; nil for the
  /// built-in one, and for what the collection says.
  public let embedder: String?

  private static let items = ["tenant", "database", "embedder"]
  private static let standard = (tenant: "default_tenant", database: "default_database")

  /// Whether a text is meant to be such an address.
  public static func isOne(_ text: String) -> Bool {
    text.hasPrefix("chroma:") || text.hasPrefix("chroma+https:")
  }

  /// Throws `ChromaError.badAddress`.
  public init(_ text: String) throws(ChromaError) {
    guard let parts = URLComponents(string: text), Self.isOne(text), let host = parts.host,
      !host.isEmpty
    else {
      throw .badAddress("write it like chroma://127.0.0.1:8000/collection")
    }
    guard parts.user == nil, parts.password == nil else {
      throw .badAddress(
        "it holds a user name or password; take it out, and put a token into \(Self.tokenVariable)")
    }
    let items = parts.queryItems ?? []
    let names = items.map(\.name)
    guard Set(names).count == names.count, names.allSatisfy(Self.items.contains) else {
      throw .badAddress("behind '?' there can be tenant, database and embedder, each once")
    }
    isEncrypted = text.hasPrefix("chroma+https:")
    self.host = host
    port = parts.port ?? (isEncrypted ? 443 : 8000)
    collection = String(parts.path.dropFirst())
    tenant = items.first { $0.name == "tenant" }?.value ?? Self.standard.tenant
    database = items.first { $0.name == "database" }?.value ?? Self.standard.database
    embedder = items.first { $0.name == "embedder" }?.value
    guard embedder == nil || embedder.flatMap(ModelReference.init) != nil else {
      throw .badAddress("write the embedder as provider/model")
    }
    guard [collection, tenant, database].allSatisfy(Self.isName) else {
      throw .badAddress(
        "collection, tenant and database are 3 to 512 letters, digits, '.', '_' and '-' each")
    }
  }

  /// Where its paths start.
  public var baseURL: String { "\(isEncrypted ? "https" : "http")://\(host):\(port)/api/v2" }

  /// The path of the database's collections, below the base URL.
  var collections: String { "/tenants/\(tenant)/databases/\(database)/collections" }

  /// As Chroma wants it. What fits this needs no escaping in a URL.
  private static func isName(_ text: String) -> Bool {
    func isLetterOrDigit(_ byte: UInt8) -> Bool {
      UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte | 0x20
        || UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
    }
    guard 3...512 ~= text.utf8.count, let first = text.utf8.first, let last = text.utf8.last else {
      return false
    }
    return isLetterOrDigit(first) && isLetterOrDigit(last)
      && text.utf8.allSatisfy { isLetterOrDigit($0) || "._-".utf8.contains($0) }
  }
}

extension ChromaAddress: CustomStringConvertible {
  public var description: String {
    var items: [String] = []
    if let embedder { items.append("embedder=\(embedder)") }
    if tenant != Self.standard.tenant { items.append("tenant=\(tenant)") }
    if database != Self.standard.database { items.append("database=\(database)") }
    return "chroma\(isEncrypted ? "+https" : "")://\(host):\(port)/\(collection)"
      + (items.isEmpty ? "" : "?" + items.joined(separator: "&"))
  }
}
