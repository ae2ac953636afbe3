// Values that must be found, and others that look like them.

extension FaultText {
  private static let small = "abcdefghijklmnopqrstuvwxyz"
  private static let digits = "0123456789"
  private static let hex = "0123456789abcdef"
  private static let mixed = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
  private static let capitals = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"

  /// A sentence with such a value.
  mutating func sentence(with kind: FaultKind, isHeldOut: Bool) -> String {
    switch kind {
    case .key:
      return pick(isHeldOut ? ["It runs with ", "Ours: ", "Put in "] : ["I use ", "The key is "])
        + key(isHeldOut)
    case .privateKey:
      let label = pick(isHeldOut ? ["OPENSSH ", "DSA "] : ["RSA ", "EC ", ""])
      let lines = (0..<number(3...12)).map { _ in letters(Self.mixed + "+/", 64) }
      return "-----BEGIN \(label)PRIVATE KEY-----\n\(lines.joined(separator: "\n"))\n"
        + "-----END \(label)PRIVATE KEY-----"
    case .token:
      let jwt =
        "eyJ" + letters(Self.mixed, number(20...40)) + ".eyJ" + letters(Self.mixed, number(30...90))
        + "." + letters(Self.mixed + "-_", 43)
      return pick(
        isHeldOut
          ? ["Cookie: session=", "The header says "]
          : ["Authorization: Bearer ", "Here is the token "]) + jwt
    case .password: return password(isHeldOut)
    case .email:
      let host =
        name().lowercased() + pick(isHeldOut ? [".io", ".co.uk", ".at"] : [".com", ".de", ".org"])
      let local = name().lowercased() + pick([".", "_", ""]) + name().lowercased()
      return pick(isHeldOut ? ["You reach me under ", "cc: "] : ["My address is ", "Write to "])
        + local
        + "@" + host + "."
    case .phone: return phone(isHeldOut)
    case .iban: return pick(["Please pay to ", "My account is "]) + iban() + "."
    case .card: return pick(["Charge ", "My card is "]) + card(isValid: true) + " today."
    case .address:
      if isHeldOut, chance(0.4) {
        let groups = (0..<7).map { _ in letters("123456789abcdef", 1) + letters(Self.hex, 3) }
        return "The request came from 2a02:" + groups.joined(separator: ":") + " at noon."
      }
      return pick(isHeldOut ? ["Blocked ", "Host "] : ["The server at ", "Ping "]) + ip()
        + " answered late."
    default: return ""
    }
  }

  private mutating func key(_ isHeldOut: Bool) -> String {
    let forms: [(String, String, Int)] =
      isHeldOut
      ? [
        ("sk-ant-api03-", Self.mixed + "-_", 80), ("gho_", Self.mixed, 36),
        ("npm_", Self.mixed, 36),
        ("shpat_", Self.hex, 32), ("SG." + letters(Self.mixed, 22) + ".", Self.mixed, 43),
        ("ASIA", Self.capitals, 16), ("rk_live_", Self.mixed, 24), ("r8_", Self.mixed, 37),
        ("client_secret: ", Self.mixed, 40), ("X-Api-Key: ", Self.hex, 32),
        ("AWS_SECRET_ACCESS_KEY=", Self.mixed + "+/", 40), ("\"authToken\": \"", Self.mixed, 32),
      ]
      : [
        ("sk-proj-", Self.mixed + "-_", 74), ("sk-", Self.mixed, 48), ("ghp_", Self.mixed, 36),
        ("AKIA", Self.capitals, 16), ("AIza", Self.mixed + "-_", 35), ("hf_", Self.mixed, 34),
        ("glpat-", Self.mixed, 20), ("sk_live_", Self.mixed, 24), ("gsk_", Self.mixed, 52),
        ("xoxb-" + letters(Self.digits, 11) + "-" + letters(Self.digits, 12) + "-", Self.mixed, 24),
        ("api_key = \"", Self.mixed, 32), ("access_token=", Self.hex, 40),
      ]
    let (beginning, alphabet, count) = pick(forms)
    return beginning + letters(alphabet, count)
  }

  private mutating func password(_ isHeldOut: Bool) -> String {
    let word = pick(Self.englishWords["N"] ?? [])
    let secret = word + letters("!#_", 1) + letters(Self.digits, 3) + letters(Self.mixed, 3)
    if isHeldOut {
      return pick([
        "amqp://worker:\(secret)@queue.internal:5672/jobs",
        "mysql://root:\(letters(Self.mixed, 12))@10.1.2.3/shop",
        "Passwort: \(secret)", "DB_PASSWD='\(secret)'", "{\"password\": \"\(secret)\"}",
      ])
    }
    return pick([
      "postgres://app:\(letters(Self.mixed, 14))@db.internal:5432/main",
      "The password is \(secret).",
      "password: \(secret)", "PASSWORD=\(secret)", "redis://:\(letters(Self.mixed, 16))@cache:6379",
    ])
  }

