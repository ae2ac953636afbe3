import Core
import Evaluation
import Testing

@testable import Grading

@Suite struct OverlapGraderTests {
  private let grader = Grader.plain

  @Test func `the distance counts letters`() {
    #expect(Levenshtein.distance("kitten", "sitting", atMost: 5) == 3)
    #expect(Levenshtein.distance("kitten", "sitting", atMost: 3) == 3)
    #expect(Levenshtein.distance("kitten", "sitting", atMost: 2) == nil)
    #expect(Levenshtein.distance("", "abc", atMost: 3) == 3)
    #expect(Levenshtein.distance("abc", "", atMost: 2) == nil)
    #expect(Levenshtein.distance("", "", atMost: 0) == 0)
    #expect(Levenshtein.distance("same", "same", atMost: 0) == 0)
    #expect(Levenshtein.distance("ab", "ba", atMost: 9) == 2)
  }

  @Test func `levenshtein takes five letters where nothing is said`() throws {
    #expect(try grader.passes(Assertion("levenshtein", "hello"), "help"))
    #expect(try !grader.passes(Assertion("levenshtein", "hello"), "something else"))
    #expect(try !grader.passes(Assertion("levenshtein", "hello", threshold: 0), "help"))
  }

  @Test func `words are cut as the Penn Treebank does`() {
    #expect(
      TreebankWords.words(of: "They'll say \"don't (stop)\", won't they? It's $3.88.")
        == [
          "They", "'ll", "say", "``", "do", "n't", "(", "stop", ")", "''", ",", "wo", "n't",
          "they", "?", "It", "'s", "$", "3.88", ".",
        ])
  }

  @Test func `rouge-n is the share of the reference's words`() throws {
    let reference = "police killed the gunman"
    #expect(NGramOverlap.rouge("police kill the gunman", reference: reference) == 0.75)
    #expect(NGramOverlap.rouge("police kill the gunman", reference: reference, n: 2) == 1.0 / 3)
    #expect(NGramOverlap.rouge("the the the", reference: "the cat the") == 2.0 / 3)
    #expect(NGramOverlap.rouge("", reference: reference) == 0)
    let result = try grader.result(Assertion("rouge-n", .string(reference)), answer(reference))
    #expect(result.passed && result.score == 1)
    let negated = try grader.result(
      Assertion("rouge-n", .string(reference), not: true), answer("police kill the gunman"))
    #expect(!negated.passed && negated.score == 0.25)
  }

  @Test func `bleu is the one of the paper`() throws {
    // The second example of Papineni et al.: precisions 17/18, 10/17, 7/16 and 4/15.
    let references = [
      "It is a guide to action that ensures that the military will forever heed Party commands",
      "It is the guiding principle which guarantees the military forces always being under the "
        + "command of the Party",
      "It is the practical guide for the army always to heed the directions of the party",
    ]
    let text =
      "It is a guide to action which ensures that the military always obeys the commands of the "
      + "party"
    let score = NGramOverlap.bleu(text, references: references)
    #expect(abs(score - 0.5045666840058485) < 1e-12)
    #expect(NGramOverlap.bleu(text, references: [text]) == 1)
    #expect(NGramOverlap.bleu("", references: references) == 0)
    #expect(NGramOverlap.bleu("a b c d", references: ["a b c d e f g h"]) < 0.4)
    #expect(try grader.passes(Assertion("bleu", .string(text)), text))
  }

  @Test func `gleu is the smaller of precision and recall`() {
    // Runs of "the cat sat": six, of "the cat": three, all of them shared.
    #expect(NGramOverlap.gleu("the cat", references: ["The cat sat."]) == 0.5)
    #expect(NGramOverlap.gleu("the cat sat", references: ["the cat"]) == 0.5)
    #expect(NGramOverlap.gleu("a dog", references: ["the cat", "a dog."]) == 1)
  }
}
