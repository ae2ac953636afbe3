import Glibc
import Testing

@testable import Core

@Suite struct RetrievalMetricTests {
  private let relevance = Relevance(grades: ["a": 3, "b": 1, "c": 0, "d": -1, "e": 2])
  private let result = QueryResult(documents: ["c", "b", "x", "a", "d"])

  private func value(_ name: String) throws -> Double {
    try #require(RetrievalMetric(name)).value(of: result, given: relevance)
  }

  @Test func `rankings are measured as trec_eval does it`() throws {
    #expect(try value("recall@2") == 1.0 / 3)
    #expect(try value("recall") == 2.0 / 3)
    #expect(try value("P@4") == 0.5)
    // What a ranking doesn't reach counts as not relevant.
    #expect(try value("P@10") == 0.2)
    #expect(try value("RR") == 0.5)
    #expect(try value("MRR@1") == 0)
    #expect(try value("AP") == (1.0 / 2 + 2.0 / 4) / 3)
    let gain = 1 / Glibc.log2(3.0) + 3 / Glibc.log2(5.0)
    #expect(
      abs(try value("nDCG@10") - gain / (3 + 2 / Glibc.log2(3.0) + 1 / Glibc.log2(4.0))) < 1e-12)
    // At 2 the best that there is counts, not the best that was found.
    #expect(abs(try value("nDCG@2") - 1 / Glibc.log2(3.0) / (3 + 2 / Glibc.log2(3.0))) < 1e-12)
  }

  @Test(arguments: ["nDCG@10", "recall@5", "P@5", "RR", "AP", "IoU", "token-recall"])
  func `nothing relevant, or nothing found, is worth 0`(_ name: String) throws {
    let metric = try #require(RetrievalMetric(name))
    #expect(metric.value(of: result, given: Relevance(grades: ["x": 0])) == 0)
    #expect(metric.value(of: QueryResult(), given: relevance) == 0)
  }

  @Test(arguments: RetrievalMetric.Kind.allCases)
  func `a metric is known by its own name, in any case`(_ kind: RetrievalMetric.Kind) {
    for metric in [RetrievalMetric(kind), RetrievalMetric(kind, at: 10)] {
      #expect(RetrievalMetric(metric.name) == metric)
      #expect(RetrievalMetric(metric.name.lowercased()) == metric)
    }
  }

  @Test(arguments: ["", "nDCG@", "nDCG@0", "recall@x", "F1", "@10", "recall@5@6"])
  func `what is no metric has no value`(_ name: String) {
    #expect(RetrievalMetric(name) == nil)
  }

  @Test func `spans count relevant text once, and text that is given twice twice`() throws {
    let relevance = Relevance(spans: ["a": SpanSet([10..<20, 15..<30]), "b": SpanSet([0..<10])])
    let result = QueryResult(spans: [
      DocumentSpan(document: "a", bytes: 0..<20), DocumentSpan(document: "a", bytes: 10..<25),
      DocumentSpan(document: "c", bytes: 0..<15),
    ])
    func value(_ name: String) throws -> Double {
      try #require(RetrievalMetric(name)).value(of: result, given: relevance)
    }
    #expect(try value("token-recall") == 15.0 / 30)
    #expect(try value("token-precision") == 15.0 / 50)
    #expect(try value("IoU") == 15.0 / (50 + 15))
    #expect(try value("token-recall@1") == 10.0 / 30)
  }

  @Test func `a set of spans joins those that touch`() {
    var set = SpanSet([10..<20, 30..<40, 50..<60])
    set.insert(20..<30)
    set.insert(70..<70)
    #expect(set.spans == [10..<40, 50..<60])
    set.insert(0..<100)
    #expect(set.spans == [0..<100])
    #expect(SpanSet([5..<10, 20..<30]).intersection(with: 8..<25) == [8..<10, 20..<25])
    #expect(SpanSet([5..<10]).intersection(with: 10..<25) == [])
  }

  @Test func `a stretch is as relevant as it was said to be, or the text in it, or its document`() {
    var judgments = Judgments()
    for (document, span, grade) in [
      ("whole", nil, 1), ("poor", nil, 0), ("parts", 10..<20, 1), ("parts", 30..<40, 0),
    ] as [(String, Range<Int>?, Int)] {
      judgments.insert(Judgment(query: "q", document: document, span: span, grade: grade))
    }
    let relevance = judgments.relevance(to: "q") ?? Relevance()
    #expect(relevance.isRelevant(0..<5, of: "whole") == true)
    #expect(relevance.isRelevant(0..<5, of: "poor") == false)
    #expect(relevance.isRelevant(15..<35, of: "parts") == true)
    #expect(relevance.isRelevant(30..<40, of: "parts") == false)
    #expect(relevance.isRelevant(50..<60, of: "parts") == nil)
    #expect(relevance.isRelevant(0..<5, of: "other") == nil)
  }
}
