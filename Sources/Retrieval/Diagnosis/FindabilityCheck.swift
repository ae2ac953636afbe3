// Asks the index with its own passages: by its most telling words each should find itself, and by a
// few of its words in a row none should find the same passages as all others.

import Foundation

struct FindabilityCheck {
  /// Results that count as found.
  private static let depth = 10
  /// The words of a query that is made of a passage's most telling ones.
  private static let words = 8
  /// The words of a query that is a stretch of a passage.
  private static let stretch = 12
  /// Fewer passages are all found for everything.
  private static let fewestPassages = 100

  private var asked: [ExaminedPassage] = []
  /// In how many passages of the sample each word stands.
  private var frequencies: [UInt64: Int] = [:]
  private var counted = 0

  /// Counts the words of a passage, so that it is known which are rare.
  mutating func count(_ passage: ExaminedPassage) {
    counted += 1
    for word in Set(HashedWords(passage.text).map(\.hash)) { frequencies[word, default: 0] += 1 }
  }

  /// Will ask for a passage.
  mutating func ask(for passage: ExaminedPassage) { asked.append(passage) }

  /// - Parameters:
  ///   - passages: how many there are in all.
  ///   - search: the places and texts of the best passages for a query.
  func findings(
    of passages: Int, _ search: (String, Int) throws -> [(place: PassagePlace, text: String)]
  ) throws -> [IndexFinding] {
    guard passages >= Self.fewestPassages else { return [] }
    var missed: [IndexFinding.Example] = []
    var hits: [PassagePlace: (count: Int, text: String)] = [:]
    for passage in asked {
      let query = tellingWords(of: passage.text)
      let found = try search(query, Self.depth)
      // A copy of it is as good.
      if !found.contains(where: { $0.place == passage.place || $0.text == passage.text }) {
        missed.append(
          .init(
            places: [passage.place], figure: "not among the first \(Self.depth) for: \(query)",
            excerpt: passage.excerpt(from: passage.text)))
      }
      for other in try search(stretch(of: passage.text), Self.depth)
      where other.place != passage.place {
        hits[other.place, default: (0, other.text)].count += 1
      }
    }
    return [unfindable(missed), hub(hits, passages)].compactMap { $0 }
  }

  private func unfindable(_ missed: [IndexFinding.Example]) -> IndexFinding? {
    guard !missed.isEmpty else { return nil }
    return IndexFinding(
      kind: .unfindable, count: missed.count, examined: asked.count,
      examples: Array(missed.prefix(10)))
  }

  private func hub(
    _ hits: [PassagePlace: (count: Int, text: String)], _ passages: Int
  ) -> IndexFinding? {
    let expected = Double(asked.count * Self.depth) / Double(passages)
    let least = max(5, asked.count / 20, Int(5 * expected))
    let hubs = hits.filter { $0.value.count >= least }.sorted {
      ($1.value.count, $0.key.passage) < ($0.value.count, $1.key.passage)
    }
    guard !hubs.isEmpty else { return nil }
    return IndexFinding(
      kind: .hub, count: hubs.count, examined: passages,
      examples: hubs.prefix(10).map { place, hit in
        .init(
          places: [place],
          figure: "among the first \(Self.depth) for \(hit.count) of \(asked.count) queries",
          excerpt: String(
            hit.text.split(whereSeparator: \.isWhitespace).joined(separator: " ").prefix(80)))
      })
  }

  // MARK: Queries

  private func tellingWords(of text: String) -> String {
    var words: [UInt64: (count: Int, bytes: Range<Int>)] = [:]
    for word in HashedWords(text) { words[word.hash, default: (0, word.bytes)].count += 1 }
    func weight(_ word: (key: UInt64, value: (count: Int, bytes: Range<Int>))) -> Double {
      let frequency = Double(frequencies[word.key] ?? 1)
      return Double(word.value.count) * log(1 + Double(counted) / frequency)
    }
    let telling = words.map { ($0, weight($0)) }.sorted {
      ($1.1, $0.0.value.bytes.lowerBound) < ($0.1, $1.0.value.bytes.lowerBound)
    }
    return join(telling.prefix(Self.words).map(\.0.value.bytes), of: text)
  }

  /// Some words in a row from the middle of a text.
  private func stretch(of text: String) -> String {
    let words = HashedWords(text).map(\.bytes)
    let start = max(0, words.count / 2 - Self.stretch / 2)
    return join(words[start...].prefix(Self.stretch), of: text)
  }

  private func join(_ words: some Sequence<Range<Int>>, of text: String) -> String {
    let bytes = Array(text.utf8)
    return words.map { String(decoding: bytes[$0], as: UTF8.self) }.joined(separator: " ")
  }
}
