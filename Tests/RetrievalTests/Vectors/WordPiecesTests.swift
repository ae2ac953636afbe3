import Testing

@testable import Retrieval

// The places that the reference, the tokenizer of all-MiniLM-L6-v2 in Hugging Face's tokenizers 0.23,
// gives for texts that are easily read otherwise.

@Suite struct WordPiecesTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var text: String
    var pieces: [Int?]
    var testDescription: String { text.debugDescription }
  }

  @Test("texts are cut as by the reference", arguments: cases)
  func reference(_ example: Case) throws {
    #expect(try StaticTable.wordPieces().pieces(of: example.text) == example.pieces)
  }

  @Test func `marks of the model in a text are text`() throws {
    let words = try StaticTable.wordPieces()
    #expect(words.pieces(of: "[CLS]") == words.pieces(of: "[ cls ]"))
    #expect(words.pieces(of: "[CLS]").count >= 3)
  }

  @Test func `a word of megabytes is one unknown word`() throws {
    let words = try StaticTable.wordPieces()
    let text = String(repeating: "a", count: 4_000_000)
    #expect(words.pieces(of: text) == [nil])
    #expect(words.pieces(of: text + " the").count == 2)
  }

  private static let cases: [Case] = [
    Case(text: "", pieces: []),
    Case(text: "   \u{9}\u{A}", pieces: []),
    Case(text: "Hello, World!", pieces: [7592, 1010, 2088, 999]),
    Case(text: "unaffable", pieces: [14477, 20961, 3468]),
    Case(
      text: "How long do I have to return a wheel?",
      pieces: [2129, 2146, 2079, 1045, 2031, 2000, 2709, 1037, 5217, 1029]),
    Case(
      text: "writeBoolean(self, n)",
      pieces: [4339, 5092, 9890, 2319, 1006, 2969, 1010, 1050, 1007]),
    Case(
      text: "na\u{EF}ve caf\u{E9} \u{C5}ngstr\u{F6}m \u{C0}\u{C9}\u{CE}\u{F5}\u{FC}",
      pieces: [15743, 7668, 17076, 15687, 29347, 3695, 2226]),
    Case(
      text: "\u{130}stanbul \u{3A3}\u{38A}\u{3A3}\u{3A5}\u{3A6}\u{39F}\u{3A3} \u{1E9E} \u{DF}",
      pieces: [9960, 1173, 18199, 29733, 29735, 29736, 29730, 29733, 1096, 1096]),
    Case(
      text: "\u{6771}\u{4EAC}\u{30BF}\u{30EF}\u{30FC}\u{306F}\u{9AD8}\u{3044}",
      pieces: [1879, 1755, 1709, 30262, 30265, 30198, 1981, 1647]),
    Case(
      text: "\u{4E2D}\u{6587}\u{5B57}\u{7B26} mixed\u{5728}\u{4E00}\u{8D77}",
      pieces: [1746, 1861, nil, nil, 3816, nil, 1740, nil]),
    Case(
      text: "\u{D55C}\u{AD6D}\u{C5B4} \u{D14D}\u{C2A4}\u{D2B8}",
      pieces: [
        1469, 30006, 30021, 29991, 30014, 30020, 29999, 30008, 1467, 30009, 30020, 29997, 30017,
        30003, 30017,
      ]),
    Case(
      text:
        "\u{41F}\u{440}\u{438}\u{432}\u{435}\u{442}, \u{43C}\u{438}\u{440}! \u{451}\u{43B}\u{43A}\u{430} \u{439}",
      pieces: [
        1194, 16856, 10325, 25529, 15290, 22919, 1010, 1191, 10325, 16856, 999, 1185, 29436, 28598,
        1188,
      ]),
    Case(
      text: "\u{1F389} emoji \u{1F469}\u{200D}\u{1F469}\u{200D}\u{1F467} \u{263A}\u{FE0F}",
      pieces: [nil, 7861, 29147, 2072, nil, nil]),
    Case(text: "a\u{0}b\u{1}c\u{200B}d\u{FEFF}e\u{FFFD}f", pieces: [5925, 3207, 2546]),
    Case(
      text: "tab\u{9}cr\u{D}nl\u{A}nbsp\u{A0}em\u{2003}line\u{2028}end",
      pieces: [21628, 13675, 17953, 1050, 5910, 2361, 7861, 2240, 2203]),
    Case(
      text: "don't stop\u{2014}it\u{2019}s \u{AB}fine\u{BB}\u{2026}",
      pieces: [2123, 1005, 1056, 2644, 1517, 2009, 1521, 1055, 1077, 2986, 1090, 1529]),
    Case(
      text: "$100 + 5% = ~#@^`|<>",
      pieces: [1002, 2531, 1009, 1019, 1003, 1027, 1066, 1001, 1030, 1034, 1036, 1064, 1026, 1028]),
    Case(
      text: "foo_bar.baz/qux\\x",
      pieces: [29379, 1035, 3347, 1012, 8670, 2480, 1013, 24209, 2595, 1032, 1060]),
    Case(
      text: String(repeating: "x", count: 100),
      pieces: [
        22038, 20348, 20348, 20348, 20348, 20348, 20348, 20348, 20348, 20348, 20348, 20348, 20348,
        20348, 20348, 20348, 20348, 20348, 20348, 20348, 20348, 20348, 20348, 20348, 20348, 20348,
        20348, 20348, 20348, 20348, 20348, 20348, 20348, 20348, 20348, 20348, 20348, 20348, 20348,
        20348, 20348, 20348, 20348, 20348, 20348, 20348, 20348, 20348, 20348, 20348,
      ]),
    Case(text: String(repeating: "x", count: 101), pieces: [nil]),
    Case(
      text: "supercalifragilisticexpialidocious",
      pieces: [3565, 9289, 10128, 29181, 24411, 4588, 10288, 19312, 21273, 10085, 6313]),
    Case(
      text: "\u{939}\u{93F}\u{928}\u{94D}\u{926}\u{940} \u{92E}\u{947}\u{902}",
      pieces: [1339, 29877, 29863, 29861, 29878, 1331]),
    Case(text: "\u{E20}\u{E32}\u{E29}\u{E32}\u{E44}\u{E17}\u{E22}", pieces: [nil]),
    Case(
      text: "\u{5E2}\u{5B4}\u{5D1}\u{5B0}\u{5E8}\u{5B4}\u{5D9}\u{5EA}",
      pieces: [1259, 29789, 29811, 29796, 29813]),
    Case(
      text: "\u{627}\u{644}\u{639}\u{64E}\u{631}\u{64E}\u{628}\u{650}\u{64A}\u{64E}\u{651}\u{629}",
      pieces: [1270, 23673, 29830, 17149, 29816, 14498, 19433]),
    Case(
      text: "\u{FB01} ligature \u{2460} \u{B2} \u{BD} \u{2167}",
      pieces: [1984, 8018, 11244, nil, 1082, 1092, nil]),
    Case(text: "\u{1D49C}\u{1D4EB} \u{20000} \u{8C48}", pieces: [nil, nil, nil]),
    Case(text: "e\u{301} combining o\u{308}\u{323}", pieces: [1041, 11566, 1051]),
    Case(text: "##ing #hash", pieces: [1001, 1001, 13749, 1001, 23325]),
    Case(text: "soft\u{AD}hyphen", pieces: [3730, 10536, 8458, 2368]),
    Case(text: "\u{FF11}\u{FF12}\u{FF13} \u{FF46}\u{FF55}\u{FF4C}\u{FF4C}", pieces: [nil, nil]),
    Case(text: "ti\u{1EBF}ng Vi\u{1EC7}t", pieces: [5495, 3070, 19710]),
    Case(text: "\u{3A9} K \u{C5} \u{B5}", pieces: [1179, 1047, 1037, 1085]),
    Case(text: "\u{85}next\u{B}vt\u{C}ff", pieces: [2279, 2615, 24475, 2546]),
    Case(text: "a\u{20E3} b\u{903}c", pieces: [nil, nil]),
    Case(text: "1,000.50", pieces: [1015, 1010, 2199, 1012, 2753]),
    Case(
      text: "\u{20AC}5 \u{A3}6 \u{A5}7 \u{A9}\u{AE}\u{2122}",
      pieces: [1574, 2629, 1069, 2575, 1071, 2581, 1075, 29656, 30108]),
    Case(
      text: String(repeating: "a", count: 50) + String(repeating: "\u{E9}", count: 51),
      pieces: [nil]),
    Case(text: "\u{1C5} \u{1C8} \u{23A}", pieces: [nil, nil, nil]),
  ]
}
