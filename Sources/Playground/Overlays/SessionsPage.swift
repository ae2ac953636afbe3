import Core

// All that was ever run: sessions, newest first; or, once something is typed, the runs that fit it.

/// The page of sessions, with a line to look for runs by.
public struct SessionsPage: Hashable, Sendable {
  /// What is looked for; sessions are listed while it is empty.
  public var query = Editor()
  public private(set) var sessions: [SessionRow] = []
  public private(set) var found = FoundRuns()
  /// The place of the selected row among those that are listed.
  public private(set) var selection = 0
  /// The first row in sight.
  public private(set) var top = 0
  /// Whether the sessions have come.
  public private(set) var isRead = false
  /// Under which the runs will come; nil while none are awaited.
  private(set) var pendingNumber: Int?

  public init(query: String = "") {
    self.query = Editor(query)
    self.query.move(.textEnd)
  }

  /// Whether runs are listed, and not sessions.
  public var isFinding: Bool { query.text.contains { !$0.isWhitespace } }

  /// Whether runs are being looked for.
  public var isWaiting: Bool { pendingNumber != nil }

  public var rowCount: Int { isFinding ? found.runs.count : sessions.count }

  public var selectedSession: SessionRow? {
    !isFinding && sessions.indices.contains(selection) ? sessions[selection] : nil
  }

  public var selectedRun: RunHit? {
    isFinding && found.runs.indices.contains(selection) ? found.runs[selection].hit : nil
  }

  /// - Parameter height: the rows of the list.
  mutating func take(_ sessions: [SessionRow], height: Int) {
    let selected = selectedSession?.id
    self.sessions = sessions
    isRead = true
    if !isFinding {
      select(sessions.firstIndex { $0.id == selected } ?? selection, height: height)
    }
  }

  mutating func request(number: Int) -> RunRequest? {
    guard isFinding else {
      pendingNumber = nil
      found = FoundRuns()
      return nil
    }
    pendingNumber = number
    return RunRequest(number: number, line: query.text)
  }

  /// A query that can't be understood leaves the runs that were there.
  mutating func take(_ found: FoundRuns, of number: Int, height: Int) {
    guard number == pendingNumber else { return }
    pendingNumber = nil
    let runs = found.problem == nil ? found.runs : self.found.runs
    self.found = found
    self.found.runs = runs
    select(0, height: height)
  }

  mutating func select(_ place: Int, height: Int) {
    selection = max(0, min(place, rowCount - 1))
    top = max(min(top, selection), selection - max(1, height) + 1)
  }
}

/// A line by which runs are looked for.
public struct RunRequest: Hashable, Sendable {
  /// Comes back with what is found.
  public var number: Int
  public var line: String

  public init(number: Int, line: String) {
    self.number = number
    self.line = line
  }
}

/// Runs that were found.
public struct FoundRuns: Hashable, Sendable {
  /// A run, and when it was in words for a reader.
  public struct Row: Hashable, Sendable {
    public var hit: RunHit
    public var time: String

    public init(_ hit: RunHit, time: String) {
      self.hit = hit
      self.time = time
    }
  }

  /// Newest first.
  public var runs: [Row] = []
  /// Whether there are more than these.
  public var isCut = false
  /// Why the line can't be understood; nil when it can.
  public var problem: String?

  public init(runs: [Row] = [], isCut: Bool = false, problem: String? = nil) {
    self.runs = runs
    self.isCut = isCut
    self.problem = problem
  }
}
