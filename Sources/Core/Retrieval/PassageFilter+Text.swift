// A filter as a person types it in one line: `path:docs/*.md heading:Refunds page:3-5 year=2024`.

extension PassageFilter {
  /// Reads a line: `path:`, `heading:` and `page:` as the settings of these names, and `field=value`
  /// for what a field of the document must be. A value with blanks stands in double quotes.
  ///
  /// Nothing at all is a filter that lets everything through.
  public init(_ line: String) throws(RetrievalSettingError) {
    var settings = RetrievalSettings()
    for word in try Self.words(of: line) {
      guard let mark = word.firstIndex(where: { $0 == ":" || $0 == "=" }), mark > word.startIndex
      else { throw Self.error(at: word) }
      if word[mark] == "=" {
        try settings.set(.metadata, to: word)
        continue
      }
      guard let setting = RetrievalSetting(name: String(word[..<mark])),
        Self.settings.contains(setting)
      else { throw Self.error(at: word) }
      let value = String(word[word.index(after: mark)...])
      guard !value.isEmpty else { throw Self.error(at: word) }
      try settings.set(setting, to: value)
    }
    self = settings.filter
  }

  /// The line that such a filter is read from; empty for one that lets everything through.
  public var line: String {
    var words: [String] = []
    if let path { words.append("\(RetrievalSetting.path.rawValue):\(path)") }
    if let heading { words.append("\(RetrievalSetting.heading.rawValue):\(heading)") }
    if let pages {
      let isOne = pages.count == 1
      let last = isOne ? "" : "-\(pages.upperBound)"
      words.append("\(RetrievalSetting.page.rawValue):\(pages.lowerBound)\(last)")
    }
    words += metadata.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
    return words.map(Self.quoted).joined(separator: " ")
  }

  private static let settings: Set<RetrievalSetting> = [.path, .heading, .page]

  private static func error(at word: String) -> RetrievalSettingError {
    RetrievalSettingError(
      description:
        "'\(word)' filters nothing: write path:docs/*.md, heading:Refunds, page:3-5 or field=value."
    )
  }

  /// The words between blanks; quotes hold blanks together and go.
  private static func words(of line: String) throws(RetrievalSettingError) -> [String] {
    var words: [String] = []
    var word: String?
    var isQuoted = false
    for character in line {
      if character == "\"" {
        isQuoted.toggle()
        word = word ?? ""
      } else if character.isWhitespace, !isQuoted {
        if let complete = word { words.append(complete) }
        word = nil
      } else {
        word = (word ?? "") + String(character)
      }
    }
    guard !isQuoted else {
      throw RetrievalSettingError(description: "A quote is open: end it with another \".")
    }
    return words + (word.map { [$0] } ?? [])
  }

  private static func quoted(_ word: String) -> String {
    guard word.contains(where: \.isWhitespace),
      let mark = word.firstIndex(where: { ":=".contains($0) })
    else { return word }
    let value = word.index(after: mark)
    return "\(word[..<value])\"\(word[value...])\""
  }
}
