import Core
import Sessions

// What a person makes of answers, kept on the store's thread.

extension Recorder {
  func correct(_ run: Identifier, _ correction: Correction) {
    withStore(isAsked: true) { _, store in try store.correct(run, correction) }
  }

  func saveCorrectionDraft(_ text: String?, of run: Identifier) {
    withStore(isAsked: true) { _, store in try store.saveCorrectionDraft(text, of: run) }
  }
}
