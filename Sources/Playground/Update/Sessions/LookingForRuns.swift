import Core

// The page of sessions: typing looks for runs at once, Enter opens what is selected.

extension State {
  /// Shows the sessions, with what was looked for last.
  mutating func showSessions() -> [Effect] {
    overlays.append(.sessions(SessionsPage(query: lastRunQuery)))
    return [.listSessions] + findRuns()
  }

  private mutating func changeSessionsPage(_ change: (inout SessionsPage, Int) -> Void) {
    let height = Layout.sessionsList(size: size).height
    for place in overlays.indices {
      guard case .sessions(var page) = overlays[place] else { continue }
      change(&page, height)
      overlays[place] = .sessions(page)
    }
  }

  private var sessionsPage: SessionsPage? {
    for case .sessions(let page) in overlays { return page }
    return nil
  }

  mutating func take(_ rows: [SessionRow]) { changeSessionsPage { $0.take(rows, height: $1) } }

  mutating func take(_ found: FoundRuns, of number: Int) {
    changeSessionsPage { $0.take(found, of: number, height: $1) }
  }

  mutating func layOutSessions() { changeSessionsPage { $0.select($0.selection, height: $1) } }

  /// Asks for the sessions anew when something of them changed while they are looked at. Runs that
  /// were found stay where they are until something else is looked for.
  func sessionsAgain() -> [Effect] { sessionsPage == nil ? [] : [.listSessions] }

  private mutating func findRuns() -> [Effect] {
    let number = takeNumber()
    var request: RunRequest?
    changeSessionsPage { page, _ in request = page.request(number: number) }
    return request.map { [.findRuns($0)] } ?? []
  }

  /// Changes the line, and looks for what it says then.
  mutating func changeRunQuery(_ change: (inout Editor) -> Void) -> [Effect] {
    let before = sessionsPage?.query.text
    changeSessionsPage { page, _ in change(&page.query) }
    guard let text = sessionsPage?.query.text, text != before else { return [] }
    lastRunQuery = text
    changeSessionsPage { $0.select(0, height: $1) }
    return findRuns()
  }

  mutating func takeInSessions(_ key: Key, _ command: Command?) -> [Effect] {
    let height = Layout.sessionsList(size: size).height
    switch CommandTable.command(for: key, in: .sessions) {
    case .selectUp: selectInSessions(by: -1)
    case .selectDown: selectInSessions(by: 1)
    case .scrollPageUp: selectInSessions(by: -height)
    case .scrollPageDown: selectInSessions(by: height)
    case .openFound: return openFound(replay: false)
    case .replayFound: return openFound(replay: true)
    case .nameSession: askForSessionName()
    case .completeFilter: return completeFilter()
    case .some(let command): return perform(command)
    case nil:
      return changeRunQuery { editor in
        if let motion = command?.motion {
          editor.move(motion)
        } else if let deletion = command?.deletion {
          editor.delete(deletion)
        } else if case .character(let character) = key.code, key.modifiers.isEmpty {
          editor.insert(String(character))
        }
      }
    }
    return []
  }

  mutating func selectInSessions(by rows: Int) {
    changeSessionsPage { $0.select($0.selection + rows, height: $1) }
  }

  /// A session opens as its tree; a run in the panes, with what was looked for marked in its answer.
  private mutating func openFound(replay: Bool) -> [Effect] {
    if let session = sessionsPage?.selectedSession {
      return [.readTree(session: session.id, at: nil)]
    }
    guard let run = sessionsPage?.selectedRun else { return [] }
    soughtHit = replay ? nil : run
    return [.loadRuns(run.run, replay ? .replay([run.run]) : .show)]
  }

  /// Marks in the panes what was looked for, and goes to it.
  mutating func showSoughtHit() {
    guard let hit = soughtHit else { return }
    soughtHit = nil
    guard let column = columns.firstIndex(where: { $0.recordedRun == hit.run }) else { return }
    focus(on: .column(column))
    guard let range = hit.matches.first else { return }
    let words = String(hit.snippet[utf8: range])
    switch hit.field {
    case .answer:
      dropAnswerSearch()
      lastAnswerQuery = words
      showMatch(movedBy: 1)
    case .prompt:
      focus(on: .prompt)
      goInPrompt(to: words)
    case .passages:
      let place = context.found.firstIndex { $0.text.contains(words) }
      focus(on: .context)
      if let place { selectPassage(place) }
    case .notes, nil: break
    }
  }

  private mutating func goInPrompt(to words: String) {
    lastQuery = words
    _ = edit { editor, _ in
      for (line, text) in editor.buffer.lines.enumerated() {
        guard let place = text.firstRange(of: words)?.lowerBound else { continue }
        let offset = text.utf8.distance(from: text.startIndex, to: place)
        return editor.moveTo(TextPosition(line: line, offset: offset))
      }
    }
  }

  private mutating func askForSessionName() {
    guard let session = sessionsPage?.selectedSession else { return }
    overlays.append(.line(LineInput(.nameSession(session.id), text: session.name)))
  }

  /// Completes the name of the filter that is being typed; where several begin so, says which.
  private mutating func completeFilter() -> [Effect] {
    let word = sessionsPage?.query.text.split(separator: " ", omittingEmptySubsequences: false).last
    let fitting = RunQuery.filterNames.filter { $0.name.hasPrefix(word ?? "") }
    guard fitting.count == 1, let name = fitting.first?.name, let word else {
      let names = (fitting.isEmpty ? RunQuery.filterNames : fitting).map(\.name)
      notice = Notice(.information, "Filters: " + names.joined(separator: " "))
      return []
    }
    return changeRunQuery { editor in
      editor.move(.textEnd)
      editor.insert(String(name.dropFirst(word.count)))
    }
  }
}
