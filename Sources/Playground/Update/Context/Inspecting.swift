import Core

// The pages over the context: opened, scrolled, closed, and what comes back from the work for them.

extension State {
  /// Changes each of the overlays.
  private mutating func changeOverlays(_ change: (inout Overlay) -> Void) {
    for place in overlays.indices { change(&overlays[place]) }
  }

  /// Takes away the topmost overlay, and gives up what it waits for.
  mutating func closeOverlay() -> [Effect] {
    switch overlays.popLast() {
    case .passage(let reader):
      return [reader.pendingReading, reader.pendingInspection].compactMap { $0 }
        .map(Effect.endInspection)
    case .absence(let page): return page.report == nil ? [.endInspection(page.number)] : []
    case .measuring(let page): return page.isDone ? [] : [.endInspection(page.number)]
    case .judging(let page): return page.isDone ? [] : [.cancelRuns(page.runsUnderWay)]
    default: return []
    }
  }

  /// Lays the pages out for the size of the screen.
  mutating func layOutInspection() {
    let area = documentArea
    changeOverlays { overlay in
      guard case .passage(var reader) = overlay else { return }
      reader.layOut(in: area)
      overlay = .passage(reader)
    }
    scrollInspection(.rows(0))
  }

  var documentArea: Rectangle { Layout.documentText(size: size) }
  private var reportArea: Rectangle { Layout.inspectionText(size: size) }

  mutating func scrollInspection(_ step: ScrollStep) {
    func top(of lines: [ReportLine], from top: Int) -> Int {
      let rows = ReportText(lines, width: reportArea.width).rows.count
      return step.top(from: top, of: rows, height: reportArea.height)
    }
    switch overlays.last {
    case .passage: changeReader { reader, area in reader.scroll(step, in: area) }
    case .absence(var page):
      page.top = top(of: page.lines, from: page.top)
      overlays[overlays.count - 1] = .absence(page)
    case .measuring(var page):
      page.top = top(of: page.lines, from: page.top)
      overlays[overlays.count - 1] = .measuring(page)
    case .wins(var page):
      page.top = top(of: page.lines, from: page.top)
      overlays[overlays.count - 1] = .wins(page)
    case .judging(var page):
      page.top = top(of: page.lines, from: page.top)
      overlays[overlays.count - 1] = .judging(page)
    default: break
    }
  }

  /// Changes the passage's document on top.
  mutating func changeReader<Result>(
    _ change: (inout PassageReader, Rectangle) -> Result
  ) -> Result? {
    guard case .passage(var reader)? = overlays.last else { return nil }
    // Taken out while it changes, so that nothing of it is copied.
    overlays.removeLast()
    defer { overlays.append(.passage(reader)) }
    return change(&reader, documentArea)
  }

  // MARK: What comes back

  mutating func take(_ inspection: Inspection, of number: Int) {
    let area = documentArea
    changeOverlays { overlay in
      switch overlay {
      case .passage(var reader):
        guard reader.take(inspection, of: number, in: area) else { return }
        overlay = .passage(reader)
      case .absence(var page) where page.number == number:
        if case .absence(let report) = inspection { page.report = report }
        if case .failed(let problem) = inspection { page.problem = problem }
        overlay = .absence(page)
      case .measuring(var page) where page.number == number:
        page.take(inspection)
        overlay = .measuring(page)
      default: break
      }
    }
  }

  // MARK: Measuring

  mutating func measure() -> [Effect] {
    guard let index = context.index else {
      notice = Notice(.information, "No index is chosen: M-i picks one.")
      return []
    }
    var before = context.initialSettings
    // The same twice would say nothing: then words alone are what is compared with.
    if before == context.settings { before.method = .bm25 }
    let measuring = RetrievalMeasuring(
      number: takeNumber(), index: index, before: before, now: searchSettings)
    overlays.append(.measuring(MeasuringPage(number: measuring.number, index: index)))
    return [.measure(measuring)]
  }
}

extension MeasuringPage {
  fileprivate mutating func take(_ inspection: Inspection) {
    switch inspection {
    case .measuring(let done, let total): progress = Progress(done: done, total: total)
    case .measured(let comparison):
      self.comparison = comparison
      isDone = true
    case .failed(let problem):
      self.problem = problem
      isDone = true
    case .document, .details, .absence: break
    }
  }
}

extension PassageReader {
  /// Takes in what came for it; false where that was for another, or is out of date.
  fileprivate mutating func take(
    _ inspection: Inspection, of number: Int, in area: Rectangle
  ) -> Bool {
    switch inspection {
    case .document(let document) where number == pendingReading: show(document, in: area)
    case .failed(let problem) where number == pendingReading:
      show(ReadDocument(passage, note: problem), in: area)
    case .details(let details) where number == pendingInspection: show(details)
    case .failed(let problem) where number == pendingInspection: detailsFailed(problem)
    default: return false
    }
    return true
  }
}
