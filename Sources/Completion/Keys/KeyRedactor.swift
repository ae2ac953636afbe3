// Takes secrets out of bytes that a server sends back: some quote a key in their errors, and what
// comes over the wire is recorded.

import Core
import Glibc

struct KeyRedactor {
  private var redactors: [SecretRedactor]

  init(_ credentials: Credentials) {
    // A secret may begin with another one, whose rest must not stay.
    let secrets = Set(credentials.all.flatMap(Self.spellings)).sorted {
      $0.utf8.count > $1.utf8.count
    }
    redactors = secrets.compactMap(SecretRedactor.init)
  }

  /// A secret as it is, and as JSON may quote it: the slash of base64 with and without an escape.
  private static func spellings(of secret: String) -> [String] {
    let quoted = String(JSON.string(secret).text.dropFirst().dropLast())
    return [secret, quoted, quoted.replacing("/", with: "\\/")]
  }

  /// The bytes without the secrets. An end that may be the start of one comes with the next bytes.
  mutating func redact(_ bytes: [UInt8]) -> [UInt8] {
    var bytes = bytes
    for index in redactors.indices { bytes = redactors[index].redact(bytes) }
    return bytes
  }

  /// What was withheld, when nothing follows.
  mutating func finish() -> [UInt8] {
    var rest: [UInt8] = []
    for index in redactors.indices {
      rest = redactors[index].redact(rest) + redactors[index].finish()
    }
    return rest
  }
}

/// Takes one secret out.
private struct SecretRedactor {
  private let key: [UInt8]
  /// The last bytes, where the key may have begun.
  private var withheld: [UInt8] = []

  private static let replacement = Array("[key]".utf8)

  /// Local servers are given made-up keys ("ollama", "not-needed"), which are no secrets but words
  /// that an answer may hold.
  private static let shortestSecret = 12

  /// Nil for what is no secret.
  init?(key: String) {
    guard key.utf8.count >= Self.shortestSecret else { return nil }
    self.key = Array(key.utf8)
  }

  /// The bytes without the key. An end that may be the start of the key comes with the next bytes.
  mutating func redact(_ bytes: [UInt8]) -> [UInt8] {
    let bytes = withheld.isEmpty ? bytes : withheld + bytes
    var result: [UInt8] = []
    var position = 0
    while let found = find(in: bytes, from: position) {
      result += bytes[position..<found]
      result += Self.replacement
      position = found + key.count
    }
    let kept = startOfKey(atEndOf: bytes[position...])
    withheld = Array(bytes[kept...])
    if position == 0, withheld.isEmpty { return bytes }
    result += bytes[position..<kept]
    return result
  }

  /// What was withheld, when nothing follows.
  mutating func finish() -> [UInt8] {
    defer { withheld = [] }
    return withheld
  }

  private func find(in bytes: [UInt8], from start: Int) -> Int? {
    guard let first = key.first else { return nil }
    return bytes.withUnsafeBytes { buffer in
      guard let base = buffer.baseAddress else { return nil }
      var position = start
      while position + key.count <= buffer.count,
        let found = memchr(base + position, Int32(first), buffer.count - key.count - position + 1)
      {
        if memcmp(found, key, key.count) == 0 { return UnsafeRawPointer(found) - base }
        position = UnsafeRawPointer(found) - base + 1
      }
      return nil
    }
  }

  /// Where the longest end of the bytes stands that the key begins with; their end when none does.
  private func startOfKey(atEndOf bytes: ArraySlice<UInt8>) -> Int {
    let longest = min(key.count - 1, bytes.count)
    for count in stride(from: longest, to: 0, by: -1)
    where key.starts(with: bytes.suffix(count)) {
      return bytes.endIndex - count
    }
    return bytes.endIndex
  }
}

extension Credentials {
  /// A text without the secrets.
  func redacting(_ text: String) -> String {
    var redactor = KeyRedactor(self)
    let bytes = redactor.redact(Array(text.utf8)) + redactor.finish()
    return String(decoding: bytes, as: UTF8.self)
  }
}
