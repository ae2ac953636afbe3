import Core
import FineTuning

// What there is to read of an example: the whole conversation, and where it comes from.

extension ExampleBrowser {
  /// The selected example, for the panel beside the table.
  public var report: [ReportLine] {
    guard let selected else {
      return [ReportLine(.note, count == 0 && isComplete ? "No example fits." : "Reading…")]
    }
    guard let stored = detail, stored.number == selected.number else {
      return [ReportLine(.note, "Reading…")]
    }
    var lines = [
      ReportLine(
        .heading,
        "\(Numbers.grouped(stored.number)) \(selected.state.sign) \(selected.state.rawValue)"),
      ReportLine(
        .note,
        (["≈\(Numbers.grouped(stored.tokens)) tok"] + stored.tags.map { "#\($0)" })
          .joined(separator: " · ")),
    ]
    for message in stored.example.input { lines += Self.lines(of: message) }
    if let rejected = stored.example.rejected {
      lines += Self.preference(stored.example.answer, over: rejected)
    } else {
      for message in stored.example.answer { lines += Self.lines(of: message) }
    }
    if let tools = stored.example.tools?.array {
      let names = tools.map { $0["function"]?["name"]?.string ?? $0["name"]?.string ?? "?" }
      lines += Self.section("tools", names.joined(separator: ", "))
    }
    return lines + Self.lines(of: stored.lineage)
  }

  /// Characters of a turn that are shown; the editor has all of them.
  private static let longestText = 20_000

  private static func section(_ head: String, _ text: String) -> [ReportLine] {
    [ReportLine(.text, ""), ReportLine(.heading, head)] + body(text, .text)
  }

  private static func body(_ text: String, _ kind: ReportLine.Kind) -> [ReportLine] {
    var lines = text.prefix(longestText)
      .split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
      .map { ReportLine(kind, String($0)) }
    if text.dropFirst(longestText).isEmpty == false { lines.append(ReportLine(.note, "…")) }
    return lines
  }

  private static func lines(of message: TrainingMessage) -> [ReportLine] {
    var head = message.role
    if let name = message.name { head += " \(name)" }
    if message.weight == 0 { head += " · not trained on" }
    var lines = [ReportLine(.text, ""), ReportLine(.heading, head)]
    if !message.text.isEmpty { lines += body(message.text, .text) }
    let others = (message.content?.array ?? []).count { $0["text"] == nil }
    if others > 0 { lines.append(ReportLine(.note, "and \(others) parts that are no text")) }
    for call in message.toolCalls?.array ?? [] {
      let name = call["function"]?["name"]?.string ?? "?"
      lines += body("→ \(name)(\(call["function"]?["arguments"]?.string ?? ""))", .text)
    }
    return lines
  }

  /// The answer that is preferred, then what differs in the other one.
  private static func preference(
    _ answer: [TrainingMessage], over rejected: [TrainingMessage]
  ) -> [ReportLine] {
    let (better, worse) = (
      answer.map(\.text).joined(separator: "\n"), rejected.map(\.text).joined(separator: "\n")
    )
    var lines = section("preferred", better)
    lines += [ReportLine(.text, ""), ReportLine(.heading, "rather than")]
    lines += body(worse, .removed)
    return lines
  }

  private static func lines(of lineage: ExampleLineage) -> [ReportLine] {
    var facts: [String] = []
    switch lineage.source {
    case .run(let run, let session): facts.append("run \(run) of \(session)")
    case .correction(let run, let session): facts.append("correction of run \(run) of \(session)")
    case .preference(let better, let worse, let session):
      facts.append("run \(better) picked over \(worse) in \(session)")
    case .evaluation(let id, let name, let variant):
      facts.append("case \(name) of evaluation \(id), answered by \(variant)")
    case .file(let path, let line): facts.append("\(path):\(line)")
    }
    if let model = lineage.model { facts.append("model \(model)") }
    if let version = lineage.promptVersion {
      facts.append("prompt \(ContentHash.short(version))")
    }
    if let editor = lineage.editor { facts.append("edited by \(editor)") }
    return [ReportLine(.text, ""), ReportLine(.heading, "from")]
      + facts.map { ReportLine(.note, $0) }
  }
}

extension ExampleState {
  /// What stands for it in a table.
  public var sign: String {
    switch self {
    case .pending: "·"
    case .approved: "✓"
    case .rejected: "✗"
    }
  }
}
