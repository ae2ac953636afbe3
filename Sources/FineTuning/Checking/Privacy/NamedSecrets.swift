// Secrets that are told by the name before them, and passwords in addresses.

/// Names after which a secret stands.
enum NamedSecrets {
  /// Letters and digits of names whose values are keys or tokens; a name counts by its end.
  static let keys = [
    "apikey", "secretkey", "accesskey", "privatekey", "authkey", "signingkey", "encryptionkey",
    "masterkey", "accountkey", "storagekey", "subscriptionkey", "servicekey", "deploykey",
    "clientsecret", "appsecret", "apisecret", "sharedsecret", "webhooksecret", "jwtsecret",
    "secret", "authtoken", "accesstoken", "refreshtoken", "bearertoken", "apitoken", "bottoken",
    "sessiontoken", "personaltoken", "token", "credential", "sas", "authorizationbearer",
    "awssecretaccesskey",
  ].map { Array($0.utf8) }

  static let passwords = [
    "password", "passwd", "passwort", "kennwort", "passphrase", "pwd", "motdepasse", "contraseña",
    "passcode", "wachtwoord", "senha",
  ].map { Array($0.utf8) }

  /// What stands for a password where one is shown.
  static let standIns: Set<String> = [
    "password", "passwd", "pass", "passw", "pwd", "secret", "mypassword", "yourpassword",
    "changeme",
    "postgres", "root", "admin", "user", "token", "example", "test", "guest", "pw", "passwort",
  ]
}

extension PrivacyScan {
  /// Adds the secret that a name before a sign, or before `is`, announces.
  /// - Parameters:
  ///   - sign: where the sign or the word between begins.
  ///   - after: where the value may begin.
  mutating func lookForNamedSecret(before sign: Int, after: Int, isProse: Bool) {
    var name = [UInt8]()
    var place = sign - 1
    while place >= 0, isPadding(bytes[place]), sign - place < 6 { place -= 1 }
    // The name backwards, without what stands between its words.
    while place >= 0, name.count < 24 {
      let byte = bytes[place]
      if ByteClass.isAlphanumeric(byte) || byte >= 0x80 {
        name.append(ByteClass.isCapital(byte) ? byte | 0x20 : byte)
      } else if byte != UInt8(ascii: "_"), byte != UInt8(ascii: "-"), byte != UInt8(ascii: " ") {
        break
      }
      place -= 1
    }
    guard name.count >= 3 else { return }
    let isPassword = NamedSecrets.passwords.contains { ends(name, with: $0) }
    guard isPassword || NamedSecrets.keys.contains(where: { ends(name, with: $0) }) else { return }
    var start = after
    while start < bytes.count, start < after + 8, isPadding(bytes[start]) { start += 1 }
    lookForValue(at: start, isPassword: isPassword, isProse: isProse)
  }

  private func ends(_ backwards: [UInt8], with name: [UInt8]) -> Bool {
    backwards.count >= name.count && backwards.starts(with: name.reversed())
  }

