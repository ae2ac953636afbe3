// A session's document as one page of HTML that needs nothing else: no scripts, no pictures, nothing
// from elsewhere, and a policy (CSP) that would let none of it in. All that was written is escaped.

extension SessionDocument {
  /// The document as a page of HTML.
  public var html: String {
    let title = HTMLQuote.escaped(session.name)
    var page = """
      <!doctype html>
      \(Self.mark)
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
      <meta name="referrer" content="no-referrer">
      <title>\(title)</title>
      <style>
      \(Self.styleSheet)</style>
      </head>
      <body>
      <header>
      <h1>\(title)</h1>
      <p>\(HTMLQuote.escaped(summary))</p>
      </header>

      """
    if moments.count > 1 {
      page += "<nav><ol>\n"
      for moment in moments {
        page += "<li><a href=\"#m\(moment.number)\">\(Self.heading(of: moment))</a>"
        page += " \(HTMLQuote.escaped(moment.beginning))</li>\n"
      }
      page += "</ol></nav>\n"
    }
    page += "<main>\n"
    for moment in moments { page += Self.section(on: moment) }
    return page + "</main>\n</body>\n</html>\n"
  }

  private static func heading(of moment: Moment) -> String {
    var heading = HTMLQuote.escaped(moment.started)
    for name in moment.names { heading += " <b>\(HTMLQuote.escaped(name))</b>" }
    if let parent = moment.parent { heading += " <small>from \(parent)</small>" }
    return heading
  }

  private static func section(on moment: Moment) -> String {
    var section = "<section id=\"m\(moment.number)\">\n"
    section += "<h2><span class=\"number\">\(moment.number)</span> \(heading(of: moment))</h2>\n"
    if moment.parent == nil {
      section += details("Prompt", HTMLQuote.block(moment.promptText), isOpen: true)
    } else if moment.promptChanges.isEmpty {
      section += "<p class=\"facts\">The prompt is the same.</p>\n"
    } else {
      section += "<h3>What changed in the prompt</h3>\n"
      section += "<pre class=\"changes\">\(lines(of: moment.promptChanges))</pre>\n"
      section += details("The whole prompt", HTMLQuote.block(moment.promptText))
    }
    if !moment.inputs.isEmpty {
      section += "<h3>Inputs</h3>\n<dl>\n"
      for input in moment.inputs {
        section += "<dt>\(HTMLQuote.escaped(input.name))</dt>\n<dd>"
        section += input.value.map(HTMLQuote.block) ?? "<em>taken away</em>"
        section += "</dd>\n"
      }
      section += "</dl>\n"
    }
    if !moment.passages.isEmpty { section += "<h3>Passages</h3>\n" }
    for (place, passage) in moment.passages.enumerated() {
      section += Self.passage(passage, place: place + 1)
    }
    section += "<div class=\"answers\">\n"
    for answered in moment.answers { section += article(on: answered) }
    section += "</div>\n"
    for sentence in moment.preferences {
      section += "<p class=\"opinion\">\(HTMLQuote.escaped(sentence))</p>\n"
    }
    return section + "</section>\n"
  }

  private static func passage(_ passage: GivenPassage, place: Int) -> String {
    let label = "[\(place)] \(HTMLQuote.escaped(passage.label))"
    if let number = passage.shownIn {
      return "<p class=\"passage\">\(label) <a href=\"#m\(number)\">as in \(number)</a></p>\n"
    }
    return passage.text.isEmpty
      ? "<p class=\"passage\">\(label)</p>\n" : details(label, HTMLQuote.block(passage.text))
  }

