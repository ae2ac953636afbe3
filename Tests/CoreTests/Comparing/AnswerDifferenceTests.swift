import RandomSource
import Testing

@testable import Core

@Suite("What differs between answers")
struct AnswerDifferenceTests {
  /// The words of an answer that are marked as added.
  private func added(_ baseline: String, _ answer: String) -> [String] {
    AnswerDifference(from: baseline, to: answer).additions.map { String(answer[utf8: $0]) }
  }

  @Test("What is new in the answer is given by its places")
  func additions() {
    #expect(
      added("Return it within 30 days.", "Return it within 14 days, please.") == [
        "14", ", please",
      ])
    #expect(added("Größe: 5", "Größe: 6 größer") == ["6 größer"])
    #expect(added("same", "same").isEmpty)
  }

  @Test("Where something is missing is a place, unless something stands in its stead")
  func omissions() {
    let difference = AnswerDifference(
      from: "It may be returned within 30 days of delivery, unopened.",
      to: "It may be returned within 14 days, unopened.")
    #expect(difference.omissions == ["It may be returned within 14 days".utf8.count])
    #expect(AnswerDifference(from: "a b c", to: "a").omissions == [1])
    #expect(AnswerDifference(from: "a b", to: "a c").omissions.isEmpty)
  }

  @Test("While an answer comes, nothing is missing after its end")
  func streaming() {
    let baseline = "Return it within 30 days of delivery. Exchanges take 14 days."
    let answer = "Return it within 60 days"
    let difference = AnswerDifference(from: baseline, to: answer, isComplete: false)
    #expect(difference.omissions.isEmpty)
    #expect(difference.additions.map { String(answer[utf8: $0]) } == ["60"])
    #expect(difference.agreement == nil)
    let begun = AnswerDifference(from: "alpha beta gamma", to: "alpha x", isComplete: false)
    #expect(begun.words.pieces.map(\.kind) == [.kept, .added])
    let ended = AnswerDifference(from: baseline, to: answer)
    #expect(ended.omissions == [answer.utf8.count])
    #expect(ended.agreement != nil)
  }

  @Test("Only whole answers that are JSON are compared by value")
  func values() {
    let (old, new) = (#"{"days":30,"a":1}"#, #"{"a":1.0,"days":14}"#)
    #expect(AnswerDifference(from: old, to: new).values?.changes.map(\.path) == [".days"])
    #expect(AnswerDifference(from: old, to: "No.").values == nil)
    #expect(AnswerDifference(from: old, to: new, isComplete: false).values == nil)
  }

  @Test("Kept and added pieces are the answer, kept and removed ones the baseline")
  func roundTrip() {
    var random = SeededRandom(seed: 6)
    let words = [
      "the", "answer", " ", " ", "\n", "\r\n", ".", "日", "é", "e\u{301}", "👩‍👩‍👧", "**", "|",
    ]
    for _ in 0..<300 {
      let texts = (0..<2).map { _ in
        (0..<Int.random(in: 0...40, using: &random)).map { _ in
          words.randomElement(using: &random) ?? ""
        }.joined()
      }
      let difference = AnswerDifference(from: texts[0], to: texts[1])
      let kept = difference.words.pieces.filter { $0.kind != .removed }.map(\.text).joined()
      #expect(kept.hasSameBytes(as: texts[1]))
      let old = difference.words.pieces.filter { $0.kind != .added }.map(\.text).joined()
      #expect(old.hasSameBytes(as: texts[0]))
      // What is marked lies in the answer, in order, and on whole characters of it.
      let added = difference.additions
      #expect(zip(added, added.dropFirst()).allSatisfy { $0.upperBound < $1.lowerBound })
      #expect(added.allSatisfy { $0.upperBound <= texts[1].utf8.count })
      let marked = added.map { String(texts[1][utf8: $0]) }
      let pieces = difference.words.pieces.filter { $0.kind == .added }.map(\.text)
      #expect(zip(marked, pieces).allSatisfy { $0.hasSameBytes(as: $1) })
      #expect(marked.count == pieces.count)
      #expect(difference.isEmpty == texts[0].hasSameBytes(as: texts[1]))

      let partial = AnswerDifference(from: texts[0], to: texts[1], isComplete: false)
      let shown = partial.words.pieces.filter { $0.kind != .removed }.map(\.text).joined()
      #expect(shown.hasSameBytes(as: texts[1]))
    }
  }
}
