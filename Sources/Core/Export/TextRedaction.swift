// Finds what patterns match in texts and takes it out, also where a text hides it in another spelling:
// JSON with its escapes, percent signs (RFC 3986, section 2.1), base 64.

/// Patterns, and the texts without what they match.
struct TextRedaction {
  private let patterns: [Regex<AnyRegexOutput>]

  init(patterns: [String]) throws(RedactionError) {
    self.patterns = try patterns.map { pattern throws(RedactionError) in
      let regex: Regex<AnyRegexOutput>
      do {
        // By scalars: a mark on a letter must not hide the letter.
        regex = try Regex(pattern).matchingSemantics(.unicodeScalar)
      } catch {
        throw RedactionError(
          description: "The pattern '\(pattern)' is no regular expression: \(error).")
      }
      guard (try? regex.wholeMatch(in: "")) == nil else {
        throw RedactionError(
          description: "The pattern '\(pattern)' matches an empty text: say what is to be found.")
      }
      return regex
    }
  }

  /// The text with a mark for each match, whatever spelling it has.
  func redacted(_ text: String) -> String {
    var result = text
    if let json = Self.document(text) {
      let redacted = redacted(json, keeping: .none)
      if redacted != json { result = redacted.text }
    }
    result = withoutMatches(result)
    for decode in [Self.percentDecoded, Self.unescaped] {
      // Some texts are spelled so more than once.
      var spelled = result
      for _ in 0..<3 {
        guard let plain = decode(spelled) else { break }
        spelled = plain
        if isMatched(spelled) { result = withoutMatches(spelled) }
      }
    }
    result = withoutBase64(result)
    // What is left may match anew, since its neighbours are others now.
    return isMatched(result) ? Redaction.mark : result
  }

  /// The value with all its texts redacted; below open members names and numbers, too.
  func redacted(
    _ json: JSON, keeping members: StructuralMembers, path: String = "", isOpen: Bool = false
  ) -> JSON {
    let isOpen = isOpen || members.open.contains(path)
    switch json {
    case .string(let text):
      return members.kept.contains(path) ? json : .string(redacted(text))
    case .array(let items):
      return .array(
        items.map { redacted($0, keeping: members, path: path, isOpen: isOpen) })
    case .object(let object):
      return .object(
        JSON.Object(
          object.members.map { member in
            JSON.Object.Member(
              name: isOpen ? redacted(member.name) : member.name,
              value: redacted(
                member.value, keeping: members,
                path: path.isEmpty ? member.name : "\(path).\(member.name)", isOpen: isOpen))
          }))
    case .integer, .number:
      return isOpen && isMatched(json.text) ? .string(Redaction.mark) : json
    case .null, .bool: return json
    }
  }

  /// Whether anything that went over the wire matches: as it stands, in any spelling, or put together
  /// from the pieces that came in one member of several documents.
  func isFound(in events: [TimedWireEvent]) -> Bool {
    var body: [UInt8] = []
    for timed in events {
      switch timed.event {
      case .body(let bytes): body += bytes
      case .request(let request):
        let texts =
          request.fields.flatMap { [$0.name, $0.shownValue] } + [request.url, request.body]
        if texts.contains(where: { redacted($0) != $0 }) { return true }
      case .head(_, let type): if redacted(type) != type { return true }
      case .retry(let retry): if redacted(retry.reason) != retry.reason { return true }
      case .end(.failed(let error)): if redacted(error) != error { return true }
      case .end: break
      }
    }
    let text = String(decoding: body, as: UTF8.self)
    if redacted(text) != text { return true }
    var pieces: [String: String] = [:]
    for line in text.utf8.split(whereSeparator: { $0 == 10 || $0 == 13 }) {
      let isField = line.starts(with: "data:".utf8)
      guard let json = Self.document(String(Substring(isField ? line.dropFirst(5) : line))) else {
        continue
      }
      Self.collect(json, path: "", into: &pieces)
    }
    return pieces.values.contains { redacted($0) != $0 }
  }

  /// Adds the texts of a document to those that came under the same names before.
  private static func collect(_ json: JSON, path: String, into pieces: inout [String: String]) {
    switch json {
    case .string(let text): pieces[path, default: ""] += text
    case .array(let items): for item in items { collect(item, path: path, into: &pieces) }
    case .object(let object):
      for member in object.members {
        collect(member.value, path: "\(path).\(member.name)", into: &pieces)
      }
    case .null, .bool, .integer, .number: break
    }
  }

  // MARK: Matches

  private func isMatched(_ text: String) -> Bool {
    patterns.contains { (try? $0.firstMatch(in: text)) != nil }
  }

