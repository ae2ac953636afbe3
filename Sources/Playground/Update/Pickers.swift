import Core

// The lists that commands open.

extension State {
  /// Every command that can be done where the focus is; those that hold anywhere come first, since
  /// nobody looks for a cursor key by name.
  func commandPicker() -> Picker {
    var seen: Set<Command> = []
    let entries = CommandTable.entries(inPane: paneScope)
    let sorted = entries.filter { $0.scope == .anywhere } + entries.filter { $0.scope != .anywhere }
    let items = sorted.compactMap { entry -> Picker.Item? in
      guard entry.command != .palette, seen.insert(entry.command).inserted else { return nil }
      let key = sorted.lazy.filter { $0.command == entry.command }.flatMap(\.keys).first
      return Picker.Item(
        entry.title, detail: key?.display ?? "", alias: entry.command.rawValue,
        choice: .command(entry.command))
    }
    return Picker(.commands, items: items)
  }

  func modelPicker() -> Picker {
    let column = currentColumn
    var picker = Picker(
      .models(column: column), items: modelItems(column: column),
      emptyText: "No server lists this name. Enter takes it as provider/model all the same, if the "
        + "provider is known: `whet doctor` says which are.")
    let current = columns[column].model
    if let place = picker.shown.firstIndex(where: { $0.choice == .model(current, column: column) })
    {
      picker.select(place, height: pickerHeight)
    }
    return picker
  }

  func modelItems(column: Int) -> [Picker.Item] {
    models.map { model in
      Picker.Item(
        model.description,
        detail: model.isBuiltin ? "needs no server" : catalog.tuned[model] ?? "",
        choice: .model(model, column: column))
    }
  }
}
