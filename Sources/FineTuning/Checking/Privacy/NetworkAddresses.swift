// Addresses of mail and of machines.

extension PrivacyScan {
  // MARK: Mail

  /// Adds the address around an `@` (RFC 5321, as people write it: no quotes, no comments).
  mutating func lookForEmail(at sign: Int) {
    var start = sign
    while start > done, sign - start < 64, Self.isLocal(bytes[start - 1]) { start -= 1 }
    while start < sign, !ByteClass.isAlphanumeric(bytes[start]) { start += 1 }
    var end = sign + 1
    while end < bytes.count, end - sign < 254,
      ByteClass.isAlphanumeric(bytes[end]) || bytes[end] == UInt8(ascii: "-")
        || bytes[end] == UInt8(ascii: ".")
    {
      end += 1
    }
    while end > sign, !ByteClass.isAlphanumeric(bytes[end - 1]) { end -= 1 }
    guard start < sign, end > sign + 3 else { return }
    let domain = String(
      decoding: UnsafeBufferPointer(rebasing: bytes[sign + 1..<end]), as: UTF8.self
    )
    .lowercased()
    let labels = domain.split(separator: ".", omittingEmptySubsequences: false)
    guard labels.count >= 2, let top = labels.last, top.utf8.count >= 2,
      top.utf8.allSatisfy(ByteClass.isLetter), !labels.contains(""), !Self.files.contains(top)
    else { return }
    let local = String(decoding: UnsafeBufferPointer(rebasing: bytes[start..<sign]), as: UTF8.self)
      .lowercased()
    // An account of a machine: `git@github.com:team/tool.git`.
    if at(end) == UInt8(ascii: ":"), ByteClass.isAlphanumeric(at(end + 1)), local == "git" {
      return
    }
    add(
      .email, start..<end,
      isExample: Self.isReserved(labels) || Self.roles.contains(local)
        || Self.exampleDomains.contains(domain))
  }

