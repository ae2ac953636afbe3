// What is planted in a training set, and where.

/// A kind of fault, by the code of the finding that has to be made.
public enum FaultKind: String, Hashable, Sendable, CaseIterable {
  case duplicate
  case nearDuplicate = "near-duplicate"
  case contradiction
  case leak
  case nearLeak = "near-leak"
  case key = "secret-key"
  case privateKey = "secret-private-key"
  case token = "secret-token"
  case password = "secret-password"
  case email = "personal-email"
  case phone = "personal-phone"
  case iban = "personal-iban"
  case card = "personal-card"
  case address = "personal-ip-address"
  case format = "drift-format"
  case language = "drift-language"
  case length = "drift-length"
  case opening = "chatty-opening"
  case closing = "chatty-closing"
  case refusal
  case deferral
  case placeholder
  case cut = "truncated-answer"

  /// Whether it is about an answer's style: one such fault often is another one, too.
  public var isOfStyle: Bool {
    switch self {
    case .format, .language, .length, .opening, .closing, .refusal, .deferral, .placeholder, .cut:
      true
    default: false
    }
  }
}

/// A fault on a line, which has no other.
public struct PlantedFault: Hashable, Sendable {
  public var kind: FaultKind
  public var line: Int
}
