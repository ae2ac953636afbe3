import RandomSource

// Text as hostile and as foreign as it comes, the same on each run.

extension SeededRandom {
  /// A few characters of one kind.
  mutating func piece() -> String {
    let kinds: [[String]] = [
      ["a", "b", "word", "x_1", "Zażółć", "9", "{{x}}", "#", "-"],
      [" ", "  ", "\t", "\u{A0}", "\u{3000}"],
      ["\n", "\r\n", "\r", "\n\n", "\u{2028}"],
      ["漢", "字を", "한국", "Ａ", "ﾊﾝ"],
      ["e\u{301}", "\u{301}", "n\u{303}\u{323}", "\u{20DD}", "ि", "हिन्दी"],
      ["🚲", "👩‍👩‍👧‍👦", "🇯🇵", "🇯", "👍🏽", "❤️", "\u{200D}", "\u{FE0F}"],
      ["\u{1B}[2J", "\u{7F}", "\u{9B}31m", "\u{202E}", "\0", "\u{FFFE}", "\u{10FFFF}"],
    ]
    let kind = kinds[Int.random(in: kinds.indices, using: &self)]
    return kind[Int.random(in: kind.indices, using: &self)]
  }

  /// Up to so many pieces, one after the other.
  mutating func text(pieces: Int) -> String {
    (0..<Int.random(in: 0...pieces, using: &self)).map { _ in piece() }.joined()
  }
}
