// A search by words that is as small as one can be: BM25 (Robertson and Zaragoza, 2009), whole words,
// all in memory.

struct TinySearch {
  private let lengths: [Double]
  private let meanLength: Double
  private var postings: [String: [(place: Int, count: Double)]] = [:]

  init(_ texts: [String]) {
    let words = texts.map(Self.words)
    lengths = words.map { Double($0.count) }
    meanLength = max(1, lengths.reduce(0, +) / Double(max(1, texts.count)))
    for (place, words) in words.enumerated() {
      let counts = words.reduce(into: [String: Double]()) { $0[$1, default: 0] += 1 }
      for (word, count) in counts { postings[word, default: []].append((place, count)) }
    }
  }

  /// The places of the texts that hold a word of the query, best first.
  func places(for query: String, limit: Int) -> [Int] {
    var scores: [Int: Double] = [:]
    for word in Set(Self.words(of: query)) {
      // What stands nearly everywhere tells nothing.
      guard let found = postings[word], found.count * 2 < lengths.count else { continue }
      let rarity = 1 + Double(lengths.count) / (Double(found.count) + 0.5)
      for (place, count) in found {
        let length = 0.25 + 0.75 * lengths[place] / meanLength
        scores[place, default: 0] += logarithm(rarity) * count * 2.2 / (count + 1.2 * length)
      }
    }
    return scores.sorted { ($0.value, -$0.key) > ($1.value, -$1.key) }.prefix(limit).map(\.key)
  }

  private static func words(of text: String) -> [String] {
    text.lowercased().utf8.split { byte in
      !(0x61...0x7A ~= byte || 0x30...0x39 ~= byte || byte >= 0x80)
    }.compactMap(String.init)
  }

  /// The number of bits: a logarithm that needs no library.
  private func logarithm(_ value: Double) -> Double {
    Double(value.exponent) + value.significand - 1
  }
}
