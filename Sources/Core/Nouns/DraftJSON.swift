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
      "variants": .array(variants.map(\.json)), "index": JSON(index),
      "retrieval": retrieval?.json ?? .null,
      "session": JSON(session), "baseline": JSON(baseline), "origin": JSON(origin),
    ]
  }

  /// The draft that such an object holds; what is missing is as in a new one.
  ///
  /// Earlier ones held the texts, too, and every line end of the prompt's as LF: it gets those of its
  /// file back. Of the columns they held the models and versions only.
  public init(json: JSON) {
    let savedText = json["saved_text"]?.string
    let promptText = json["prompt_text"]?.string ?? ""
    self.init(
      name: json["name"]?.string ?? "scratch",
      promptText: TextBuffer(savedText ?? "").adapting(promptText, to: .start),
      promptPath: json["prompt_path"]?.string, savedText: savedText,
      inputs: json["inputs"]?.strings ?? [:],
      index: json["index"]?.string, session: json["session"]?.string)
    variants = json["variants"]?.array?.compactMap(Variant.init) ?? Self.earlierVariants(json)
    cursor = json["cursor"].flatMap(TextPosition.init)
    if let line = json["top"]?[0]?.integer, let row = json["top"]?[1]?.integer {
      top = Row(line: line, row: row)
    }
    parentVersion = json["parent_version"]?.string
    lockedInputs = Set((json["locked_inputs"]?.array ?? []).compactMap(\.string))
    if let path = json["dataset"]?["path"]?.string, let index = json["dataset"]?["index"]?.integer {
      dataset = DatasetPlace(path: path, index: index)
    }
    baseline = json["baseline"]?.string
    origin = json["origin"]?.string
    retrieval = json["retrieval"]?.array.map(RetrievalSettings.init(named:))
  }

  private static func earlierVariants(_ json: JSON) -> [Variant] {
    let versions = json["column_versions"]?.array ?? []
    let models = json["models"]?.array ?? []
    return models.enumerated().compactMap { place, name in
      name.string.flatMap(ModelReference.init).map { model in
        Variant(model, version: versions.indices.contains(place) ? versions[place].string : nil)
      }
    }
  }
}
