import Core
import Playground
import Sessions

// Sessions as trees: read and changed on the recorder's thread.

extension Recorder {
  /// - Parameter run: comes back with the tree.
  func readTree(of session: Identifier, at run: Identifier?) {
    withStore(isAsked: true) { recorder, store in
      recorder.mailbox.post(.treeRead(try store.tree(of: session), at: run))
    }
  }

  func read(_ request: MomentRequest) {
    withStore(isAsked: true) { recorder, store in
      let runs = try Self.runs(ofMoment: request.moment, in: request.session, of: store)
      let parent = try request.parent.map {
        try store.runs(ofMoment: $0, in: request.session)
      }
      recorder.mailbox.post(
        .momentRead(
          number: request.number,
          MomentReport(
            runs, from: parent ?? [],
            started: runs.first.map { recorder.localTime.minute($0.run.startedAt) } ?? "")))
    }
  }

  /// Those that still stream have what has come so far.
  private static func runs(
    ofMoment moment: Identifier, in session: Identifier, of store: SessionStore
  ) throws(SessionError) -> [RecordedRun] {
    var runs = try store.runs(ofMoment: moment, in: session)
    for index in runs.indices where !runs[index].answer.isFinished {
      runs[index].answer = Answer(replaying: try store.loadRun(runs[index].run.id))
    }
    return runs
  }

  func change(_ session: Identifier, _ change: TreeChange) {
    withStore(isAsked: true) { recorder, store in
      switch change {
      case .name(let moment, let name): try store.name(moment, name, in: session)
      case .deleteBranch(let name): try store.deleteBranch(named: name, in: session)
      case .prune(let moments): try store.prune(moments, in: session)
      case .undoPruning: try store.undoPruning(in: session)
      }
      recorder.mailbox.post(.treeRead(try store.tree(of: session), at: nil))
    }
  }

  /// Loads the runs of several moments, each in a column of its own.
  func compare(_ moments: [Identifier], in session: Identifier) {
    withStore(isAsked: true) { recorder, store in
      var runs: [RecordedRun] = []
      for moment in moments {
        guard let first = try store.runs(ofMoment: moment, in: session).first else { continue }
        runs += try Self.batch(of: first.run.id, in: store)
      }
      recorder.mailbox.post(.runsLoaded(runs, .show))
    }
  }
}
