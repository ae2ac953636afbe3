import Completion
import Core
import Dispatch
import Playground
import Sessions
import Synchronization

// Keeps every run in the store while it streams. All work with the store is done on one thread, in
// order, so that a slow disk never holds up a key.

/// `@unchecked`: everything that changes is touched on `queue` only.
final class Recorder: @unchecked Sendable {
  let queue = DispatchQueue(label: "whet.store")
  private let openStore: @Sendable () throws -> SessionStore
  let mailbox: Mailbox<Event>
  let localTime: LocalTime
  /// What its first session is to be called; nil names it for the prompt.
  private let sessionName: String?
  private var store: Result<SessionStore, any Error>?
  private(set) var session: Session?
  private var runCount = 0
  private var cost = Cost.zero
  /// The stored name of each run by its number in the program.
  private(set) var identifiers: [Int: Identifier] = [:]
  /// The steps of chains by their numbers, until the next step follows or another prompt is run.
  private var steps: [Int: (run: Identifier, batch: Identifier)] = [:]
  /// Events that the store did not take, by run: they come first when it is tried again, since a
  /// stream with a hole in it would be another stream.
  private var unwritten: [Int: [TimedWireEvent]] = [:]
  private var hasComplained = false
  /// The draft that was saved last.
  var lastDraft: Draft?
  /// The number of the last request to find runs.
  let newestRequest = Mutex(0)

  init(
    openStore: @escaping @Sendable () throws -> SessionStore, localTime: LocalTime,
    sessionName: String?, mailbox: Mailbox<Event>
  ) {
    self.openStore = openStore
    self.localTime = localTime
    self.sessionName = sessionName
    self.mailbox = mailbox
  }

  /// Waits until everything that was handed over is in the store.
  func finish() { queue.sync {} }

  /// Does something with the store, on its thread; a failure is shown as a notice.
  ///
  /// - Parameter isAsked: whether a person waits for it. What they did not ask for, recording above
  ///   all, fails aloud once only, not at every chunk of a stream.
  func withStore(
    isAsked: Bool = false, _ work: @escaping @Sendable (Recorder, SessionStore) throws -> Void
  ) {
    mailbox.work(on: queue) { [self] in
      do {
        let store = try openedStore()
        try work(self, store)
      } catch {
        if isAsked {
          mailbox.post(.noticed(Notice(.error, "\(error)")))
        } else if !hasComplained {
          hasComplained = true
          mailbox.post(.noticed(Notice(.error, "Nothing is being kept: \(error)")))
        }
      }
    }
  }

  func openedStore() throws -> SessionStore {
    if let store { return try store.get() }
    let opened = Result { try openStore() }
    store = opened
    if let backup = try opened.get().backup {
      mailbox.post(
        .noticed(
          Notice(
            .success,
            "The store was changed for this version; as it was before, it is in \(backup.path).")))
    }
    return try opened.get()
  }

  /// Takes in that a session has another name.
  func renamed(_ id: Identifier, _ name: String) {
    guard session?.id == id else { return }
    session?.name = name
    postSession()
  }

  // MARK: Recording

  /// Goes on with a session of an earlier start, if it is still there.
  func resume(session id: Identifier?) {
    guard let id else { return }
    withStore { recorder, store in
      guard let summary = try store.sessions().first(where: { $0.session.id == id }) else { return }
      recorder.session = summary.session
      recorder.runCount = summary.runCount
      recorder.cost = summary.cost
      recorder.postSession()
    }
  }

  func startNewSession() {
    mailbox.work(on: queue) { [self] in
      session = nil
      runCount = 0
      cost = .zero
      mailbox.post(.sessionChanged(nil))
    }
  }

  /// - Parameters:
  ///   - seconds: when the runs start, since 1970.
  ///   - prices: those of their models that are known.
  func begin(_ plans: [RunPlan], at seconds: Double, prices: [ModelReference: Price]) {
    withStore { recorder, store in
      guard let prompt = plans.first?.promptName else { return }
      let session =
        try recorder.session ?? recorder.startSession(prompt: prompt, at: seconds, in: store)
      recorder.session = session
      let batch = store.identifiers.next(now: seconds)
      var begun: [BegunRun] = []
      if plans.allSatisfy({ $0.previous == nil }) { recorder.steps.removeAll() }
      for plan in plans {
        let id = store.identifiers.next(now: seconds)
        let previous = plan.previous.flatMap { recorder.steps.removeValue(forKey: $0) }
        let batch = previous?.batch ?? batch
        if plan.step != nil { recorder.steps[plan.number] = (id, batch) }
        // What another session holds is no part of this one's tree.
        let parent = try plan.parent.flatMap { try store.isRun($0, in: session.id) ? $0 : nil }
        let version = try store.begin(
          Run(
            id: id, session: session.id, parent: previous?.run ?? parent, batch: batch,
            startedAt: seconds,
            column: plan.column, promptText: plan.promptText, promptPath: plan.promptPath,
            inputs: plan.inputs, request: plan.request, step: plan.step,
            variant: plan.variant, repetition: plan.repetition,
            price: prices[plan.request.model]),
          of: plan.draftName, parent: plan.parentVersion)
        begun.append(BegunRun(number: plan.number, id: id, version: version))
        recorder.identifiers[plan.number] = id
        recorder.runCount += 1
      }
      recorder.mailbox.post(.runsBegan(begun))
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
    cost = known?.cost ?? .zero
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

  /// - Parameter charge: what it counts against a budget; nil when nobody knows.
  func end(_ number: Int, answer: Answer, charge: Money?) {
    withStore { recorder, store in
      guard let id = recorder.identifiers.removeValue(forKey: number) else { return }
      // A run whose end could not be written stays one without an end.
      guard recorder.unwritten.removeValue(forKey: number) == nil else { return }
      try store.finish(id, answer: answer, charge: charge)
      guard let session = recorder.session else { return }
      let cost = try store.cost(of: session.id)
      if cost != recorder.cost {
        recorder.cost = cost
        recorder.postSession()
      }
    }
  }

  private func postSession() {
    guard let session else { return }
    mailbox.post(
      .sessionChanged(
        SessionRow(
          id: session.id, name: session.name, runCount: runCount, cost: cost,
          lastUsed: localTime.minute(session.createdAt))))
  }
}
