import Core

// A passage in its document: opened from the pane or from "Why not?", walked through, compared with
// other cuts, and opened in an editor outside.

extension State {
  /// The passage that a command is about: that of the page on top, else the selected one.
  private var passageInQuestion: Passage? {
    switch overlays.last {
    case .passage(let reader): reader.passage
    case .absence(let page): page.shown?.passage
    default: context.selected?.passage
    }
  }

  mutating func readPassage() -> [Effect] {
    guard let passage = passageInQuestion else { return [] }
    guard let index = context.index, passage.id != 0 else {
      let note = "This passage came with a case: it is in no index, and its document isn't known."
      overlays.append(.passage(PassageReader(passage, note: note)))
      return []
    }
    var reader = PassageReader(passage)
    let reading = DocumentReading(
      number: takeNumber(), index: index, passage: passage, chunking: context.settings.chunking)
    reader.pendingReading = reading.number
    overlays.append(.passage(reader))
    return inspect() + [.readDocument(reading)]
  }

  /// Asks why the passage on top stands where it stands.
  private mutating func inspect() -> [Effect] {
    guard let index = context.index else { return [] }
    let number = takeNumber()
    let query = context.query ?? ""
    let settings = searchSettings
    let before = changeReader { reader, _ in
      defer { reader.pendingInspection = number }
      return reader.pendingInspection
    }
    guard case .passage(let reader)? = overlays.last else { return [] }
    let inspection = PassageInspection(
      number: number, index: index, passage: reader.passage, start: reader.selected.lowerBound,
      query: query, settings: settings)
    return (before.flatMap { $0 }.map { [.endInspection($0)] } ?? []) + [.inspect(inspection)]
  }

  /// Goes to a passage before or after the one on top.
  mutating func showPassage(movedBy step: Int) -> [Effect] {
    if case .absence(var page)? = overlays.last {
      page.show(passageMovedBy: step)
      overlays[overlays.count - 1] = .absence(page)
      return []
    }
    let isThere = changeReader { reader, area in
      guard let bytes = reader.passage(movedBy: step) else { return false }
      reader.look(at: bytes, in: area)
      return true
    }
    guard isThere == true else {
      notice = Notice(
        .information,
        step > 0 ? "This is the document's last passage." : "This is the document's first passage.")
      return []
    }
    return inspect()
  }

  /// Shows the cuts of the next chunking beside those of the passage's own.
  mutating func compareChunking() -> [Effect] {
    guard let index = context.index, case .passage(let reader)? = overlays.last,
      !reader.document.cuttings.isEmpty
    else {
      notice = Notice(.information, "There is no document to cut.")
      return []
    }
    let next = reader.nextCompared
    let number = takeNumber()
    let chunking = reader.document.cuttings[0].chunking
    _ = changeReader { reader, area in
      reader.compared = next
      reader.pendingReading = next == nil ? nil : number
      reader.layOut(in: area)
    }
    guard let next else { return [] }
    return [
      .readDocument(
        DocumentReading(
          number: number, index: index, passage: reader.passage, chunking: chunking, compared: next)
      )
    ]
  }

  mutating func showDetails() -> [Effect] {
    _ = changeReader { reader, area in
      reader.page = reader.page == .text ? .details : .text
      reader.layOut(in: area)
    }
    return []
  }

  // MARK: The source outside

  /// Opens the source of a passage in an editor: at the first line in sight in its document, else at
  /// the passage's.
  mutating func openSource() -> [Effect] {
    guard let passage = passageInQuestion else { return [] }
    guard let index = context.index, passage.id != 0 else {
      notice = Notice(.information, "This passage is in no index: where it is from isn't known.")
      return []
    }
    return [
      .openSource(
        SourceOpening(index: index, passage: passage, line: passage.lines.lowerBound))
    ]
  }

  mutating func show(_ view: OutsideView) -> [Effect] {
    if case .text(_, let name, _) = view {
      notice = Notice(
        .information, "The file is no text: \(name), which was made of it, was shown.")
    }
    return [.terminal(.view(view))]
  }

  // MARK: "Why not?"

  mutating func explainAbsence(of text: String) -> [Effect] {
    guard let index = context.index else {
      notice = Notice(.information, "No index is chosen: M-i picks one.")
      return []
    }
    // Another question takes the place of the one before.
    var effects: [Effect] = []
    if case .absence? = overlays.last { effects = closeOverlay() }
    let request = AbsenceRequest(
      number: takeNumber(), index: index, question: AbsenceQuestion(text),
      query: context.query ?? "", settings: searchSettings)
    overlays.append(.absence(AbsencePage(number: request.number, question: text)))
    return effects + [.explainAbsence(request)]
  }

  /// Searches with the settings that were found to bring the passage in.
  mutating func applyRemedy() -> [Effect] {
    guard case .absence(let page)? = overlays.last, let absent = page.shown else { return [] }
    let remedies = absent.remedies.filter { $0.query == page.report?.query }
    guard let remedy = remedies.first else {
      notice = Notice(.information, "No change of the settings brings it in.")
      return []
    }
    overlays.removeLast()
    return turn(to: remedy.settings, "Searching with \(remedy.changes.joined(separator: ", ")).")
  }

  /// Pins the passage that is missed, so that the prompt is given it whatever a search finds.
  mutating func pinMissedPassage() -> [Effect] {
    guard case .absence(let page)? = overlays.last, let passage = page.shown?.passage else {
      return []
    }
    let isPinned = context.curation.isPinned(passage.origin)
    notice = Notice(
      .information,
      isPinned ? "Not pinned any more." : "Pinned: it is given whatever a search finds.")
    return curate { $0.togglePin(passage) }
  }
}

extension PassageReader {
  /// Takes in what is known of the passage that is looked at.
  mutating func show(_ details: PassageDetails?) {
    pendingInspection = nil
    guard let details else {
      self.details = nil
      return detailsFailed(
        "The index no longer has this passage: whet index add brings it up to date.")
    }
    self.details = details
    if details.passage.id != passage.id { passage = details.passage }
  }

  mutating func detailsFailed(_ problem: String) {
    pendingInspection = nil
    detailsProblem = problem
  }
}
