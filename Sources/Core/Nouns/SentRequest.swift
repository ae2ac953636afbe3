// An HTTP request as it was sent, secrets left out: what is recorded, shown, and copied as a curl
// command.

/// A header field whose value may end in a secret.
public struct HTTPField: Hashable, Sendable {
  public var name: String
  /// The value, or what stands before the secret in it: `Bearer `.
  public var value: String
  public var secret: Secret?

  public init(name: String, value: String = "", secret: Secret? = nil) {
    self.name = name
    self.value = value
    self.secret = secret
  }

  /// Whether a text can be the name of a field: a token (RFC 9110, section 5.6.2).
  public static func isName(_ text: String) -> Bool {
    !text.isEmpty
      && text.utf8.allSatisfy {
        0x30...0x39 ~= $0 || 0x41...0x5A ~= $0 || 0x61...0x7A ~= $0
          || "!#$%&'*+-.^_`|~".utf8.contains($0)
      }
  }

  /// The value for people to read, with the secret's place where the secret would stand.
  public var shownValue: String { value + (secret?.shellExpansion ?? "") }
}

/// The method, address, header fields and body of one request.
public struct SentRequest: Hashable, Sendable {
  /// How its body is written, and its response is to be read.
  public var wire: WireProtocol
  public var method: String
  public var url: String
  public var fields: [HTTPField]
  public var body: String

  public init(
    wire: WireProtocol, method: String = "POST", url: String, fields: [HTTPField] = [],
    body: String = ""
  ) {
    self.wire = wire
    self.method = method
    self.url = url
    self.fields = fields
    self.body = body
  }
}

extension SentRequest {
  /// `{"wire":…,"method":…,"url":…,"fields":[{"name":…,"value":…,"environment":…}],"body":…}`.
  public var json: JSON {
    [
      "wire": .string(wire.rawValue), "method": .string(method), "url": .string(url),
      "fields": .array(fields.map(\.json)), "body": .string(body),
    ]
  }

  /// The request that such an object holds; nil when it isn't one.
  public init?(json: JSON) {
    guard let wire = json["wire"]?.string.flatMap(WireProtocol.init),
      let method = json["method"]?.string, let url = json["url"]?.string,
      let body = json["body"]?.string
    else { return nil }
    let items = json["fields"]?.array ?? []
    let fields = items.compactMap(HTTPField.init)
    guard fields.count == items.count else { return nil }
    self.init(wire: wire, method: method, url: url, fields: fields, body: body)
  }
}

extension HTTPField {
  fileprivate var json: JSON {
    var object: JSON.Object = ["name": .string(name), "value": .string(value)]
    switch secret {
    case .environment(let name): object["environment"] = .string(name)
    case .command(let command): object["command"] = .string(command)
    case nil: break
    }
    return .object(object)
  }

  fileprivate init?(json: JSON) {
    guard let name = json["name"]?.string, let value = json["value"]?.string else { return nil }
    self.init(
      name: name, value: value,
      secret: json["environment"]?.string.map(Secret.environment)
        ?? json["command"]?.string.map(Secret.command))
  }
}
