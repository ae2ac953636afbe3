import Core
import FineTuning
import Testing

@Suite struct LikenessIndexTests {
  private let long =
    "The yellow parcel from Kerlo was delivered with nine days of delay, so we had to refund the order "
    + "and ask the warehouse to check every label before the next truck leaves on Monday morning."

  private func fingerprint(
    _ question: String, _ answer: String, system: String = "Be brief."
  ) -> ExampleFingerprint {
    ExampleFingerprint(
      TrainingExample(
        input: [
          TrainingMessage(role: "system", text: system),
          TrainingMessage(role: "user", text: question),
        ],
        answer: [TrainingMessage(role: "assistant", text: answer)]))
  }

  private func matches(_ fingerprints: [ExampleFingerprint]) -> [LikenessMatch] {
    var index = LikenessIndex()
    for (place, fingerprint) in fingerprints.enumerated() {
      index.append(fingerprint, line: place + 1)
    }
    return index.finish()
  }

  @Test func `case, white space and marks at the ends of words make no difference`() {
    let found = matches([
      fingerprint("Is it  open?", "Yes, in Straße 1."),
      fingerprint("IS IT OPEN", "yes in STRASSE 1"),
    ])
    #expect(found.map(\.kind) == [.duplicate])
    #expect(found.first?.other == 1)
  }

  @Test func `marks in numbers make a difference`() {
    for (a, b) in [("-5", "5"), ("1.5", "15"), ("1.5", "1 5"), ("a+b", "a-b")] {
      #expect(
        matches([fingerprint("How much?", a), fingerprint("How much?", b)]).map(\.kind)
          == [.contradiction])
    }
  }

  @Test func `answers under other system prompts don't contradict`() {
    let found = matches([
      fingerprint("Is it open?", "yes"), fingerprint("Is it open?", "oui", system: "In French."),
    ])
    #expect(found.isEmpty)
  }

  @Test func `a few other words are near, a shared system prompt is not`() {
    let edited = long.replacing("nine", with: "ten")
    #expect(
      matches([fingerprint(long, "ok"), fingerprint(edited, "ok")]).map(\.kind)
        == [.nearDuplicate])
    #expect(
      matches([
        fingerprint("Where is it?", "Here.", system: long),
        fingerprint("Who was that?", "Me.", system: long),
      ]).isEmpty)
  }

  @Test func `short texts are never near`() {
    #expect(matches((0..<50).map { fingerprint("Is it \($0)?", "yes") }).isEmpty)
  }

  @Test func `one template with other values is no duplicate`() {
    let found = matches(
      (0..<60).map { number in
        fingerprint(
          long + " The customer is c\(number * 7919), from t\(number * 104_729), and wants "
            + "p\(number * 1_299_709) in g\(number * 15_485_863).", "k\(number) v\(number * 31)")
      })
    #expect(found.isEmpty)
  }

  @Test func `leaks go from training to what is held out, in whatever order they come`() {
    var index = LikenessIndex()
    index.append(fingerprint("Is it open?", "no"), line: 1, group: .evaluation)
    index.append(fingerprint(long, "no"), line: 2, group: .validation)
    index.append(fingerprint("Is it open?", "yes"), line: 3, group: .training)
    index.append(
      fingerprint(long.replacing("nine", with: "ten"), "yes"), line: 4, group: .training)
    let found = index.finish()
    #expect(found.map(\.kind) == [.leak, .nearLeak])
    #expect(found.map(\.line) == [1, 2])
    #expect(found.map(\.other) == [3, 4])
    #expect(found.map(\.finding.severity) == [.error, .warning])
  }

  @Test func `parts put together are the whole`() {
    let all = [
      fingerprint("a", "b"), fingerprint(long, "x"), fingerprint("a", "b"), fingerprint("a", "c"),
    ]
    var first = LikenessIndex()
    var second = LikenessIndex()
    for (place, one) in all.enumerated() {
      if place < 2 {
        first.append(one, line: place + 1)
      } else {
        second.append(one, line: place + 1)
      }
    }
    first.merge(second)
    #expect(first.finish() == matches(all))
    #expect(first.count == 4)
  }

  @Test func `many equal examples, and many in one bucket, are no more work each`() {
    let equal = matches(Array(repeating: fingerprint(long, "ok"), count: 20_000))
    #expect(equal.count == 19_999)
    #expect(equal.allSatisfy { $0.kind == .duplicate && $0.other == 1 })
    // All are near all others: a list of pairs would have 200 million.
    let near = matches((0..<20_000).map { fingerprint(long, "ok \($0)") })
    #expect(near.count == 19_999)
    #expect(near.allSatisfy { $0.kind == .contradiction })
  }

  @Test func `the nearest example of a case is found`() throws {
    var index = LikenessIndex()
    index.append(fingerprint("Is it open?", "yes"), line: 1)
    index.append(fingerprint(long, "yes"), line: 2)
    let nearest = NearestExamples(in: index)
    let near = try #require(
      nearest.nearest(to: ExampleFingerprint(input: long.replacing("nine", with: "ten"))))
    #expect(near.line == 2)
    #expect(!near.isSame && near.similarity > 0.7 && near.similarity < 1)
    #expect(nearest.nearest(to: ExampleFingerprint(input: "is it open"))?.isSame == true)
    #expect(nearest.nearest(to: ExampleFingerprint(input: "Is it closed?")) == nil)
  }

  @Test func `calls of tools are part of what an answer says`() {
    func calling(_ arguments: String) -> ExampleFingerprint {
      ExampleFingerprint(
        TrainingExample(
          input: [TrainingMessage(role: "user", text: "What is the weather?")],
          answer: [
            TrainingMessage(
              role: "assistant",
              toolCalls: [
                ["id": "1", "function": ["name": "look", "arguments": .string(arguments)]]
              ])
          ]))
    }
    #expect(matches([calling("Rome"), calling("Rome")]).map(\.kind) == [.duplicate])
    #expect(matches([calling("Rome"), calling("Oslo")]).map(\.kind) == [.contradiction])
  }
}
