import Core

// "Same but…": a column that asks what another one does, with one thing changed.

extension State {
  /// Lists what can be changed; the versions of the prompt join the list once they are loaded.
  mutating func askForChange() -> [Effect] {
    let index = currentColumn
    overlays.append(
      .picker(Picker(.sameBut(column: index), items: changes(of: index, versions: []))))
    return [.versions(.list(prompt: prompt.draftName, .sameBut(column: index)))]
  }

  mutating func show(_ versions: [VersionRow], inChangesOf index: Int) {
    guard case .picker(var picker)? = overlays.last, picker.kind == .sameBut(column: index),
      columns.indices.contains(index)
    else { return }
    picker.replaceItems(changes(of: index, versions: versions), height: pickerHeight)
    overlays[overlays.count - 1] = .picker(picker)
  }

  /// - Parameter title: what is changed, as "the same, but" goes on.
  mutating func add(_ variant: Variant, like index: Int, but title: String) -> [Effect] {
    guard columns.indices.contains(index) else { return [] }
    return insert(variant, after: index) { letter in
      "\(letter) is the same as \(Column.letter(of: index)), but \(title). ^R runs all columns."
    }
  }

  private func changes(of index: Int, versions: [VersionRow]) -> [Picker.Item] {
    let original = columns[index].variant
    var items: [Picker.Item] = []
    func offer(_ title: String, _ detail: String = "", _ change: (inout Variant) -> Void) {
      var variant = original
      variant.name = ""
      change(&variant)
      guard !variant.asksTheSame(as: original) else { return }
      items.append(
        Picker.Item(title, detail: detail, choice: .sameBut(variant, title: title, column: index)))
    }
    offer("without context") { $0.context = .none }
    offer("with the context") { $0.context = .shared }
    let temperature = original.parameters.over(parameters(of: columns[index])).temperature
    for choice in [0, 1] where Double(choice) != temperature {
      offer("temperature \(choice)") { $0.parameters.temperature = Double(choice) }
    }
    for (title, context) in searches(besides: original.context) {
      offer(title) { $0.context = context }
    }
    offer("the text on the screen") { $0.version = nil }
    for row in versions {
      offer("version \(row.summary.label)", row.summary.name == nil ? row.title : "") {
        $0.version = row.summary.hash
      }
    }
    for model in models { offer("\(model)", "model") { $0.model = model } }
    return items
  }

  /// The parameters of the prompt that a column runs.
  private func parameters(of column: Column) -> Parameters {
    if let pinned = column.pinned { return pinned.prompt.parameters }
    guard case .prompt(let file) = prompt.reading else { return Parameters() }
    return file.parameters
  }

  /// Searches of its own that a column could have, which differ in one thing from the one that it
  /// has, or shares.
  private func searches(
    besides context: Variant.Context
  ) -> [(title: String, context: Variant.Context)] {
    var settings = searchSettings
    var name = self.context.index
    if case .settings(let own, let index) = context { (settings, name) = (own, index) }
    guard let index = name else { return [] }
    var searches: [(title: String, context: Variant.Context)] = []
    func offer(_ title: String, _ change: (inout RetrievalSettings) -> Void) {
      var changed = settings
      change(&changed)
      if changed != settings { searches.append((title, .settings(changed, index: index))) }
    }
    let method = settings.method ?? self.context.result?.method
    if self.context.result?.hasVectors == true {
      for other in RetrievalSettings.Method.allCases where other != method {
        offer("searched by \(other.rawValue)") { $0.method = other }
      }
    }
    for limit in [settings.limit / 2, settings.limit * 2]
    where RetrievalSettings.limits.contains(limit) {
      offer("\(limit) \(limit == 1 ? "passage" : "passages") at most") { $0.limit = limit }
    }
    return searches
  }
}
