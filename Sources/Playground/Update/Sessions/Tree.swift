import Core

// The page of a session's tree: moving in it, opening a moment, naming, pruning, comparing.

extension State {
  /// Asks for the tree of the session at hand.
  mutating func showTree() -> [Effect] {
    guard let id = session?.id ?? draftSession else {
      notice = Notice(.information, "There are no runs in this session yet: ^R makes one.")
      return []
    }
    return [.readTree(session: id, at: origin)]
  }

  /// - Parameter run: whose moment is to be selected; nil keeps what is, or takes the newest.
  mutating func show(_ tree: SessionTree, at run: Identifier?) -> [Effect] {
    let height = Layout.treeList(size: size).height
    let current = origin.flatMap(tree.place(ofRun:)).map { tree.moments[$0].id }
    if treePage?.tree.session.id == tree.session.id {
      let before = treePage?.selected?.id
      changeTreePage { $0.replace(tree, current: current, height: height) }
      return treePage?.selected?.id == before ? [] : readMoment()
    }
    guard !tree.moments.isEmpty else {
      notice = Notice(
        .information,
        tree.prunedCount == 0
          ? "There are no runs in '\(tree.session.name)' yet."
          : "All of '\(tree.session.name)' is pruned: `whet sessions prune --undo` brings it back.")
      return []
    }
    var page = TreePage(tree, current: current)
    page.select(run.flatMap(tree.place(ofRun:)) ?? 0, height: height)
    overlays.append(.tree(page))
    return readMoment()
  }

  var treePage: TreePage? {
    for case .tree(let page) in overlays { return page }
    return nil
  }

  private mutating func changeTreePage(_ change: (inout TreePage) -> Void) {
    for place in overlays.indices {
      guard case .tree(var page) = overlays[place] else { continue }
      change(&page)
      overlays[place] = .tree(page)
    }
  }

  mutating func layOutTree() {
    let (list, report) = (Layout.treeList(size: size), Layout.treeReport(size: size))
    changeTreePage { $0.reflow(list: list, report: report) }
  }

  private mutating func readMoment() -> [Effect] {
    let number = takeNumber()
    var request: MomentRequest?
    changeTreePage { request = $0.request(number: number) }
    return request.map { [.readMoment($0)] } ?? []
  }

  mutating func take(_ report: MomentReport, of number: Int) {
    let width = Layout.treeReport(size: size).width
    changeTreePage { $0.take(report.lines, of: number, width: width) }
  }

  /// Asks for the tree anew when something of it changed while it is looked at.
  func treeAgain() -> [Effect] {
    treePage.map { [.readTree(session: $0.tree.session.id, at: nil)] } ?? []
  }

  mutating func takeInTree(_ key: Key) -> [Effect] {
    guard let page = treePage, let command = CommandTable.command(for: key, in: .tree) else {
      return []
    }
    let height = Layout.treeList(size: size).height
    switch command {
    case .selectUp: return selectMoment(page.selection - 1)
    case .selectDown: return selectMoment(page.selection + 1)
    case .parentMoment: return page.tree.parent(of: page.selection).map { selectMoment($0) } ?? []
    case .childMoment:
      return page.tree.children(of: page.selection).first.map { selectMoment($0) } ?? []
    case .scrollTop: return selectMoment(0)
    case .scrollEnd: return selectMoment(page.tree.moments.count - 1)
    case .scrollPageUp: return selectMoment(page.selection - height)
    case .scrollPageDown: return selectMoment(page.selection + height)
    case .scrollUp: scrollTreeReport(.rows(-1))
    case .scrollDown: scrollTreeReport(.rows(1))
    default: return perform(command)
    }
    return []
  }

  private mutating func selectMoment(_ place: Int) -> [Effect] {
    let height = Layout.treeList(size: size).height
    let before = treePage?.selection
    changeTreePage { $0.select(place, height: height) }
    return treePage?.selection == before ? [] : readMoment()
  }

  mutating func scrollTreeReport(_ step: ScrollStep) {
    let height = Layout.treeReport(size: size).height
    changeTreePage { $0.scrollReport(step, height: height) }
  }

  // MARK: What is done with a moment

