// Settings of retrieval as JSON, by their names: the form in which drafts and variants keep them.

extension RetrievalSettings {
  /// A list of `{"name", "value"}`, where a value is written as a person writes it.
  var json: JSON {
    .array(named.map { ["name": .string($0.setting.rawValue), "value": .string($0.text)] })
  }

  /// The settings of such a list; those that are none, since a later whet may have others, are passed
  /// over.
  init(named list: [JSON]) {
    self.init()
    for item in list {
      guard let setting = item["name"]?.string.flatMap({ RetrievalSetting(name: $0) }),
        let text = item["value"]?.string
      else { continue }
      try? set(setting, to: text)
    }
  }
}
