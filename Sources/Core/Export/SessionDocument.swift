// A session as a document: its moments in the order of its tree, in each what changed, what was given
// and what was answered. It takes only what a person wrote or a model answered, never a stream or a
// request's headers; in which words and signs it is written is its writers' matter.

/// A session to be read from its beginning to its end.
public struct SessionDocument: Hashable, Sendable {
  public let session: Session
  /// What one key started, each behind what it was made from, and a line of work in one piece.
  public let moments: [Moment]
  /// Of all runs that are shown.
  public let runCount: Int
  public let cost: Cost
  /// When the first and the last moment began, in words for a reader; empty without moments.
  public let span: String

  /// A moment as a chapter.
  public struct Moment: Hashable, Sendable {
    public var id: Identifier
    /// From 1; the document's own.
    public var number: Int
    /// That of the moment that it was made from; nil for a root.
    public var parent: Int?
    /// The branches that name it.
    public var names: [String]
    /// When it began, in seconds since 1970.
    public var startedAt: Double
    /// The same in words for a reader.
    public var started: String
    public var promptPath: String?
    public var promptText: String
    /// How the prompt differs from its parent's; empty where it doesn't, and for a root.
    public var promptChanges: [DiffLine]
    /// Sorted by name; those that are as in its parent left out.
    public var inputs: [Input]
    public var passages: [GivenPassage]
    public var answers: [Answered]
    /// What was preferred among its answers, a sentence each.
    public var preferences: [String]
  }

  public struct Input: Hashable, Sendable {
    public var name: String
    /// Nil for one that is no longer there.
    public var value: String?
  }

  public struct GivenPassage: Hashable, Sendable {
    public var label: String
    public var text: String
    /// The moment in which its text stood already; nil where it is to be shown.
    public var shownIn: Int?
  }

  public struct Answered: Hashable, Sendable {
    /// `A`, `B2`, `A step 2`.
    public var name: String
    /// The model and its parameters.
    public var title: String
    /// How it ended, and what it took: `stop · 2.1s · 14 in, 2 out · $0.0003`.
    public var facts: String
    /// What a person thinks of it: `good · 4/5 · #short · It says thirty days.`
    public var opinion: String
    public var answer: Answer
    /// What a person made of it; nil where it stayed as it came.
    public var correction: String?
  }

  /// May take long: prompts are compared.
  ///
  /// - Parameters:
  ///   - runs: in any order; their streams aren't looked at.
  ///   - time: how a point in time, in seconds since 1970, reads.
  public init(
    _ session: Session, runs: [RecordedRun], branches: [Branch] = [],
    preferences: [RecordedPreference] = [], time: (Double) -> String
  ) {
    self.session = session
    runCount = runs.count
    cost = runs.map { Cost(of: $0.answer, at: $0.run.knownPrice) }.reduce(.zero, +)
    let tree = SessionTree(session, runs: runs, branches: branches)
    let ends = [tree.moments.last, tree.moments.first].compactMap { $0 }
    let times = ends.map { time($0.startedAt) }
    span = times.first == times.last ? times.first ?? "" : times.joined(separator: " – ")
    let recorded = Dictionary(runs.map { ($0.run.id, $0) }) { first, _ in first }
    var numbers: [Identifier: Int] = [:]
    var firstShown: [String: Int] = [:]
    var moments: [Moment] = []
    for place in tree.readingOrder {
      let node = tree.moments[place]
      let runs = node.runs.compactMap { recorded[$0.id] }
      let before = tree.parent(of: place).map {
        tree.moments[$0].runs.compactMap { recorded[$0.id] }
      }
      guard let first = runs.first?.run else { continue }
      let number = moments.count + 1
      numbers[node.id] = number
      let passages = Self.passages(of: runs, in: number, firstShown: &firstShown)
      moments.append(
        Moment(
          id: node.id, number: number, parent: node.parent.flatMap { numbers[$0] },
          names: tree.names(of: place),
          startedAt: node.startedAt, started: time(node.startedAt), promptPath: first.promptPath,
          promptText: first.promptText,
          promptChanges: Self.changes(from: before?.first?.run, to: first),
          inputs: Self.inputs(of: first, after: before?.first?.run), passages: passages,
          answers: Self.answers(runs), preferences: Self.sentences(of: preferences, about: runs)))
    }
    self.moments = moments
  }

  private static func changes(from before: Run?, to run: Run) -> [DiffLine] {
    guard let before, before.promptText != run.promptText else { return [] }
    return WordDiff(from: before.promptText, to: run.promptText).lines(context: 3)
  }

