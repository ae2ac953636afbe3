import Core

// The columns as variants: added, duplicated, changed, moved, removed and brought back.

extension State {
  // MARK: More of them

  mutating func addColumn() -> [Effect] {
    guard hasRoomForColumn() else { return [] }
    columns.append(Column(Variant(columns.last?.model ?? .extractive), width: 1))
    focus(on: .column(columns.count - 1))
    overlays.append(.picker(modelPicker()))
    return columnsChanged()
  }

  mutating func duplicateColumn() -> [Effect] {
    let index = currentColumn
    return insert(columns[index].variant, after: index) { letter in
      "\(letter) asks the same as \(Column.letter(of: index)): P, m, v and S change what it asks."
    }
  }

  /// Adds a column to the right of another, which it is like as far as they ask the same, and goes
  /// there.
  ///
  /// - Parameter news: what is said of it, by its letter.
  mutating func insert(
    _ variant: Variant, after index: Int, news: (_ letter: String) -> String
  ) -> [Effect] {
    guard hasRoomForColumn() else { return [] }
    var column = Column(variant, width: 1)
    if columns[index].variant.version == variant.version {
      column.takeQuestion(of: columns[index])
      column.variant = variant
    }
    columns.insert(column, at: index + 1)
    columnsMoved { $0 > index ? $0 + 1 : $0 }
    focus(on: .column(index + 1))
    notice = Notice(.information, news(Column.letter(of: index + 1)))
    return columnsChanged()
  }

  /// Whether there may be one more column; says so where not.
  mutating func hasRoomForColumn() -> Bool {
    guard columns.count >= Self.mostColumns else { return true }
    notice = Notice(.information, "There is room for \(Self.mostColumns) columns at most.")
    return false
  }

  /// What follows when columns were added, taken away, moved or changed: they are kept, the versions
  /// that they wait for are loaded, and all is laid out anew.
  mutating func columnsChanged() -> [Effect] {
    reflow()
    let loading = columns.contains { $0.awaitedVersion != nil } ? [findVersions()] : []
    return loading + [.schedule(.saveDraft, after: 500)]
  }

  /// Tells whatever knows a column by its place where that is now.
  ///
  /// - Parameter place: where a column stands that stood at a place; nil for one that was removed.
  mutating func columnsMoved(_ place: (Int) -> Int?) {
    if case .pair(let anchor) = arrangement {
      arrangement = place(anchor).map(Arrangement.pair) ?? .panes
    }
  }

  // MARK: Changing one

  /// Changes what a column asks from its next run on.
  mutating func change(
    variantOf index: Int, _ change: (inout Variant) -> Void, news: (_ letter: String) -> String
  ) -> [Effect] {
    guard columns.indices.contains(index) else { return [] }
    change(&columns[index].variant)
    notice = Notice(.information, news(Column.letter(of: index)))
    return columnsChanged()
  }

  mutating func askForColumnName() {
    let name = columns[currentColumn].variant.name
    overlays.append(.line(LineInput(.nameColumn(currentColumn), text: name)))
  }

  /// An empty name takes the name away.
  mutating func name(column index: Int, _ name: String) -> [Effect] {
    change(variantOf: index) {
      $0.name = name
    } news: { letter in
      name.isEmpty ? "\(letter) has no name." : "\(letter) is called '\(name)'."
    }
  }

  mutating func askForParameters() {
    let line = columns[currentColumn].variant.parameters.line
    overlays.append(.line(LineInput(.parameters(column: currentColumn), text: line)))
  }

  /// Has a column ask with the parameters of a line; one that can't be read stays open.
  mutating func set(parametersOf index: Int, _ line: String) -> [Effect] {
    do {
      let parameters = try Parameters(line: line)
      closeLine(for: .parameters(column: index))
      return change(variantOf: index) {
        $0.parameters = parameters
      } news: { letter in
        line.isEmpty
          ? "\(letter) asks with the parameters of the prompt."
          : "\(letter) asks with \(parameters.line) from now on: ^R runs all columns."
      }
    } catch {
      notice = Notice(.error, error.description)
      return []
    }
  }

  // MARK: Moving and removing

  mutating func moveColumn(by step: Int) -> [Effect] {
    let (index, place) = (currentColumn, currentColumn + step)
    guard columns.indices.contains(place) else { return [] }
    columns.swapAt(index, place)
    columnsMoved { $0 == index ? place : $0 == place ? index : $0 }
    focus(on: .column(place))
    return columnsChanged()
  }

  mutating func removeColumn() -> [Effect] {
    guard columns.count > 1 else {
      notice = Notice(.information, "The last column stays: M-m gives it another model.")
      return []
    }
    let index = currentColumn
    let removed = columns.remove(at: index)
    let running = removed.runsUnderWay
    remember(removed, at: index)
    columnsMoved { $0 == index ? nil : $0 > index ? $0 - 1 : $0 }
    if case .column = focus { focus(on: .column(min(index, columns.count - 1))) }
    notice = Notice(
      .information, "\(Column.letter(of: index)) is removed; its runs are kept. X brings it back.")
    return (running.isEmpty ? [] : [.cancelRuns(running)]) + columnsChanged()
  }

  /// Keeps a column that was taken away, to be brought back.
  mutating func remember(_ removed: Column, at place: Int) {
    var column = removed
    if !column.runsUnderWay.isEmpty {
      // Nobody hears the rest of what was under way: its answer would stay a part for good.
      column = Column(removed.variant, width: 1)
      column.takeQuestion(of: removed)
    }
    removedColumns.append(RemovedColumn(place: place, column: column))
    removedColumns.removeFirst(max(0, removedColumns.count - Self.mostColumns))
  }

  mutating func restoreColumn() -> [Effect] {
    guard let removed = removedColumns.last else {
      notice = Notice(.information, "No column was removed.")
      return []
    }
    guard hasRoomForColumn() else { return [] }
    removedColumns.removeLast()
    let place = min(removed.place, columns.count)
    columns.insert(removed.column, at: place)
    columnsMoved { $0 >= place ? $0 + 1 : $0 }
    focus(on: .column(place))
    return columnsChanged()
  }
}

/// A column that was taken away, to be brought back.
struct RemovedColumn: Hashable, Sendable {
  /// Where it stood, from 0.
  var place: Int
  var column: Column
}
