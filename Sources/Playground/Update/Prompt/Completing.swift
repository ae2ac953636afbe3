import Core

// Names that the text being typed may mean, and the other of two braces.

extension State {
  /// Opens the list at the cursor, also where nothing was typed yet; in an open list, goes on to the
  /// next name, or takes the only one.
  mutating func complete() -> [Effect] {
    guard focus == .prompt else {
      notice = Notice(.information, "Names are completed in the prompt's text.")
      return []
    }
    if let list = completion {
      if list.items.count == 1 { return accept(list) }
      completion?.select(by: 1)
      return []
    }
    completion = completionList()
    if completion == nil {
      notice = Notice(.information, "No name to complete here.")
    }
    return []
  }

  /// What a key does in the list; nil for one that means what it does without a list.
  mutating func takeInCompletion(_ key: Key) -> [Effect]? {
    guard let list = completion, key.modifiers.isEmpty else { return nil }
    switch key.code {
    case .up: completion?.select(by: -1)
    case .down: completion?.select(by: 1)
    case .tab, .enter: return accept(list)
    case .escape:
      completion = nil
      // In vi, Escape leaves the insert mode with the list.
      return vi == nil ? [] : nil
    default: return nil
    }
    return []
  }

  /// Follows what a key has done: the list is narrowed, opened, or closed.
  ///
  /// - Parameters:
  ///   - list: the list before the key.
  ///   - isEdit: whether the key changed the text.
  mutating func followCompletion(_ key: Key, from list: CompletionList?, isEdit: Bool) {
    guard focus == .prompt, overlays.isEmpty, finder == nil else {
      completion = nil
      return
    }
    guard isEdit else {
      // Unless the key has just opened it.
      if completion == list { completion = nil }
      return
    }
    var typed: Character?
    if case .character(let character) = key.code, key.modifiers.isEmpty,
      vi.map({ $0.mode == .insert }) ?? true
    {
      typed = character
    }
    guard typed != nil || completion != nil else { return }
    completion = completionList { Self.opensList(at: $0, typed: typed) }
  }

  /// Whether the list opens by itself: where a tag or its name begins, and at a letter to go by.
  private static func opensList(at cursor: TemplateCursor, typed: Character?) -> Bool {
    switch cursor.expected {
    case .closing, .role: return true
    case .argument where cursor.prefix.isEmpty: return false
    default: break
    }
    guard cursor.prefix.isEmpty else {
      return cursor.prefix.unicodeScalars.contains { $0.properties.isAlphabetic || $0 == "@" }
    }
    return typed.map("{~#^>( ".contains) ?? true
  }

  private func completionList(if isWanted: (TemplateCursor) -> Bool = { _ in true })
    -> CompletionList?
  {
    let editor = prompt.editor
    guard let cursor = TemplateCursor(at: editor.cursor, in: editor.buffer), isWanted(cursor)
    else { return nil }
    let names = CompletionNames(
      variables: prompt.variableItems, partials: prompt.partialNames)
    let ending: String =
      switch cursor.expected {
      case _ where cursor.isClosed: ""
      case .call, .block, .closing, .partial: cursor.closing
      case .role: "\"}}"
      // A helper may be given more.
      case .argument, .loopData: ""
      }
    return CompletionList(names.items(at: cursor), at: cursor, ending: ending)
  }

  private mutating func accept(_ list: CompletionList) -> [Effect] {
    completion = nil
    guard list.range.upperBound == prompt.editor.cursor else { return [] }
    _ = edit { editor, _ in editor.replace(list.range, with: list.selectedText) }
    tagEnd = TagEnd(
      rest: list.selectedEnding[...], revision: prompt.editor.revision,
      cursor: prompt.editor.cursor)
    return textChanged()
  }

  /// Whether a character is one of the end that a tag got with its name, and nothing was done since:
  /// typed by habit, it is not put in once more.
  mutating func passesTagEnd(_ character: Character) -> Bool {
    guard let end = tagEnd, focus == .prompt, end.revision == prompt.editor.revision,
      end.cursor == prompt.editor.cursor, end.rest.first == character
    else { return false }
    tagEnd?.rest.removeFirst()
    return true
  }

  // MARK: Braces

  mutating func goToMatchingBrace() {
    guard let editor = focusedEditor,
      let pair = BracePair(at: editor.cursor, in: editor.buffer)
    else {
      notice = Notice(.information, "Here is no brace, or it has no partner.")
      return
    }
    _ = edit { editor, _ in editor.moveTo(pair.partner.lowerBound) }
  }
}

extension PromptPane {
  /// The variables that are known: those of the text, of the defaults, of the input's schema and of
  /// the dataset.
  fileprivate var variableItems: [CompletionList.Item] {
    var items = fields.map { field in
      // A value can be as long as a book, and a list shows some words of it.
      let value = field.editor.buffer.lines.prefix(20).first { !$0.isEmpty } ?? ""
      return CompletionList.Item(
        field.name, value.isEmpty ? "no value" : String(value.unicodeScalars.prefix(80)))
    }
    if case .prompt(let file) = reading {
      items += file.defaults.members.map { CompletionList.Item($0.name, "default") }
      items += Self.names(ofSchema: file.metadata["input"]?["schema"])
        .map { CompletionList.Item($0, "input schema") }
    }
    items += (dataset?.variables ?? []).map { CompletionList.Item($0, "dataset") }
    return items + [CompletionList.Item("passages", "what was found")]
  }

  /// The names of a JSON schema's properties, or of Picoschema's: `name?(type, …)`.
  private static func names(ofSchema schema: JSON?) -> [String] {
    guard let object = schema?.object else { return [] }
    let properties = object["properties"]?.object ?? object
    let names = properties.members.map { String($0.name.prefix { $0 != "?" && $0 != "(" }) }
    return names.filter { !$0.isEmpty }
  }
}
