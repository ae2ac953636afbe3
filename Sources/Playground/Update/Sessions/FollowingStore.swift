import Core

// What another whet writes to the store shows up here: in the pages that list it, and in what is
// thought of the runs that are shown.

extension State {
  func followStore() -> [Effect] {
    let shown = Set(columns.compactMap(\.recordedRun))
    let tree = treePage.map { [Effect.followTree(session: $0.tree.session.id)] } ?? []
    return sessionsAgain() + tree + (shown.isEmpty ? [] : [.readOpinions(of: shown)])
  }

  /// The same run may be shown in several columns.
  mutating func takeOpinions(_ rows: [RunRow]) {
    for row in rows {
      for place in columns.indices where columns[place].recordedRun == row.id {
        columns[place].rating = row.rating
        columns[place].remark = row.remark
      }
    }
  }
}
