// What became of a provider's key when a request was sent, for the sentences about errors.

import Core

/// What became of a provider's key. It never holds the key.
public enum KeyUse: Hashable, Sendable {
  /// The provider names no place for a key.
  case unnamed
  /// There is no key in the place that should hold it.
  case missing(Secret)
  /// The key of this place was sent.
  case sent(Secret)

  init(of provider: Provider, credentials: Credentials) {
    let places = ([provider.key] + provider.fields.map(\.secret)).compactMap { $0 }
    if let missing = places.first(where: { credentials[$0] == nil }) {
      self = .missing(missing)
    } else {
      self = places.first.map(KeyUse.sent) ?? .unnamed
    }
  }
}

extension Secret {
  /// The place in a sentence: `OPENAI_API_KEY`, `the output of 'pass show openai'`.
  var placeInWords: String {
    switch self {
    case .environment(let name): name
    case .command(let command): "the output of '\(command)'"
    }
  }
}
