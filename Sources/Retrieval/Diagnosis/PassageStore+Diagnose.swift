// Looks at all passages of a chunking, a document at a time, and hands each to the checks.

import Core

/// How much of an index the slower checks look at, so that their time is bounded.
private enum Sample {
  /// Passages that are compared phrase by phrase and line by line.
  static let compared = 20_000
  /// Passages that the index is asked for.
  static let asked = 200
}

extension PassageStore {
  /// What is odd about the passages of a chunking, found without any query.
  ///
  /// All of them are read once; a sample, evenly spaced and always the same, is compared for near
  /// duplicates and boilerplate, and the index is asked for some. Takes seconds: call it on a worker
  /// thread. Throws `IndexError`, and `CancellationError` once `isCancelled` says so.
  ///
  /// - Parameter chunking: nil for the index's first.
  public func diagnose(
    _ chunking: Chunking? = nil, isCancelled: () -> Bool = { false }
  ) throws -> IndexDiagnosis {
    var duplicates = DuplicateCheck()
    var nearDuplicates = NearDuplicateCheck()
    var boilerplate = BoilerplateCheck()
    var boundaries = BoundaryCheck()
    var findability = FindabilityCheck()
    var passages = 0
    var number = 0
    try forEachPassage(of: chunking) {
      passages = $0
    } _: { passage, document in
      if isCancelled() { throw CancellationError() }
      let passage = ExaminedPassage(passage, document: document)
      let isDuplicate = duplicates.take(passage)
      boundaries.take(passage)
      if number % max(1, (passages + Sample.compared - 1) / Sample.compared) == 0 {
        if !isDuplicate { nearDuplicates.take(passage) }
        boilerplate.take(passage)
        findability.count(passage)
      }
      if number % max(1, passages / Sample.asked) == 0 { findability.ask(for: passage) }
      number += 1
    }
    var settings = RetrievalSettings()
    settings.chunking = chunking
    let found = try findability.findings(of: passages) { query, limit in
      let best = try rankings(
        for: [query], vectors: [], of: nil, limit: limit, settings, isCancelled: isCancelled)
      let ids = best.flatMap(\.passages).map(\.id)
      return try self.passages(ids, matching: [], isCancelled: isCancelled)
        .map { (PassagePlace($0), $0.text) }
    }
    return IndexDiagnosis(
      passages: passages,
      findings: [duplicates.finding, nearDuplicates.finding, boilerplate.finding]
        .compactMap { $0 } + boundaries.findings + found)
  }
}

extension ExaminedPassage {
  fileprivate init(_ passage: Passage, document: Int64) {
    self.init(
      place: PassagePlace(passage), document: document, bytes: passage.bytes,
      tokens: passage.tokens, text: passage.text)
  }
}

extension PassagePlace {
  fileprivate init(_ passage: Passage) {
    self.init(
      passage: passage.id, source: passage.source, row: passage.row, lines: passage.lines)
  }
}
