import Core

// Which changes are tried to bring a passage in: each a step that a person could take. Pure.

enum SearchVariants {
  /// Settings that differ from some in one thing each, the gentlest first.
  ///
  /// - Parameters:
  ///   - chunkings: those of the index.
  ///   - method: what the settings come to.
  ///   - hasVectors: whether the index has vectors of the chunking.
  static func variants(
    of query: String, _ settings: RetrievalSettings, method: RetrievalSettings.Method,
    vectorWeight: Double, chunkings: [Chunking], hasVectors: Bool
  ) -> [SearchTrials.Variant] {
    var variants = [SearchTrials.Variant(query: query, settings: settings)]
    func add(_ changes: String..., change: (inout RetrievalSettings) -> Void) {
      var changed = settings
      change(&changed)
      if changed != settings {
        variants.append(
          SearchTrials.Variant(query: query, settings: changed, changes: changes))
      }
    }
    add("no minimum score") { $0.minimumScore = nil }
    add("diversity=0") { $0.diversity = 0 }
    if hasVectors, method == .hybrid {
      // The nearest weights first.
      let weights = (0...5).map { Double($0) / 5 }
        .filter { abs($0 - vectorWeight) > 0.01 }
        .sorted { abs($0 - vectorWeight) < abs($1 - vectorWeight) }
      for weight in weights {
        add("vector-weight=\(Numbers.decimal(weight))") { $0.vectorWeight = weight }
      }
      for fusion in [RetrievalSettings.Fusion.scores, .ranks] where fusion != settings.fusion {
        add("fusion=\(fusion.rawValue)") { $0.fusion = fusion }
      }
    }
    for other in RetrievalSettings.Method.allCases where other != method {
      if other == .bm25 || hasVectors { add("method=\(other.rawValue)") { $0.method = other } }
    }
    if settings.rewriting != .none { add("rewrite=none") { $0.rewriting = .none } }
    if settings.reranker != nil { add("no reranker") { $0.reranker = nil } }
    for (name, dropped) in settings.filter.parts {
      add("without the filter \(name)") { dropped(&$0.filter) }
    }
    if settings.filter.parts.count > 1 { add("without any filter") { $0.filter = PassageFilter() } }
    for chunking in chunkings where chunking != settings.chunking ?? chunkings.first {
      add("chunking=\(chunking.name)") { $0.chunking = chunking }
    }
    return variants
  }
}

extension PassageFilter {
  /// Each thing that it asks for, by the words for it, with what takes it away.
  var parts: [(name: String, drop: (inout PassageFilter) -> Void)] {
    var parts: [(name: String, drop: (inout PassageFilter) -> Void)] = []
    if let path { parts.append(("path:\(path)", { $0.path = nil })) }
    if let heading { parts.append(("heading:\(heading)", { $0.heading = nil })) }
    if let pages {
      parts.append(("page:\(pages.lowerBound)-\(pages.upperBound)", { $0.pages = nil }))
    }
    for (field, value) in metadata.sorted(by: { $0.key < $1.key }) {
      parts.append(("\(field)=\(value)", { $0.metadata[field] = nil }))
    }
    return parts
  }
}
