import Core

// The start screen: where to begin. It lies over the panes the first time, and whenever it is asked
// for; the sessions that ship are read aside and join the list.

extension State {
  /// Shows where to begin.
  public mutating func showStart() -> [Effect] {
    overlays.append(.picker(Picker(.start, items: startItems())))
    return [.listLessons]
  }

  /// Adds the sessions that ship to a start screen that is open.
  mutating func add(_ lessons: [Lesson]) {
    guard case .picker(var picker)? = overlays.last, picker.kind == .start else { return }
    picker.replaceItems(startItems(lessons), height: pickerHeight)
    overlays[overlays.count - 1] = .picker(picker)
  }

  private func startItems(_ lessons: [Lesson] = []) -> [Picker.Item] {
    let ways: [(Command, String)] = [
      (.openPrompt, "Open a prompt file"), (.importPrompt, "Import a prompt of another program"),
      (.sessions, "Look at earlier runs"), (.help, "See all keys"),
    ]
    return [Picker.Item("Go on with \(prompt.name)", detail: "Esc", choice: .stay)]
      + ways.map { command, title in
        let key = CommandTable.entries.lazy.filter { $0.command == command }.flatMap(\.keys).first
        return Picker.Item(title, detail: key?.display ?? "", choice: .command(command))
      }
      + lessons.map { Picker.Item($0.title, detail: "to learn from", choice: .lesson($0)) }
  }
}
