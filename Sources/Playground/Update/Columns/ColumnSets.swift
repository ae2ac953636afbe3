import Core

// Sets of columns: saved under a name, listed, brought back, deleted.

/// A piece of work with the sets that are kept.
public enum ColumnSetRequest: Hashable, Sendable {
  /// Bring `Event.columnSetsListed`.
  case list
  /// Keep a set, in place of one of the same name.
  case save(ColumnSet)
  case delete(name: String)
}

extension State {
  mutating func show(_ sets: [ColumnSet]) {
    let items =
      [Picker.Item("save these columns as…", choice: .newColumnSet)]
      + sets.map { set in
        Picker.Item(set.name, detail: summary(of: set), choice: .columnSet(set))
      }
    if case .picker(var picker)? = overlays.last, picker.kind == .columnSets {
      picker.replaceItems(items, height: pickerHeight)
      overlays[overlays.count - 1] = .picker(picker)
    } else {
      var picker = Picker(.columnSets, items: items)
      if !sets.isEmpty { picker.select(1, height: pickerHeight) }
      overlays.append(.picker(picker))
    }
  }

  /// `3 columns, differ in temperature, context`.
  private func summary(of set: ColumnSet) -> String {
    let count = set.variants.count
    let aspects = VariantComparison(set.variants, on: comparisonGround).aspects.map(\.name)
    let words = aspects.isEmpty ? "" : ", differ in " + aspects.joined(separator: ", ")
    return "\(count) \(count == 1 ? "column" : "columns")" + words
  }

  mutating func saveColumnSet(named name: String) -> [Effect] {
    let set = ColumnSet(name: name, variants: columns.map(\.variant))
    notice = Notice(.success, "Saved as '\(name)': C brings these columns back.")
    return [.columnSets(.save(set))]
  }

  /// Puts the columns of a set in place of those that there are; one that asks the same as before
  /// keeps its answer.
  mutating func bringBack(_ set: ColumnSet) -> [Effect] {
    guard !set.variants.isEmpty else { return [] }
    let running = stopAll()
    var before = Array(columns.enumerated())
    columns = set.variants.prefix(Self.mostColumns).map { variant in
      guard
        let place = before.firstIndex(where: {
          $0.element.variant.asksTheSame(as: variant) && $0.element.runsUnderWay.isEmpty
        })
      else { return Column(variant, width: 1) }
      var column = before.remove(at: place).element
      column.variant = variant
      return column
    }
    for (place, column) in before { remember(column, at: place) }
    columnsMoved { _ in nil }
    focus(on: .column(0))
    notice = Notice(.information, "The columns of '\(set.name)': ^R runs them.")
    return running + columnsChanged()
  }

  mutating func delete(_ set: ColumnSet) -> [Effect] {
    notice = Notice(.information, "Deleted the set '\(set.name)'.")
    return [.columnSets(.delete(name: set.name)), .columnSets(.list)]
  }
}
