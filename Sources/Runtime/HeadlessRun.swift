import Core
import Playground

// The playground's ^R with no screen: the same searches, the same requests, the same answers.

/// A prompt with its inputs, ready to be asked of one or more models.
public struct HeadlessRun {
  /// A run that has ended.
  public struct Finished {
    public var request: CompletionRequest
    public var answer: Answer
    public var cost: Cost
    /// What went over the wire; empty unless that is kept.
    public var wire: [TimedWireEvent]
    /// How the step is called that it is; empty for a prompt that is no chain.
    public var step = ""
    /// Of a chain, the steps before it.
    public var earlierSteps: [Finished] = []
    /// Why a chain ended before its last step, as a sentence.
    public var problem: String?
  }

  private let host: any Host
  private let prompt: PromptFile
  private let promptText: String
  private let promptPath: String?
  /// Those of the case under those that were given by name.
  private let values: [String: JSON]
  /// The passages that the case brings along; nil for those of a search.
  private let givenPassages: [Passage]?
  private let index: String?
  private let parent: Identifier?
  private let retrieval: RetrievalSettings
  private let catalog: ModelCatalog
  private let keepsWire: Bool

  /// - Parameters:
  ///   - inputs: values by their variables; they stand above the case's.
  ///   - testCase: values for variables, and perhaps the passages in place of the index's.
  ///   - passages: those of an earlier run, in place of any others; nil for none.
  ///   - parent: the run that this one is made from; nil for none.
  ///   - keepsWire: whether a run is told of with all that went over the wire for it, and then only
  ///     once that has ended: usage and the end come after the answer.
  public init(
    host: any Host, prompt: PromptFile, promptText: String, promptPath: String?,
    inputs: [String: String], testCase: DatasetCase? = nil, passages: [Passage]? = nil,
    index: String?, retrieval: RetrievalSettings, parent: Identifier? = nil,
    catalog: ModelCatalog = ModelCatalog(), keepsWire: Bool = false
  ) {
    self.keepsWire = keepsWire
    self.host = host
    self.prompt = prompt
    self.promptText = promptText
    self.promptPath = promptPath
    var values: [String: JSON] = [:]
    for member in testCase?.values.members ?? [] where member.name != "passages" {
      values[member.name] =
        member.value.string.map { prompt.value(ofInput: $0, for: member.name) }
        ?? member.value
    }
    for (name, text) in inputs { values[name] = prompt.value(ofInput: text, for: name) }
    self.values = values
    givenPassages = passages ?? testCase?.values["passages"].flatMap(Passage.given)
    self.parent = parent
    self.index = index
    self.retrieval = retrieval
    self.catalog = catalog
  }

  /// Searches, fills in the prompt, and asks every model at once.
  ///
  /// Throws a sentence when there is nothing to ask: a missing variable, an index that isn't there.
  ///
  /// - Parameters:
  ///   - interruption: cancels the runs when it comes.
  ///   - onBegin: before the first text of each model, in the order of the models.
  ///   - onText: each piece of an answer; the answers come one after the other.
  ///   - onEnd: after the last text of each.
  ///   - onNotice: what else there is to say, such as that nothing can be kept.
  /// - Returns: whether any run failed.
  public func start(
    models: [ModelReference], interruption: Interruption, onText: (String) -> Void,
    onBegin: (ModelReference) -> Void, onEnd: (Finished) -> Void, onNotice: (Notice) -> Void
  ) throws -> Bool {
    guard let passages = try search(interruption) else { return true }
    var lanes = try plans(for: models, passages: passages).map {
      Lane(plan: $0, chain: StepChain(prompt), answer: catalog.emptyAnswer(to: $0.request))
    }
    for lane in lanes { warnBefore(lane, onNotice) }
    for mismatch in prompt.mismatches(of: values) { onNotice(Notice(.warning, mismatch)) }
    host.perform([.startRuns(lanes.map(\.plan))])
    var nextNumber = lanes.count
    var shown = 0
    var hasBegun = false
    var printed = 0
    while shown < lanes.count {
      for event in host.events() {
        switch event {
        case .stream(let update):
          guard let index = lanes.firstIndex(where: { $0.plan.number == update.number }) else {
            break
          }
          lanes[index].take(update, keepsWire: keepsWire)
          if case .retry(let retry)? = update.wire {
            tell(of: retry, lanes[index].plan.request.model, onNotice)
          }
          guard case .end(let ending)? = update.wire else { break }
          let finished = finished(lanes[index])
          if let plan = lanes[index].advance(
            finished, after: ending, number: nextNumber, values: values, found: passages)
          {
            warnAfter(finished, onNotice)
            nextNumber += 1
            lanes[index].answer = catalog.emptyAnswer(to: plan.request)
            warnBefore(lanes[index], onNotice)
            host.perform([.startRuns([plan])])
          }
        case .noticed(let notice): onNotice(notice)
        default: break
        }
      }
      // What isn't the turn of yet waits, so that answers don't mix.
      while shown < lanes.count {
        let lane = lanes[shown]
        if !hasBegun {
          onBegin(models[shown])
          hasBegun = true
        }
        // Of a chain, the last answer is what was asked for.
        let text = lane.isAtLastStep ? lane.answer.text : ""
        if text.utf8.count > printed {
          onText(String(text[utf8: printed..<text.utf8.count]))
          printed = text.utf8.count
        }
        guard lane.isFinished(withWire: keepsWire) else { break }
        let finished = finished(lane)
        onEnd(finished)
        warnAfter(finished, onNotice)
        shown += 1
        hasBegun = false
        printed = 0
      }
      guard shown < lanes.count else { break }
      host.wait(for: [interruption.descriptor], milliseconds: nil)
      if interruption.hasCome { host.perform([.cancelRuns(lanes.map(\.plan.number))]) }
    }
    drain(onNotice: onNotice)
    return !lanes.allSatisfy(\.isSuccess)
  }

