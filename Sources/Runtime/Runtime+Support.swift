import Core
import Playground
import Retrieval

// Tells which sentences of an answer its passages support, on a thread of its own.

extension Runtime {
  func examine(_ examination: SupportExamination) {
    mailbox.work(on: support) { [mailbox, indexes] in
      let support = indexes.support(of: examination)
      mailbox.post(
        .supportExamined(
          ExaminedSupport(
            number: examination.number, length: examination.text.utf8.count, support: support)))
    }
  }
}

extension Indexes {
  /// With the embedding by which the index is searched, if it is by one; by words alone where that
  /// doesn't answer.
  fileprivate func support(of examination: SupportExamination) -> AnswerSupport {
    do {
      let name = try examination.index.flatMap {
        try index(named: $0).embedder(for: examination.retrieval)
      }
      return try AnswerSupport(
        of: examination.text, by: examination.passages,
        embedder: try name.map(models.embedder(named:)))
    } catch {
      return AnswerSupport(
        of: examination.text, by: examination.passages.map(SupportPassage.init))
    }
  }
}