  private static func inputs(of run: Run, after before: Run?) -> [Input] {
    let names = Set(run.inputs.keys).union(before?.inputs.keys.map { $0 } ?? []).sorted()
    return names.compactMap { name in
      guard let before else { return Input(name: name, value: run.inputs[name]) }
      return run.inputs[name] == before.inputs[name]
        ? nil : Input(name: name, value: run.inputs[name])
    }
  }

  /// Those of all columns, each once.
  private static func passages(
    of runs: [RecordedRun], in number: Int, firstShown: inout [String: Int]
  ) -> [GivenPassage] {
    var seen: Set<String> = []
    return runs.flatMap(\.run.request.passages).compactMap { passage in
      let key = passage.label + "\n" + passage.text
      guard seen.insert(key).inserted else { return nil }
      let shown = firstShown[key]
      if shown == nil { firstShown[key] = number }
      return GivenPassage(label: passage.label, text: passage.text, shownIn: shown)
    }
  }

  private static func answers(_ runs: [RecordedRun]) -> [Answered] {
    let columns = Array(Set(runs.map(\.run.column))).sorted()
    return runs.map { recorded in
      let (run, answer) = (recorded.run, recorded.answer)
      let place = columns.firstIndex(of: run.column) ?? 0
      var name = place < 26 ? String(UnicodeScalar(UInt8(65 + place))) : "\(place + 1)"
      if let repetition = run.repetition { name += "\(repetition)" }
      if let step = run.step { name += " step \(step)" }
      let title = [
        run.variant?.name ?? "", run.request.model.description, run.request.parameters.line,
      ]
      return Answered(
        name: name, title: title.filter { !$0.isEmpty }.joined(separator: " · "),
        facts: facts(of: answer, at: run.knownPrice),
        opinion: [recorded.rating?.word ?? "", recorded.remark.words].filter { !$0.isEmpty }
          .joined(separator: " · "),
        answer: answer, correction: recorded.corrections.last?.text)
    }
  }

  private static func facts(of answer: Answer, at price: Price?) -> String {
    let figures = RunFigures(of: answer, cost: Cost(of: answer, at: price))
    let sign = figures.usage.isEstimated ? "≈" : ""
    let facts = [
      answer.finishReason?.words ?? "streaming",
      answer.timing.total > 0 ? Numbers.duration(answer.timing.total) : "",
      "\(sign)\(Numbers.grouped(figures.usage.inputTokens)) tokens in, "
        + "\(sign)\(Numbers.grouped(figures.usage.outputTokens)) out",
      figures.cost.map { Numbers.total($0) } ?? "",
    ]
    return facts.filter { !$0.isEmpty }.joined(separator: " · ")
  }

  private static func sentences(
    of preferences: [RecordedPreference], about runs: [RecordedRun]
  ) -> [String] {
    let names = Dictionary(
      zip(runs.map(\.run.id), answers(runs).map(\.name)), uniquingKeysWith: { first, _ in first })
    let sentences = preferences.map(\.preference).compactMap { preference -> String? in
      guard let first = names[preference.first.run] else { return nil }
      let second = names[preference.second.run] ?? "an answer of another moment"
      let judge =
        switch preference.judge {
        case .person: "a person"
        case .model(let model, _): "\(model)"
        }
      return switch preference.outcome {
      case .first: "\(judge) preferred \(first) to \(second)."
      case .second: "\(judge) preferred \(second) to \(first)."
      case .tie: "To \(judge), \(first) was as good as \(second)."
      case .bothBad: "To \(judge), neither \(first) nor \(second) would do."
      }
    }
    return sentences.map { $0.prefix(1).uppercased() + $0.dropFirst() }
  }
}

extension SessionTree {
  /// A tree of runs that are at hand, none pruned.
  init(_ session: Session, runs: [RecordedRun], branches: [Branch]) {
    let sorted = runs.sorted { ($0.run.startedAt, $0.run.id) < ($1.run.startedAt, $1.run.id) }
    self.init(
      session,
      runs: sorted.map { recorded in
        let run = recorded.run
        return Core.Moment.Run(
          id: run.id, parent: run.parent, batch: run.batch, startedAt: run.startedAt,
          column: run.column, step: run.step, model: run.request.model,
          finishReason: recorded.answer.finishReason, rating: recorded.rating,
          remark: recorded.remark)
      },
      branches: branches)
  }

  /// The places of the moments as a reader goes through them: oldest first, and what was made from a
  /// moment right behind it.
  var readingOrder: [Int] {
    var order: [Int] = []
    // Children stand newest first, so that the oldest is taken next.
    var open = moments.indices.filter { parent(of: $0) == nil }
    while let place = open.popLast() {
      order.append(place)
      open += children(of: place)
    }
    return order
  }
}