  private func isPadding(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: " "), UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "`"),
      UInt8(ascii: "="), UInt8(ascii: ">"), UInt8(ascii: "*"), UInt8(ascii: "\\"),
      UInt8(ascii: ":"):
      true
    default: false
    }
  }

  mutating func lookForValue(at start: Int, isPassword: Bool, isProse: Bool) {
    // A key that says what it is, is that.
    guard start < bytes.count, !lookForKnownKey(at: start) else { return }
    var end = start
    while end < bytes.count, end - start < 512, !endsValue(bytes[end]) { end += 1 }
    while end > start, Self.closesSentence(bytes[end - 1]) { end -= 1 }
    guard end - start >= (isPassword ? 6 : 16), let first = start < end ? bytes[start] : nil,
      !Self.isVariable(first), values.last.map({ $0.bytes.upperBound <= start }) ?? true
    else { return }
    var has = (small: false, capital: false, digit: false, mark: false, call: false)
    for byte in bytes[start..<end] {
      if ByteClass.isDigit(byte) {
        has.digit = true
      } else if ByteClass.isCapital(byte) {
        has.capital = true
      } else if ByteClass.isLetter(byte) {
        has.small = true
      } else {
        has.mark = true
        if byte == UInt8(ascii: "(") || byte == UInt8(ascii: "[") { has.call = true }
      }
    }
    let kinds = [has.small, has.capital, has.digit, has.mark].count { $0 }
    guard !has.call, !SecretStrength.isSequence(bytes, start..<end) else { return }
    let isExample = SecretStrength.isStandIn(bytes, start..<end)
    if isPassword {
      // `12-character` and `8.5` are told by a password's rules, not by one.
      let least = isProse ? 3 : 2
      let isMixed = has.digit && (has.small || has.capital)
      guard kinds >= least || isMixed && !has.mark, isMixed || kinds >= 3,
        SecretStrength.distinct(bytes, start..<end) >= 5, !isExample
      else { return }
      add(.password, start..<end)
    } else {
      guard has.digit, has.small || has.capital, !isExample,
        SecretStrength.entropy(bytes, start..<end) >= (isHexadecimal(start..<end) ? 3 : 3.5),
        bytes[start..<end].allSatisfy({ ByteClass.isKey($0) || Self.isOfBase64($0) })
      else { return }
      add(.key, start..<end)
    }
  }

  private func isHexadecimal(_ range: Range<Int>) -> Bool {
    bytes[range].allSatisfy { ByteClass.isHex($0) || $0 == UInt8(ascii: "-") }
  }

  private static func isOfBase64(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "+") || byte == UInt8(ascii: "/") || byte == UInt8(ascii: "=")
      || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "~")
  }

  private func endsValue(_ byte: UInt8) -> Bool {
    switch byte {
    case 0...0x20, UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "`"), UInt8(ascii: ","),
      UInt8(ascii: ";"), UInt8(ascii: "<"), UInt8(ascii: ")"), UInt8(ascii: "}"),
      UInt8(ascii: "\\"), UInt8(ascii: "|"):
      true
    default: false
    }
  }

  private static func closesSentence(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: ".") || byte == UInt8(ascii: "?") || byte == UInt8(ascii: "*")
      || byte == UInt8(ascii: ":")
  }

  /// `$PASSWORD`, `<password>`, `{{password}}`, `%s`, `****`.
  static func isVariable(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "$"), UInt8(ascii: "<"), UInt8(ascii: "{"), UInt8(ascii: "["),
      UInt8(ascii: "%"), UInt8(ascii: "*"), UInt8(ascii: "("):
      true
    default: false
    }
  }

  /// Adds the password of an address, `scheme://user:password@host` (RFC 3986, section 3.2.1).
  mutating func lookForConnection(at colon: Int) {
    let start = colon + 3
    var place = start
    var separator: Int?
    var at: Int?
    scan: while place < bytes.count, place - start < 300 {
      switch bytes[place] {
      case UInt8(ascii: "/"), UInt8(ascii: "?"):
        // Some passwords hold them unescaped, but then nobody can tell.
        break scan
      case UInt8(ascii: ":"): if separator == nil { separator = place }
      case UInt8(ascii: "@"): at = place
      case 0...0x20, UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "`"), UInt8(ascii: ">"):
        break scan
      default: break
      }
      place += 1
    }
    guard let separator, let at, separator < at, at - separator > 4 else { return }
    let range = separator + 1..<at
    guard !Self.isVariable(bytes[range.lowerBound]) else { return }
    let text = String(decoding: UnsafeBufferPointer(rebasing: bytes[range]), as: UTF8.self)
    let isStandIn =
      NamedSecrets.standIns.contains(text.lowercased()) || SecretStrength.isStandIn(bytes, range)
      || SecretStrength.distinct(bytes, range) < 3
    // All of it, so that what follows the sign is taken for no address of mail.
    var end = at + 1
    while end < bytes.count, ByteClass.isKey(bytes[end]) || bytes[end] == UInt8(ascii: ".") {
      end += 1
    }
    add(.password, range.lowerBound..<end, isExample: isStandIn)
  }
}
