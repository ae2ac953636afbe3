// How many tokens a text may have, before a server has counted them. Always shown with "≈".

/// A running estimate: a quarter of the ASCII bytes, and one for every other scalar.
///
/// Byte-pair vocabularies come to about four characters of English or code a token, and to about
/// one for scripts outside of it. What was learned of a model's own corrects that.
public struct TokenEstimate: Hashable, Sendable {
  private var asciiBytes = 0
  private var otherScalars = 0
  private let ratio: TokenRatio

  /// - Parameter ratio: how the model's server counts.
  public init(ratio: TokenRatio = TokenRatio()) { self.ratio = ratio }

  /// The tokens of all that was added, rounded up.
  public var tokens: Int { ratio.corrected((asciiBytes + 3) / 4 + otherScalars) }

  /// Counts the next piece of the text.
  public mutating func add(_ text: String) {
    for byte in text.utf8 {
      if byte < 0x80 {
        asciiBytes += 1
      } else if byte >= 0xC0 {
        otherScalars += 1
      }
    }
  }

  /// The estimate for a whole text.
  public static func tokens(in text: String) -> Int {
    var estimate = TokenEstimate()
    estimate.add(text)
    return estimate.tokens
  }

  /// The estimate for a conversation, with what its roles and separators cost.
  public static func tokens(in messages: [Message], ratio: TokenRatio = TokenRatio()) -> Int {
    // Role and separators cost about four tokens a message in the usual chat templates.
    ratio.corrected(
      messages.reduce(0) { $0 + tokens(in: $1.text) + $1.mediaCount * tokensOfMedium + 4 })
  }

  /// What a picture of a million pixels comes to with the usual models, whatever its address says.
  private static let tokensOfMedium = 1000
}

extension TokenRatio {
  /// An estimate as this server would count it, rounded up.
  public func corrected(_ tokens: Int) -> Int {
    scale == 1 ? tokens : Int((Double(tokens) * scale).rounded(.up))
  }
}