  private static func article(on answered: Answered) -> String {
    let answer = answered.answer
    var article = "<article>\n<h3>\(HTMLQuote.escaped(answered.name)) "
    article += "<small>\(HTMLQuote.escaped(answered.title))</small></h3>\n"
    article += "<p class=\"facts\">\(HTMLQuote.escaped(answered.facts))</p>\n"
    if !answered.opinion.isEmpty {
      article += "<p class=\"opinion\">\(HTMLQuote.escaped(answered.opinion))</p>\n"
    }
    if let error = answer.error {
      article += "<p class=\"error\">\(HTMLQuote.escaped(error))</p>\n"
    }
    if !answer.thinking.isEmpty {
      article += details("Thinking", HTMLQuote.block(answer.thinking))
    }
    if !answer.text.isEmpty { article += HTMLQuote.block(answer.text) }
    if !answer.refusal.isEmpty {
      article += "<p>Refused:</p>\n" + HTMLQuote.block(answer.refusal)
    }
    for call in answer.toolCalls {
      article += "<p>Tool call <code>\(HTMLQuote.escaped(call.name))</code></p>\n"
      article += HTMLQuote.block(call.arguments)
    }
    if let correction = answered.correction {
      article += "<p class=\"opinion\">Corrected:</p>\n" + HTMLQuote.block(correction)
    }
    return article + "</article>\n"
  }

  /// - Parameter summary: escaped.
  private static func details(_ summary: String, _ body: String, isOpen: Bool = false) -> String {
    "<details\(isOpen ? " open" : "")><summary>\(summary)</summary>\n\(body)</details>\n"
  }

  private static func lines(of changes: [DiffLine]) -> String {
    changes.map { line in
      switch line.kind {
      case .kept: "  \(HTMLQuote.escaped(line.text))\n"
      case .removed: "<del>− \(HTMLQuote.escaped(line.text))\n</del>"
      case .added: "<ins>+ \(HTMLQuote.escaped(line.text))\n</ins>"
      case .folded(let count): "<small>  ⋯ \(count) lines alike\n</small>"
      }
    }.joined()
  }

  private static let styleSheet = """
    :root { color-scheme: light dark; --paper: #fbfaf7; --ink: #2b2e34; --faint: #6b717d;
      --line: #dcd9d0; --card: #fff; --new: #d7efcf; --old: #f8d9d5; --accent: #2b6ca3;
      --bad: #b3392f; }
    @media (prefers-color-scheme: dark) { :root { --paper: #16181d; --ink: #d7dae0; --faint: #949ca8;
      --line: #363b45; --card: #1c1f26; --new: #23452a; --old: #562c2c; --accent: #82b4dc;
      --bad: #e58079; } }
    body { margin: 2rem auto; max-width: 76rem; padding: 0 clamp(1rem, 4vw, 2.5rem);
      background: var(--paper); color: var(--ink); font: 16px/1.5 system-ui, sans-serif;
      overflow-wrap: anywhere; }
    h1 { font-size: 1.6rem; line-height: 1.25; margin: 0; } header p { color: var(--faint); }
    h2 { font-size: 1.15rem; margin: 0 0 .75rem; } h3 { font-size: 1rem; margin: 1.25rem 0 .4rem; }
    small, .facts, summary, .passage, dt { color: var(--faint); font-weight: normal; }
    a { color: var(--accent); } nav { color: var(--faint); } nav ol { padding-left: 1.8rem; }
    section { border-top: 1px solid var(--line); padding: 1.5rem 0; }
    .number { display: inline-block; min-width: 1.6em; text-align: center; margin-right: .3em;
      border-radius: 1em; background: var(--accent); color: var(--paper); font-size: .9em; }
    h2 b, nav b { color: var(--accent); }
    .answers { display: grid; gap: 1.25rem; margin-top: 1.25rem; align-items: start;
      grid-template-columns: repeat(auto-fit, minmax(min(24rem, 100%), 1fr)); }
    article { background: var(--card); border: 1px solid var(--line); border-radius: 8px;
      padding: .75rem 1rem 1rem; min-width: 0; }
    article h3 { margin: 0; } .facts, .passage { margin: .25rem 0; font-size: .9rem; }
    .opinion { margin: .25rem 0; color: var(--accent); } .error { color: var(--bad); }
    pre { margin: .5rem 0; white-space: pre-wrap;
      font: 14px/1.55 ui-monospace, Menlo, Consolas, monospace; }
    details { margin: .25rem 0; } summary { cursor: pointer; font-size: .95rem; }
    details pre, dd pre, .changes { border-left: 3px solid var(--line); padding-left: .75rem; }
    dl { margin: 0; } dd { margin: 0 0 .5rem; }
    ins, del { display: block; text-decoration: none; border-radius: 2px; }
    ins { background: var(--new); } del { background: var(--old); }
    @media print { details::details-content { content-visibility: visible; } }

    """
}
