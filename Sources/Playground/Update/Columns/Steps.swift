import Core

// Prompts of several steps, of which each is given the answer to the one before.

extension State {
  mutating func toggleSteps() {
    let index = currentColumn
    guard columns.indices.contains(index), !columns[index].endedSteps.isEmpty else {
      notice = Notice(.information, "There are no earlier steps here.")
      return
    }
    columns[index].toggleSteps(height: columnInside(index).height)
  }

  /// Goes on with what follows in a column once its run is over, usage and all.
  mutating func runEnded(inColumn index: Int, by ending: WireEvent.Ending) -> [Effect] {
    guard let chain = columns[index].chain else { return [] }
    columns[index].chain = nil
    switch chain {
    case .asked(var steps, let pane, let plan, let found):
      switch steps.advance(with: columns[index].answer, wasCancelled: ending == .cancelled) {
      case .complete: return []
      case .broken(let reason):
        breakChain(inColumn: index, reason)
        return []
      case .next: return ask(steps, of: pane, after: plan, found: found, inColumn: index)
      }
    case .recorded(let steps):
      guard ending != .cancelled, let next = steps.first else { return [] }
      return playNext(next, before: Array(steps.dropFirst()), inColumn: index)
    }
  }

  private mutating func ask(
    _ steps: StepChain, of pane: PromptPane, after plan: RunPlan, found: [Passage],
    inColumn index: Int
  ) -> [Effect] {
    var next = plan
    do {
      let filled = try pane.fill(steps.prompt, passages: found)
      if let problem = steps.problem(with: filled) {
        breakChain(inColumn: index, problem)
        return []
      }
      next.request.messages = filled.messages
    } catch {
      breakChain(inColumn: index, "\(error)")
      return []
    }
    next.number = takeNumber()
    next.step = steps.recordedNumber
    next.previous = plan.number
    next.request.passages = steps.passages(of: found)
    let tokens = TokenEstimate.tokens(
      in: next.request.messages, ratio: columns[index].terms.tokenRatio)
    columns[index].beginStep(
      run: next.number, label: steps.label, inputTokens: tokens, passages: next.request.passages)
    columns[index].plan = next
    columns[index].chain = .asked(steps, of: pane, plan: next, found: found)
    layOutWire()
    return [.startRuns([next]), .schedule(.second, after: 1000)]
  }

  private mutating func playNext(
    _ step: RecordedRun, before rest: [RecordedRun], inColumn index: Int
  ) -> [Effect] {
    let (number, previous) = (takeNumber(), columns[index].run)
    let tokens = TokenEstimate.tokens(
      in: step.run.request.messages, ratio: columns[index].terms.tokenRatio)
    columns[index].beginStep(
      run: number, label: step.run.stepLabel, inputTokens: tokens,
      passages: step.run.request.passages, given: step.run.request.givenBeginning)
    columns[index].note(step, plan: plan(of: step.run, number: number))
    columns[index].chain = .recorded(rest)
    layOutWire()
    columns[index].replayStart = playback?.position.time ?? 0
    return [
      .playNext(
        ReplayPlan(
          number: number, events: step.events, given: step.run.request.givenBeginning,
          previous: previous, isFollowed: !rest.isEmpty && step.isFollowable))
    ]
  }

  private mutating func breakChain(inColumn index: Int, _ reason: String) {
    columns[index].breakChain(reason)
    notice = Notice(.warning, "\(Column.letter(of: index)): \(reason)")
  }
}

extension Run {
  /// How its column calls the step that it is; empty for a run of a prompt without steps.
  var stepLabel: String {
    guard let step else { return "" }
    // The text may be of anyone's making: what it can't name goes by its number.
    let steps = (try? PromptFile(parsing: promptText, name: "prompt"))?.steps ?? []
    return steps.first { $0.number == step }?.label ?? "\(step)"
  }
}

extension RecordedRun {
  /// Whether a chain could go on after it: a person who cancels a step ends the chain.
  var isFollowable: Bool { events.last?.event != .end(.cancelled) }
}

extension Array where Element == RecordedRun {
  /// Runs by their columns, by the attempts of each, and by the steps of these, all in order.
  public var attempts: [[[RecordedRun]]] {
    chains.reduce(into: []) { columns, chain in
      if let last = columns.last?.last?.first?.run, let run = chain.first?.run,
        last.column == run.column, last.repetition != nil, run.repetition != nil
      {
        columns[columns.count - 1].append(chain)
      } else {
        columns.append([chain])
      }
    }
  }

  /// Runs by their columns and attempts: a chain's steps together, in order.
  private var chains: [[RecordedRun]] {
    reduce(into: []) { chains, recorded in
      if let last = chains.last?.last?.run, last.column == recorded.run.column,
        last.repetition == recorded.run.repetition, let step = recorded.run.step,
        let before = last.step, step > before
      {
        chains[chains.count - 1].append(recorded)
      } else {
        chains.append([recorded])
      }
    }
  }
}
