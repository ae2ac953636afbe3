// Finds passages that share most of their phrases: shingles of five words, their MinHash signatures,
// and bands of these that must be equal for two to be compared (Leskovec, Rajaraman, Ullman: Mining
// of Massive Datasets, chapter 3). Its time grows with the passages, not with their pairs.

struct NearDuplicateCheck {
  private static let shingle = 5
  private static let hashes = 32
  private static let bandLength = 4
  /// The part of the signature that must be equal, which estimates the part of shared shingles.
  private static let threshold = 0.8

  private struct Seen {
    var place: PassagePlace
    var document: Int64
    var bytes: Range<Int>
    var signature: [UInt64]
  }

  private var seen: [Seen] = []
  private var bands: [UInt64: Int] = [:]
  private var examples: [(similarity: Double, example: IndexFinding.Example)] = []
  private var count = 0

  mutating func take(_ passage: ExaminedPassage) {
    guard let signature = Self.signature(of: passage.text) else { return }
    var isFound = false
    for band in 0..<Self.hashes / Self.bandLength {
      let start = band * Self.bandLength
      let key = signature[start..<start + Self.bandLength].reduce(UInt64(band)) {
        $0.hashed(with: $1)
      }
      if let other = bands[key] {
        if !isFound { isFound = compare(passage, signature, with: seen[other]) }
      } else {
        bands[key] = seen.count
      }
    }
    seen.append(
      Seen(
        place: passage.place, document: passage.document, bytes: passage.bytes,
        signature: signature))
  }

  private mutating func compare(
    _ passage: ExaminedPassage, _ signature: [UInt64], with other: Seen
  ) -> Bool {
    // Neighbours share what the chunking lets them share.
    if other.document == passage.document, other.bytes.overlaps(passage.bytes) { return false }
    let equal = zip(signature, other.signature).count { $0 == $1 }
    let similarity = Double(equal) / Double(Self.hashes)
    guard similarity >= Self.threshold else { return false }
    count += 1
    examples.append(
      (
        similarity,
        .init(
          places: [other.place, passage.place],
          figure: "about \(Int(similarity * 100)) % of their phrases are the same",
          excerpt: passage.excerpt(from: passage.text))
      ))
    // Sorting is stable: among equals the first ones stay.
    if examples.count > 100 { examples = worst }
    return true
  }

  private var worst: [(similarity: Double, example: IndexFinding.Example)] {
    Array(examples.sorted { $0.similarity > $1.similarity }.prefix(10))
  }

  /// Nil where there are too few words for phrases to tell anything.
  private static func signature(of text: String) -> [UInt64]? {
    let words = HashedWords(text).map(\.hash)
    guard words.count >= 4 * shingle else { return nil }
    var signature = [UInt64](repeating: .max, count: hashes)
    for start in 0...words.count - shingle {
      let hash = words[start..<start + shingle].reduce(UInt64(0)) { $0.hashed(with: $1) }
      for place in 0..<hashes {
        // Odd factors give a permutation each.
        let factor = (UInt64(place) &* 0xD134_2543_DE82_EF95) | 1
        let value = ((hash &+ UInt64(place)) &* factor).hashed(with: factor)
        if value < signature[place] { signature[place] = value }
      }
    }
    return signature
  }

  var finding: IndexFinding? {
    guard count > 0 else { return nil }
    return IndexFinding(
      kind: .nearDuplicate, count: count, examined: seen.count, examples: worst.map(\.example))
  }
}
