// A session's document as Markdown (CommonMark 0.31). What came from a model or a document stands in
// blocks of code, so that nothing in it becomes part of the page.

extension SessionDocument {
  /// By which such a page is known again.
  public static let mark = "<!-- whet session -->"

  /// The document as a page of Markdown.
  public var markdown: String {
    var page = Self.mark + "\n\n# \(MarkdownQuote.inline(session.name))\n\n\(summary)\n"
    if moments.count > 1 {
      page += "\n"
      for moment in moments {
        let line = [moment.heading, moment.beginning].filter { !$0.isEmpty }
        page += "\(moment.number). \(MarkdownQuote.inline(line.joined(separator: ": ")))\n"
      }
    }
    for moment in moments { page += Self.chapter(on: moment) }
    return page
  }

  /// `7 moments · 9 runs · 2026-03-01 12:30 – 13:10 · $0.02`.
  var summary: String {
    let parts = [
      moments.count == 1 ? "1 moment" : "\(Numbers.grouped(moments.count)) moments",
      runCount == 1 ? "1 run" : "\(Numbers.grouped(runCount)) runs", span, Numbers.total(cost),
    ]
    return parts.filter { !$0.isEmpty }.joined(separator: " · ")
  }

  private static func chapter(on moment: Moment) -> String {
    var chapter = "\n## \(moment.number). \(MarkdownQuote.inline(moment.heading))\n"
    if moment.parent == nil {
      chapter += "\n### Prompt\n" + MarkdownQuote.block(moment.promptText)
    } else if moment.promptChanges.isEmpty {
      chapter += "\nThe prompt is the same.\n"
    } else {
      chapter += "\n### What changed in the prompt\n"
      chapter += MarkdownQuote.block(lines(of: moment.promptChanges), "diff")
    }
    if !moment.inputs.isEmpty { chapter += "\n### Inputs\n" }
    for input in moment.inputs {
      chapter += "\n**\(MarkdownQuote.inline(input.name))**\n"
      chapter += input.value.map { MarkdownQuote.block($0) } ?? "\nTaken away.\n"
    }
    if !moment.passages.isEmpty { chapter += "\n### Passages\n" }
    for (place, passage) in moment.passages.enumerated() {
      chapter += "\n**[\(place + 1)] \(MarkdownQuote.inline(passage.label))**"
      if let number = passage.shownIn {
        chapter += " (as in \(number))\n"
      } else {
        chapter += passage.text.isEmpty ? "\n" : "\n" + MarkdownQuote.block(passage.text)
      }
    }
    for answered in moment.answers { chapter += section(on: answered) }
    for sentence in moment.preferences { chapter += "\n\(MarkdownQuote.inline(sentence))\n" }
    return chapter
  }

  private static func section(on answered: Answered) -> String {
    let answer = answered.answer
    var section = "\n### \(answered.name): \(MarkdownQuote.inline(answered.title))\n"
    section += "\n\(MarkdownQuote.inline(answered.facts))\n"
    if !answered.opinion.isEmpty { section += "\n*\(MarkdownQuote.inline(answered.opinion))*\n" }
    if let error = answer.error { section += "\n**\(MarkdownQuote.inline(error))**\n" }
    if !answer.text.isEmpty { section += MarkdownQuote.block(answer.text) }
    if !answer.refusal.isEmpty { section += "\nRefused:\n" + MarkdownQuote.block(answer.refusal) }
    for call in answer.toolCalls {
      section += "\nTool call `\(MarkdownQuote.code(call.name))`:\n"
      section += MarkdownQuote.block(call.arguments, "json")
    }
    if !answer.thinking.isEmpty {
      section += "\nThinking:\n" + MarkdownQuote.block(answer.thinking)
    }
    if let correction = answered.correction {
      section += "\nCorrected:\n" + MarkdownQuote.block(correction)
    }
    return section
  }

  private static func lines(of changes: [DiffLine]) -> String {
    changes.map { line in
      switch line.kind {
      case .kept: "  \(line.text)"
      case .removed: "- \(line.text)"
      case .added: "+ \(line.text)"
      case .folded(let count): "@@ \(count) lines alike @@"
      }
    }.joined(separator: "\n")
  }
}

extension SessionDocument.Moment {
  /// How its first answer begins, for a list of the moments.
  var beginning: String {
    let lines = answers.lazy.flatMap { $0.answer.text.split(whereSeparator: \.isNewline) }
    let line = lines.first { !$0.allSatisfy(\.isWhitespace) } ?? ""
    return line.count <= 72 ? String(line) : line.prefix(71) + "…"
  }

  /// `2026-03-01 12:30 · terse · from 2`.
  public var heading: String {
    var parts = [started] + names
    if let parent { parts.append("from \(parent)") }
    return parts.joined(separator: " · ")
  }
}
