import Core
import Evaluation
import Foundation
import RandomSource
import Testing

@testable import Grading

// The measures of overlap and of agreement against programs that nobody here wrote: NLTK, rouge-score,
// RapidFuzz, statsmodels and scikit-learn. WHET_TEST_METRICS names a Python that has them.

private let python = ProcessInfo.processInfo.environment["WHET_TEST_METRICS"]

@Suite(
  "Reference measures",
  .enabled(if: python != nil, "WHET_TEST_METRICS is not set: measures are not compared"))
struct GradingReferenceTests {
  private static let overlap = """
    import json, math, sys
    from collections import Counter
    from nltk.tokenize import TreebankWordTokenizer
    from nltk.translate.bleu_score import sentence_bleu, modified_precision
    from nltk.translate.gleu_score import sentence_gleu
    from nltk.util import ngrams
    from rapidfuzz.distance import Levenshtein
    from rouge_score import rouge_scorer
    words = TreebankWordTokenizer()
    class Tokenizer:
        def tokenize(self, text): return words.tokenize(text)
    scorer = rouge_scorer.RougeScorer(["rouge1", "rouge2"], tokenizer=Tokenizer())
    # promptfoo's smoothing: a precision of 0 is 1e-7.
    def smooth(p_n, **_): return [max(float(p), 1e-7) for p in p_n]
    def bleu(text, references):
        text, references = text.lower().split(), [r.lower().split() for r in references]
        if not text: return 0
        # Without a word in common NLTK gives 0 before it smoothes.
        if modified_precision(references, text, 1).numerator == 0: return None
        return sentence_bleu(references, text, smoothing_function=smooth)
    def gleu(text, references):
        cut = lambda t: [w.rstrip(".") for w in t.lower().split()]
        return sentence_gleu([cut(r) for r in references], cut(text))
    results = []
    for text, one, two in json.load(open(sys.argv[1])):
        rouge = scorer.score(one, text)
        results.append([
            words.tokenize(text), rouge["rouge1"].recall, rouge["rouge2"].recall,
            bleu(text, [one]), bleu(text, [one, two]), gleu(text, [one, two]),
            Levenshtein.distance(text, one)])
    print(json.dumps(results))
    """

  private static let words = [
    "the", "cat", "The", "dog", "sat", "on", "mat.", "mat", "don't", "can't", "they'll", "cannot",
    "\"quoted", "word\"", "(in", "brackets)", "$3.88", "1,000", "a,b", "time:", "it's", "dogs'",
    "...", "U.S.", "café", "naïve", "—", "gonna", "e.g.", "100%", "what?", "Yes!", "x--y", "wanna",
    "go", "more", "over", "'tis", "``so''", "end.", "Mr.", "and", "and", "the", "a", "of",
  ]

  @Test func `overlap and distance are those of the references`() throws {
    var random = SeededRandom(seed: 8)
    func text(_ range: ClosedRange<Int>) -> String {
      (0..<Int.random(in: range, using: &random)).map { _ in
        Self.words.randomElement(using: &random) ?? ""
      }.joined(separator: " ")
    }
    /// Some words of a text left out, changed or doubled.
    func changed(_ text: String) -> String {
      text.split(separator: " ").flatMap { word -> [Substring] in
        switch Int.random(in: 0..<8, using: &random) {
        case 0: []
        case 1: [word, word]
        case 2: [Substring(Self.words.randomElement(using: &random) ?? "")]
        default: [word]
        }
      }.joined(separator: " ")
    }
    let triples = (0..<500).map { number in
      let one = text(1...25)
      return [number % 5 == 0 ? text(0...25) : changed(one), one, text(1...25)]
    }
    let results = try Self.run(
      Self.overlap, .array(triples.map { .array($0.map(JSON.string)) }))
    try #require(results.count == triples.count)
    var compared = 0
    for (triple, result) in zip(triples, results) {
      let (text, one, two) = (triple[0], triple[1], triple[2])
      let expected = try #require(result.array)
      #expect(
        TreebankWords.words(of: text).map { JSON.string(String($0)) } == expected[0].array,
        "\(text)")
      let own: [Double] = [
        NGramOverlap.rouge(text, reference: one), NGramOverlap.rouge(text, reference: one, n: 2),
        NGramOverlap.bleu(text, references: [one]),
        NGramOverlap.bleu(text, references: [one, two]),
        NGramOverlap.gleu(text, references: [one, two]),
      ]
      for (value, reference) in zip(own, expected[1...5]) {
        guard let reference = reference.double else {
          #expect(value < 1e-6)
          continue
        }
        compared += 1
        #expect(abs(value - reference) < 1e-9, "\(text) / \(one) / \(two)")
      }
      let distance = try #require(expected[6].integer)
      #expect(Levenshtein.distance(text, one, atMost: 1000) == distance)
      #expect(Levenshtein.distance(text, one, atMost: distance) == distance)
      if distance > 0 {
        #expect(Levenshtein.distance(text, one, atMost: distance - 1) == nil)
      }
    }
    #expect(compared > 2000)
  }

  private static let agreement = """
    import json, sys
    import numpy as np
    from sklearn.metrics import cohen_kappa_score
    from statsmodels.stats.inter_rater import cohens_kappa
    results = []
    for table in json.load(open(sys.argv[1])):
        pairs = [(i, j) for i, row in enumerate(table) for j, n in enumerate(row) for _ in range(n)]
        labels = list(range(len(table)))
        for weights in (None, "linear", "quadratic"):
            kappa = cohens_kappa(np.array(table), wt=weights)
            again = cohen_kappa_score(
                [p[0] for p in pairs], [p[1] for p in pairs], labels=labels, weights=weights)
            results.append([float(kappa.kappa), float(kappa.std_kappa), float(again)])
    print(json.dumps(results))
    """

  @Test func `kappa and its error are those of statsmodels and scikit-learn`() throws {
    var random = SeededRandom(seed: 9)
    let tables = (0..<60).map { number in
      let size = 2 + number % 5
      return (0..<size).map { row in
        (0..<size).map { column in
          Int.random(in: 1...12, using: &random)
            + (row == column ? Int.random(in: 0...40, using: &random) : 0)
        }
      }
    }
    let results = try Self.run(
      Self.agreement, .array(tables.map { .array($0.map { .array($0.map(JSON.integer)) }) }))
    let own = tables.flatMap { table in
      Kappa.Weights.allCases.map { Kappa(table: table, weights: $0) }
    }
    try #require(own.count == results.count)
    for (kappa, result) in zip(own, results) {
      let kappa = try #require(kappa)
      let expected = try #require(result.array).compactMap(\.double)
      #expect(abs(kappa.estimate - expected[0]) < 1e-9)
      #expect(abs(kappa.standardError - expected[1]) < 1e-9)
      #expect(abs(kappa.estimate - expected[2]) < 1e-9)
    }
  }

  /// What a script prints about an input: a list.
  private static func run(_ script: String, _ input: JSON) throws -> [JSON] {
    let file = FileManager.default.temporaryDirectory
      .appending(path: "whet-measures-\(UUID().uuidString).json")
    try input.text.write(to: file, atomically: true, encoding: .utf8)
    defer { try? FileManager.default.removeItem(at: file) }
    let process = Process()
    process.executableURL = URL(filePath: try #require(python))
    process.arguments = ["-c", script, file.path]
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let printed = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    try #require(process.terminationStatus == 0)
    return try #require(try JSON(parsing: Array(printed)).array)
  }
}
