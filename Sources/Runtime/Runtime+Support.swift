import Core
import Playground

// Tells which sentences of an answer its passages support, on a thread of its own.

extension Runtime {
  func examine(_ examination: SupportExamination) {
    mailbox.work(on: support) { [mailbox] in
      let support = AnswerSupport(
        of: examination.text, by: examination.passages.map(SupportPassage.init))
      mailbox.post(
        .supportExamined(
          ExaminedSupport(
            number: examination.number, length: examination.text.utf8.count, support: support)))
    }
  }
}
