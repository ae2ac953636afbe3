// Reads values of one kind, or says on which line another kind stands. No sentence repeats a value:
// it may be a secret that was put in the wrong place.

/// The values of a configuration file by their kinds. What is missing is nil.
struct ConfigurationReader {
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
          ? Self.secretAdvice(known: known)
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

  private static func secretAdvice(known: [String]) -> String {
    let (noun, key) = known.contains("password_env") ? ("password", "password") : ("key", "key")
    return "a \(noun) must not be in this file: put it in an environment variable, and name that "
      + "variable with '\(key)_env', or name a command that prints it with '\(key)_command'"
  }

  private func listed(_ names: [String]) -> String { names.joined(separator: ", ") }

  /// The entries of a map with keys of any name, in their order.
  func entries(_ value: YAML?, _ name: String) throws(ConfigurationError) -> [YAML.Entry] {
    guard let value else { return [] }
    guard let entries = value.map else {
      throw fail(value, "'\(name)' must hold 'name: value' lines")
    }
    return entries
  }

  func list(_ value: YAML?, _ name: String) throws(ConfigurationError) -> [YAML] {
    guard let value else { return [] }
    guard let items = value.list else { throw fail(value, "'\(name)' must be a list") }
    return items
  }

  func text(_ value: YAML?, _ name: String) throws(ConfigurationError) -> String? {
    guard let value else { return nil }
    let text: String = try self.text(value, name)
    return text
  }

  func text(_ value: YAML, _ name: String) throws(ConfigurationError) -> String {
    guard let text = value.scalar?.string, !text.isEmpty else {
      throw fail(value, "'\(name)' must be a text")
    }
    return text
  }

  func flag(_ value: YAML?, _ name: String) throws(ConfigurationError) -> Bool? {
    guard let value else { return nil }
    guard let flag = value.scalar?.bool else {
      throw fail(value, "'\(name)' must be true or false")
    }
    return flag
  }

  func number(_ value: YAML?, _ name: String, in range: ClosedRange<Int>)
    throws(ConfigurationError) -> Int?
  {
    guard let value else { return nil }
    guard let number = value.scalar?.integer, range.contains(number) else {
      throw fail(
        value,
        "'\(name)' must be a whole number from \(range.lowerBound) to \(range.upperBound)")
    }
    return number
  }

  /// An amount of dollars, from 0 to a million.
  func dollars(_ value: YAML?, _ name: String) throws(ConfigurationError) -> Double? {
    guard let value else { return nil }
    guard let dollars = value.scalar?.double, (0...1_000_000).contains(dollars) else {
      throw fail(value, "'\(name)' must be a number of dollars from 0 to 1000000")
    }
    return dollars
  }
}
