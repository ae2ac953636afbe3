import Core
import Testing

@testable import Playground

@Suite struct PreferringTests {
  /// Columns that have answered, whose runs are kept.
  static func answered(
    columns: Int = 2, size: Size = Size(width: 105, height: 30), text: String = ""
  ) -> State {
    var state = State.settled(size: size, columns: columns)
    let plans = State.started(by: state.press("ctrl-r"))
    _ = update(
      &state,
      .runsBegan(plans.map { BegunRun(number: $0.number, id: "run-\($0.column)", version: nil) }))
    for column in 0..<columns {
      state.stream(column, .text("Answer of \(column).\(text)"))
      state.stream(column, .finish(.stop), wire: .end(.complete))
    }
    state.focus(on: .column(0))
    return state
  }

  private static func request(in effects: [Effect]) -> PreferenceRequest? {
    effects.lazy.compactMap { if case .readPreferences(let request) = $0 { request } else { nil } }
      .first
  }

  private static func added(by effects: [Effect]) -> [Preference] {
    effects.flatMap { if case .addPreferences(let added) = $0 { added } else { [Preference]() } }
  }

  private static func reading(
    _ request: PreferenceRequest, _ preferences: [Preference] = [], random: UInt64 = 0
  ) -> Event {
    .preferencesRead(
      PreferenceReading(
        request: request,
        preferences: preferences.enumerated().map {
          RecordedPreference(id: "p\($0.offset)", madeAt: Double($0.offset), $0.element)
        }, versionLabels: [:], random: random))
  }

  private static func page(of state: State) -> BlindPage? {
    if case .blind(let page)? = state.overlays.last { page } else { nil }
  }

  // MARK: Remarks

  @Test func `a score is given, given otherwise, and taken back by the same key`() {
    var state = Self.answered()
    #expect(state.press("4") == [.remark(run: "run-0", Remark(score: 4))])
    #expect(state.press("2") == [.remark(run: "run-0", Remark(score: 2))])
    #expect(state.press("2") == [.remark(run: "run-0", Remark())])
    #expect(state.columns[1].remark.isEmpty)
  }

