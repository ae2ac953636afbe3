// A value that should not be trained on, and what to say of it without saying it.

/// A secret or personal value in a text.
public struct PrivateValue: Hashable, Sendable {
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    case key = "secret-key"
    case privateKey = "secret-private-key"
    case token = "secret-token"
    case password = "secret-password"
    case email = "personal-email"
    case phone = "personal-phone"
    case iban = "personal-iban"
    case card = "personal-card"
    case address = "personal-ip-address"
  }

  public var kind: Kind
  /// Of the text's UTF-8.
  public var bytes: Range<Int>
  /// Whether it is one that documents use, such as `example.com`, which reaches nobody.
  public var isExample: Bool

  public init(_ kind: Kind, _ bytes: Range<Int>, isExample: Bool = false) {
    self.kind = kind
    self.bytes = bytes
    self.isExample = isExample
  }
}

extension PrivateValue.Kind {
  public var severity: FindingSeverity {
    switch self {
    case .key, .privateKey, .token, .password, .iban, .card: .error
    case .email, .phone, .address: .warning
    }
  }

  public var isSecret: Bool {
    switch self {
    case .key, .privateKey, .token, .password: true
    default: false
    }
  }

  var noun: String {
    switch self {
    case .key: "an API key"
    case .privateKey: "a private key"
    case .token: "a token"
    case .password: "a password"
    case .email: "an e-mail address"
    case .phone: "a phone number"
    case .iban: "a bank account's number (IBAN)"
    case .card: "a payment card's number"
    case .address: "an IP address"
    }
  }

  /// A value of this kind that belongs to nobody, for a remedy.
  var stand: String {
    switch self {
    case .key, .privateKey, .token, .password: "<SECRET>"
    case .email: "name@example.com"
    case .phone: "+1 202 555 0100"
    case .iban: "<IBAN>"
    case .card: "<CARD>"
    case .address: "192.0.2.1"
    }
  }
}
