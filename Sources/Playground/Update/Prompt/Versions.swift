import Core

// The versions of the prompt: listed, compared, put back, named, run in columns.

extension State {
  /// Asks which version the text on the screen is, and for those that columns run.
  func findVersions() -> Effect {
    .versions(
      .find(
        prompt: prompt.draftName, text: prompt.editor.text, parent: prompt.parentVersion,
        columns: columns.compactMap(\.awaitedVersion)))
  }

  mutating func take(_ reply: VersionReply) -> [Effect] {
    switch reply {
    case .found(let name, let origin, let versions):
      guard name == prompt.draftName else { return [] }
      if let origin { prompt.stem(from: origin) }
      guard pinAwaited(versions) else { return [] }
      return settle()
    case .listed(let rows, .overlay): return show(rows)
    case .listed(let rows, .picker(let column)): showPicker(of: rows, column: column)
    case .listed(let rows, .sameBut(let column)): show(rows, inChangesOf: column)
    case .compared(let number, let difference): show(difference, number: number)
    case .fetched(let version, .restore): return restore(version)
    case .fetched(let version, .newColumn): return addColumn(running: version)
    case .fetched(let version, .column(let column)): return pin(version, column: column)
    }
    return []
  }

  /// Takes in under which names runs are kept, and which version their text is.
  mutating func take(_ begun: [BegunRun]) -> [Effect] {
    for run in begun {
      if let (index, attempt) = place(ofRun: run.number) {
        columns[index].change(attempt: attempt) { $0.recordedRun = run.id }
        if run.id == begun.first?.id { origin = run.id }
      }
      if let version = run.version { prompt.nameParent(version) }
    }
    return treeAgain()
  }

  // MARK: The overlay

  mutating func showVersions() -> [Effect] {
    [.versions(.list(prompt: prompt.draftName, .overlay))]
  }

  private mutating func show(_ rows: [VersionRow]) -> [Effect] {
    if versionsView != nil {
      let height = Layout.versionsList(size: size).height
      changeVersionsView { $0.replace(rows: rows, height: height) }
    } else if rows.isEmpty {
      notice = Notice(
        .information, "No text of this prompt was run yet: ^R makes its first version.")
      return []
    } else {
      overlays.append(
        .versions(
          VersionsView(rows: rows, text: prompt.editor.text, origin: prompt.parentVersion)))
    }
    return compareSelected()
  }

  var versionsView: VersionsView? {
    for case .versions(let view) in overlays { return view }
    return nil
  }

  private mutating func changeVersionsView(_ change: (inout VersionsView) -> Void) {
    for place in overlays.indices {
      guard case .versions(var view) = overlays[place] else { continue }
      change(&view)
      overlays[place] = .versions(view)
    }
  }

  mutating func layOutVersions() {
    let (list, room) = (Layout.versionsList(size: size), Layout.versionsDifference(size: size))
    changeVersionsView { $0.reflow(listHeight: list.height, difference: room) }
  }

  mutating func takeInVersions(_ key: Key) -> [Effect] {
    guard let command = CommandTable.command(for: key, in: .versions) else { return [] }
    switch command {
    case .selectUp: return selectVersion { $0.selection - 1 }
    case .selectDown: return selectVersion { $0.selection + 1 }
    case .scrollTop: return selectVersion { _ in 0 }
    case .scrollEnd: return selectVersion { $0.entries.count - 1 }
    case .scrollPageUp: scrollDifference(.pages(-1))
    case .scrollPageDown: scrollDifference(.pages(1))
    default: return perform(command)
    }
    return []
  }

  private mutating func selectVersion(_ place: (VersionsView) -> Int) -> [Effect] {
    let height = Layout.versionsList(size: size).height
    changeVersionsView { $0.select(place($0), height: height) }
    return compareSelected()
  }

  mutating func scrollDifference(_ step: ScrollStep) {
    let height = Layout.versionsDifference(size: size).height
    changeVersionsView { $0.scroll(step, height: height) }
  }

  mutating func markVersion() -> [Effect] {
    changeVersionsView { $0.mark() }
    return compareSelected()
  }

  // MARK: Comparing

  private mutating func compareSelected() -> [Effect] {
    guard let (old, new) = versionsView?.compared else { return [] }
    let number = takeNumber()
    changeVersionsView { $0.pendingNumber = number }
    return [
      .versions(
        .compare(
          number: number, prompt: prompt.draftName, old: old.map(side) ?? .text(""),
          new: side(of: new)))
    ]
  }

  private func side(of entry: VersionsView.Entry) -> VersionSide {
    entry.hash.map { .version(hash: $0) } ?? .text(prompt.editor.text)
  }

  private mutating func show(_ difference: WordDiff, number: Int) {
    let width = Layout.versionsDifference(size: size).width
    changeVersionsView { view in
      if view.pendingNumber == number { view.show(difference, width: width) }
    }
  }

  // MARK: What is done with a version

  /// The hash of the selected version; nil, with a notice, for the text on the screen.
  private mutating func selectedVersion() -> VersionSummary? {
    guard case .version(let row)? = versionsView?.selected else {
      notice = Notice(.information, "This is the text on the screen: ^R makes a version of it.")
      return nil
    }
    return row.summary
  }

