// Characters that a text names: numbers, and the names that prose and code use. The other names of
// HTML are shown as they are written.

enum MarkdownEntity {
  /// The character that a name or a number stands for; nil for an unknown one.
  ///
  /// - Parameter name: what stands between `&` and `;`, as `amp` or `#x2014`.
  static func text(of name: ArraySlice<UInt8>) -> String? {
    guard name.first == UInt8(ascii: "#") else {
      return named[String(decoding: name, as: UTF8.self)]
    }
    let digits = name.dropFirst()
    let isHexadecimal = digits.first.map { $0 | 0x20 == UInt8(ascii: "x") } ?? false
    let number = String(decoding: isHexadecimal ? digits.dropFirst() : digits, as: UTF8.self)
    guard !number.isEmpty, number.utf8.count <= (isHexadecimal ? 6 : 7),
      number.utf8.allSatisfy({ MarkdownInlines.isLetter($0) }),
      let value = UInt32(number, radix: isHexadecimal ? 16 : 10)
    else { return nil }
    return String(Unicode.Scalar(value).flatMap { $0.value == 0 ? nil : $0 } ?? "\u{FFFD}")
  }

  private static let named: [String: String] = [
    "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "nbsp": "\u{A0}",
    "copy": "©", "reg": "®", "trade": "™", "hellip": "…", "mdash": "—", "ndash": "–",
    "lsquo": "‘", "rsquo": "’", "sbquo": "‚", "ldquo": "“", "rdquo": "”", "bdquo": "„",
    "laquo": "«", "raquo": "»", "bull": "•", "middot": "·", "sect": "§", "para": "¶",
    "dagger": "†", "deg": "°", "plusmn": "±", "times": "×", "divide": "÷", "minus": "−",
    "frac12": "½", "frac14": "¼", "frac34": "¾", "sup2": "²", "sup3": "³", "micro": "µ",
    "ne": "≠", "le": "≤", "ge": "≥", "asymp": "≈", "infin": "∞", "radic": "√", "sum": "∑",
    "pi": "π", "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "lambda": "λ",
    "mu": "μ", "sigma": "σ", "omega": "ω", "Delta": "Δ", "Omega": "Ω",
    "larr": "←", "uarr": "↑", "rarr": "→", "darr": "↓", "harr": "↔", "rArr": "⇒", "hArr": "⇔",
    "euro": "€", "pound": "£", "yen": "¥", "cent": "¢", "iexcl": "¡", "iquest": "¿",
    "auml": "ä", "ouml": "ö", "uuml": "ü", "Auml": "Ä", "Ouml": "Ö", "Uuml": "Ü", "szlig": "ß",
    "agrave": "à", "aacute": "á", "acirc": "â", "aring": "å", "aelig": "æ", "ccedil": "ç",
    "egrave": "è", "eacute": "é", "ecirc": "ê", "euml": "ë", "iacute": "í", "icirc": "î",
    "ntilde": "ñ", "oacute": "ó", "ocirc": "ô", "oslash": "ø", "uacute": "ú", "ucirc": "û",
    "shy": "\u{AD}", "zwnj": "\u{200C}", "zwj": "\u{200D}", "ensp": "\u{2002}", "emsp": "\u{2003}",
    "thinsp": "\u{2009}", "check": "✓", "cross": "✗", "star": "☆", "starf": "★",
  ]
}
