// Passages that a case brings along, in place of those of a search: whoever evaluates a prompt
// gives each question the passages that it is to be answered from.

extension Passage {
  /// The passages that a value of the variable `passages` lists; nil when it is no list.
  ///
  /// An item is a text, an object with `text` and perhaps `source` and `headings`, or a passage as
  /// runs keep it. What is none of these is taken as JSON. A column of a CSV file holds the list as
  /// JSON, too.
  public static func given(_ value: JSON) -> [Passage]? {
    let list = value.string.flatMap { try? JSON(parsing: $0) } ?? value
    return list.array?.enumerated().map { place, item in
      if let passage = Passage(json: item) { return passage }
      let text = item["text"]?.string ?? item.string ?? item.text
      return Passage(
        source: item["source"]?.string ?? "passage \(place + 1)",
        headings: item["headings"]?.array?.compactMap(\.string) ?? [],
        bytes: 0..<text.utf8.count,
        lines: 1...1 + text.utf8.count { $0 == UInt8(ascii: "\n") }, text: text)
    }
  }
}
