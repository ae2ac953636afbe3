import Core

// Actions as JSON: what the store keeps, what a log of them is exported as, and what is read back from
// a file that somebody else may have written.

extension CurationAction {
  /// `{"filter":…}` or `{"examples":[…]}`, with one more member that names the change.
  public var json: JSON {
    var object: JSON.Object = [:]
    switch selection {
    case .examples(let hashes): object["examples"] = .array(hashes.map(JSON.string))
    case .filter(let line): object["filter"] = .string(line)
    }
    switch change {
    case .setState(let state): object["state"] = .string(state.rawValue)
    case .addTag(let tag): object["tag"] = .string(tag)
    case .removeTag(let tag): object["untag"] = .string(tag)
    case .edit(let example): object["edit"] = example.json
    case .replaceInAnswers(let text, let replacement):
      object["replace"] = .string(text)
      object["with"] = .string(replacement)
    case .setSystem(let text): object["system"] = .string(text)
    }
    return .object(object)
  }

  /// The action that such an object holds; nil when it isn't one, or says two things.
  public init?(json: JSON) {
    guard let selection = ExampleSelection(json: json) else { return nil }
    var changes: [Change] = []
    if let state = json["state"] {
      guard let state = state.string.flatMap(ExampleState.init) else { return nil }
      changes.append(.setState(state))
    }
    if let tag = json["tag"]?.string { changes.append(.addTag(tag)) }
    if let tag = json["untag"]?.string { changes.append(.removeTag(tag)) }
    if let edited = json["edit"] {
      guard let example = TrainingExample(json: edited) else { return nil }
      changes.append(.edit(to: example))
    }
    if let text = json["replace"]?.string, let replacement = json["with"]?.string {
      changes.append(.replaceInAnswers(text, with: replacement))
    }
    if let text = json["system"]?.string { changes.append(.setSystem(text)) }
    guard changes.count == 1 else { return nil }
    self.init(selection, changes[0])
  }
}

extension ExampleSelection {
  fileprivate init?(json: JSON) {
    switch (json["filter"]?.string, json["examples"]?.array) {
    case (let line?, nil): self = .filter(line)
    case (nil, let items?):
      let hashes = items.compactMap(\.string)
      guard hashes.count == items.count else { return nil }
      self = .examples(hashes)
    default: return nil
    }
  }
}
