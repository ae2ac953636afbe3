import Core

@testable import Playground

// A playground to try things on: a prompt with a question, an index, and columns; and words for what
// a person does with it.

extension State {
  static let samplePrompt = """
    {{role "system"}}
    Answer from the passages.
    {{#each passages}}[{{index}}] {{text}}{{/each}}
    {{question}}
    """

  /// A playground that has asked for nothing yet.
  static func sample(
    size: Size = Size(width: 105, height: 30), prompt: String = samplePrompt,
    inputs: [String: String] = ["question": "How long?"], index: String? = "docs",
    columns: Int = 2, keys: KeyBindings = .emacs
  ) -> State {
    State(
      size: size,
      draft: Draft(
        name: "sample", promptText: prompt, inputs: inputs,
        models: (0..<columns).map { .sample($0) }, index: index),
      models: (0..<8).map { .sample($0) }, defaults: [.extractive], retrieval: RetrievalSettings(),
      keys: keys)
  }

  /// A playground whose passages have come.
  static func settled(
    size: Size = Size(width: 105, height: 30), passages: Int = 3, columns: Int = 2
  ) -> State {
    var state = sample(size: size, columns: columns)
    let effects = state.start()
    for case .search(let request) in effects {
      _ = update(&state, .passagesFound(.sample(request.number, count: passages)))
    }
    return state
  }

  /// Presses keys by their names, and gives what the last one asked for.
  @discardableResult
  mutating func press(_ names: String) -> [Effect] {
    var effects: [Effect] = []
    for key in names.split(separator: " ").compactMap({ Key(name: String($0)) }) {
      effects = update(&self, .input(.key(key)))
    }
    return effects
  }

  /// Types a text, character by character.
  mutating func type(_ text: String) {
    for character in text {
      _ = update(&self, .input(.key(Key(character == "\n" ? .enter : .character(character)))))
    }
  }

  @discardableResult
  mutating func take(_ input: Input) -> [Effect] { update(&self, .input(input)) }

  /// Tells what streams say, in the column of that place.
  @discardableResult
  mutating func stream(
    _ column: Int, _ events: StreamEvent..., wire: WireEvent = .body([]), at time: Double = 10
  ) -> [Effect] {
    let number = columns[column].run ?? -1
    return update(
      &self, .stream(StreamUpdate(number: number, time: time, wire: wire, events: events)))
  }

  /// The runs that an update asked to start.
  static func started(by effects: [Effect]) -> [RunPlan] {
    effects.reduce(into: []) { if case .startRuns(let plans) = $1 { $0 += plans } }
  }

  /// The recordings that it asked to play.
  static func replays(in effects: [Effect]) -> [ReplayPlan] {
    effects.reduce(into: []) { found, effect in
      if case .play(let plans) = effect { found += plans }
      if case .playNext(let plan) = effect { found.append(plan) }
    }
  }

  /// The streams that it asked to be looked at.
  static func examinations(in effects: [Effect]) -> [WireExamination] {
    effects.reduce(into: []) {
      if case .examineWire(let examination) = $1 { $0.append(examination) }
    }
  }

  static func searches(in effects: [Effect]) -> [SearchRequest] {
    effects.reduce(into: []) { if case .search(let request) = $1 { $0.append(request) } }
  }

  /// The wire view, when it is on top.
  var wireView: WireView? { if case .wire(let view)? = overlays.last { view } else { nil } }

  /// The list on top.
  var picker: Picker? { if case .picker(let picker)? = overlays.last { picker } else { nil } }
}

extension ModelReference {
  static func sample(_ number: Int) -> ModelReference {
    ModelReference(provider: "local", model: "model-\(number)")
  }
}

extension Passage {
  static func sample(
    _ number: Int, text: String = "You have thirty days.", tokens: Int = 100
  ) -> Passage {
    Passage(
      id: Int64(number), source: "docs/file-\(number).md", headings: ["Heading"],
      bytes: 0..<text.utf8.count, lines: number + 1...number + 3, text: text,
      score: 10 - Double(number),
      standings: [.bm25: Standing(rank: number + 1, score: 10 - Double(number))], matches: [4..<8],
      tokens: tokens)
  }
}

extension SearchResult {
  /// - Parameter cut: passages that fit no budget.
  static func sample(_ number: Int, count: Int = 3, cut: Int = 0) -> SearchResult {
    SearchResult(
      number: number,
      passages: (0..<count).map { .sample($0) }
        + (count..<count + cut).map { .sample($0, tokens: 100_000) },
      queries: ["How long?"], indexSize: 62)
  }
}

extension RecordedRun {
  static func sample(_ number: Int, text: String = "An answer.") -> RecordedRun {
    var answer = Answer(estimatedInputTokens: 12)
    answer.apply(.text(text), at: 5)
    answer.apply(.finish(.stop), at: 9)
    return RecordedRun(
      run: Run(
        id: "run-\(number)", session: "session", startedAt: 1000, column: number,
        promptText: "Was: {{question}}", promptPath: nil, inputs: ["question": "Before?"],
        request: CompletionRequest(
          model: .sample(number), messages: [Message(role: .user, text: "Was: Before?")],
          question: "Before?", passages: [.sample(7)])),
      events: [
        TimedWireEvent(time: 0, event: .head(status: 200, contentType: "text/event-stream")),
        TimedWireEvent(time: 9, event: .end(.complete)),
      ], answer: answer)
  }
}
