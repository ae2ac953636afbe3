import GRDB
import Synchronization

// The lengths of passages, which every search needs whole: reading them anew each time took more of a
// short query than its postings did.

/// The lengths of the passages of live segments, a byte each. What a segment holds never changes, and
/// its id is never given again.
final class LengthCache: Sendable {
  /// By chunking, then by segment.
  private let kept = Mutex<[Int64: [Int64: [UInt8]]]>([:])

  /// Forgets segments of a chunking that are no longer there.
  func keep(_ segments: [Segment], ofChunking chunking: Int64) {
    let ids = Set(segments.map(\.id))
    kept.withLock { kept in
      kept[chunking] = kept[chunking, default: [:]].filter { ids.contains($0.key) }
    }
  }

  func lengths(of segment: Segment, chunking: Int64, _ db: Database) throws -> [UInt8] {
    if let known = kept.withLock({ $0[chunking]?[segment.id] }) { return known }
    let lengths = try segment.lengths(db)
    kept.withLock { $0[chunking, default: [:]][segment.id] = lengths }
    return lengths
  }
}
