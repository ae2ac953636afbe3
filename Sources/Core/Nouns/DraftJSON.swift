// A draft as JSON, all but what is long: its texts and its history are kept apart, so that a moved
// cursor doesn't have them written again.

extension Draft {
  /// Everything but the texts and the history.
  public var json: JSON {
    [
      "name": .string(name), "prompt_path": JSON(promptPath),
      "cursor": cursor.map(\.json) ?? .null,
      "top": top.map { .array([.integer($0.line), .integer($0.row)]) } ?? .null,
      "parent_version": JSON(parentVersion), "inputs": JSON(strings: inputs),
      "locked_inputs": .array(lockedInputs.sorted().map(JSON.string)),
      "dataset": dataset.map {
        ["path": .string($0.path), "index": .integer($0.index)]
      } ?? .null,
      "models": .array(models.map { .string($0.description) }),
      "column_versions": .array(columnVersions.map { JSON($0) }), "index": JSON(index),
      "retrieval": retrieval.map { settings in
        .array(
          settings.named.map { ["name": .string($0.setting.rawValue), "value": .string($0.text)] })
      } ?? .null,
      "session": JSON(session), "baseline": JSON(baseline),
    ]
  }

  /// The draft that such an object holds; what is missing is as in a new one.
  ///
  /// Earlier ones held the texts, too, and every line end of the prompt's as LF: it gets those of its
  /// file back.
  public init(json: JSON) {
    let savedText = json["saved_text"]?.string
    let promptText = json["prompt_text"]?.string ?? ""
    self.init(
      name: json["name"]?.string ?? "scratch",
      promptText: TextBuffer(savedText ?? "").adapting(promptText, to: .start),
      promptPath: json["prompt_path"]?.string, savedText: savedText,
      inputs: json["inputs"]?.strings ?? [:],
      models: (json["models"]?.array ?? []).compactMap { $0.string.flatMap(ModelReference.init) },
      index: json["index"]?.string, session: json["session"]?.string)
    cursor = json["cursor"].flatMap(TextPosition.init)
    if let line = json["top"]?[0]?.integer, let row = json["top"]?[1]?.integer {
      top = Row(line: line, row: row)
    }
    parentVersion = json["parent_version"]?.string
    lockedInputs = Set((json["locked_inputs"]?.array ?? []).compactMap(\.string))
    if let path = json["dataset"]?["path"]?.string, let index = json["dataset"]?["index"]?.integer {
      dataset = DatasetPlace(path: path, index: index)
    }
    columnVersions = (json["column_versions"]?.array ?? []).map(\.string)
    baseline = json["baseline"]?.string
    retrieval = json["retrieval"]?.array.map(RetrievalSettings.init(named:))
  }
}

extension RetrievalSettings {
  /// The settings of a list of names and values; those that are none, since a later whet may have
  /// others, are passed over.
  fileprivate init(named list: [JSON]) {
    self.init()
    for item in list {
      guard let setting = item["name"]?.string.flatMap({ RetrievalSetting(name: $0) }),
        let text = item["value"]?.string
      else { continue }
      try? set(setting, to: text)
    }
  }
}