  private mutating func phone(_ isHeldOut: Bool) -> String {
    func group(_ first: ClosedRange<Int>, _ count: Int) -> String {
      String(number(first)) + letters(Self.digits, count - 1)
    }
    let (area, office, line) = (group(2...9, 3), group(6...9, 3), group(1...9, 4))
    return isHeldOut
      ? pick([
        "Ring +33 6 \(group(1...9, 2)) \(group(1...9, 2)) \(group(1...9, 2)) \(group(1...9, 2)).",
        "Text 1-\(area)-\(office)-\(line).", "Mobil: 0172 \(group(1...9, 7))",
        "Call \(area).\(office).\(line) now.", "My phone number is \(group(2...9, 8)).",
      ])
      : pick([
        "Call me at +49 \(group(1...9, 3)) \(group(1...9, 7)).",
        "It is (\(area)) \(office)-\(line).",
        "Call \(area)-\(office)-\(line).",
        "Reach us on +44 20 \(group(3...6, 4)) \(group(1...9, 4)).",
        "Tel.: 030 \(group(3...9, 7))", "+1\(area)\(office)\(line) is mine.",
      ])
  }

  private mutating func iban() -> String {
    let (country, bank) = pick([
      ("DE", letters(Self.digits, 18)), ("FR", letters(Self.digits, 23)),
      ("NL", "INGB" + letters(Self.digits, 10)), ("GB", "BARC" + letters(Self.digits, 14)),
      ("AT", letters(Self.digits, 16)), ("ES", letters(Self.digits, 20)),
    ])
    var rest = 0
    for byte in (bank + country + "00").utf8 {
      rest = byte < 0x3A ? (rest * 10 + Int(byte) - 0x30) % 97 : (rest * 100 + Int(byte) - 55) % 97
    }
    let check = 98 - rest
    let whole = country + (check < 10 ? "0" : "") + String(check) + bank
    return chance(0.5) ? whole : grouped(whole, by: [4], " ")
  }

  private func grouped(_ text: String, by sizes: [Int], _ mark: String) -> String {
    var pieces: [String] = []
    var rest = Substring(text)
    while !rest.isEmpty {
      let size = sizes[min(pieces.count, sizes.count - 1)]
      pieces.append(String(rest.prefix(size)))
      rest = rest.dropFirst(size)
    }
    return pieces.joined(separator: mark)
  }

  /// A card's number, or one that fails its check.
  private mutating func card(isValid: Bool) -> String {
    let (beginning, length) = pick([("4", 16), ("53", 16), ("37", 15), ("6011", 16)])
    let body = beginning + letters(Self.digits, length - 1 - beginning.count)
    var sum = 0
    for (place, byte) in body.utf8.reversed().enumerated() {
      let value = Int(byte - 0x30) * (place % 2 == 0 ? 2 : 1)
      sum += value > 9 ? value - 9 : value
    }
    let check = (10 - sum % 10 + (isValid ? 0 : number(1...9))) % 10
    let whole = body + String(check)
    guard chance(0.6) else { return whole }
    return grouped(whole, by: length == 15 ? [4, 6, 5] : [4], pick([" ", "-"]))
  }

  private mutating func ip() -> String {
    "\(pick([23, 45, 62, 84, 91, 134, 178, 212]))."
      + (0..<3).map { _ in String(number(1...254)) }.joined(separator: ".")
  }

  /// A sentence with something that looks private and isn't.
  mutating func lookalike(isHeldOut: Bool) -> String {
    let hash = letters(Self.hex, 64)
    let uuid = grouped(letters(Self.hex, 32), by: [8, 4, 4, 4, 12], "-")
    let common = [
      "The commit is \(letters(Self.hex, 40)).", "sha256:\(hash)", "The request \(uuid) failed.",
      "Write to jane.doe@example.com for that.", "Call 202-555-0\(number(100...199)) for that.",
      "The host is 192.0.2.\(number(1...254)).", "Order \(card(isValid: false)) was sent.",
      "Use the test card 4242 4242 4242 4242.",
      "Version 3.\(number(1...20)).\(number(1...40)) is out.",
      "Set OPENAI_API_KEY to your key.", "It costs +\(number(100...999)) euros.",
      "export API_KEY=<your key>", "The range is 10.0.\(number(0...255)).0/24.",
    ]
    let held = [
      "ETag: \"\(letters(Self.hex, 32))\"",
      "Invoice number 2024-\(letters(Self.digits, 6)) is paid.",
      "The ISBN is 978-3-\(letters(Self.digits, 3))-\(letters(Self.digits, 5))-\(number(0...9)).",
      "A password must have \(number(8...16)) characters.",
      "Use postgres://user:password@localhost/db.",
      "Token count: \(number(1000...99999)), max_tokens=\(number(100...4096)).",
      "It ran at 12:\(number(10...59)):\(number(10...59)) on 2024-0\(number(1...9))-1\(number(0...9)).",
      "git@github.com:team/tool.git holds it.", "See section 4.3.2.\(number(1...9)) there.",
      "The card's address is 00:1a:2b:\(number(10...99)):4d:\(number(10...99)).",
      "sk-xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx stands for yours.", "Try 2001:db8::\(number(1...99)).",
      "The icon is logo@2x.png.", "The timestamp is 17\(letters(Self.digits, 8)).",
      "primary_key = \(uuid)", "Account DE00 1234 5678 9012 3456 78 is wrong.",
    ]
    return pick(isHeldOut ? held : common)
  }
}
