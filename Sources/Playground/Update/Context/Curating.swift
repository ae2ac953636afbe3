import Core

// Passages pinned, dropped and moved by hand.

extension State {
  mutating func curate(_ command: Command) -> [Effect] {
    guard let selected = context.selected else {
      notice = Notice(.information, "There is no passage here yet.")
      return []
    }
    let origin = selected.original.origin
    switch command {
    case .pinPassage:
      let isPinned = context.curation.isPinned(origin)
      notice = Notice(
        .information,
        isPinned ? "Not pinned any more." : "Pinned: it is given whatever a search finds.")
      return curate { $0.togglePin(selected.original) }
    case .dropPassage:
      notice = Notice(
        .information,
        context.curation.isDropped(origin)
          ? "Not dropped any more." : "Dropped: it isn't given, whatever a search finds.")
      return curate { $0.toggleDrop(origin) }
    case .movePassageUp: return move(origin, by: -1)
    case .movePassageDown: return move(origin, by: 1)
    case .undoPassage:
      guard context.curation.isChanged(origin) else {
        notice = Notice(.information, "Nothing was changed about this passage.")
        return []
      }
      return curate { $0.undo(origin) }
    case .undoAllPassages:
      guard !context.curation.isEmpty else {
        notice = Notice(.information, "Nothing was changed about the passages.")
        return []
      }
      notice = Notice(.information, "The passages are as they were found.")
      return curate { $0 = PassageCuration() }
    default: return []
    }
  }

  mutating func curate(_ change: (inout PassageCuration) -> Void) -> [Effect] {
    context.curate(height: contextHeight, change)
    return countTokensInTime()
  }

  /// Moves a passage past its neighbour in the list.
  private mutating func move(_ origin: PassageOrigin, by step: Int) -> [Effect] {
    let order = context.curated.order
    let listed = context.curated.entries.map(\.original.origin)
    guard let place = order.firstIndex(of: origin), let row = listed.firstIndex(of: origin),
      listed.indices.contains(row + step),
      let neighbour = order.firstIndex(of: listed[row + step])
    else {
      notice = Notice(
        .information, step < 0 ? "It is the first already." : "It is the last already.")
      return []
    }
    // What was cut can stand before its neighbour in the order, and below it in the list.
    let isThere = step < 0 ? neighbour < place : neighbour > place
    let target = isThere ? neighbour : min(max(place + step, 0), order.count - 1)
    return curate { $0.move(origin, to: target, in: order) }
  }
}