  private func withoutMatches(_ text: String) -> String {
    patterns.reduce(text) { text, pattern in
      let ranges = text.matches(of: pattern).map(\.range).filter { !$0.isEmpty }
      guard !ranges.isEmpty else { return text }
      var result = String.UnicodeScalarView()
      var place = text.startIndex
      for range in ranges where range.lowerBound >= place {
        result += text.unicodeScalars[place..<range.lowerBound]
        result += Redaction.mark.unicodeScalars
        place = range.upperBound
      }
      result += text.unicodeScalars[place...]
      return String(result)
    }
  }

  // MARK: Spellings

  /// The object or list that a text is; nil for any other text.
  private static func document(_ text: String) -> JSON? {
    guard let first = text.utf8.first(where: { $0 > 0x20 }),
      first == UInt8(ascii: "{") || first == UInt8(ascii: "[")
    else { return nil }
    return try? JSON(parsing: Array(text.utf8))
  }

  /// The text with `%41` as `A`; nil where there is none of it.
  private static func percentDecoded(_ text: String) -> String? {
    let bytes = Array(text.utf8)
    guard bytes.contains(UInt8(ascii: "%")) else { return nil }
    var decoded: [UInt8] = []
    var place = 0
    while place < bytes.count {
      if bytes[place] == UInt8(ascii: "%"), place + 2 < bytes.count,
        let byte = hex(bytes[(place + 1)...(place + 2)])
      {
        decoded.append(UInt8(truncatingIfNeeded: byte))
        place += 3
      } else {
        decoded.append(bytes[place])
        place += 1
      }
    }
    return decoded == bytes ? nil : String(decoding: decoded, as: UTF8.self)
  }

  /// The text with JSON's escapes (RFC 8259, section 7) as what they stand for; nil where there is none.
  private static func unescaped(_ text: String) -> String? {
    let bytes = Array(text.utf8)
    guard bytes.contains(UInt8(ascii: "\\")) else { return nil }
    var units: [UInt16] = []
    let scalars = Array(text.utf16)
    var place = 0
    while place < scalars.count {
      guard scalars[place] == 0x5C, place + 1 < scalars.count else {
        units.append(scalars[place])
        place += 1
        continue
      }
      let sign = scalars[place + 1]
      if sign == 0x75, place + 5 < scalars.count,
        let value = hex(scalars[(place + 2)...(place + 5)].map { UInt8(truncatingIfNeeded: $0) })
      {
        units.append(UInt16(truncatingIfNeeded: value))
        place += 6
        continue
      }
      units.append(escapes[sign] ?? sign)
      place += 2
    }
    return units == scalars ? nil : String(decoding: units, as: UTF16.self)
  }

  /// `\n`, `\t`, `\r`, `\b` and `\f`.
  private static let escapes: [UInt16: UInt16] = [
    0x6E: 0x0A, 0x74: 0x09, 0x72: 0x0D, 0x62: 0x08, 0x66: 0x0C,
  ]

  private static func hex(_ digits: some Collection<UInt8>) -> Int? {
    guard digits.allSatisfy({ Character(UnicodeScalar($0)).isHexDigit }) else { return nil }
    return Int(String(decoding: digits, as: UTF8.self), radix: 16)
  }

  /// The text with a mark for each stretch of base 64 that holds a match.
  private func withoutBase64(_ text: String) -> String {
    let stretches = text.utf8.split(omittingEmptySubsequences: true) { !Self.isBase64($0) }
    var result = text
    for stretch in stretches where stretch.count >= Self.shortestBase64 {
      // As files and addresses write it (RFC 4648, sections 4 and 5), padded or not.
      let digits = stretch.map { $0 == 0x2D ? 0x2B : $0 == 0x5F ? 0x2F : $0 }
      let isSpelled = (0..<4).contains { skipped in
        let whole = digits.dropFirst(skipped)
        let cut = Array(whole.prefix(whole.count / 4 * 4))
        let rest = whole.count % 4
        let padded =
          rest > 1
          ? Array(whole) + Array(repeating: UInt8(ascii: "="), count: 4 - rest) : cut
        return [padded, cut].contains { candidate in
          Base64.decode(String(decoding: candidate, as: UTF8.self)).map {
            isMatched(String(decoding: $0, as: UTF8.self))
          } ?? false
        }
      }
      if isSpelled {
        result = result.replacing(String(Substring(stretch)), with: Redaction.mark)
      }
    }
    return result
  }

  /// Less holds nothing worth hiding: twelve digits are nine bytes.
  private static let shortestBase64 = 12

  private static func isBase64(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2B, 0x2F, 0x2D, 0x5F: true
    default: false
    }
  }
}
