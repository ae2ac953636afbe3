import Completion
import Core
import Playground
import Sessions

// Earlier sessions and runs, found in the store on the recorder's thread.

extension Recorder {
  func listSessions() {
    withStore(isAsked: true) { recorder, store in
      let rows = try store.sessions().map { summary in
        SessionRow(
          id: summary.session.id, name: summary.session.name, runCount: summary.runCount,
          cost: summary.cost, lastUsed: recorder.localTime.minute(summary.lastActivity))
      }
      recorder.mailbox.post(.sessionsListed(rows))
    }
  }

  func listRuns(of session: Identifier) {
    withStore(isAsked: true) { recorder, store in
      recorder.mailbox.post(.runsListed(try store.runs(of: session).reversed().map(recorder.row)))
    }
  }

  private func row(of run: RunSummary) -> RunRow {
    let reason: FinishReason? =
      switch run.state {
      case .ended(let reason): reason
      case .interrupted: .interrupted
      case .streaming: nil
      }
    return RunRow(
      id: run.id, model: run.model.description, started: localTime.minute(run.startedAt),
      finishReason: reason, beginning: run.firstLine, rating: run.rating,
      remark: run.remark, step: run.step,
      repetition: run.repetition)
  }

  /// Loads a run, with those that were started together with it, in the order of their columns.
  func load(_ id: Identifier, replay: Bool) {
    withStore(isAsked: true) { recorder, store in
      recorder.mailbox.post(.runsLoaded(try Self.batch(of: id, in: store), replay: replay))
    }
  }

  /// Loads the runs of a prompt that were started together last, if there were any.
  func loadLastRuns(of prompt: String, in session: Identifier) {
    withStore { recorder, store in
      guard let last = try store.lastRun(of: prompt, in: session) else { return }
      recorder.mailbox.post(
        .lastRunsLoaded(try Self.batch(of: last, in: store), prompt: prompt))
    }
  }

  /// Loads the run whose answer others are compared with; one that is gone is no news.
  func loadBaseline(_ id: Identifier) {
    withStore { recorder, store in
      guard let recorded = try? store.loadRun(id) else { return }
      recorder.mailbox.post(.baselineLoaded(recorded))
    }
  }

  static func batch(
    of id: Identifier, in store: SessionStore
  ) throws(SessionError) -> [RecordedRun] {
    var runs = try store.loadBatch(of: id)
    // One that still streams, here or in another whet, has what has come so far.
    for index in runs.indices where !runs[index].answer.isFinished {
      runs[index].answer = Answer(replaying: runs[index])
    }
    return runs
  }

  /// Ends the runs that an earlier whet was killed in, with what had arrived of them.
  func recoverInterrupted() {
    withStore { recorder, store in
      let interrupted = try store.interruptedRuns()
      for run in interrupted {
        let recorded = try store.loadRun(run.id)
        try store.markInterrupted(run.id, answer: Answer(replaying: recorded))
      }
      if !interrupted.isEmpty {
        recorder.mailbox.post(.runsInterrupted(interrupted.map(recorder.row)))
      }
    }
  }

  func export(to path: String) {
    let path = PromptFiles.absolute(path)
    withStore(isAsked: true) { recorder, store in
      guard let session = recorder.session else { return }
      try store.exportSession(session.id, to: path)
      recorder.mailbox.post(.noticed(Notice(.success, "Exported '\(session.name)' to \(path).")))
    }
  }

  func importSession(from path: String) {
    let path = PromptFiles.absolute(path)
    withStore(isAsked: true) { recorder, store in
      let outcome = try store.importSession(from: path)
      recorder.mailbox.post(.noticed(Notice(.success, outcome.sentence)))
    }
  }
}
