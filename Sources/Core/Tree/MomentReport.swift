// A moment of a session in words: what is another one than in the moment that it was made from, what
// came of it, and the prompt and the passages that it was asked with.

/// A moment as lines to read.
public struct MomentReport: Hashable, Sendable {
  public let lines: [ReportLine]

  /// Unchanged lines that are kept around a change of the prompt.
  private static let context = 1
  /// Of each text no more is shown than so many bytes.
  private static let longestText = 16 << 10

  /// Of each answer no more lines are shown: a moment opened in the panes has the rest.
  private static let mostLines = 12

  /// - Parameters:
  ///   - started: when it was, in words for a reader.
  ///   - runs: of the moment, in the order of their columns.
  ///   - parent: those of the moment that it was made from; empty for a root.
  public init(_ runs: [RecordedRun], from parent: [RecordedRun], started: String) {
    guard let first = runs.first else {
      lines = [ReportLine(.note, "This moment is no longer there.")]
      return
    }
    var lines = [ReportLine(.note, started)] + runs.flatMap(Self.output)
    if let before = parent.first {
      let changes = Self.changes(of: runs, first: first.run, from: parent, before: before.run)
      lines.append(ReportLine(.heading, "What changed"))
      lines += changes.isEmpty ? [ReportLine(.note, "Nothing: it was asked again.")] : changes
      lines.append(ReportLine(.text, ""))
    }
    lines.append(ReportLine(.heading, "Prompt"))
    lines += Self.text(first.run.promptText)
    lines += Self.inputs(first.run)
    let passages = first.run.request.passages
    if !passages.isEmpty {
      lines += [ReportLine(.text, ""), ReportLine(.heading, "Context")]
      lines += passages.enumerated().map { place, passage in
        ReportLine(.text, "\(place + 1) \(passage.label)")
      }
    }
    self.lines = lines
  }

  private static func changes(
    of runs: [RecordedRun], first: Run, from parent: [RecordedRun], before: Run
  ) -> [ReportLine] {
    var lines: [ReportLine] = []
    if first.promptText != before.promptText {
      let difference = WordDiff(from: before.promptText, to: first.promptText)
      lines += difference.lines(context: context).map { line in
        switch line.kind {
        case .kept: ReportLine(.note, "  \(line.text)")
        case .removed: ReportLine(.removed, "− \(line.text)")
        case .added: ReportLine(.added, "+ \(line.text)")
        case .folded(let count): ReportLine(.note, "  ⋯ \(count) lines alike")
        }
      }
    }
    for name in Set(first.inputs.keys).union(before.inputs.keys).sorted()
    where first.inputs[name] != before.inputs[name] {
      if let old = before.inputs[name] { lines.append(ReportLine(.removed, "− \(name) = \(old)")) }
      if let new = first.inputs[name] { lines.append(ReportLine(.added, "+ \(name) = \(new)")) }
    }
    lines += entered(columns(of: runs), notIn: columns(of: parent))
    lines += entered(
      first.request.passages.map(\.label), notIn: before.request.passages.map(\.label))
    return lines
  }

  /// What left and what came, in the order in which both stand.
  private static func entered(_ new: [String], notIn old: [String]) -> [ReportLine] {
    old.filter { !new.contains($0) }.map { ReportLine(.removed, "− \($0)") }
      + new.filter { !old.contains($0) }.map { ReportLine(.added, "+ \($0)") }
  }

  /// What the columns asked, by model and parameters.
  private static func columns(of runs: [RecordedRun]) -> [String] {
    runs.filter { ($0.run.step ?? 1) == 1 }.reduce(into: []) { columns, recorded in
      let request = recorded.run.request
      let parameters = request.parameters.line
      let column = "\(request.model)" + (parameters.isEmpty ? "" : " \(parameters)")
      if !columns.contains(column) { columns.append(column) }
    }
  }

  private static func output(of recorded: RecordedRun) -> [ReportLine] {
    let (run, answer) = (recorded.run, recorded.answer)
    var facts = ["\(run.request.model)"]
    if let step = run.step { facts.append("step \(step)") }
    if let repetition = run.repetition { facts.append("answer \(repetition)") }
    facts.append(answer.finishReason?.words ?? "streaming")
    if let rating = recorded.rating { facts.append(rating.word) }
    if let score = recorded.remark.score { facts.append("\(score)/5") }
    facts += recorded.remark.tags.map { "#\($0)" }
    var lines = [ReportLine(.heading, facts.joined(separator: " · "))]
    if !recorded.remark.note.isEmpty { lines.append(ReportLine(.remedy, recorded.remark.note)) }
    if let error = answer.error { lines.append(ReportLine(.problem, error)) }
    let corrected = recorded.corrections.last?.text
    let text = corrected ?? (answer.text.isEmpty ? answer.refusal : answer.text)
    if corrected != nil { lines.append(ReportLine(.note, "corrected:")) }
    let rows = self.text(text)
    lines += rows.prefix(mostLines)
    if rows.count > mostLines {
      lines.append(ReportLine(.note, "⋯ \(rows.count - mostLines) lines more: Enter opens it"))
    }
    return lines + [ReportLine(.text, "")]
  }

  private static func inputs(_ run: Run) -> [ReportLine] {
    run.inputs.sorted { $0.key < $1.key }.map { ReportLine(.note, "\($0.key) = \($0.value)") }
  }

  private static func text(_ text: String) -> [ReportLine] {
    let bytes = text.utf8.count
    let shown =
      bytes <= longestText ? text : String(decoding: text.utf8.prefix(longestText), as: UTF8.self)
    return shown.split(separator: "\n", omittingEmptySubsequences: false)
      .map { ReportLine(.text, String($0)) }
      + (bytes <= longestText ? [] : [ReportLine(.note, "⋯ Enter shows the rest.")])
  }
}