  private mutating func fetchSelected(for use: VersionUse) -> [Effect] {
    guard let version = selectedVersion() else { return [] }
    return [.versions(.fetch(prompt: prompt.draftName, hash: version.hash, use))]
  }

  mutating func restoreVersion() -> [Effect] { fetchSelected(for: .restore) }

  private mutating func restore(_ version: PromptVersion) -> [Effect] {
    closeVersions()
    focus(on: .prompt)
    guard prompt.editor.text != version.text else {
      notice = Notice(.information, "\(version.label) is the text on the screen.")
      return []
    }
    prompt.restore(version)
    notice = Notice(.success, "\(version.label) is back; M-u brings what stood here before.")
    return settle() + [.schedule(.saveDraft, after: 500)]
  }

  private mutating func closeVersions() {
    overlays.removeAll { if case .versions = $0 { true } else { false } }
  }

  mutating func askForVersionName() {
    guard let version = selectedVersion() else { return }
    overlays.append(.line(LineInput(.nameVersion(version.hash), text: version.name ?? "")))
  }

  mutating func askForVersionNote() {
    guard let version = selectedVersion() else { return }
    overlays.append(.line(LineInput(.noteVersion(version.hash), text: version.note)))
  }

  /// An empty name takes the name away.
  func nameVersion(_ hash: String, _ name: String) -> [Effect] {
    [
      .versions(
        .name(prompt: prompt.draftName, hash: hash, name.isEmpty ? nil : name)),
      .versions(.list(prompt: prompt.draftName, .overlay)),
    ]
  }

  func noteVersion(_ hash: String, _ note: String) -> [Effect] {
    [
      .versions(.note(prompt: prompt.draftName, hash: hash, note)),
      .versions(.list(prompt: prompt.draftName, .overlay)),
    ]
  }

  // MARK: Columns

  mutating func compareVersion() -> [Effect] {
    guard hasRoomForColumn() else { return [] }
    return fetchSelected(for: .newColumn)
  }

  private mutating func addColumn(running version: PromptVersion) -> [Effect] {
    guard columns.count < Self.mostColumns else { return [] }
    columns.append(Column(Variant(columns[currentColumn].model), width: 1))
    closeVersions()
    let effects = pin(version, column: columns.count - 1)
    focus(on: .column(columns.count - 1))
    return effects
  }

  mutating func pickVersion() -> [Effect] {
    [.versions(.list(prompt: prompt.draftName, .picker(column: currentColumn)))]
  }

  private mutating func showPicker(of rows: [VersionRow], column: Int) {
    guard columns.indices.contains(column) else { return }
    let items = rows.map { row in
      Picker.Item(
        row.summary.name == nil ? "\(row.summary.label) \(row.title)" : row.summary.label,
        detail: [row.summary.score.words, row.time].filter { !$0.isEmpty }.joined(separator: " · "),
        choice: .version(row.summary.hash, column: column))
    }
    let current = Picker.Item("the text on the screen", choice: .version(nil, column: column))
    var picker = Picker(.versions(column: column), items: [current] + items)
    let hash = columns[column].pinned?.version.hash
    picker.select(
      picker.items.firstIndex { $0.choice == .version(hash, column: column) } ?? 0,
      height: pickerHeight)
    overlays.append(.picker(picker))
  }

  /// - Parameter hash: nil for the text on the screen.
  mutating func choose(version hash: String?, column: Int) -> [Effect] {
    guard columns.indices.contains(column) else { return [] }
    if let hash {
      return [.versions(.fetch(prompt: prompt.draftName, hash: hash, .column(column)))]
    }
    columns[column].pin(nil)
    return settle() + [.schedule(.saveDraft, after: 500)]
  }

  private mutating func pin(_ version: PromptVersion, column: Int) -> [Effect] {
    guard columns.indices.contains(column) else { return [] }
    let letter = Column.letter(of: column)
    do {
      columns[column].pin(try pinned(version))
      notice = Notice(
        .information, "\(letter) runs \(version.label) from now on: ^R runs all columns.")
    } catch {
      notice = Notice(.error, "\(letter) can't run \(version.label): \(error)")
    }
    // Its variables want values.
    return settle() + [.schedule(.saveDraft, after: 500)]
  }

  /// Gives columns the versions that they had when the draft was kept, and tells whether there were
  /// any.
  private mutating func pinAwaited(_ versions: [PromptVersion]) -> Bool {
    let isAny = columns.contains { $0.awaitedVersion != nil }
    for index in columns.indices {
      guard let hash = columns[index].awaitedVersion else { continue }
      let version = versions.first { $0.hash == hash }
      columns[index].pin(version.flatMap { try? pinned($0) })
      guard version != nil else {
        notice = Notice(
          .warning,
          "The version that \(Column.letter(of: index)) ran is gone: it runs the text on the screen."
        )
        continue
      }
    }
    return isAny
  }

  private func pinned(_ version: PromptVersion) throws(PromptError) -> PinnedPrompt {
    try PinnedPrompt(version, of: prompt.name, partials: prompt.partials)
  }

  /// Reads the versions that columns run anew, with the partials that are known now.
  mutating func repin() {
    for index in columns.indices {
      guard let pinned = columns[index].pinned, !pinned.partialNames.isEmpty else { continue }
      // One that a broken partial breaks stays as it was read before.
      columns[index].pin((try? self.pinned(pinned.version)) ?? pinned)
    }
  }
}
