// A comparison as one page of HTML that needs nothing else: no scripts, no links, no pictures, and a
// policy (CSP) that would let none of them in. All that a model answered is escaped text.

extension ComparisonReport {
  /// The report as a page of HTML.
  public var html: String {
    let title = HTMLQuote.escaped("\(promptName): \(columns.count) answers")
    var page = """
      <!doctype html>
      \(Self.mark)
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
      <title>\(title)</title>
      <style>
      \(Self.styleSheet)</style>
      </head>
      <body>
      <h1>\(title)</h1>

      """
    if columns.contains(where: { $0.difference != nil }) {
      page += "<label><input type=\"checkbox\" id=\"plain\"> Without the differences</label>\n"
    }
    page += "<div class=\"answers\">\n"
    for index in columns.indices { page += article(onColumn: index) }
    page += "</div>\n<h2>Figures</h2>\n" + figureTable
    for (columns, text) in groups(by: \.promptText) {
      page += heading("Prompt", columns) + HTMLQuote.block(text)
    }
    for (columns, inputs) in groups(by: \.inputs) where !inputs.isEmpty {
      page += heading("Inputs", columns)
      for (name, value) in inputs.sorted(by: { $0.key < $1.key }) {
        page += "<h3>\(HTMLQuote.escaped(name))</h3>\n" + HTMLQuote.block(value)
      }
    }
    for (columns, passages) in groups(by: \.request.passages) where !passages.isEmpty {
      page += heading("Passages", columns)
      for (place, passage) in passages.enumerated() {
        page += "<details><summary>[\(place + 1)] \(HTMLQuote.escaped(passage.label))</summary>\n"
        page += HTMLQuote.block(passage.text) + "</details>\n"
      }
    }
    return page + "</body>\n</html>\n"
  }

  private func heading(_ title: String, _ columns: [Column]) -> String {
    let names = names(of: columns)
    return "<h2>\(title)\(names.isEmpty ? "" : " of \(HTMLQuote.escaped(names))")</h2>\n"
  }

  // MARK: Answers

  private func article(onColumn index: Int) -> String {
    let column = columns[index]
    let answer = column.answer
    var article = "<article>\n<h2>\(HTMLQuote.escaped(column.name))"
    if index == baseline { article += " <span class=\"baseline\">● baseline</span>" }
    article += " <small>\(HTMLQuote.escaped(column.title))</small></h2>\n"
    if let agreement = column.difference?.agreement, let baseline {
      article +=
        "<p class=\"agreement\">\(agreement.percent) % as \(HTMLQuote.escaped(columns[baseline].name))</p>\n"
    }
    if let values = column.difference?.values { article += Self.list(of: values) }
    if !answer.thinking.isEmpty {
      article +=
        "<details><summary>thinking</summary>\n\(HTMLQuote.block(answer.thinking))</details>\n"
    }
    if let difference = column.difference {
      article += "<pre>\(Self.marked(difference))</pre>\n"
    } else if !answer.text.isEmpty {
      article += HTMLQuote.block(answer.text)
    }
    if !answer.refusal.isEmpty { article += "<p>refused:</p>\n" + HTMLQuote.block(answer.refusal) }
    for call in answer.toolCalls {
      article += "<p>tool call: <code>\(HTMLQuote.escaped(call.name))</code></p>\n"
      article += HTMLQuote.block(call.arguments)
    }
    if let error = answer.error {
      article += "<p class=\"error\">\(HTMLQuote.escaped(error))</p>\n"
    }
    return article + "</article>\n"
  }

  private static func marked(_ difference: AnswerDifference) -> String {
    difference.words.pieces.map { piece in
      switch piece.kind {
      case .kept: HTMLQuote.escaped(piece.text)
      case .removed: "<del>\(HTMLQuote.escaped(piece.text))</del>"
      case .added: "<ins>\(HTMLQuote.escaped(piece.text))</ins>"
      }
    }.joined()
  }

  private static func list(of values: JSONDifference) -> String {
    guard !values.isEmpty else { return "<p>The values are the same.</p>\n" }
    let items = values.changes.map { change in
      let old = change.old.map { "<del>\(HTMLQuote.escaped($0.text))</del>" }
      let new = change.new.map { "<ins>\(HTMLQuote.escaped($0.text))</ins>" }
      return "<li><code>\(HTMLQuote.escaped(change.path))</code> "
        + [old, new].compactMap { $0 }.joined(separator: " → ") + "</li>\n"
    }
    return "<ul class=\"values\">\n\(items.joined())</ul>\n"
  }

  // MARK: Figures

  private var figureTable: String {
    var table = "<div class=\"scroll\"><table>\n<tr><td></td>"
    table +=
      columns.map { "<th scope=\"col\">\(HTMLQuote.escaped($0.name))</th>" }.joined() + "</tr>\n"
    for row in figureRows {
      let cells = row.texts.enumerated().map { place, text in
        place == row.best
          ? "<td class=\"best\">★ \(HTMLQuote.escaped(text))</td>"
          : "<td>\(HTMLQuote.escaped(text))</td>"
      }
      table += "<tr><th scope=\"row\">\(HTMLQuote.escaped(row.name))</th>\(cells.joined())</tr>\n"
    }
    return table + "</table></div>\n"
  }

  private static let styleSheet = """
    :root { color-scheme: light dark; --paper: #fbfaf7; --ink: #2b2e34; --faint: #6b717d;
      --line: #dcd9d0; --new: #d7efcf; --old: #f8d9d5; --accent: #2b6ca3; }
    @media (prefers-color-scheme: dark) { :root { --paper: #16181d; --ink: #d7dae0; --faint: #949ca8;
      --line: #363b45; --new: #23452a; --old: #562c2c; --accent: #82b4dc; } }
    body { margin: 2rem auto; max-width: 110rem; padding: 0 1.5rem; background: var(--paper);
      color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
    h1 { font-size: 1.5rem; } h2 { font-size: 1.15rem; margin: 2rem 0 .5rem; }
    h3 { font-size: 1rem; margin: 1rem 0 .25rem; }
    small, .agreement, summary, label { color: var(--faint); font-weight: normal; }
    .answers { display: grid; gap: 1.25rem; margin-top: 1rem;
      grid-template-columns: repeat(auto-fit, minmax(min(22rem, 100%), 1fr)); }
    article { border: 1px solid var(--line); border-radius: 8px; padding: 0 1rem 1rem; min-width: 0; }
    article h2 { margin: .75rem 0 .25rem; } .baseline { color: var(--accent); font-size: .9rem; }
    .agreement { margin: 0; } .error { color: #c2483d; }
    pre { margin: .5rem 0 0; white-space: pre-wrap; overflow-wrap: anywhere;
      font: 14px/1.55 ui-monospace, Menlo, Consolas, monospace; }
    h2 + pre, h3 + pre, details pre { border-left: 3px solid var(--line); padding-left: .75rem; }
    article h2 + pre { border: 0; padding: 0; }
    ins { background: var(--new); text-decoration: none; border-radius: 2px; }
    del { background: var(--old); border-radius: 2px; }
    body:has(#plain:checked) pre del { display: none; }
    body:has(#plain:checked) pre ins { background: none; }
    .values { padding-left: 1.2rem; overflow-wrap: anywhere; }
    .scroll { overflow-x: auto; } table { border-collapse: collapse; }
    th, td { border-bottom: 1px solid var(--line); padding: .3rem .9rem .3rem 0; text-align: right; }
    th[scope=row] { text-align: left; font-weight: normal; color: var(--faint); }
    .best { font-weight: 600; color: var(--accent); }

    """
}
