// What a person has set up: servers, the models to begin with, looks, retrieval. Where the file is,
// and reading it, is somebody else's business; a key is never in it.

/// What a configuration file sets.
public struct Configuration: Hashable, Sendable {
  /// `providers`: the servers in the order of the file, each name once.
  public var providers: [Provider] = []
  /// `models`: those that the columns begin with; empty leaves the choice to the program.
  public var models: [ModelReference] = []
  /// `theme`: the name of a theme; nil leaves the choice to the program.
  public var theme: String?
  /// `retrieval`: `k`, passages at most, and `budget`, tokens at most.
  public var retrieval = RetrievalSettings()
  /// `model_settings`: what is known of models, in the order of the file.
  public var modelSettings: [ModelCatalog.Entry] = []
  /// `budget`: dollars at most.
  public var budget = BudgetLimits()

  public init() {}

  /// The configuration that a YAML text holds.
  ///
  /// - Parameter path: the file, for messages.
  ///
  /// What isn't set is as in `Configuration()`. Throws for broken YAML, for a key that is not known
  /// and for a value of the wrong kind; no error repeats a value, since it may be a secret.
  public init(parsing text: String, path: String) throws(ConfigurationError) {
    let reader = ConfigurationReader(path: path)
    let yaml: YAML
    do {
      yaml = try YAML(parsing: text)
    } catch {
      throw ConfigurationError(path: path, line: error.line, problem: "not YAML: \(error.problem)")
    }
    if yaml.scalar == .null { return }
    let root = try reader.map(
      yaml, "the file", known: ["models", "providers", "retrieval", "theme"])
    theme = try root["theme"].map { value throws(ConfigurationError) in
      try reader.text(value, "theme")
    }
    models = try reader.list(root["models"], "models").map { value throws(ConfigurationError) in
      try reader.model(value)
    }
    for item in try reader.list(root["providers"], "providers") {
      let provider = try reader.provider(item)
      if providers.contains(where: { $0.name == provider.name }) {
        throw reader.fail(item, "there are two providers named '\(provider.name)'")
      }
      providers.append(provider)
    }
    if let value = root["retrieval"] {
      let entries = try reader.map(value, "retrieval", known: ["budget", "k"])
      if let k = entries["k"] {
        retrieval.limit = try reader.number(k, "k", in: RetrievalSettings.limits)
      }
      if let budget = entries["budget"] {
        retrieval.budget = try reader.number(budget, "budget", in: 1...1_000_000)
      }
    }
  }
}

/// What is wrong with a configuration file, and on which line.
public struct ConfigurationError: Error, Hashable, Sendable, CustomStringConvertible {
  public let path: String
  /// Counted from 1.
  public let line: Int
  public let problem: String

  public var description: String { "\(path):\(line): \(problem)" }
}

/// Reads values of one kind, or says on which line another kind stands.
private struct ConfigurationReader {
  let path: String

  func fail(_ value: YAML, _ problem: String) -> ConfigurationError {
    ConfigurationError(path: path, line: value.line, problem: problem)
  }

  /// The entries of a map all of whose keys are known.
  func map(_ value: YAML, _ name: String, known: [String]) throws(ConfigurationError)
    -> [String: YAML]
  {
    guard let entries = value.map else {
      throw fail(value, "\(name) must hold 'key: value' lines; known keys are \(listed(known))")
    }
    var values: [String: YAML] = [:]
    for entry in entries {
      guard known.contains(entry.key) else {
        let problem =
          Self.secretKeys.contains(entry.key.lowercased())
          ? "a key must not be in this file: put it in an environment variable, "
            + "and name that variable with 'key_env'"
          : "unknown key '\(entry.key)'; known here are \(listed(known))"
        throw ConfigurationError(path: path, line: entry.line, problem: problem)
      }
      values[entry.key] = entry.value
    }
    return values
  }

  private static let secretKeys: Set = [
    "key", "api_key", "apikey", "api-key", "token", "secret", "password", "authorization",
  ]

  private func listed(_ names: [String]) -> String { names.joined(separator: ", ") }

  func list(_ value: YAML?, _ name: String) throws(ConfigurationError) -> [YAML] {
    guard let value else { return [] }
    guard let items = value.list else { throw fail(value, "'\(name)' must be a list") }
    return items
  }

  func text(_ value: YAML, _ name: String) throws(ConfigurationError) -> String {
    guard let text = value.scalar?.string, !text.isEmpty else {
      throw fail(value, "'\(name)' must be a text")
    }
    return text
  }

  func number(_ value: YAML, _ name: String, in range: ClosedRange<Int>)
    throws(ConfigurationError) -> Int
  {
    guard let number = value.scalar?.integer, range.contains(number) else {
      throw fail(
        value,
        "'\(name)' must be a whole number from \(range.lowerBound) to \(range.upperBound)")
    }
    return number
  }

  func model(_ value: YAML) throws(ConfigurationError) -> ModelReference {
    guard let model = ModelReference(try text(value, "models")) else {
      throw fail(value, "a model is written 'provider/model', as in 'builtin/extractive'")
    }
    return model
  }

  func provider(_ value: YAML) throws(ConfigurationError) -> Provider {
    let entries = try map(
      value, "a provider", known: ["base_url", "key_env", "models", "name"])
    guard let name = entries["name"], let url = entries["base_url"] else {
      throw fail(value, "a provider needs a 'name' and a 'base_url'")
    }
    return Provider(
      name: try providerName(name), baseURL: try baseURL(url),
      key: try entries["key_env"].map { value throws(ConfigurationError) in
        .environment(try environmentName(value))
      },
      models: try list(entries["models"], "models").map { value throws(ConfigurationError) in
        try text(value, "models")
      })
  }

  private func providerName(_ value: YAML) throws(ConfigurationError) -> String {
    let name = try text(value, "name")
    guard !name.contains("/"), name != ModelReference.builtinProvider else {
      throw fail(value, "a provider's name holds no '/' and is not 'builtin'")
    }
    return name
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
        value, "'base_url' must hold no password or key: name its variable with 'key_env'")
    }
    return url
  }

  private func environmentName(_ value: YAML) throws(ConfigurationError) -> String {
    let name = try text(value, "key_env")
    let isName = name.utf8.allSatisfy {
      0x30...0x39 ~= $0 || 0x41...0x5A ~= $0 || 0x61...0x7A ~= $0 || $0 == UInt8(ascii: "_")
    }
    guard isName, name.utf8.first.map({ !(0x30...0x39 ~= $0) }) == true, name.utf8.count <= 128
    else {
      throw fail(
        value, "'key_env' must be the name of an environment variable, not the key itself")
    }
    return name
  }
}
