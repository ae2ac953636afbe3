import Foundation

// The words of an English text as the Penn Treebank cuts them: punctuation and the ends of
// contractions are words of their own. ROUGE counts these in promptfoo, and in NLTK, whose rules they
// are (https://www.nltk.org/api/nltk.tokenize.treebank.html).

enum TreebankWords {
  /// The longest text that is cut so; of a longer one, words have blanks between them.
  private static let longest = 200_000

  static func words(of text: String) -> [Substring] {
    guard text.utf8.count <= longest else { return text.split(whereSeparator: \.isWhitespace) }
    var text = text
    for rule in openings { text = rule.applied(to: text) }
    text = lastStop(in: text)
    for rule in middles { text = rule.applied(to: text) }
    text = " " + text + " "
    for rule in endings { text = rule.applied(to: text) }
    return text.split(whereSeparator: \.isWhitespace)
  }

  /// The full stop at the end, with closing brackets and quotes after it, is a word.
  private static func lastStop(in text: String) -> String {
    let closing = Set("])}>\"'»”’ ")
    guard
      let stop = text.lastIndex(where: { !closing.contains($0) && !$0.isWhitespace }),
      text[stop] == ".", stop > text.startIndex, text[text.index(before: stop)] != "."
    else { return text }
    let after = text.index(after: stop)
    return text[..<stop] + " . " + text[after...]
  }

  private struct Rule {
    let expression: NSRegularExpression
    let replacement: String

    init(_ pattern: String, _ replacement: String) {
      guard let expression = try? NSRegularExpression(pattern: pattern) else {
        preconditionFailure("a rule that is no expression: \(pattern)")
      }
      self.expression = expression
      self.replacement = replacement
    }

    func applied(to text: String) -> String {
      let whole = NSRange(location: 0, length: text.utf16.count)
      return expression.stringByReplacingMatches(
        in: text, range: whole, withTemplate: replacement)
    }
  }

  private static let openings = [
    Rule(#"([«“‘„]|[`]+)"#, " $1 "), Rule(#"^""#, "``"), Rule(#"(``)"#, " $1 "),
    Rule(#"([ (\[{<])("|'{2})"#, "$1 `` "),
  ]

  private static let middles = [
    Rule(#"([:,])([^\d])"#, " $1 $2"), Rule(#"([:,])$"#, " $1 "), Rule(#"\.{2,}"#, " $0 "),
    Rule(#"[;@#$%&]"#, " $0 "), Rule(#"[?!]"#, " $0 "), Rule(#"([^'])' "#, "$1 ' "),
    Rule(#"[*]"#, " $0 "), Rule(#"[\]\[(){}<>]"#, " $0 "), Rule("--", " -- "),
  ]

  private static let endings = [
    Rule(#"([»”’])"#, " $1 "), Rule("''", " '' "), Rule("\"", " '' "), Rule(#"\s+"#, " "),
    Rule(#"([^' ])('[sS]|'[mM]|'[dD]|') "#, "$1 $2 "),
    Rule(#"([^' ])('ll|'LL|'re|'RE|'ve|'VE|n't|N'T) "#, "$1 $2 "),
    Rule(#"(?i)\b(can)(not)\b"#, " $1 $2 "), Rule(#"(?i)\b(d)('ye)\b"#, " $1 $2 "),
    Rule(#"(?i)\b(gim)(me)\b"#, " $1 $2 "), Rule(#"(?i)\b(gon)(na)\b"#, " $1 $2 "),
    Rule(#"(?i)\b(got)(ta)\b"#, " $1 $2 "), Rule(#"(?i)\b(lem)(me)\b"#, " $1 $2 "),
    Rule(#"(?i)\b(more)('n)\b"#, " $1 $2 "), Rule(#"(?i)\b(wan)(na)\s"#, " $1 $2 "),
    Rule(#"(?i) ('t)(is)\b"#, " $1 $2 "), Rule(#"(?i) ('t)(was)\b"#, " $1 $2 "),
  ]
}
