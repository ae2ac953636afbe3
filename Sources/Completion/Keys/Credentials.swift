// The secrets of a provider's requests, read from where they are kept. They go to the provider's
// own host and nowhere else.

import Core

/// Secrets by the places that they were read from.
public struct Credentials: Hashable, Sendable {
  private var values: [Secret: String] = [:]

  public init() {}

  /// The secret of that place; nil when there was none.
  public subscript(secret: Secret) -> String? {
    get { values[secret] }
    set { values[secret] = newValue }
  }

  /// All secrets, for taking them out of what a server sends back.
  var all: [String] { values.values.sorted() }
}

extension Credentials: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// Never the secrets.
  public var description: String { "Credentials(\(values.count))" }
  public var debugDescription: String { description }
  public var customMirror: Mirror { Mirror(self, children: []) }
}

extension Credentials {
  /// The secret that stands in an environment variable; nothing when it is not set or blank.
  public mutating func read(_ variable: String, from environment: [String: String]) {
    guard let value = environment[variable] else { return }
    self[.environment(variable)] = Self.trimmed(value)
  }

  /// Keys are often read from files that end with a line break. Nil for a blank one.
  public static func trimmed(_ value: String) -> String? {
    var key = Substring(value)
    while key.last?.isWhitespace == true { key.removeLast() }
    while key.first?.isWhitespace == true { key.removeFirst() }
    return key.isEmpty ? nil : String(key)
  }

  /// Those of a provider's secrets that stand in the environment.
  public init(of provider: Provider, environment: [String: String]) {
    for case .environment(let variable) in provider.secrets { read(variable, from: environment) }
  }
}
