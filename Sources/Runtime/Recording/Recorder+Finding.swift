import Core
import Playground
import Sessions

// The page of sessions: what is listed, and runs that are looked for while somebody types.

extension Recorder {
  func listSessions() {
    withStore(isAsked: true) { recorder, store in
      let histories = try store.histories(limit: Self.historyLength)
      let rows = try store.sessions().map { summary in
        let history = histories[summary.session.id] ?? []
        return SessionRow(
          id: summary.session.id, name: summary.session.name, runCount: summary.runCount,
          cost: summary.cost, lastUsed: recorder.localTime.minute(summary.lastActivity),
          scores: history.map(\.score), costs: history.map(\.dollars))
      }
      recorder.mailbox.post(.sessionsListed(rows))
    }
  }

  /// Runs that a sparkline shows.
  private static let historyLength = 12
  /// Runs that are listed at most.
  private static let mostFound = 100

  func rename(_ session: Identifier, to name: String) {
    withStore(isAsked: true) { recorder, store in
      try store.renameSession(session, to: name)
      recorder.renamed(session, name)
      recorder.listSessions()
    }
  }

  /// - Parameter seconds: now, since 1970.
  func find(_ request: RunRequest, at seconds: Double) {
    newestRequest.withLock { $0 = request.number }
    withStore(isAsked: true) { recorder, store in
      // Somebody has typed on since.
      guard recorder.newestRequest.withLock({ $0 }) == request.number else { return }
      var found = FoundRuns()
      do {
        let query = try RunQuery(
          line: request.line, now: seconds, timeZone: recorder.localTime.offset(at: seconds))
        let hits = try store.find(query, limit: Self.mostFound + 1)
        found.runs = hits.prefix(Self.mostFound).map { hit in
          FoundRuns.Row(hit, time: recorder.localTime.minute(hit.startedAt))
        }
        found.isCut = hits.count > Self.mostFound
      } catch let error as RunQueryError {
        found.problem = error.description
      }
      recorder.mailbox.post(.runsFound(number: request.number, found))
    }
  }

  /// Adds earlier runs to the index of what runs say, a slice at a time between other work.
  func indexEarlierRuns() {
    withStore { recorder, store in
      if try store.indexEarlierRuns(limit: 200) > 0 { recorder.indexEarlierRuns() }
    }
  }
}
