// What a text is made of, in 80 bytes, so that a million texts can be compared without keeping them.

/// A MinHash signature over the pairs of words that follow each other (Broder, 1997), made in one pass:
/// each pair falls into one of 40 bins, and a bin keeps its least (Li, Owen and Zhang, "One Permutation
/// Hashing", NIPS 2012), of which 16 bits are stored (Li and König, "b-Bit Minwise Hashing", 2010).
///
/// The share of bins in which two signatures agree, of those that either fills, estimates the Jaccard
/// similarity of their texts: at 0.8 with a standard deviation of 0.06. Texts of a few words fill a bin
/// a pair, and are compared nearly exactly.
public struct LikenessSignature: Hashable, Sendable {
  static let binCount = 40
  /// A text with fewer pairs has no signature: labels and "Yes, please." are near nothing.
  static let leastPairs = 7

  /// 0 in a bin that nothing fell into.
  private var first = SIMD8<UInt16>()
  private var second = SIMD8<UInt16>()
  private var third = SIMD8<UInt16>()
  private var fourth = SIMD8<UInt16>()
  private var fifth = SIMD8<UInt16>()

  init() {}

  init(_ bins: borrowing LikenessBins) {
    guard bins.pairs >= Self.leastPairs else { return }
    withUnsafeMutableBytes(of: &self) { raw in
      let values = raw.bindMemory(to: UInt16.self)
      for bin in 0..<Self.binCount { values[bin] = bins.value(bin) }
    }
  }

  var isEmpty: Bool { first == SIMD8() && self == LikenessSignature() }

  func withBins<Result>(_ body: (UnsafeBufferPointer<UInt16>) -> Result) -> Result {
    withUnsafeBytes(of: self) { body($0.bindMemory(to: UInt16.self)) }
  }

  /// The estimated Jaccard similarity, from 0 to 1; 0 where a text was too short for a signature.
  public func similarity(to other: LikenessSignature) -> Double {
    let (agreed, filled) = agreement(with: other)
    return filled == 0 ? 0 : Double(agreed) / Double(filled)
  }

  /// In how many bins both say the same, and how many at least one of the two fills.
  @inline(__always)
  func agreement(with other: LikenessSignature) -> (agreed: Int, filled: Int) {
    var agreed = SIMD8<UInt16>()
    var filled = SIMD8<UInt16>()
    @inline(__always)
    func add(_ a: SIMD8<UInt16>, _ b: SIMD8<UInt16>) {
      let isFilled = (a | b) .!= 0
      filled.replace(with: filled &+ 1, where: isFilled)
      agreed.replace(with: agreed &+ 1, where: (a .== b) .& isFilled)
    }
    add(first, other.first)
    add(second, other.second)
    add(third, other.third)
    add(fourth, other.fourth)
    add(fifth, other.fifth)
    return (Int(agreed.wrappedSum()), Int(filled.wrappedSum()))
  }
}

/// The least of each bin while a text is read.
struct LikenessBins: ~Copyable {
  private let least: UnsafeMutablePointer<UInt32>
  private(set) var pairs = 0

  init() {
    least = .allocate(capacity: LikenessSignature.binCount)
    least.initialize(repeating: .max, count: LikenessSignature.binCount)
  }

  deinit { least.deallocate() }

  @inline(__always)
  mutating func add(_ first: UInt64, _ second: UInt64) {
    let hash = FoldedText.finish(first &* 0x9E37_79B9_7F4A_7C15 &+ second)
    let bin = Int(((hash >> 32) &* UInt64(LikenessSignature.binCount)) >> 32)
    least[bin] = min(least[bin], UInt32(truncatingIfNeeded: hash))
    pairs += 1
  }

  /// From 1 to 65,535, and 0 where nothing fell.
  @inline(__always)
  borrowing func value(_ bin: Int) -> UInt16 {
    guard least[bin] != .max else { return 0 }
    return UInt16(FoldedText.finish(UInt64(least[bin])) % 65_535) + 1
  }
}