  @Test func `a note and tags are typed on one line each, and change nothing else`() {
    var state = Self.answered()
    state.press("5 + ;")
    state.type("Says thirty days.")
    #expect(
      state.press("enter") == [.remark(run: "run-0", Remark(score: 5, note: "Says thirty days."))])
    #expect(state.press("#") == [.readTags(run: "run-0")])
    _ = update(&state, .tagsRead(["wrong", "short"], run: "run-0"))
    state.type("good, sh")
    state.press("tab")
    let remark = Remark(score: 5, note: "Says thirty days.", tags: ["good", "short"])
    #expect(state.press("enter") == [.remark(run: "run-0", remark)])
    #expect(state.columns[0].remark == remark)
    #expect(state.columns[0].rating == .good)
    state.press(";")
    state.press("ctrl-u")
    #expect(
      state.press("enter") == [.remark(run: "run-0", Remark(score: 5, tags: ["good", "short"]))])
  }

  @Test func `what is not kept gets no remark`() {
    var state = State.settled()
    state.focus(on: .column(0))
    for key in ["1", ";", "#"] {
      #expect(state.press(key).isEmpty)
      #expect(state.overlays.isEmpty && state.notice != nil)
    }
  }

  // MARK: Blind

  @Test func `two answers are shown in an order that chance decides`() throws {
    for random in [UInt64(0), 1] {
      var state = Self.answered()
      let request = try #require(Self.request(in: state.press("B")))
      #expect(request.use == .blind)
      _ = update(&state, Self.reading(request, random: random))
      let page = try #require(Self.page(of: state))
      let order = page.answers.map { $0.view.rows(in: 0..<5).map(\.text).joined() }
      #expect(
        order
          == (random == 0 ? ["Answer of 0.", "Answer of 1."] : ["Answer of 1.", "Answer of 0."]))
      #expect(!page.sentences.joined().contains("model-"))
    }
  }

  @Test func `a pick is kept with both runs and their variants, and then the names are told`()
    throws
  {
    var state = Self.answered()
    let request = try #require(Self.request(in: state.press("B")))
    _ = update(&state, Self.reading(request, random: 1))
    #expect(Self.request(in: state.press("W")) == nil, "the table could tell")
    let effects = state.press("1")
    let preference = try #require(Self.added(by: effects).first)
    #expect(preference.first.run == "run-1" && preference.second.run == "run-0")
    #expect(preference.outcome == .first && preference.judge == .person)
    #expect(preference.first.variant.model == .sample(1))
    #expect(preference.first.variant.version == ContentHash.of(State.samplePrompt))
    let tally = try #require(Self.request(in: effects))
    _ = update(&state, Self.reading(tally, [preference]))
    let page = try #require(Self.page(of: state))
    #expect(page.answers[0].name.contains("model-1"))
    #expect(page.tally.contains("1 won 1, 2 won 0, ties 0"))
    #expect(page.pairsLeft == 0)
    #expect(state.press("2").isEmpty, "a pick is made once")
    state.press("enter")
    #expect(state.overlays.isEmpty)
  }

  @Test func `all pairs come in turn, those of variants that were compared least first`() throws {
    var state = Self.answered(columns: 3)
    var request = try #require(Self.request(in: state.press("B")))
    var picked: [Preference] = []
    for (pick, key) in ["1", "right", "b"].enumerated() {
      if pick == 0 { _ = update(&state, Self.reading(request, random: 4)) }
      let effects = state.press(key)
      picked += Self.added(by: effects)
      request = try #require(Self.request(in: effects))
      _ = update(&state, Self.reading(request, picked, random: 4))
      if pick < 2 { state.press("enter") }
    }
    #expect(Set(picked.map { Set([$0.first.run, $0.second.run]) }).count == 3)
    #expect(picked.map(\.outcome) == [.first, .second, .bothBad])
    #expect(Self.page(of: state)?.pairsLeft == 0)
  }

  @Test func `two that are skipped come last, and nothing is kept of that`() throws {
    var state = Self.answered(columns: 3)
    let request = try #require(Self.request(in: state.press("B")))
    _ = update(&state, Self.reading(request))
    var seen: [Set<Identifier>] = []
    for _ in 0..<3 {
      let page = try #require(Self.page(of: state))
      seen.append(Set(page.answers.map(\.place.side.run)))
      #expect(state.press("s").isEmpty)
    }
    #expect(Set(seen).count == 3)
  }

  @Test func `an answer that comes after Escape opens nothing`() throws {
    var state = Self.answered()
    _ = update(&state, Self.reading(try #require(Self.request(in: state.press("B")))))
    let tally = try #require(Self.request(in: state.press("t")))
    state.press("escape")
    _ = update(&state, Self.reading(tally))
    #expect(state.overlays.isEmpty)
  }

  @Test func `columns that ask the same, or are not kept, can't be compared`() {
    var state = State.settled()
    state.focus(on: .column(0))
    #expect(state.press("B").isEmpty)
    #expect(state.notice?.text.contains("Nothing to compare") == true)
    #expect(state.press("J").isEmpty)
    var same = Self.answered()
    same.columns[1].asked = same.columns[0].asked
    #expect(same.press("B").isEmpty)
  }

  // MARK: Judges

  private static let rubric = "{{question}} {{passages}}\n{{answer_1}}\n{{answer_2}}"

  /// A judge that was asked about the columns.
  private static func judging(_ state: inout State) throws -> [RunPlan] {
    #expect(state.press("J") == [.readRubric])
    _ = update(&state, .rubricRead(try JudgePrompt(rubric, path: "r.prompt")))
    return State.started(by: state.press("enter"))
  }

  private static func answer(
    _ plan: RunPlan, _ text: String, in state: inout State, ending: WireEvent = .end(.complete)
  ) -> [Effect] {
    _ = update(
      &state,
      .stream(
        StreamUpdate(
          number: plan.number, time: 1, wire: .body([]), events: [.text(text), .finish(.stop)])))
    return update(
      &state, .stream(StreamUpdate(number: plan.number, time: 2, wire: ending, events: [])))
  }

  @Test func `a judge is asked in both orders, and told no names`() throws {
    var state = Self.answered()
    let plans = try Self.judging(&state)
    #expect(plans.count == 2)
    let texts = plans.map { $0.request.messages.map(\.text).joined() }
    for text in texts {
      #expect(text.contains("Answer of 0.") && text.contains("Answer of 1."))
      #expect(text.contains("How long?") && !text.contains("model-"))
    }
    let orders = try texts.map { text in
      try #require(text.firstRange(of: "Answer of 0."))
        .lowerBound < #require(text.firstRange(of: "Answer of 1.")).lowerBound
    }
    #expect(orders == [true, false])
    #expect(Self.answer(plans[0], "VERDICT: 2", in: &state).isEmpty)
    let preference = try #require(
      Self.added(by: Self.answer(plans[1], "VERDICT: 1", in: &state)).first)
    #expect(preference.outcome == .second && preference.isConsistent)
    #expect(
      preference.judge == .model(state.models[0], rubric: ContentHash.of(Self.rubric)))
    guard case .judging(let page)? = state.overlays.last else {
      Issue.record("the page is gone")
      return
    }
    #expect(page.isDone && page.lines.contains { $0.text.contains("is better") })
  }

  @Test func `a judge that changes its mind with the order makes a tie, and is told of`() throws {
    var state = Self.answered()
    let plans = try Self.judging(&state)
    _ = Self.answer(plans[0], "VERDICT: 1", in: &state)
    let added = Self.added(by: Self.answer(plans[1], "VERDICT: 1", in: &state))
    #expect(added.map(\.outcome) == [.tie] && added.map(\.isConsistent) == [false])
  }

  @Test func `a judge that doesn't follow the rubric gives no verdict, and the page says so`()
    throws
  {
    var state = Self.answered()
    let plans = try Self.judging(&state)
    _ = Self.answer(plans[0], "I like them both.", in: &state)
    #expect(Self.added(by: Self.answer(plans[1], "VERDICT: 1", in: &state)).isEmpty)
    guard case .judging(let page)? = state.overlays.last else {
      Issue.record("the page is gone")
      return
    }
    #expect(page.lines.contains { $0.text.contains("I like them both.") && $0.kind == .problem })
  }

  @Test func `few questions are asked at once, and Escape stops them`() throws {
    var state = Self.answered(columns: 4)
    var asked = try Self.judging(&state)
    #expect(asked.count == 2)
    let next = State.started(by: Self.answer(asked[0], "VERDICT: TIE", in: &state))
    #expect(next.count == 1)
    asked = [asked[1]] + next
    #expect(state.press("escape") == [.cancelRuns(asked.map(\.number))])
    #expect(state.overlays.isEmpty)
    #expect(Self.answer(asked[0], "VERDICT: TIE", in: &state).isEmpty)
  }
}

extension State {
  /// A page that compares answers, with more on it than there is room for, in its middle.
  static func comparing(_ scope: Scope, _ lines: String) -> State {
    var state = PreferringTests.answered(columns: 8, text: lines)
    switch scope {
    case .judging:
      if let rubric = try? JudgePrompt("{{answer_1}} {{answer_2}}", path: "r.prompt") {
        _ = update(&state, .rubricRead(rubric))
      }
      state.press("enter")
    default:
      let use: PreferenceRequest.Use = scope == .blind ? .blind : .wins
      let pairs = scope == .blind ? [] : state.comparablePairs
      let preferences = pairs.enumerated().map { number, pair in
        RecordedPreference(
          id: "p\(number)", madeAt: 0,
          Preference(
            first: pair.first.side, second: pair.second.side, outcome: .tie,
            judge: .model(.sample(number), rubric: "ab")))
      }
      _ = update(
        &state,
        .preferencesRead(
          PreferenceReading(
            request: state.preferenceRequest(for: use), preferences: preferences,
            versionLabels: [:], random: 0)))
    }
    state.press("page-down")
    return state
  }
}
