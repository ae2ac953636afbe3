import Core

// Whether an answer is, holds or begins with a text. As promptfoo, texts are the same where their
// bytes are: two spellings of é differ.

extension AssertionCheck {
  /// `equals`: the same text; of an object, a list or null, the same JSON, whatever its layout and
  /// the order of its members.
  func equals() throws(GradingError) -> Verdict {
    switch assertion.value {
    case nil: throw error("needs a value")
    case .object, .array, .null:
      let expected = assertion.value ?? .null
      guard let found = try? JSON(parsing: output) else {
        return Verdict(false, "It is no JSON, so it can't be \(expected.text.quoted).")
      }
      let mismatch = found.mismatches(with: ["const": expected], limit: 1).first
      return Verdict(
        mismatch == nil,
        mismatch == nil
          ? "It is the same JSON as \(expected.text.quoted)."
          : "It is other JSON than \(expected.text.quoted).")
    case .string, .bool, .integer, .number:
      let expected = assertion.value?.gradedText ?? ""
      let isSame = output.hasSameBytes(as: expected)
      return Verdict(
        isSame, "\(output.quoted) \(isSame ? "is" : "is not") the same as \(expected.quoted).")
    }
  }

  /// `contains` and `icontains`.
  func contains(anyCase: Bool) throws(GradingError) -> Verdict {
    let wanted = try text()
    let isFound = holds([wanted], anyCase: anyCase)[0]
    return Verdict(isFound, "It \(isFound ? "contains" : "does not contain") \(wanted.quoted).")
  }

  /// `contains-all` and `icontains-all`.
  func containsAll(anyCase: Bool) throws(GradingError) -> Verdict {
    let wanted = try texts()
    let missing = zip(wanted, holds(wanted, anyCase: anyCase)).filter { !$0.1 }.map(\.0)
    return Verdict(
      missing.isEmpty,
      missing.isEmpty
        ? "It contains all \(wanted.count) texts."
        : "It does not contain \(Self.listed(missing)).")
  }

  /// `contains-any` and `icontains-any`.
  func containsAny(anyCase: Bool) throws(GradingError) -> Verdict {
    let wanted = try texts()
    let found = zip(wanted, holds(wanted, anyCase: anyCase)).first { $0.1 }?.0
    return Verdict(
      found != nil,
      found.map { "It contains \($0.quoted)." } ?? "It contains none of \(Self.listed(wanted)).")
  }

  /// `starts-with`.
  func startsWith() throws(GradingError) -> Verdict {
    let start = try text()
    let begins = output.utf8.starts(with: start.utf8)
    return Verdict(begins, "It \(begins ? "starts" : "does not start") with \(start.quoted).")
  }

  /// `regex`: whether the expression matches anywhere.
  func regex() throws(GradingError) -> Verdict {
    let pattern = try text()
    guard let expression = BoundedRegex(pattern) else {
      throw error("has \(pattern.quoted), which is no regular expression: correct it")
    }
    guard let isFound = expression.matches(output) else {
      throw error(
        "took too long or too much memory to look for \(pattern.quoted): write it with fewer "
          + "repetitions")
    }
    return Verdict(isFound, "It \(isFound ? "matches" : "does not match") \(pattern.quoted).")
  }

  // MARK: Searching

  /// Which of the texts the answer holds.
  private func holds(_ wanted: [String], anyCase: Bool) -> [Bool] {
    let bytes = Array((anyCase ? output.lowercased() : output).utf8)
    return wanted.map { text in
      let text = Array((anyCase ? text.lowercased() : text).utf8)
      return ByteSearch(for: text).isFound(in: bytes)
    }
  }

  private static func listed(_ texts: [String]) -> String {
    texts.prefix(5).map(\.quoted).joined(separator: ", ") + (texts.count > 5 ? ", …" : "")
  }
}

/// Looks for bytes in bytes, in a time that grows with both and never with their product (Knuth,
/// Morris and Pratt, SIAM Journal on Computing 6, 1977).
private struct ByteSearch {
  private let wanted: [UInt8]
  /// For each place, how much of the beginning also ends there.
  private var borders: [Int]

  init(for wanted: [UInt8]) {
    self.wanted = wanted
    borders = [Int](repeating: 0, count: wanted.count)
    var length = 0
    for place in wanted.indices.dropFirst() {
      while length > 0, wanted[place] != wanted[length] { length = borders[length - 1] }
      if wanted[place] == wanted[length] { length += 1 }
      borders[place] = length
    }
  }

  func isFound(in bytes: [UInt8]) -> Bool {
    guard !wanted.isEmpty else { return true }
    var length = 0
    for byte in bytes {
      while length > 0, byte != wanted[length] { length = borders[length - 1] }
      if byte == wanted[length] { length += 1 }
      if length == wanted.count { return true }
    }
    return false
  }
}
