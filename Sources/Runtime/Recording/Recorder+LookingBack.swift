import Completion
import Core
import Dispatch
import Playground
import Sessions

// Earlier sessions and runs, found in the store on the recorder's thread.

extension Recorder {
  func row(of run: RunSummary) -> RunRow {
    RunRow(
      id: run.id, model: run.model.description, started: localTime.minute(run.startedAt),
      finishReason: run.state.finishReason, beginning: run.firstLine, rating: run.rating,
      remark: run.remark, step: run.step,
      repetition: run.repetition)
  }

  /// Loads a run, with those that were started together with it, in the order of their columns.
  func load(_ id: Identifier, for revisit: Revisit) {
    withStore(isAsked: true) { recorder, store in
      recorder.mailbox.post(.runsLoaded(try Self.batch(of: id, in: store), revisit))
    }
  }

  /// Loads the runs of a prompt that were shown last, or else those that were started together last,
  /// if there were any.
  func loadLastRuns(of prompt: String, in session: Identifier, shown: Identifier?) {
    withStore { recorder, store in
      let kept = try shown.flatMap { try store.isRun($0, in: session) ? $0 : nil }
      guard let last = try kept ?? store.lastRun(of: prompt, in: session) else { return }
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

  /// Writes the session at hand to a file, on a thread of its own: what streams meanwhile is not to wait
  /// until a long session is drawn.
  func export(to path: String, drawing: SessionDrawing?) {
    let path = PromptFiles.absolute(path)
    withStore(isAsked: true) { recorder, store in
      guard let session = recorder.session else { return }
      let (mailbox, localTime) = (recorder.mailbox, recorder.localTime)
      mailbox.work(on: Self.exporter) {
        do {
          var export = try SessionExport(session: session.id, path: path, drawing: drawing)
          export.localTime = localTime
          try export.write(to: path, from: store)
          mailbox.post(.noticed(Notice(.success, "Exported '\(session.name)' to \(path).")))
        } catch {
          mailbox.post(.noticed(Notice(.error, "\(error)")))
        }
      }
    }
  }

  private static let exporter = DispatchQueue(label: "whet.export")
}
