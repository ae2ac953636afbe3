import Core

// The wire view: opened over a column, kept up with its stream, and copied from.

extension State {
  mutating func showWire() -> [Effect] {
    let column = columns[currentColumn]
    guard column.phase != .empty else {
      notice = Notice(.information, "Nothing has gone over the wire yet: ^R runs the prompt.")
      return []
    }
    overlays.append(.wire(WireView(column: currentColumn, followsEnd: column.isRunning)))
    layOutWire()
    return examineWire()
  }

  /// Changes the wire view, wherever among the overlays it lies.
  private mutating func changeWireView(_ change: (inout WireView, Column) -> Void) {
    for place in overlays.indices {
      guard case .wire(var view) = overlays[place], columns.indices.contains(view.column) else {
        continue
      }
      change(&view, columns[view.column])
      overlays[place] = .wire(view)
    }
  }

  private var watchedColumn: Int? {
    for case .wire(let view) in overlays where columns.indices.contains(view.column) {
      return view.column
    }
    return nil
  }

  // MARK: What it shows

  /// Lays the wire view out for its column as it is now, and for the size of the screen.
  mutating func layOutWire() {
    let area = wireArea
    changeWireView { view, column in
      view.layOutRequests(of: column, in: area)
      view.layOutFindings(of: column, in: area)
    }
  }

  mutating func wireGrew(inColumn index: Int, by event: WireEvent) -> [Effect] {
    guard index == watchedColumn else { return [] }
    if case .body = event { return [] }
    layOutWire()
    if case .end = event { return examineWire() }
    return []
  }

  mutating func moveWirePart(by step: Int) {
    let parts = WireView.Part.allCases
    changeWireView { view, _ in
      view.part = parts[(view.part.rawValue + step + parts.count) % parts.count]
    }
  }

  mutating func showWirePart(_ part: WireView.Part) {
    changeWireView { view, _ in view.part = part }
  }

  mutating func scrollWire(_ step: ScrollStep) {
    let area = wireArea
    changeWireView { view, column in view.scroll(step, over: column, in: area) }
  }

  // MARK: The stream doctor

  /// Has the doctor look at what has come since, of the run that is watched.
  mutating func examineWire() -> [Effect] {
    guard let index = watchedColumn, let examination = columns[index].takeExamination() else {
      return []
    }
    return [.examineWire(examination)]
  }

  mutating func take(_ findings: [StreamFinding], of number: Int) -> [Effect] {
    guard let (index, attempt) = place(ofRun: number) else { return [] }
    columns[index].change(attempt: attempt) { $0.examined(findings) }
    guard index == watchedColumn, attempt == columns[index].shownAttempt else { return [] }
    layOutWire()
    // While it streams, he looks once a second.
    return columns[index].isRunning ? [] : examineWire()
  }

  // MARK: Copying

  mutating func copyRequest() -> [Effect] {
    guard let index = watchedColumn, let request = columns[index].lastRequest else {
      notice = Notice(.information, "There is no request to copy.")
      return []
    }
    let command = request.curlCommand { catalog.isKept($0, for: request) }
    let areKept = request.fields.compactMap(\.secret).allSatisfy {
      catalog.isKept($0, for: request)
    }
    return copy(
      command,
      named: areKept
        ? "the request as a curl command"
        : "the request; its key is of no server of yours, so put one in for [key]")
  }

  mutating func copyStream() -> [Effect] {
    guard let index = watchedColumn else { return [] }
    var bytes: [UInt8] = []
    for case .body(let piece) in columns[index].wire.lazy.map(\.event) { bytes += piece }
    guard !bytes.isEmpty else {
      notice = Notice(.information, "Nothing has come yet.")
      return []
    }
    return copy(String(decoding: bytes, as: UTF8.self), named: "the raw stream")
  }
}

extension Column {
  /// The request of the last try.
  fileprivate var lastRequest: SentRequest? {
    for timed in wire.reversed() {
      if case .request(let request) = timed.event { return request }
    }
    return nil
  }
}