  func openMoment(for revisit: Revisit = .show) -> [Effect] {
    guard let run = treePage?.selected?.runs.first else { return [] }
    return [.loadRuns(run.id, revisit)]
  }

  func replayMoment() -> [Effect] {
    guard let run = treePage?.selected?.runs.first else { return [] }
    return [.loadRuns(run.id, .replay([run.id]))]
  }

  /// Plays all that led to the moment, oldest first.
  func replayBranch() -> [Effect] {
    guard let page = treePage else { return [] }
    let way = sequence(first: page.selection) { page.tree.parent(of: $0) }
    let moments = way.compactMap { page.tree.moments[$0].runs.first?.id }
    guard !moments.isEmpty else { return [] }
    return [.loadRuns(moments[moments.count - 1], .replay(moments.reversed()))]
  }

  mutating func markMoment() -> [Effect] {
    guard let page = treePage else { return [] }
    changeTreePage { $0.toggleMark() }
    return selectMoment(page.selection + 1)
  }

  /// Opens the marked moments side by side; with one mark or none, the selected one joins in.
  mutating func compareMoments() -> [Effect] {
    guard let page = treePage, let selected = page.selected else { return [] }
    let wanted = page.marked.count > 1 ? page.marked : page.marked.union([selected.id])
    // Oldest on the left, as they were made.
    let moments = page.tree.moments.reversed().filter { wanted.contains($0.id) }
    guard moments.count > 1 else {
      notice = Notice(.information, "Mark two or more with Space: c then puts them side by side.")
      return []
    }
    return [.compareMoments(session: page.tree.session.id, moments.map(\.id))]
  }

  mutating func askForBranchName() {
    guard let page = treePage, let selected = page.selected else { return }
    let name = page.tree.names(of: page.selection).first ?? ""
    overlays.append(.line(LineInput(.nameBranch(moment: selected.id, before: name), text: name)))
  }

  /// Gives a moment a name; an empty one takes that away which it had.
  mutating func name(_ moment: Identifier, before: String, _ text: String) -> [Effect] {
    guard let page = treePage else { return [] }
    let session = page.tree.session.id
    let isEmpty = text.allSatisfy(\.isWhitespace)
    guard let name = Branch.name(from: text) else {
      guard isEmpty, !before.isEmpty else {
        if !isEmpty {
          notice = Notice(
            .error, "A branch's name has at most \(Branch.longestName) bytes.")
        }
        return []
      }
      return [.changeTree(session: session, .deleteBranch(before))]
    }
    let renamed = before.isEmpty || before == name ? [] : [TreeChange.deleteBranch(before)]
    return (renamed + [.name(moment: moment, name)])
      .map { .changeTree(session: session, $0) }
  }

  /// Puts a moment with all that was made from it out of sight.
  mutating func pruneMoment() -> [Effect] {
    guard let page = treePage else { return [] }
    let descent = page.tree.descent(of: page.selection)
    guard !descent.isEmpty else { return [] }
    let running = page.tree.moments.contains { moment in
      descent.contains(moment.id) && moment.runs.contains { $0.finishReason == nil }
    }
    guard !running else {
      notice = Notice(.information, "It is still running: ^C in the panes cancels it.")
      return []
    }
    notice = Notice(
      .success,
      descent.count == 1
        ? "Pruned: u brings it back." : "Pruned \(descent.count) moments: u brings them back.")
    return [.changeTree(session: page.tree.session.id, .prune(descent))]
  }

  mutating func undoPruning() -> [Effect] {
    guard let page = treePage else { return [] }
    guard page.tree.prunedCount > 0 else {
      notice = Notice(.information, "Nothing is pruned.")
      return []
    }
    changeTreePage { $0.awaitsUndo = true }
    notice = Notice(.success, "Brought back what was pruned last.")
    return [.changeTree(session: page.tree.session.id, .undoPruning)]
  }

  mutating func findMoment(_ text: String) -> [Effect] {
    lastTreeQuery = text
    guard let page = treePage else { return [] }
    guard let place = page.tree.place(after: page.selection, holding: text) else {
      notice = Notice(.information, "No moment here has '\(text)' in it.")
      return []
    }
    return selectMoment(place)
  }
}
