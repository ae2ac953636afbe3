// Examples of one task share its template; what makes two of them alike is the rest. A bin's value that
// many examples have is taken for the template's.

/// How many examples have what in each bin.
struct LikenessRarity {
  private var counts: [UInt16]
  private let limit: UInt16

  /// - Parameter count: how many signatures will be added.
  init(count: Int) {
    counts = Array(repeating: 0, count: LikenessSignature.binCount << 16)
    limit = UInt16(min(max(Self.leastCommon, count / 1000), Int(UInt16.max) - 1))
  }

  /// What more examples have is the template's, or more than 1 in 1,000.
  static let leastCommon = 8

  mutating func add(_ signature: LikenessSignature) {
    signature.withBins { bins in
      counts.withUnsafeMutableBufferPointer { counts in
        for (bin, value) in bins.enumerated() where value != 0 {
          let place = bin << 16 | Int(value)
          if counts[place] <= limit { counts[place] += 1 }
        }
      }
    }
  }

  /// The similarity of two texts, where they are near: alike as a whole, and alike in what few others
  /// say.
  func nearness(
    _ a: LikenessSignature, _ b: LikenessSignature, threshold: Double
  ) -> Double? {
    let (agreed, filled) = a.agreement(with: b)
    guard agreed > 0, Double(agreed) >= threshold * Double(filled) else { return nil }
    var rareAgreed = 0
    var rare = 0
    a.withBins { a in
      b.withBins { b in
        for bin in 0..<LikenessSignature.binCount where isRare(bin, a[bin]) || isRare(bin, b[bin]) {
          rare += 1
          if a[bin] == b[bin] { rareAgreed += 1 }
        }
      }
    }
    let similarity = Double(agreed) / Double(filled)
    if rare == 0 { return similarity >= Self.leastOfTemplates ? similarity : nil }
    // One rare value in common is chance, where there are millions of pairs.
    let isAlike =
      rareAgreed >= min(Self.leastRare, rare)
      && Double(rareAgreed) >= Self.leastOfRest * Double(rare)
    return isAlike ? similarity : nil
  }

  /// How alike the rest has to be. It is judged by few bins where the template is long.
  private static let leastOfRest = 0.4
  private static let leastRare = 3
  /// How alike texts have to be that hold nothing rare.
  private static let leastOfTemplates = 0.95

  @inline(__always)
  private func isRare(_ bin: Int, _ value: UInt16) -> Bool {
    value != 0 && counts[bin << 16 | Int(value)] <= limit
  }
}
