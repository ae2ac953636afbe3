import Completion
import Core
import Dispatch
import Playground
import Sessions

// Keeps every run in the store while it streams. All work with the store is done on one thread, in
// order, so that a slow disk never holds up a key.

/// `@unchecked`: everything that changes is touched on `queue` only.
final class Recorder: @unchecked Sendable {
  private let queue = DispatchQueue(label: "whet.store")
  private let openStore: @Sendable () throws -> SessionStore
  private let mailbox: Mailbox<Event>
  private let calendar: Calendar
  /// What its first session is to be called; nil names it for the prompt.
  private let sessionName: String?
  private var store: Result<SessionStore, any Error>?
  private var session: Session?
  private var runCount = 0
  /// The stored name of each run by its number in the program.
  private var identifiers: [Int: Identifier] = [:]
  /// Events that the store did not take, by run: they come first when it is tried again, since a
  /// stream with a hole in it would be another stream.
  private var unwritten: [Int: [TimedWireEvent]] = [:]
  private var hasComplained = false

  /// How lists name points in time.
  struct Calendar: Sendable {
    /// Seconds to add to universal time.
    var offset: Int

    func minute(_ seconds: Double) -> String { TimeText.minute(seconds, offset: offset) }
  }

  init(
    openStore: @escaping @Sendable () throws -> SessionStore, calendar: Calendar,
    sessionName: String?, mailbox: Mailbox<Event>
  ) {
    self.openStore = openStore
    self.calendar = calendar
    self.sessionName = sessionName
    self.mailbox = mailbox
  }

  /// Waits until everything that was handed over is in the store.
  func finish() { queue.sync {} }

  /// Does something with the store, on its thread; a failure is shown as a notice.
  private func withStore(_ work: @escaping @Sendable (Recorder, SessionStore) throws -> Void) {
    mailbox.work(on: queue) { [self] in
      do {
        if store == nil { store = Result { try openStore() } }
        guard let opened = try store?.get() else { return }
        try work(self, opened)
      } catch {
        complain(error)
      }
    }
  }

  /// A store that can't be written is said once, not at every chunk of a stream.
  private func complain(_ error: any Error) {
    guard !hasComplained else { return }
    hasComplained = true
    mailbox.post(.noticed(Notice(.error, "Nothing is being kept: \(error)")))
  }

  // MARK: Recording

  /// Goes on with a session of an earlier start, if it is still there.
  func resume(session id: Identifier?) {
    guard let id else { return }
    withStore { recorder, store in
      guard let summary = try store.sessions().first(where: { $0.session.id == id }) else { return }
      recorder.session = summary.session
      recorder.runCount = summary.runCount
      recorder.postSession()
    }
  }

  func startNewSession() {
    mailbox.work(on: queue) { [self] in
      session = nil
      runCount = 0
      mailbox.post(.sessionChanged(nil))
    }
  }

  /// - Parameter seconds: when the runs start, since 1970.
  func begin(_ plans: [RunPlan], at seconds: Double) {
    withStore { recorder, store in
      guard let prompt = plans.first?.promptName else { return }
      let session =
        try recorder.session ?? recorder.startSession(prompt: prompt, at: seconds, in: store)
      recorder.session = session
      let batch = store.identifiers.next(now: seconds)
      for plan in plans {
        let id = store.identifiers.next(now: seconds)
        try store.begin(
          Run(
            id: id, session: session.id, batch: batch, startedAt: seconds, column: plan.column,
            promptText: plan.promptText, promptPath: plan.promptPath, inputs: plan.inputs,
            request: plan.request, requestBody: ChatCompletionsRequest(plan.request).body))
        recorder.identifiers[plan.number] = id
        recorder.runCount += 1
      }
      recorder.postSession()
    }
  }

  /// The session that was asked for by name, where it is there; else a new one.
  private func startSession(
    prompt: String, at seconds: Double, in store: SessionStore
  ) throws -> Session {
    guard let sessionName else {
      return try store.createSession(name: Self.sessionName(for: prompt), at: seconds)
    }
    let known = try store.sessions().first { $0.session.name == sessionName }
    runCount = known?.runCount ?? 0
    return try known?.session ?? store.createSession(name: sessionName, at: seconds)
  }

  /// A prompt's name without folder and ending.
  private static func sessionName(for prompt: String) -> String {
    let file = prompt.split(separator: "/").last ?? Substring(prompt)
    return file.split(separator: ".").first.map(String.init) ?? "untitled"
  }

  func append(_ events: [TimedWireEvent], to number: Int) {
    withStore { recorder, store in
      guard let id = recorder.identifiers[number] else { return }
      let events = (recorder.unwritten.removeValue(forKey: number) ?? []) + events
      do {
        try store.append(events, to: id)
      } catch {
        recorder.unwritten[number] = events
        throw error
      }
    }
  }

  func end(_ number: Int, answer: Answer) {
    withStore { recorder, store in
      guard let id = recorder.identifiers.removeValue(forKey: number) else { return }
      // A run whose end could not be written stays one without an end.
      guard recorder.unwritten.removeValue(forKey: number) == nil else { return }
      try store.finish(id, answer: answer)
    }
  }

  private func postSession() {
    guard let session else { return }
    mailbox.post(
      .sessionChanged(
        SessionRow(
          id: session.id, name: session.name, runCount: runCount,
          lastUsed: calendar.minute(session.createdAt))))
  }

  func save(_ draft: Draft, time: String) {
    withStore { recorder, store in
      try store.saveDraft(draft)
      recorder.mailbox.post(.draftSaved(time: time))
    }
  }

  // MARK: Looking back

  func listSessions() {
    withStore { recorder, store in
      let rows = try store.sessions().map { summary in
        SessionRow(
          id: summary.session.id, name: summary.session.name, runCount: summary.runCount,
          lastUsed: recorder.calendar.minute(summary.lastActivity))
      }
      recorder.mailbox.post(.sessionsListed(rows))
    }
  }

  func listRuns(of session: Identifier) {
    withStore { recorder, store in
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
      id: run.id, model: run.model.description, started: calendar.minute(run.startedAt),
      finishReason: reason, beginning: run.firstLine)
  }

  /// Loads a run, with those that were started together with it, in the order of their columns.
  func load(_ id: Identifier, replay: Bool) {
    withStore { recorder, store in
      recorder.mailbox.post(.runsLoaded(try store.loadBatch(of: id), replay: replay))
    }
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
    withStore { recorder, store in
      guard let session = recorder.session else { return }
      do {
        try store.exportSession(session.id, to: path)
        recorder.mailbox.post(.noticed(Notice(.success, "Exported '\(session.name)' to \(path).")))
      } catch {
        recorder.mailbox.post(.noticed(Notice(.error, "\(error)")))
      }
    }
  }

  func importSession(from path: String) {
    withStore { recorder, store in
      do {
        let outcome = try store.importSession(from: path)
        recorder.mailbox.post(.noticed(Notice(.success, outcome.sentence)))
      } catch {
        recorder.mailbox.post(.noticed(Notice(.error, "\(error)")))
      }
    }
  }
}
