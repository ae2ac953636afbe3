// A comparison as Markdown (CommonMark 0.31, with the tables of GitHub's). What came from a model or
// a document stands in blocks of code, so that nothing in it becomes part of the page.

extension ComparisonReport {
  /// The report as a page of Markdown.
  public var markdown: String {
    var page = Self.mark + "\n\n# \(MarkdownQuote.inline(promptName)): \(columns.count) answers\n"
    page += "\n" + figureTable
    for (index, column) in columns.enumerated() { page += section(on: column, at: index) }
    for (columns, text) in groups(by: \.promptText) {
      page += heading("Prompt", columns) + MarkdownQuote.block(text)
    }
    for (columns, inputs) in groups(by: \.inputs) where !inputs.isEmpty {
      page += heading("Inputs", columns)
      for (name, value) in inputs.sorted(by: { $0.key < $1.key }) {
        page += "\n**\(MarkdownQuote.inline(name))**\n" + MarkdownQuote.block(value)
      }
    }
    for (columns, passages) in groups(by: \.request.passages) where !passages.isEmpty {
      page += heading("Passages", columns)
      for (place, passage) in passages.enumerated() {
        page +=
          "\n**[\(place + 1)] \(MarkdownQuote.inline(passage.label))**\n"
          + MarkdownQuote.block(passage.text)
      }
    }
    return page
  }

  /// By which such a page is known again.
  public static let mark = "<!-- whet comparison -->"

  private func heading(_ title: String, _ columns: [Column]) -> String {
    let names = names(of: columns)
    return "\n## \(title)" + (names.isEmpty ? "" : " of \(names)") + "\n"
  }

  private var figureTable: String {
    var table = "| |" + columns.map { " \(MarkdownQuote.inline($0.name)) |" }.joined() + "\n"
    table += "|---|" + columns.map { _ in "--:|" }.joined() + "\n"
    table += "| variant |" + columns.map { " \(MarkdownQuote.inline($0.title)) |" }.joined() + "\n"
    for row in figureRows {
      let cells = row.texts.enumerated().map { place, text in
        place == row.best
          ? " **\(MarkdownQuote.inline(text))** |" : " \(MarkdownQuote.inline(text)) |"
      }
      table += "| \(row.name) |" + cells.joined() + "\n"
    }
    return table
  }

  private func section(on column: Column, at index: Int) -> String {
    var section = "\n## \(MarkdownQuote.inline(column.name)): \(MarkdownQuote.inline(column.title))"
    section += index == baseline ? " (baseline)\n" : "\n"
    let answer = column.answer
    if let error = answer.error { section += "\n\(MarkdownQuote.inline(error))\n" }
    if !answer.text.isEmpty { section += MarkdownQuote.block(answer.text) }
    if !answer.refusal.isEmpty { section += "\nRefused:\n" + MarkdownQuote.block(answer.refusal) }
    for call in answer.toolCalls {
      section +=
        "\nTool call `\(MarkdownQuote.code(call.name))`:\n"
        + MarkdownQuote.block(call.arguments, "json")
    }
    if !answer.thinking.isEmpty {
      section += "\nThinking:\n" + MarkdownQuote.block(answer.thinking)
    }
    guard let difference = column.difference, let baseline else { return section }
    let name = MarkdownQuote.inline(columns[baseline].name)
    guard !difference.isEmpty else { return section + "\nThe same text as \(name).\n" }
    if let values = difference.values {
      section += "\nValues that differ from \(name): \(values.changes.count)\n"
      section += values.isEmpty ? "" : MarkdownQuote.block(Self.lines(of: values), "diff")
    }
    return section + "\nDifferences from \(name):\n"
      + MarkdownQuote.block(Self.lines(of: difference), "diff")
  }

  private static func lines(of values: JSONDifference) -> String {
    values.changes.map { change in
      [
        change.old.map { "- \(change.path): \($0.text)" },
        change.new.map { "+ \(change.path): \($0.text)" },
      ]
      .compactMap { $0 }.joined(separator: "\n")
    }.joined(separator: "\n")
  }

  private static func lines(of difference: AnswerDifference) -> String {
    difference.words.lines(context: 2).map { line in
      switch line.kind {
      case .kept: "  \(line.text)"
      case .removed: "- \(line.text)"
      case .added: "+ \(line.text)"
      case .folded(let count): "@@ \(count) lines alike @@"
      }
    }.joined(separator: "\n")
  }
}
