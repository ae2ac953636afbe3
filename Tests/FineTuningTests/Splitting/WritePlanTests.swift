import Core
import Evaluation
import FineTuning
import RandomSource
import Testing

@Suite struct WritePlanTests {
  private func stored(
    _ number: Int, _ asked: String, _ answer: String = "Yes.", state: ExampleState = .approved,
    tags: [String] = []
  ) -> StoredExample {
    StoredExample(
      number: number,
      example: TrainingExample(messages: [
        TrainingMessage(role: "user", text: asked),
        TrainingMessage(role: "assistant", text: answer),
      ]), state: state, tags: tags,
      lineage: ExampleLineage(source: .file("f", line: number), addedAt: 0), tokens: 10)
  }

  /// Questions that have little in common.
  private func questions(_ count: Int, seed: UInt64 = 1) -> [StoredExample] {
    var random = SeededRandom(seed: seed)
    return (1...count).map { number in
      let words = (0..<12).map { _ in String(random.next() % 46_656, radix: 36) }
      return stored(
        number, words.joined(separator: " "), tags: [number % 10 == 0 ? "rare" : "often"])
    }
  }

  private func assign(
    _ examples: [StoredExample], cases: [String] = [],
    _ change: (inout WriteSettings) -> Void = { _ in }
  ) throws -> WriteAssignment {
    var settings = WriteSettings()
    change(&settings)
    let cases = cases.enumerated().map {
      EvaluationCase(id: "\($0)", inputs: ["question": .string($1)])
    }
    var plan = try #require(WritePlan(settings: settings, cases: NearCases(cases)))
    for example in examples { plan.take(example) }
    return plan.finish()
  }

  private func parts(_ assignment: WriteAssignment) -> [Int?] {
    (0..<assignment.count).map { assignment[$0]?.part }
  }

  @Test func `what must not be trained on is left out, with the reason`() throws {
    let key = "sk-" + "proj-" + String(repeating: "aB3dE5fG7h", count: 5)
    let assignment = try assign(
      [
        stored(1, "What is the capital of the country that lies between the two seas?"),
        stored(2, "May I return a wheel that I have used?", state: .rejected),
        stored(3, "Is it open on Sundays?", state: .pending),
        stored(4, "Here is my key: \(key)"),
        stored(5, "Please answer: how many days do I have to send a wheel back to you?"),
        stored(6, "Draft", tags: ["draft"]),
      ], cases: ["How many days do I have to send a wheel back to you?"]
    ) {
      $0.onlyApproved = true
      $0.weights = ["draft": 0]
    }
    #expect(parts(assignment) == [0, nil, nil, nil, nil, nil])
    #expect(
      assignment.omissions == [
        .rejected: 1, .pending: 1, .secret: 1, .evaluationCase: 1, .weight: 1,
      ])
  }

  @Test func `a case of few words must be all that is asked`() throws {
    let assignment = try assign(
      [stored(1, "Is it open on Sundays?"), stored(2, "My shop is it open, you ask?")],
      cases: ["Is it open", "is it open on sundays"])
    #expect(parts(assignment) == [nil, 0])
  }

  @Test func `examples that are added move no other`() throws {
    let all = questions(500)
    let split = WriteSettings.parts("80/10/10") ?? []
    let before = parts(try assign(Array(all[..<300])) { $0.parts = split })
    let after = parts(try assign(all) { $0.parts = split })
    #expect(Array(after[..<300]) == before)
    for part in 1...2 { #expect((25...75).contains(after.count { $0 == part })) }
    #expect(parts(try assign(all) { ($0.parts, $0.seed) = (split, 2) }) != after)
  }

  @Test func `each tag gets its share of each part`() throws {
    let all = questions(400)
    let assignment = try assign(all) {
      $0.parts = WriteSettings.parts("75/25") ?? []
      $0.stratum = .tags("")
    }
    let validation = (0..<400).filter { assignment[$0]?.part == 1 }
    #expect(validation.count { all[$0].tags == ["rare"] } == 10)
    #expect(validation.count == 100)
  }

  @Test func `what asks the same, or nearly so, is in one part`() throws {
    var examples: [StoredExample] = []
    for question in questions(120, seed: 3) {
      let asked = question.example.input[0].text
      for text in [asked, asked.uppercased(), asked + " please"] {
        examples.append(stored(examples.count + 1, text, "Answer \(examples.count)"))
      }
    }
    for stratum in [nil, WriteSettings.Stratum.source] {
      let found = parts(
        try assign(examples) {
          $0.parts = WriteSettings.parts("70/30") ?? []
          $0.stratum = stratum
        })
      for start in stride(from: 0, to: examples.count, by: 3) {
        #expect(found[start] == found[start + 1])
      }
      // Nothing of a later part is near the first.
      var index = LikenessIndex()
      for (place, example) in examples.enumerated() {
        index.append(
          ExampleFingerprint(example.example), line: place + 1,
          group: found[place] == 0 ? .training : .validation)
      }
      #expect(index.finish().allSatisfy { $0.kind != .leak && $0.kind != .nearLeak })
      #expect(found.contains(1))
    }
  }

  @Test func `a sample is the same for a seed, and mostly so when the set grows`() throws {
    let all = questions(400)
    func sample(_ examples: [StoredExample], seed: UInt64 = 0) throws -> Set<Int> {
      let assignment = try assign(examples) { ($0.sample, $0.seed) = (50, seed) }
      return Set(examples.indices.filter { assignment[$0] != nil })
    }
    let one = try sample(all)
    #expect(one.count == 50)
    #expect(try sample(all) == one)
    #expect(try sample(all, seed: 1) != one)
    #expect(try sample(Array(all[..<360])).intersection(one).count >= 40)
  }

  @Test func `sets are mixed by their shares, as large as they allow`() throws {
    var settings = WriteSettings()
    settings.mix = [70, 30]
    var plan = try #require(WritePlan(settings: settings, cases: NearCases([])))
    for example in questions(200) { plan.take(example, ofSet: 0) }
    for example in questions(60, seed: 9) { plan.take(example, ofSet: 1) }
    let assignment = plan.finish()
    #expect((0..<200).count { assignment[$0] != nil } == 140)
    #expect((200..<260).count { assignment[$0] != nil } == 60)
    #expect(assignment.omissions == [.sample: 60])
  }

  @Test func `weights repeat whole examples`() throws {
    let assignment = try assign(questions(20)) { $0.weights = ["rare": 3] }
    #expect(assignment.lineCounts == [24])
    #expect(assignment[9]?.copies == 3)
  }

  @Test func `a preference file takes pairs alone`() throws {
    let assignment = try assign([stored(1, "Hi")]) { $0.format = .preference }
    #expect(assignment.omissions == [.format: 1])
    #expect(
      WritePlan(
        settings: {
          var s = WriteSettings()
          s.format = .csv
          return s
        }(), cases: NearCases([])) == nil)
  }

  @Test(arguments: ["", "100", "50/40", "0/100", "a/b", "90/10/", "40/30/20/10", "-10/110"])
  func `percentages that are none are refused`(text: String) {
    #expect(WriteSettings.parts(text) == nil)
  }
}
