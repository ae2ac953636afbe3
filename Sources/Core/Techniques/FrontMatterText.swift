// Puts a setting into a prompt's front matter as text: every other line, comment and blank stays as
// it was written.

struct FrontMatterText {
  private let outline: PromptOutline
  private let metadata: JSON
  /// The bytes of the YAML; nil without front matter.
  private let yaml: Range<Int>?

  init(of outline: PromptOutline, _ prompt: PromptFile) {
    self.outline = outline
    metadata = prompt.metadata
    guard prompt.frontMatter != nil, let front = FrontMatter(of: outline.bytes, in: prompt.name)
    else {
      yaml = nil
      return
    }
    var start = 0
    for _ in 1..<front.firstLine {
      start = outline.bytes[start...].firstIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? start
    }
    yaml = start..<start + front.text.utf8.count
  }

  /// The prompt's text with a key that a map doesn't have yet; the map is made where it is missing.
  ///
  /// - Parameters:
  ///   - value: YAML that fits on the key's line.
  ///   - map: the name of a map at the top.
  func setting(
    _ key: String, to value: String, in map: String
  ) throws(TechniqueRefusal) -> String {
    guard let yaml, let entry = line(of: map, in: yaml) else {
      return adding("\(map):\n  \(key): \(value)\n")
    }
    let line = outline.text(in: entry)
    let rest = line.dropFirst(map.count + 1).drop { $0 == " " }
    if rest.hasPrefix("{") {
      let isEmpty = metadata[map]?.object?.members.isEmpty ?? true
      let place = entry.lowerBound + line.utf8.count - rest.utf8.count + 1
      return outline.replacing([(place..<place, "\(key): \(value)\(isEmpty ? "" : ", ")")])
    }
    guard rest.allSatisfy(\.isWhitespace) || rest.hasPrefix("#") else {
      throw TechniqueRefusal(
        "The front matter has a '\(map)' that nothing can be put into: write \(key): \(value) there."
      )
    }
    let indent = indent(after: entry.upperBound, in: yaml)
    return outline.replacing([
      (entry.upperBound..<entry.upperBound, "\(indent)\(key): \(value)\n")
    ])
  }

  /// The prompt's text with lines added at the end of the front matter, which is made where there
  /// is none.
  ///
  /// - Parameter lines: each with its line end.
  func adding(_ lines: String) -> String {
    guard let yaml else {
      let start = FrontMatter.startOfText(in: outline.bytes)
      return outline.replacing([(start..<start, "---\n\(lines)---\n")])
    }
    return outline.replacing([(yaml.upperBound..<yaml.upperBound, lines)])
  }

  /// The line, with its end, of a key at the top; nil when there is none.
  private func line(of key: String, in yaml: Range<Int>) -> Range<Int>? {
    var start = yaml.lowerBound
    while start < yaml.upperBound {
      let end =
        outline.bytes[start..<yaml.upperBound].firstIndex(of: UInt8(ascii: "\n"))
        .map { $0 + 1 } ?? yaml.upperBound
      if outline.bytes[start..<end].starts(with: "\(key):".utf8) { return start..<end }
      start = end
    }
    return nil
  }

  /// How far the lines of a map stand in; two blanks where it has none.
  private func indent(after place: Int, in yaml: Range<Int>) -> String {
    for line in outline.text(in: place..<yaml.upperBound).split(separator: "\n") {
      let blanks = line.prefix { $0 == " " }
      let rest = line.dropFirst(blanks.count)
      if rest.isEmpty || rest.hasPrefix("#") { continue }
      return blanks.isEmpty ? "  " : String(blanks)
    }
    return "  "
  }
}