  /// A command that waits in silence looks like one that hangs.
  private func tell(of retry: Retry, _ model: ModelReference, _ onNotice: (Notice) -> Void) {
    guard retry.delay > 0 else { return }
    let next = "Try \(retry.attempt + 1) of \(retry.attemptLimit)"
    onNotice(
      Notice(
        .warning, "\(model): \(retry.reason) \(next) follows in \(WireTime.span(retry.delay))."))
  }

  /// What there is to tell of a run, which may still stream.
  private func finished(_ lane: Lane) -> Finished {
    let price = catalog.profile(of: lane.plan.request.model).price
    return Finished(
      request: lane.plan.request, answer: lane.answer, cost: Cost(of: lane.answer, at: price),
      wire: lane.wire, step: lane.chain.label, earlierSteps: lane.earlierSteps,
      problem: lane.problem)
  }

  private func warnBefore(_ lane: Lane, _ onNotice: (Notice) -> Void) {
    warn(of: lane.plan.request, onNotice) { window in
      window.warning(
        promptTokens: lane.answer.usage.inputTokens,
        answerLimit: lane.plan.request.parameters.maxTokens)
    }
  }

  private func warnAfter(_ finished: Finished, _ onNotice: (Notice) -> Void) {
    warn(of: finished.request, onNotice) { $0.warning(after: finished.answer.usage) }
  }

  /// Says what there is to say of a request's window.
  private func warn(
    of request: CompletionRequest, _ onNotice: (Notice) -> Void,
    _ warning: (ContextWindow) -> String?
  ) {
    let profile = catalog.profile(of: request.model)
    let sentence = ContextWindow(of: request.parameters, profile: profile).flatMap(warning)
    if let sentence { onNotice(Notice(.warning, "\(request.model): \(sentence)")) }
  }

  /// Usage may come after the end; the store takes it in while the host still has something to do.
  private func drain(onNotice: (Notice) -> Void) {
    while !host.isIdle {
      for case .noticed(let notice) in host.events() { onNotice(notice) }
      if !host.isIdle { host.wait(for: [], milliseconds: 50) }
    }
  }

  /// Nil when it was interrupted.
  private func search(_ interruption: Interruption) throws -> [Passage]? {
    if let givenPassages { return givenPassages }
    guard let index else { return [] }
    let question = prompt.question(values: values)
    host.perform([
      .search(SearchRequest(number: 0, query: question, index: index, retrieval: retrieval))
    ])
    while true {
      for event in host.events() {
        switch event {
        case .passagesFound(let result):
          return result.passages.fitting(tokens: retrieval.budget).kept
        case .searchFailed(_, let problem): throw SearchFailure(description: problem)
        default: break
        }
      }
      host.wait(for: [interruption.descriptor], milliseconds: nil)
      if interruption.hasCome { return nil }
    }
  }

  private func plans(for models: [ModelReference], passages: [Passage]) throws -> [RunPlan] {
    let question = prompt.question(values: values)
    let rehearsal = StepChain(prompt).rehearsal
    // A step that can't be filled in is to be known of before the first one costs anything.
    let filled = try rehearsal.map { steps in
      try steps.prompt.messages(values: values, passages: passages)
    }
    let missing = filled.flatMap(\.missing).reduce(into: [String]()) { names, name in
      if !names.contains(name) { names.append(name) }
    }
    guard missing.isEmpty else {
      throw MissingVariablesError(names: missing, prompt: prompt.name)
    }
    guard let messages = filled.first?.messages, filled.allSatisfy({ !$0.messages.isEmpty }) else {
      throw EmptyPromptError(prompt: prompt.name)
    }
    let steps = StepChain(prompt)
    let texts = values.filter { prompt.variables.contains($0.key) }
      .mapValues { $0.string ?? $0.text }
    return models.enumerated().map { number, model in
      var plan = RunPlan(
        number: number, column: number, promptText: promptText, promptPath: promptPath,
        promptName: prompt.name, draftName: promptPath.map(PromptFiles.absolute), inputs: texts,
        request: CompletionRequest(
          model: model, messages: messages, parameters: prompt.parameters,
          question: question, passages: steps.passages(of: passages)),
        step: steps.recordedNumber)
      plan.parent = parent
      return plan
    }
  }
}

/// Why the prompt's passages could not be searched, in one sentence.
struct SearchFailure: Error, CustomStringConvertible {
  let description: String
}

/// A filled-in prompt without any message.
struct EmptyPromptError: Error, CustomStringConvertible {
  let prompt: String

  var description: String { "\(prompt) comes to no message: there is nothing to ask." }
}

/// Variables without a value; its description says how to give them one.
struct MissingVariablesError: Error, CustomStringConvertible {
  let names: [String]
  let prompt: String

  var description: String {
    let options = names.map { "--var \($0)=…" }.joined(separator: " ")
    return "\(prompt) needs \(names.joined(separator: ", ")): add \(options)."
  }
}
