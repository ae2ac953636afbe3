// How much of the relevant text was found, and how much was found beside it.

/// The common part of stretches that were found and stretches that are relevant, in bytes.
public struct SpanOverlap: Hashable, Sendable {
  /// Relevant bytes that were found, each counted once.
  public var covered: Int
  /// Bytes that were found: what two passages have in common counts twice, since a prompt is given
  /// it twice.
  public var given: Int
  public var relevant: Int

  public init(of found: [DocumentSpan], with relevant: [String: SpanSet]) {
    self.relevant = relevant.values.reduce(0) { $0 + $1.count }
    given = found.reduce(0) { $0 + $1.bytes.count }
    var covered: [String: SpanSet] = [:]
    for span in found {
      for part in relevant[span.document]?.intersection(with: span.bytes) ?? [] {
        covered[span.document, default: SpanSet()].insert(part)
      }
    }
    self.covered = covered.values.reduce(0) { $0 + $1.count }
  }
}
