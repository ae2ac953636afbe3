import Core
import Playground
import Retrieval

// Passages in their documents, "Why not?", and what was judged: read and tried on the thread of the
// inspections.

extension Runtime {
  func read(_ reading: DocumentReading) {
    inspections.begin(reading.number) { [indexes] isCancelled in
      .document(try Self.document(reading, in: indexes, isCancelled))
    }
  }

  /// The document of a passage; the passage alone, with a sentence that says why, where its document
  /// no longer has it.
  private static func document(
    _ reading: DocumentReading, in indexes: Indexes, _ isCancelled: () -> Bool
  ) throws -> ReadDocument {
    let passage = reading.passage
    let index = try indexes.index(named: reading.index)
    guard let path = try index.path(of: passage) else {
      return ReadDocument(
        passage, note: "The index no longer has this passage: this is what the search found.")
    }
    guard PromptFiles.exists(path) else {
      return ReadDocument(passage, note: "Its file is gone: this is what was indexed.")
    }
    let chunkings = try index.chunkings()
    let own = reading.chunking ?? chunkings.first ?? Chunking()
    let shown = [own] + (reading.compared.map { [$0] } ?? [])
    let found: CutDocument
    do {
      guard let cut = try index.cutDocument(of: passage, by: shown, isCancelled: isCancelled) else {
        return ReadDocument(
          passage, note: "Its row is gone from the file: this is what was indexed.")
      }
      found = cut
    } catch let error as IndexError {
      return ReadDocument(passage, note: "This is what was indexed: \(error).")
    }
    guard found.text.utf8Bytes(passage.bytes) == passage.text else {
      return ReadDocument(
        passage,
        note: try isStored(passage, in: index)
          ? "Its document has changed since it was indexed: this is what was indexed then."
          : "It was edited for this run: this is what the prompt is given.")
    }
    return ReadDocument(
      found.text, fileLines: found.fileLines, pages: found.pages,
      cuttings: shown.map { chunking in
        ReadDocument.Cutting(
          chunking: chunking, passages: (found.cuts[chunking] ?? []).map(\.bytes))
      }, chunkings: chunkings, passage: passage.bytes)
  }

  /// Whether a passage's text is the one that the index has.
  private static func isStored(_ passage: Passage, in index: any PassageStore) throws -> Bool {
    try index.passages([passage.id], matching: [], isCancelled: { false }).first?.text
      == passage.text
  }

  func inspect(_ inspection: PassageInspection) {
    inspections.begin(inspection.number) { [indexes] isCancelled in
      let index = try indexes.index(named: inspection.index)
      return .details(
        try PassageStandings(index, models: indexes.models, isCancelled: isCancelled).details(
          of: inspection.passage, beginningAt: inspection.start, query: inspection.query,
          settings: inspection.settings))
    }
  }

  func explainAbsence(_ request: AbsenceRequest) {
    inspections.begin(request.number) { [indexes] isCancelled in
      let examination = AbsenceExamination(
        of: request.query, with: request.settings,
        in: try indexes.index(named: request.index), models: indexes.models,
        isCancelled: isCancelled)
      return .absence(try examination.report(on: request.question))
    }
  }

  func open(_ opening: SourceOpening) {
    withFiles { [indexes] in
      let index = try indexes.index(named: opening.index)
      if let path = try index.path(of: opening.passage), !PromptFiles.exists(path) {
        return .noticed(Notice(.error, "\(path) is gone."))
      }
      switch try index.source(of: opening.passage) {
      case .file(let path): return .sourceFound(.file(path: path, line: opening.line))
      case .extracted(let text, let path):
        let name = path.split(separator: "/").last.map(String.init) ?? path
        return .sourceFound(.text(text, name: name + ".txt", line: opening.line))
      case nil:
        return .noticed(Notice(.error, "The index no longer knows where this passage is from."))
      }
    }
  }
}

extension String {
  /// The text of some of its bytes; nil where it has not that many, or they cut a character.
  fileprivate func utf8Bytes(_ range: Range<Int>) -> String? {
    guard range.lowerBound >= 0, range.upperBound <= utf8.count else { return nil }
    let start = utf8.index(startIndex, offsetBy: range.lowerBound)
    return String(utf8[start..<utf8.index(start, offsetBy: range.count)])
  }
}
