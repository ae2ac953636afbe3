// Numbers that belong to somebody: their own check digits tell them from other numbers.

extension PrivacyScan {
  // MARK: Payment cards

  /// Adds the card's number that begins here (ISO/IEC 7812: the issuer's digits, and Luhn's check).
  mutating func lookForCard(at place: Int) -> Bool {
    let before = at(place - 1)
    guard !ByteClass.isKey(before), before != UInt8(ascii: "."), before != UInt8(ascii: "/"),
      before != UInt8(ascii: "+")
    else { return false }
    var digits: [UInt8] = []
    var groups: [Int] = [0]
    var end = place
    var mark: UInt8?
    while end < bytes.count {
      let byte = bytes[end]
      if ByteClass.isDigit(byte) {
        digits.append(byte - 0x30)
        groups[groups.count - 1] += 1
        guard digits.count <= 19 else { return false }
      } else if byte == UInt8(ascii: " ") || byte == UInt8(ascii: "-"), mark ?? byte == byte,
        ByteClass.isDigit(at(end + 1))
      {
        mark = byte
        groups.append(0)
      } else {
        break
      }
      end += 1
    }
    guard !ByteClass.isKey(at(end)), (13...19).contains(digits.count),
      Self.isCardGrouping(groups), Self.isIssued(digits), Self.hasLuhn(digits)
    else { return false }
    let isExample = Self.testCards.contains(digits) || Set(digits).count <= 3
    add(.card, place..<end, isExample: isExample)
    return true
  }

  private static func isCardGrouping(_ groups: [Int]) -> Bool {
    switch groups.count {
    case 1: true
    case 3: groups == [4, 6, 5] || groups == [4, 6, 4]
    case 4: groups.dropLast().allSatisfy { $0 == 4 } && groups[3] <= 4
    case 5: groups.dropLast().allSatisfy { $0 == 4 } && groups[4] <= 3
    default: false
    }
  }

  /// The ranges of Visa, Mastercard, American Express, Discover, JCB and Diners Club.
  private static func isIssued(_ digits: [UInt8]) -> Bool {
    let four = digits[..<4].reduce(0) { $0 * 10 + Int($1) }
    switch four {
    case 4000...4999: return digits.count == 13 || digits.count == 16 || digits.count == 19
    case 5100...5599, 2221...2720: return digits.count == 16
    case 3400...3499, 3700...3799: return digits.count == 15
    case 6011, 6440...6599, 3528...3589: return digits.count == 16
    case 3000...3059, 3600...3699, 3800...3899: return digits.count == 14
    default: return false
    }
  }

  /// The check of ISO/IEC 7812-1, annex B.
  static func hasLuhn(_ digits: [UInt8]) -> Bool {
    var sum = 0
    for (place, digit) in digits.reversed().enumerated() {
      let doubled = place % 2 == 1 ? Int(digit) * 2 : Int(digit)
      sum += doubled > 9 ? doubled - 9 : doubled
    }
    return sum % 10 == 0
  }

  /// What payment providers publish for tests.
  private static let testCards: Set<[UInt8]> = Set(
    [
      "4242424242424242", "4111111111111111", "4012888888881881", "4000056655665556",
      "4000000000000002", "4000000000009995", "4222222222222", "5555555555554444",
      "5105105105105100", "5200828282828210", "2223003122003222", "378282246310005",
      "371449635398431", "378734493671000", "6011111111111117", "6011000990139424",
      "3530111333300000", "3566002020360505", "30569309025904", "38520000023237",
      "36227206271667", "4000002500003155", "4000002760003184", "4000000000003220",
    ].map { $0.utf8.map { $0 - 0x30 } })

  // MARK: Bank accounts

  /// Adds the IBAN that begins here (ISO 13616: two letters, two check digits, up to 30 more).
  mutating func lookForIBAN(at place: Int) -> Bool {
    guard ByteClass.isCapital(bytes[place]), ByteClass.isCapital(at(place + 1)),
      ByteClass.isDigit(at(place + 3))
    else { return false }
    let country = UInt16(bytes[place]) << 8 | UInt16(bytes[place + 1])
    guard let length = Self.ibanLengths[country] else { return false }
    var account: [UInt8] = []
    var end = place
    while end < bytes.count, account.count < length {
      let byte = bytes[end]
      if ByteClass.isDigit(byte) || ByteClass.isCapital(byte) {
        account.append(byte)
      } else if byte != UInt8(ascii: " "), byte != UInt8(ascii: "-") {
        break
      }
      end += 1
    }
    guard account.count == length, !ByteClass.isAlphanumeric(at(end)), Self.isIBAN(account) else {
      return false
    }
    add(.iban, place..<end, isExample: Self.exampleIBANs.contains(account))
    return true
  }

  /// The check of ISO 7064, MOD 97-10.
  private static func isIBAN(_ account: [UInt8]) -> Bool {
    var rest = 0
    for byte in account[4...] + account[..<4] {
      rest =
        ByteClass.isDigit(byte)
        ? (rest * 10 + Int(byte - 0x30)) % 97 : (rest * 100 + Int(byte - 0x41) + 10) % 97
    }
    return rest == 1
  }

  /// How long an IBAN is in a country, as SWIFT's registry has it.
  private static let ibanLengths: [UInt16: Int] = {
    let lengths = """
      AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DK18 DO28 EE20 \
      EG29 ES24 FI18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HR21 HU28 IE22 IL23 IS26 IT27 JO30 KW30 \
      KZ20 LB28 LI21 LT20 LU20 LV21 MC27 MD24 ME22 MK19 MR27 MT31 MU30 NL18 NO15 PK24 PL28 PS29 PT25 \
      QA29 RO24 RS22 SA24 SE24 SI19 SK24 SM27 TN24 TR26 UA29 VA22 VG24 XK20
      """
    var table: [UInt16: Int] = [:]
    for entry in lengths.split(separator: " ") {
      let bytes = Array(entry.utf8)
      table[UInt16(bytes[0]) << 8 | UInt16(bytes[1])] = Int(entry.dropFirst(2))
    }
    return table
  }()

  /// The examples of the registry, and of everybody who copies them.
  private static let exampleIBANs: Set<[UInt8]> = Set(
    [
      "DE89370400440532013000", "GB29NWBK60161331926819", "GB82WEST12345698765432",
      "GB33BUKB20201555555555", "FR1420041010050500013M02606", "FR7630006000011234567890189",
      "ES9121000418450200051332", "IT60X0542811101000000123456", "NL91ABNA0417164300",
      "AT611904300234573201", "CH9300762011623852957", "BE68539007547034",
      "PL61109010140000071219812874",
      "SE4550000000058398257466", "NO9386011117947", "DK5000400440116243", "FI2112345600000785",
      "IE29AIBK93115212345678", "PT50000201231234567890154", "DE91100000000123456789",
      "DE02120300000000202051", "LU280019400644750000", "CH5604835012345678009",
    ].map { Array($0.utf8) })
}