  private static func isLocal(_ byte: UInt8) -> Bool {
    ByteClass.isKey(byte) || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "+")
      || byte == UInt8(ascii: "%") || byte == UInt8(ascii: "'") || byte >= 0x80
  }

  /// The names of RFC 2606 and RFC 6761.
  private static func isReserved(_ labels: [Substring]) -> Bool {
    guard let top = labels.last else { return false }
    if ["example", "test", "invalid", "localhost", "local"].contains(top) { return true }
    return labels.count >= 2 && labels[labels.count - 2] == "example"
      && ["com", "org", "net", "edu"].contains(top)
  }

  private static let exampleDomains: Set<String> = [
    "domain.com", "yourdomain.com", "yourcompany.com", "company.com", "email.com", "mail.com",
  ]
  /// Who answers there is an office.
  private static let roles: Set<String> = [
    "info", "support", "noreply", "no-reply", "contact", "help", "hello", "sales", "admin",
    "webmaster", "postmaster", "abuse", "press", "privacy", "security", "billing", "service",
    "donotreply", "do-not-reply", "kontakt", "office", "careers", "jobs",
  ]
  /// What stands behind a point in `icon@2x.png` is no name of a network.
  private static let files: Set<Substring> = [
    "png", "jpg", "jpeg", "gif", "svg", "webp", "js", "ts", "css", "html", "json", "swift", "py",
    "md", "txt", "pdf",
  ]

  // MARK: Machines

  /// Adds the address of four numbers that begins here (RFC 791); says whether one did.
  mutating func lookForIPv4(at place: Int) -> Bool {
    let before = at(place - 1)
    guard !ByteClass.isKey(before), before != UInt8(ascii: ".") else { return false }
    var parts: [Int] = []
    var end = place
    while parts.count < 4 {
      let start = end
      var value = 0
      while end < bytes.count, end - start < 4, ByteClass.isDigit(bytes[end]) {
        value = value * 10 + Int(bytes[end] - 0x30)
        end += 1
      }
      let length = end - start
      guard length > 0, value <= 255, length == 1 || bytes[start] != 0x30 else { return false }
      parts.append(value)
      guard parts.count < 4 else { break }
      guard at(end) == UInt8(ascii: ".") else { return false }
      end += 1
    }
    let after = at(end)
    let continues = after == UInt8(ascii: ".") && ByteClass.isAlphanumeric(at(end + 1))
    guard !ByteClass.isKey(after), !continues, !isVersion(before: place) else { return false }
    guard let isExample = Self.isExample(parts) else {
      // Private, of this machine or public: nobody's, but no other number either.
      pass(to: end)
      return true
    }
    add(.address, place..<end, isExample: isExample)
    return true
  }

  /// Nil for addresses that say nothing of anybody (RFC 6890), true for documentation (RFC 5737).
  private static func isExample(_ parts: [Int]) -> Bool? {
    switch (parts[0], parts[1], parts[2]) {
    case (192, 0, 2), (198, 51, 100), (203, 0, 113): true
    case (0, _, _), (10, _, _), (127, _, _), (192, 168, _), (172, 16...31, _), (169, 254, _),
      (100, 64...127, _), (198, 18...19, _), (224..., _, _), (1...9, 0...9, 0...9),
      (8, 8, _), (1, 1, 1), (1, 0, 0), (9, 9, 9), (255, _, _):
      nil
    default: false
    }
  }

  /// Whether the word before says that a version follows, or a chapter.
  private func isVersion(before place: Int) -> Bool {
    var end = place
    while end > 0, bytes[end - 1] == 0x20 || bytes[end - 1] == UInt8(ascii: ":") { end -= 1 }
    var start = end
    while start > 0, end - start < 12, ByteClass.isLetter(bytes[start - 1]) { start -= 1 }
    let word = String(decoding: UnsafeBufferPointer(rebasing: bytes[start..<end]), as: UTF8.self)
    return [
      "version", "versions", "v", "ver", "release", "build", "section", "chapter", "firmware",
      "rev",
      "chrome", "driver", "abschnitt", "kapitel", "clause", "update", "upgrade",
    ].contains(word.lowercased())
  }

  /// Adds the address of groups of hexadecimal digits around a colon (RFC 4291).
  mutating func lookForIPv6(at colon: Int) {
    var start = colon
    while start > done, colon - start < 4, ByteClass.isHex(bytes[start - 1]) { start -= 1 }
    guard !ByteClass.isKey(at(start - 1)), at(start - 1) != UInt8(ascii: ":"),
      at(start - 1) != UInt8(ascii: ".")
    else { return }
    var groups = 0
    var gaps = 0
    var hasLetter = false
    var longest = 0
    var length = 0
    var end = start
    while end < bytes.count, end - start < 40 {
      let byte = bytes[end]
      if ByteClass.isHex(byte) {
        length += 1
        if length == 1 { groups += 1 }
        longest = max(longest, length)
        if !ByteClass.isDigit(byte) { hasLetter = true }
      } else if byte == UInt8(ascii: ":") {
        let next = at(end + 1)
        if next == byte {
          gaps += 1
          end += 1
        } else if !ByteClass.isHex(next) {
          break
        }
        length = 0
      } else {
        break
      }
      end += 1
    }
    // Times and addresses of network cards have groups of two.
    guard longest <= 4, longest >= 3,
      groups == 8 && gaps == 0 || groups >= 3 && groups < 8 && gaps == 1,
      hasLetter || groups == 8, !ByteClass.isKey(at(end))
    else { return }
    let text = String(decoding: UnsafeBufferPointer(rebasing: bytes[start..<end]), as: UTF8.self)
      .lowercased()
    // Of one link, of a site, of all.
    guard !text.hasPrefix("fe80"), !text.hasPrefix("fc"), !text.hasPrefix("fd"),
      !text.hasPrefix("ff"),
      !text.hasPrefix("2001:4860:4860"), !text.hasPrefix("2606:4700:4700")
    else { return }
    add(.address, start..<end, isExample: text.hasPrefix("2001:db8"))
  }
}
