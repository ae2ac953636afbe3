import Core
import FineTuning

// Keys among the examples of a training set. What a key does is shown at once; the store follows.

extension State {
  public var exampleRoom: ExampleRoom {
    Layout.exampleRoom(size: size, showsDetail: training.browser?.showsDetail == true)
  }

  mutating func selectExample(_ place: Int) {
    training.browser?.select(place, height: exampleRoom.rows.height)
  }

  /// What is to be read so that all in sight is there.
  mutating func lookAtExamples() -> [Effect] {
    guard let set = training.browser?.set else { return [] }
    var effects: [Effect] = []
    if let request = training.browser?.request(height: exampleRoom.rows.height) {
      effects.append(.training(request))
    }
    if let number = training.browser?.unread {
      effects.append(.training(.example(set: set, number: number)))
    }
    return effects
  }

  mutating func takeInExamples(_ key: Key) -> [Effect] {
    guard let browser = training.browser,
      let command = CommandTable.command(for: key, in: .trainingExamples)
    else { return [] }
    let room = exampleRoom
    let (place, height) = (browser.selection, room.rows.height)
    switch command {
    case .selectUp where room.isDetailAlone: scrollDetail(.rows(-1))
    case .selectDown where room.isDetailAlone: scrollDetail(.rows(1))
    case .scrollPageUp where room.isDetailAlone: scrollDetail(.pages(-1))
    case .scrollPageDown where room.isDetailAlone: scrollDetail(.pages(1))
    case .selectUp: selectExample(place - 1)
    case .selectDown: selectExample(place + 1)
    case .scrollPageUp: selectExample(place - height)
    case .scrollPageDown: selectExample(place + height)
    case .scrollTop: selectExample(0)
    case .scrollEnd: selectExample(browser.count - 1)
    case .scrollUp: scrollDetail(.rows(-1))
    case .scrollDown: scrollDetail(.rows(1))
    case .close: return closeExamples()
    default: return perform(command)
    }
    return lookAtExamples()
  }

  /// Leaves the detail first, where it has taken the room of the table.
  mutating func closeExamples() -> [Effect] {
    if exampleRoom.isDetailAlone {
      training.browser?.showsDetail = false
      return []
    }
    return closeOverlay()
  }

  mutating func showExample() {
    training.browser?.showsDetail.toggle()
    training.browser?.detailTop = 0
    training.browser.map { selectExample($0.selection) }
  }

  mutating func scrollDetail(_ step: ScrollStep) {
    guard let browser = training.browser, let detail = exampleRoom.detail else { return }
    let rows = ReportText(browser.report, width: detail.width).rows.count
    training.browser?.detailTop = step.top(
      from: browser.detailTop, of: rows, height: detail.height)
  }

  /// The wheel goes through the rows, or through the detail where that is alone.
  mutating func wheelExamples(_ rows: Int) {
    guard let browser = training.browser else { return }
    if exampleRoom.isDetailAlone { return scrollDetail(.rows(rows)) }
    selectExample(browser.selection + rows.signum())
  }

  // MARK: Filter

  mutating func askForExampleFilter() {
    overlays.append(.line(LineInput(.exampleFilter, text: training.browser?.filter ?? "")))
  }

  mutating func askForExampleNumber() { overlays.append(.line(LineInput(.exampleNumber))) }

  /// A filter that can't be read stays open, with what is wrong.
  mutating func filterExamples(by text: String) -> [Effect] {
    do throws(ExampleFilterError) {
      _ = try ExampleFilter(text)
    } catch {
      notice = Notice(.warning, "\(error)")
      return []
    }
    closeLine(for: .exampleFilter)
    notice = nil
    let height = exampleRoom.rows.height
    return (training.browser?.show(text, height: height)).map { [.training($0)] } ?? []
  }

  mutating func showAllExamples() -> [Effect] { filterExamples(by: "") }

  mutating func goToExample(_ text: String) -> [Effect] {
    guard let number = Int(text), number >= 1, let browser = training.browser else {
      notice = Notice(.warning, "An example is named by its number, from 1 on.")
      return []
    }
    guard browser.filter.isEmpty else {
      notice = Notice(.information, "Numbers are those of all examples: 0 shows all, then # again.")
      return []
    }
    selectExample(number - 1)
    return lookAtExamples()
  }

  // MARK: Changing

