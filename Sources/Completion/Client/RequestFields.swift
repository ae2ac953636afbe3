// The header fields of a provider's requests. Their secrets are named, never held.

import Core

extension Provider {
  /// Standard fields, those of the protocol with the key, and the provider's own, each of which
  /// takes the place of one by the same name. A field whose secret isn't there is left out.
  ///
  /// Throws for a name or value that would break the head of the request (RFC 9110, section 5), and
  /// for a text that is a secret though it is not marked as one.
  func requestFields(
    _ credentials: Credentials, standard: [HTTPField] = []
  ) throws(CompletionError) -> [HTTPField] {
    var result = standard + wire.dialect.fields
    if let key {
      if let value = credentials[key], value.utf8.contains(where: { $0 <= 0x20 || $0 == 0x7F }) {
        throw CompletionError(
          "The key in \(key.placeInWords) holds a space or a line break, so it was not sent: "
            + "correct it.")
      }
      var field = keyField.map { HTTPField(name: $0) } ?? wire.dialect.keyField
      field.secret = key
      result.append(field)
    }
    let ownNames = Set(fields.map { $0.name.lowercased() })
    result = result.filter { !ownNames.contains($0.name.lowercased()) } + fields
    result.removeAll { $0.secret.map { credentials[$0] == nil } ?? false }
    for field in result { try check(field, credentials) }
    return result
  }

  private func check(_ field: HTTPField, _ credentials: Credentials) throws(CompletionError) {
    guard HTTPField.isName(field.name) else {
      throw CompletionError(
        "A header field of \(name) was not sent: its name may only hold letters, digits and '-'.")
    }
    let secret = field.secret.flatMap { credentials[$0] } ?? ""
    guard (field.value + secret).utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F || $0 == 0x09 }) else {
      throw CompletionError(
        "The header field \(field.name) of \(name) holds a line break or another control "
          + "character, so it was not sent: correct it.")
    }
    guard credentials.redacting(field.value) == field.value else {
      throw CompletionError(
        "The header field \(field.name) of \(name) holds a key in plain text, which recordings "
          + "would show: name the environment variable instead.")
    }
  }
}
