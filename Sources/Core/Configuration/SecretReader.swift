// Where secrets are kept: the keys of a provider that name an environment variable or a command,
// and the header fields that end in one. A secret itself is refused wherever it can be told.

extension ConfigurationReader {
  /// The place that `NAME_env` or `NAME_command` names; nil without either.
  func secret(_ name: String, in entries: [String: YAML]) throws(ConfigurationError) -> Secret? {
    let variable = entries["\(name)_env"]
    let command = entries["\(name)_command"]
    if variable != nil, let command {
      throw fail(command, "'\(name)_env' and '\(name)_command' name two places for one \(name)")
    }
    if let variable { return .environment(try variableName(variable, "\(name)_env")) }
    return try command.map { value throws(ConfigurationError) in
      let text = try text(value, "\(name)_command")
      guard !text.utf8.contains(0) else {
        throw fail(value, "'\(name)_command' must be a command of the shell")
      }
      return .command(text)
    }
  }

  private func variableName(_ value: YAML, _ key: String) throws(ConfigurationError) -> String {
    let name = try text(value, key)
    guard Self.isVariableName(name) else {
      throw fail(value, "'\(key)' must be the name of an environment variable, not the key itself")
    }
    return name
  }

  /// Longer ones are no names, but keys that were put in their place.
  private static func isVariableName(_ text: some StringProtocol) -> Bool {
    text.utf8.count <= 128 && Secret.isVariableName(text)
  }

  // MARK: Header fields

  func keyField(_ value: YAML?, hasKey: Bool) throws(ConfigurationError) -> String? {
    guard let value else { return nil }
    let name = try text(value, "key_header")
    guard HTTPField.isName(name) else {
      throw fail(value, "'key_header' must be the name of a header field, as in 'api-key'")
    }
    guard hasKey else {
      throw fail(value, "'key_header' goes with 'key_env' or 'key_command'")
    }
    return name
  }

  func headers(_ value: YAML?) throws(ConfigurationError) -> [HTTPField] {
    var fields: [HTTPField] = []
    for entry in try entries(value, "headers") {
      guard HTTPField.isName(entry.key) else {
        throw fail(entry.value, "a header field's name is made of letters, digits and '-'")
      }
      guard !Self.framing.contains(entry.key.lowercased()) else {
        throw fail(entry.value, "the header field '\(entry.key)' is set by each request itself")
      }
      if fields.contains(where: { $0.name.lowercased() == entry.key.lowercased() }) {
        throw fail(entry.value, "the header field '\(entry.key)' stands twice")
      }
      fields.append(try field(entry))
    }
    return fields
  }

  /// A literal value, or one that ends in the variable of its secret: `Bearer $GATEWAY_KEY`.
  private func field(_ entry: YAML.Entry) throws(ConfigurationError) -> HTTPField {
    let scalar = entry.value.scalar
    guard let value = scalar?.string ?? scalar?.integer.map(String.init) else {
      throw fail(entry.value, "'\(entry.key)' must be a text: put it in quotes")
    }
    // A line break would begin a field of its own (RFC 9110, section 5.5).
    guard value.utf8.allSatisfy({ 0x20...0x7E ~= $0 }) else {
      throw fail(entry.value, "'\(entry.key)' must be one line of plain ASCII")
    }
    guard let dollar = value.firstIndex(of: "$") else {
      guard !isSecretName(entry.key) else {
        throw fail(
          entry.value,
          "the secret of '\(entry.key)' must not be in this file: put it in an environment variable, "
            + "and write '$' and its name in its place")
      }
      return HTTPField(name: entry.key, value: value)
    }
    let name = value[value.index(after: dollar)...]
    guard Self.isVariableName(name) else {
      throw fail(
        entry.value,
        "in '\(entry.key)' the name of an environment variable must follow '$', and nothing else")
    }
    return HTTPField(
      name: entry.key, value: String(value[..<dollar]), secret: .environment(String(name)))
  }

  /// Fields by which a message is taken apart; a second one would be a request of its own.
  private static let framing: Set = [
    "connection", "content-length", "content-type", "host", "transfer-encoding",
  ]

  /// Whether what goes by a name is a secret as a rule.
  func isSecretName(_ name: String) -> Bool {
    let name = name.lowercased()
    return ["key", "auth", "sig"].contains { name.hasSuffix($0) }
      || ["apikey", "authorization", "cookie", "credential", "password", "secret", "token"]
        .contains { name.contains($0) }
  }
}