  /// Says what becomes of the selected example, and goes on to the next.
  mutating func mark(_ state: ExampleState) -> [Effect] {
    guard let browser = training.browser, let row = browser.selected else { return [] }
    training.browser?.mark(row.state == state ? .pending : state)
    let change = CurationAction.Change.setState(row.state == state ? .pending : state)
    if row.state != state { selectExample(browser.selection + 1) }
    return [.training(.change(set: browser.set, number: row.number, change))] + lookAtExamples()
  }

  /// The same for all that fit the filter, when it is asked for twice.
  mutating func markAll(_ state: ExampleState) -> [Effect] {
    guard let browser = training.browser, browser.count > 0 else { return [] }
    guard browser.isWarnedOf == state else {
      training.browser?.isWarnedOf = state
      let word = state == .approved ? "A once more approves" : "X once more rejects"
      let which = browser.filter.isEmpty ? "of the set" : "that fit the filter"
      let count =
        browser.isComplete
        ? "all \(Numbers.grouped(browser.count))" : "all, \(Numbers.grouped(browser.count)) so far,"
      notice = Notice(.warning, "\(word) \(count) \(which); u takes it back.")
      return []
    }
    training.browser?.isWarnedOf = nil
    notice = Notice(.information, "Marking…")
    return [
      .training(.changeAll(set: browser.set, filter: browser.filter, .setState(state)))
    ]
  }

  mutating func askForExampleTag() {
    guard let row = training.browser?.selected else { return }
    overlays.append(.line(LineInput(.exampleTag(number: row.number))))
  }

  /// A tag after `-` is taken away.
  mutating func tagExample(_ number: Int, with text: String) -> [Effect] {
    guard let set = training.browser?.set else { return [] }
    let isRemoval = text.hasPrefix("-")
    let tag = String(isRemoval ? text.dropFirst() : text[...])
    guard !tag.isEmpty, !tag.contains(where: \.isWhitespace) else {
      notice = Notice(.warning, "A tag is one word: draft adds it, -draft takes it away.")
      return []
    }
    return [
      .training(.change(set: set, number: number, isRemoval ? .removeTag(tag) : .addTag(tag)))
    ]
  }

  mutating func undoCuration(_ isRedo: Bool) -> [Effect] {
    guard let set = training.browser?.set else { return [] }
    return [.training(isRedo ? .redo(set: set) : .undo(set: set))]
  }

  // MARK: Editing

  /// Opens the answer in an editor, or all of the example as JSON.
  mutating func editExample(whole: Bool) {
    guard let browser = training.browser, let stored = browser.detail,
      stored.number == browser.selected?.number
    else {
      notice = Notice(.information, "There is no example here yet.")
      return
    }
    if whole {
      overlays.append(
        .pageEditor(
          PageEditor(.record(stored, set: browser.set), text: stored.example.json.text(indent: 2))))
      return
    }
    guard let answer = stored.example.answer.first, answer.toolCalls == nil,
      answer.content?.array == nil
    else {
      notice = Notice(.information, "The answer is more than text: E edits the whole example.")
      return
    }
    overlays.append(.pageEditor(PageEditor(.answer(stored, set: browser.set), text: answer.text)))
  }

  mutating func take(answer text: String, of stored: StoredExample, in set: String) -> [Effect] {
    var example = stored.example
    example.answer[0].content = .string(text)
    return take(example, for: stored, in: set)
  }

  /// A record that can't be read stays open, with what is wrong.
  mutating func take(record text: String, of stored: StoredExample, in set: String) -> [Effect] {
    let json: JSON
    do throws(JSONError) {
      json = try JSON(parsing: text)
    } catch {
      notice = Notice(.error, "This is no JSON: \(error).")
      return []
    }
    guard let example = TrainingExample(json: json), !example.answer.isEmpty else {
      notice = Notice(
        .error,
        "An example has \"messages\" with an assistant's turn, or \"input\" with two outputs.")
      return []
    }
    return take(example, for: stored, in: set)
  }

  private mutating func take(
    _ example: TrainingExample, for stored: StoredExample, in set: String
  ) -> [Effect] {
    closePageEditor()
    guard example != stored.example else {
      notice = Notice(.information, "Nothing was changed, so there is nothing to keep.")
      return []
    }
    return [.training(.change(set: set, number: stored.number, .edit(to: example)))]
  }
}
