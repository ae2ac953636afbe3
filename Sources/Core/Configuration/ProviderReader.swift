// One entry of `providers`: a server, how it is spoken to, and where its secrets are kept.

extension ConfigurationReader {
  func provider(_ value: YAML) throws(ConfigurationError) -> Provider {
    let entries = try map(
      value, "a provider",
      known: [
        "allow_plain_http", "base_url", "body", "client_certificate", "headers", "key_command",
        "key_env", "key_header", "models", "name", "protocol", "query", "retries", "timeouts",
        "training",
      ])
    guard let name = entries["name"], let url = entries["base_url"] else {
      throw fail(value, "a provider needs a 'name' and a 'base_url'")
    }
    var provider = Provider(
      name: try providerName(name), baseURL: try baseURL(url),
      wire: try wireProtocol(entries["protocol"]),
      key: try secret("key", in: entries),
      models: try list(entries["models"], "models").map { value throws(ConfigurationError) in
        try text(value, "models")
      })
    provider.keyField = try keyField(entries["key_header"], hasKey: provider.key != nil)
    provider.fields = try headers(entries["headers"])
    provider.query = try query(entries["query"])
    provider.bodyPatch = try body(entries["body"])
    provider.training = try training(entries["training"])
    provider.allowsPlainHTTP = try flag(entries["allow_plain_http"], "allow_plain_http") ?? false
    provider.clientCertificate = try clientCertificate(entries["client_certificate"])
    provider.timeLimits = try timeLimits(entries["timeouts"])
    if let retries = try number(entries["retries"], "retries", in: 0...20) {
      provider.attemptLimit = retries + 1
    }
    return provider
  }

  private func providerName(_ value: YAML) throws(ConfigurationError) -> String {
    let name = try text(value, "name")
    guard !name.contains("/"), name != ModelReference.builtinProvider else {
      throw fail(value, "a provider's name holds no '/' and is not 'builtin'")
    }
    return name
  }

  private func training(_ value: YAML?) throws(ConfigurationError) -> TrainingSettings? {
    guard let value else { return nil }
    let entries = try map(
      value, "'training'", known: ["account", "api", "base_url", "body", "purpose"])
    var settings = TrainingSettings()
    if let name = entries["api"] {
      settings.api = name.scalar?.string.flatMap(TrainingAPI.init)
      if settings.api == nil {
        let names = TrainingAPI.allCases.map(\.rawValue).joined(separator: ", ")
        throw fail(name, "'api' must be one of \(names)")
      }
    }
    if let url = entries["base_url"] {
      let url = try baseURL(url)
      settings.baseURL = url.hasSuffix("/") ? String(url.dropLast()) : url
    }
    func word(_ name: String) throws(ConfigurationError) -> String? {
      guard let entry = entries[name] else { return nil }
      let word = try text(entry, name)
      guard BatchState.isIdentifier(word) else {
        throw fail(entry, "'\(name)' has letters, digits, '-', '_' and '.'")
      }
      return word
    }
    settings.account = try word("account")
    settings.purpose = try word("purpose")
    settings.body = try body(entries["body"])
    return settings
  }

  private func baseURL(_ value: YAML) throws(ConfigurationError) -> String {
    let url = try text(value, "base_url")
    let scheme = ["http://", "https://"].first { url.hasPrefix($0) }
    guard let scheme, let host = url.dropFirst(scheme.count).split(separator: "/").first,
      !url.unicodeScalars.contains(where: { $0.properties.isWhitespace || $0.value < 0x21 })
    else {
      throw fail(value, "'base_url' must be like 'http://127.0.0.1:8080/v1'")
    }
    guard !host.contains("@"), !url.contains("?") else {
      throw fail(
        value,
        "'base_url' must hold no password, key or query: name where the key is kept with 'key_env' "
          + "or 'key_command', and put the rest under 'query'")
    }
    return url
  }

  private func wireProtocol(_ value: YAML?) throws(ConfigurationError) -> WireProtocol {
    guard let value else { return .chatCompletions }
    guard let wire = value.scalar?.string.flatMap(WireProtocol.init) else {
      let names = WireProtocol.allCases.map(\.rawValue).joined(separator: ", ")
      throw fail(value, "'protocol' must be one of \(names)")
    }
    return wire
  }

  private func query(_ value: YAML?) throws(ConfigurationError) -> [String: String] {
    var query: [String: String] = [:]
    for entry in try entries(value, "query") {
      if isSecretName(entry.key) {
        throw fail(
          entry.value,
          "'\(entry.key)' must not be in an address, which others may log: name the header field "
            + "that holds the key with 'key_header'")
      }
      let scalar = entry.value.scalar
      // A number with a fraction would lose the way in which it was written.
      guard let text = scalar?.string ?? scalar?.integer.map(String.init) else {
        throw fail(entry.value, "'\(entry.key)' must be a text: put it in quotes")
      }
      query[entry.key] = text
    }
    return query
  }

  private func body(_ value: YAML?) throws(ConfigurationError) -> JSON? {
    guard let value else { return nil }
    guard value.map != nil else {
      throw fail(value, "'body' must hold the 'name: value' lines that are merged into each body")
    }
    try refuseSecrets(in: value)
    return value.json
  }

  /// Bodies are recorded with their runs.
  private func refuseSecrets(in value: YAML) throws(ConfigurationError) {
    for item in value.list ?? [] { try refuseSecrets(in: item) }
    for entry in value.map ?? [] {
      let name = entry.key.lowercased()
      guard
        !["key", "apikey", "authorization", "password", "secret"].contains(where: name.hasSuffix)
      else {
        throw fail(
          entry.value,
          "'\(entry.key)' must not be in a body, which is recorded: name the environment variable "
            + "that holds the key with 'key_env', or in a header field under 'headers'")
      }
      try refuseSecrets(in: entry.value)
    }
  }

  private func clientCertificate(_ value: YAML?) throws(ConfigurationError) -> ClientCertificate? {
    guard let value else { return nil }
    let entries = try map(
      value, "'client_certificate'",
      known: ["certificate", "key", "password_command", "password_env"])
    guard let certificate = entries["certificate"] else {
      throw fail(value, "'client_certificate' needs a 'certificate', the path of a PEM file")
    }
    return ClientCertificate(
      certificatePath: try text(certificate, "certificate"),
      keyPath: try text(entries["key"], "key"), password: try secret("password", in: entries))
  }

  private func timeLimits(_ value: YAML?) throws(ConfigurationError) -> TimeLimits {
    var limits = TimeLimits()
    guard let value else { return limits }
    let entries = try map(value, "'timeouts'", known: ["connect", "first_byte", "idle"])
    limits.connect = try seconds(entries["connect"], "connect") ?? limits.connect
    limits.firstByte = try seconds(entries["first_byte"], "first_byte") ?? limits.firstByte
    limits.idle = try seconds(entries["idle"], "idle") ?? limits.idle
    return limits
  }

  /// A time of at least a millisecond: libcurl takes 0 for its own idea of a limit.
  private func seconds(_ value: YAML?, _ name: String) throws(ConfigurationError) -> Duration? {
    guard let value else { return nil }
    guard let seconds = value.scalar?.double, (0.001...86_400).contains(seconds) else {
      throw fail(value, "'\(name)' must be a number of seconds from 0.001 to 86400")
    }
    return .milliseconds(Int((seconds * 1000).rounded()))
  }
}
