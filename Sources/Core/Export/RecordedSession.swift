// A whole session at hand, for writers that have to see all of it before they can begin.

/// A session with all that a session file has of it.
public struct RecordedSession {
  public var session: Session
  /// In the order of their start, pruned ones left out.
  public var runs: [RecordedRun]
  public var preferences: [RecordedPreference]
  public var branches: [Branch]

  public init(
    session: Session, runs: [RecordedRun], preferences: [RecordedPreference] = [],
    branches: [Branch] = []
  ) {
    self.session = session
    self.runs = runs
    self.preferences = preferences
    self.branches = branches
  }
}

extension Redaction {
  public func redacted(_ recorded: RecordedSession) -> RecordedSession {
    RecordedSession(
      session: redacted(recorded.session), runs: recorded.runs.map(redacted),
      preferences: recorded.preferences.map(redacted), branches: redacted(recorded.branches))
  }
}

extension SessionDocument {
  /// As `init(_:runs:branches:preferences:time:)`.
  public init(_ recorded: RecordedSession, time: (Double) -> String) {
    self.init(
      recorded.session, runs: recorded.runs, branches: recorded.branches,
      preferences: recorded.preferences, time: time)
  }
}
