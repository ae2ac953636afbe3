// Regular expressions: what they match, and that none takes for ever.

import FineTuning
import RandomSource
import Testing

@Suite struct LinearRegexTests {
  @Test(arguments: [
    ("abc", "xabcx", true), ("abc", "abx", false), ("", "", true), ("a.c", "abc", true),
    ("a.c", "a\nc", false), ("^a", "ba", false), ("^a", "ab", true), ("b$", "ab", true),
    ("a$", "ab", false), ("^$", "", true), ("a|bc", "xbc", true), ("^(a|bc)$", "bcx", false),
    ("ab*c", "ac", true), ("ab+c", "ac", false), ("ab?c", "abbc", false), ("a{2,3}", "xax", false),
    ("^a{2,3}$", "aaa", true), ("^a{2,3}$", "aaaa", false), ("^a{2}$", "aa", true),
    ("^a{2,}$", "aaaaaa", true), ("^a{0}b", "b", true), ("a{x}", "a{x}", true),
    ("[a-c]+z", "abcz", true), ("[^a-c]", "abc", false), ("[^a-c]", "abcd", true),
    ("[]x]", "]", true), ("[a\\]]b", "]b", true), ("[\\d-]x", "-x", true),
    ("\\d{3}", "ab123", true),
    ("\\D", "123", false), ("\\w+\\s\\w+", "two words", true), ("\\W", "word_1", false),
    ("\\bcat\\b", "a cat!", true), ("\\bcat\\b", "concat", false), ("\\Bcat", "concat", true),
    ("\\.", "a", false), ("\\x41\\u00e9", "Aé", true), ("日本", "ein 日本 Text", true),
    (".", "é", true), ("^.$", "日", true), ("(?:ab)+$", "ababab", true), ("a+?b", "aaab", true),
    ("(a*)*$", "b", true), ("(a|)*b", "b", true), ("(|a)+", "x", true), ("x**", "y", true),
    ("[^\\d]", "12", false), ("[^\\D]", "a1", true),
  ])
  func `what matches`(pattern: String, text: String, expected: Bool) throws {
    #expect(try LinearRegex(pattern).matches(text) == expected, "/\(pattern)/ in '\(text)'")
  }

  @Test func `case is ignored where that is asked for`() throws {
    for pattern in ["REFUND", "[q-s]efund", "über"] {
      let regex = try LinearRegex(pattern, ignoresCase: true)
      #expect(regex.matches("a Refund") || regex.matches("ÜBER"), "\(pattern)")
    }
    #expect(try !LinearRegex("REFUND").matches("refund"))
    #expect(try !LinearRegex("[^a]", ignoresCase: true).matches("A"))
  }

  @Test(arguments: [
    ("(", 1), (")", 0), ("[a", 2), ("a\\", 2), ("*a", 0), ("(?=a)", 2), ("(?<n>a)", 2), ("\\1", 2),
    ("a{3,2}", 6), ("a{2000}", 7), ("[z-a]", 4), ("\\q", 2), ("\\uD800", 6),
    ("((((a{100}){100}){100}){100})", 0),
  ])
  func `what is no pattern says where`(pattern: String, place: Int) {
    do {
      _ = try LinearRegex(pattern)
      Issue.record("/\(pattern)/ was read")
    } catch {
      #expect(error.place >= place && error.place <= pattern.count)
      #expect(error.problem.hasSuffix("."))
    }
  }

  @Test func `what blows others up takes a moment`() throws {
    let text = String(repeating: "a", count: 20_000)
    for pattern in ["(a+)+$x", "(a|a)*$x", "(a|aa)+y", "(.*)*z", "a{1,400}b"] {
      #expect(try !LinearRegex(pattern).matches(text))
    }
  }

  /// What a pattern matches, by trying all ways, for patterns small enough for that.
  private indirect enum Simple {
    case letter(Character)
    case pair(Simple, Simple)
    case either(Simple, Simple)
    case any(Simple)

    var text: String {
      switch self {
      case .letter(let letter): String(letter)
      case .pair(let one, let other): "(?:\(one.text))(?:\(other.text))"
      case .either(let one, let other): "(?:\(one.text)|\(other.text))"
      case .any(let one): "(?:\(one.text))*"
      }
    }

    func ends(_ text: [Character], _ start: Int) -> Set<Int> {
      switch self {
      case .letter(let letter):
        return start < text.count && text[start] == letter ? [start + 1] : []
      case .pair(let one, let other):
        return one.ends(text, start).reduce(into: []) { $0.formUnion(other.ends(text, $1)) }
      case .either(let one, let other): return one.ends(text, start).union(other.ends(text, start))
      case .any(let one):
        var all: Set<Int> = [start]
        var new = all
        while !new.isEmpty {
          new = new.reduce(into: Set<Int>()) { $0.formUnion(one.ends(text, $1)) }.subtracting(all)
          all.formUnion(new)
        }
        return all
      }
    }

    static func random(_ depth: Int, _ random: inout SeededRandom) -> Simple {
      switch depth > 0 ? Int.random(in: 0..<4, using: &random) : 0 {
      case 1: .pair(.random(depth - 1, &random), .random(depth - 1, &random))
      case 2: .either(.random(depth - 1, &random), .random(depth - 1, &random))
      case 3: .any(.random(depth - 1, &random))
      default: .letter("abc".randomElement(using: &random) ?? "a")
      }
    }
  }

  @Test func `random patterns match what trying all ways finds`() throws {
    var random = SeededRandom(seed: 8)
    for _ in 0..<3_000 {
      let pattern = Simple.random(4, &random)
      let text = (0..<Int.random(in: 0...6, using: &random)).map { _ in
        "abc".randomElement(using: &random) ?? "a"
      }
      let expected = pattern.ends(text, 0).contains(text.count)
      let regex = try LinearRegex("^(?:\(pattern.text))$")
      #expect(regex.matches(String(text)) == expected, "\(pattern.text) in \(String(text))")
    }
  }
}
