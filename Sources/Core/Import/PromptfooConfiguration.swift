// promptfoo's configuration (https://www.promptfoo.dev/docs/configuration/reference): which prompts
// there are, the model of the first provider with its settings, and tests, which become a dataset.

/// Reads a configuration's prompts and tests.
struct PromptfooConfiguration {
  private(set) var conversations: [ImportedConversation] = []
  private(set) var notes: [ImportNote] = []
  /// The tests as a dataset, a case a line; empty without any.
  private(set) var casesText = ""
  private let source: JSON
  private let place: String
  /// The texts of the files that a `file://` reference leads to.
  private let files: (String) throws -> [ImportFile]

  static func isOne(_ value: JSON) -> Bool {
    guard let prompts = value["prompts"] else { return false }
    return prompts.string != nil || prompts.array != nil || prompts.object != nil
  }

  init(
    _ source: JSON, name: String, place: String, files: @escaping (String) throws -> [ImportFile]
  ) throws {
    self.source = source
    self.place = place
    self.files = files
    for (index, entry) in Self.entries(of: source["prompts"]).enumerated() {
      try add(entry, name: "\(name)-\(index + 1)")
    }
    guard !conversations.isEmpty else {
      throw ImportError("\(place) names no prompt that could be imported.")
    }
    let providers = PromptfooProvider.all(in: source["providers"] ?? source["targets"])
    let provider = providers.first
    noteWhatIsLeftOut(of: provider, others: Array(providers.dropFirst()))
    for index in conversations.indices {
      if let description = source["description"]?.string {
        conversations[index].description = description
      }
      provider?.apply(to: &conversations[index])
      conversations[index].defaults = source["defaultTest"]?["vars"]?.object ?? [:]
    }
    readTests()
  }

  // MARK: Prompts

  private struct Entry {
    var text: String
    var label: String?
    var isRaw = false
  }

  private static func entries(of prompts: JSON?) -> [Entry] {
    switch prompts {
    case .string(let text): [Entry(text: text)]
    case .object(let object): object.members.map { Entry(text: $0.name, label: $0.value.string) }
    case .array(let items):
      items.compactMap { item in
        if let text = item.string { return Entry(text: text) }
        let label = item["label"]?.string ?? item["display"]?.string
        if let raw = item["raw"]?.string {
          return Entry(text: raw, label: label ?? item["id"]?.string, isRaw: true)
        }
        return item["id"]?.string.map { Entry(text: $0, label: label) }
      }
    default: []
    }
  }

  private mutating func add(_ entry: Entry, name: String) throws {
    guard !entry.isRaw, let reference = Self.reference(in: entry.text) else {
      take(
        PromptfooPrompts(
          entry.text, name: entry.label ?? name, place: "\(place), \(entry.label ?? name)",
          isSplit: false))
      return
    }
    if ImportFormat.isCode(reference) {
      notes.append(
        ImportNote(place, "\(reference) was left out: a function can't be told in a template"))
      return
    }
    for file in try files(reference) where !ImportFormat.isCode(file.path) {
      take(
        PromptfooPrompts(file.text, name: entry.label ?? file.stem, place: file.path, isSplit: true)
      )
    }
  }

  private mutating func take(_ prompts: PromptfooPrompts) {
    conversations += prompts.conversations
    notes += prompts.notes
  }

  /// The path that an entry is, with or without `file://`; nil for a text.
  private static func reference(in text: String) -> String? {
    if text.hasPrefix("file://") { return String(text.dropFirst(7)) }
    guard !text.contains("\n"), !text.contains("{{"), !text.contains(" "),
      let dot = text.lastIndex(of: "."),
      ImportFormat.endings.contains(String(text[text.index(after: dot)...]))
    else { return nil }
    return text
  }

  // MARK: What is left out

  private static let knownKeys: Set = [
    "$schema", "description", "prompts", "providers", "targets", "defaultTest", "tests",
  ]

  private mutating func noteWhatIsLeftOut(
    of provider: PromptfooProvider?, others: [PromptfooProvider]
  ) {
    func names(_ object: JSON?, but known: Set<String>) -> [String] {
      (object?.object?.members ?? []).map(\.name).filter { !known.contains($0) }
    }
    func note(_ names: [String], _ reason: String) {
      guard !names.isEmpty else { return }
      let list = names.map { "'\($0)'" }.joined(separator: ", ")
      notes.append(
        ImportNote(place, "\(list) \(names.count == 1 ? "was" : "were") left out: \(reason)"))
    }
    if let provider {
      note(
        others.map(\.id),
        "a prompt has one model, and takes the first, '\(provider.id)'; columns, or -M, ask others")
      note(
        provider.unknownSettings,
        "no setting of a prompt means the same as this of "
          + "'\(provider.id)'")
    }
    note(names(source["defaultTest"], but: ["vars"]), "of 'defaultTest', only 'vars' are kept")
    note(names(source, but: Self.knownKeys), "nothing here means the same")
  }

  // MARK: Tests

  private mutating func readTests() {
    guard let tests = source["tests"], !tests.isNull else { return }
    if let reference = tests.string {
      notes.append(
        ImportNote(place, "the tests stay where they are: \(reference) can be opened as a dataset"))
      return
    }
    for test in tests.array ?? [] {
      if test["vars"]?.object == nil {
        notes.append(ImportNote(place, "a test without 'vars' was left out"))
      } else {
        casesText += test.text + "\n"
      }
    }
  }
}
