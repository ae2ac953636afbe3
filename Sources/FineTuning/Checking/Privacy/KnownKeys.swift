// Keys that say by their beginning what they are.

/// The keys of providers that mark theirs, as their own documentation or secret scanners write them.
enum KnownKeys {
  /// A beginning, and how many bytes have to follow it.
  struct Form: Sendable {
    var beginning: [UInt8]
    var least: Int
    var alphabet: Alphabet
    var kind: PrivateValue.Kind

    init(
      _ beginning: StaticString, _ least: Int, _ alphabet: Alphabet = .key,
      _ kind: PrivateValue.Kind = .key
    ) {
      self.beginning = beginning.withUTF8Buffer { Array($0) }
      self.least = least
      self.alphabet = alphabet
      self.kind = kind
    }
  }

  enum Alphabet: Sendable {
    /// Letters, digits, `_` and `-`.
    case key
    case dotted
    case capitals
    case hex
    /// A path's.
    case path
  }

  static let forms: [Form] = [
    // OpenAI, Anthropic, OpenRouter, DeepSeek and others.
    Form("sk-", 20), Form("sess-", 32), Form("gsk_", 32), Form("xai-", 32), Form("pplx-", 32),
    Form("r8_", 30), Form("hf_", 30), Form("fw_", 20), Form("tgp_v1_", 30), Form("nvapi-", 40),
    Form("csk-", 32), Form("co-", 36), Form("jina_", 40), Form("pcsk_", 40), Form("lsv2_", 32),
    // Amazon and Google.
    Form("AKIA", 16, .capitals), Form("ASIA", 16, .capitals), Form("AIza", 35),
    Form("ya29.", 40, .dotted, .token), Form("GOCSPX-", 24), Form("1//0", 30, .key, .token),
    // Code hosts and package registries.
    Form("ghp_", 30), Form("gho_", 30), Form("ghu_", 30), Form("ghs_", 30), Form("ghr_", 30),
    Form("github_pat_", 30), Form("glpat-", 20), Form("gldt-", 20), Form("npm_", 30),
    Form("pypi-", 40), Form("rubygems_", 40), Form("dckr_pat_", 20), Form("ATATT3", 40),
    // Payments and messages.
    Form("sk_live_", 20), Form("rk_live_", 20), Form("sk_test_", 20), Form("whsec_", 24),
    Form("sq0csp-", 30), Form("xoxb-", 20), Form("xoxp-", 20), Form("xoxa-", 20),
    Form("xoxr-", 20), Form("xoxs-", 20), Form("xapp-", 20), Form("SG.", 40, .dotted),
    Form("key-", 32, .hex), Form("shpat_", 32, .hex), Form("shpss_", 32, .hex),
    Form("hooks.slack.com/services/T", 30, .path),
    // Clouds and tools.
    Form("dop_v1_", 60, .hex), Form("doo_v1_", 60, .hex), Form("dapi", 32, .hex),
    Form("hvs.", 24), Form("glsa_", 32), Form("lin_api_", 32), Form("ntn_", 40),
    Form("secret_", 40), Form("figd_", 32), Form("sntrys_", 40), Form("NRAK-", 24),
    Form("PMAK-", 40), Form("rnd_", 24), Form("vercel_", 24), Form("sbp_", 36), Form("tskey-", 20),
    Form("eyJ", 40, .dotted, .token),
  ]

  /// The forms by the byte they begin with.
  private static let byFirst: [[Form]] = {
    var table: [[Form]] = Array(repeating: [], count: 256)
    for form in forms { table[Int(form.beginning[0])].append(form) }
    return table
  }()

  private static let first: [Bool] = byFirst.map { !$0.isEmpty }

  @inline(__always)
  static func mayBegin(_ byte: UInt8) -> Bool { first[Int(byte)] }

  static func forms(beginning byte: UInt8) -> [Form] { byFirst[Int(byte)] }
}

extension PrivacyScan {
  /// Adds the key that begins here; says whether one did.
  mutating func lookForKnownKey(at place: Int) -> Bool {
    let before = at(place - 1)
    guard before != UInt8(ascii: "_"), before != UInt8(ascii: "-") else { return false }
    let second = at(place + 1)
    for form in KnownKeys.forms(beginning: bytes[place]) {
      guard form.beginning[1] == second, begins(form.beginning, at: place) else { continue }
      let start = place + form.beginning.count
      var end = start
      while end < bytes.count, isIn(form.alphabet, bytes[end]) { end += 1 }
      // What ends a sentence is no part of it.
      while end > start, bytes[end - 1] == UInt8(ascii: ".") { end -= 1 }
      guard end - start >= form.least else { continue }
      if form.kind == .token, form.beginning == Array("eyJ".utf8), !isJWT(place..<end) { continue }
      if form.alphabet == .capitals, end - start != form.least { continue }
      guard let isExample = SecretStrength.isExample(bytes, start..<end) else { continue }
      add(form.kind, place..<end, isExample: isExample)
      return true
    }
    return false
  }

  func begins(_ beginning: [UInt8], at place: Int) -> Bool {
    guard place + beginning.count <= bytes.count else { return false }
    for (offset, byte) in beginning.enumerated() where bytes[place + offset] != byte {
      return false
    }
    return true
  }

  private func isIn(_ alphabet: KnownKeys.Alphabet, _ byte: UInt8) -> Bool {
    switch alphabet {
    case .key: ByteClass.isKey(byte)
    case .dotted: ByteClass.isKey(byte) || byte == UInt8(ascii: ".")
    case .capitals: ByteClass.isCapital(byte) || ByteClass.isDigit(byte)
    case .hex: ByteClass.isHex(byte)
    case .path: ByteClass.isAlphanumeric(byte) || byte == UInt8(ascii: "/")
    }
  }

  /// Three pieces of base 64, the first two objects (RFC 7519).
  private func isJWT(_ range: Range<Int>) -> Bool {
    let pieces = UnsafeBufferPointer(rebasing: bytes[range]).split(
      separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    return pieces.count == 3 && pieces[1].starts(with: "eyJ".utf8) && pieces[2].count >= 16
  }

  /// A block in PEM (RFC 7468): all up to its end, or as much as there is.
  mutating func lookForPrivateKey(at place: Int) {
    guard begins(Array("-----BEGIN ".utf8), at: place) else { return }
    var end = place + 11
    while end < bytes.count, end < place + 60, bytes[end] != UInt8(ascii: "-") { end += 1 }
    let label = String(
      decoding: UnsafeBufferPointer(rebasing: bytes[place + 11..<end]), as: UTF8.self)
    guard label.hasSuffix("PRIVATE KEY") || label.hasSuffix("PRIVATE KEY BLOCK") else { return }
    let start = end
    end = min(end + 5, bytes.count)
    while end < bytes.count, bytes[end] != UInt8(ascii: "-") { end += 1 }
    // A heading alone, or with an ellipsis, gives nothing away.
    guard end - start >= 80 else { return }
    add(.privateKey, place..<min(end + label.utf8.count + 14, bytes.count))
  }
}
