// Makes spoiled streams out of the fixtures, the same on each run.

import RandomSource

/// Spoils streams by chance.
public struct StreamSpoiler {
  private var random: SeededRandom
  private let originals = fixtures.map(SpoiledStream.bytes)

  /// What streams are made of, and what breaks them.
  public static let words = [
    "data:", "data: ", "\n", "\r", "\r\n", "\n\n", "[DONE]", "{", "}", "[", "]", "\"", "\\u", "\\",
    ":", ",", "null", "true", "{\"error\":", "\"delta\":", "\"choices\":[", "\"content\":\"",
    "event: error\n", "\"type\":\"", "message_stop", "response.completed", "\"done\":true",
    "\"tool_calls\":[", "\"usage\":{", "-1", "999999999999999999999", "1e999", "\u{0}", "\u{FEFF}",
    "👩‍💻",
  ]

  public init(seed: UInt64) { random = SeededRandom(seed: seed) }

  /// The bytes of the next stream: a fixture's with a few mistakes, for a `SpoiledStream`.
  public mutating func next() -> [UInt8] {
    var bytes = originals.randomElement(using: &random) ?? []
    // How it ends and is cut, but not its protocol.
    if let first = bytes.first {
      bytes[0] = first & 3 | UInt8.random(in: .min ... .max, using: &random) & ~3
    }
    for _ in 0..<Int.random(in: 0...6, using: &random) { spoil(&bytes) }
    return bytes
  }

  private mutating func spoil(_ bytes: inout [UInt8]) {
    let position = Int.random(in: 0...bytes.count, using: &random)
    let end = min(bytes.count, position + Int.random(in: 0...40, using: &random))
    switch Int.random(in: 0..<8, using: &random) {
    case 0: bytes.removeSubrange(position..<end)
    case 1: bytes.insert(contentsOf: bytes[position..<end], at: position)
    case 2:
      bytes.insert(contentsOf: (Self.words.randomElement(using: &random) ?? "").utf8, at: position)
    case 3: bytes.insert(UInt8.random(in: .min ... .max, using: &random), at: position)
    case 4: bytes.removeSubrange(position...)
    case 5:
      let other = originals.randomElement(using: &random) ?? []
      let start = Int.random(in: 0...other.count, using: &random)
      bytes.replaceSubrange(position..., with: other[start...])
    case 6:
      // Some mistakes need a run of them.
      bytes.insert(
        contentsOf: Array(repeating: bytes[position..<end], count: 20).joined(), at: position)
    default:
      if position < bytes.count {
        bytes[position] ^= UInt8.random(in: .min ... .max, using: &random)
      }
    }
  }
}
