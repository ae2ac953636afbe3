import Core

// Lineage as JSON, as it is kept beside an example. It is no part of what is written for a trainer.

extension ExampleLineage {
  public var json: JSON {
    var object: JSON.Object = ["source": .string(source.kind.rawValue)]
    switch source {
    case .run(let run, let session), .correction(let run, let session):
      object["run"] = .string(run)
      object["session"] = .string(session)
    case .preference(let preferred, let rejected, let session):
      object["preferred"] = .string(preferred)
      object["rejected"] = .string(rejected)
      object["session"] = .string(session)
    case .evaluation(let id, let caseName, let variant):
      object["evaluation"] = .string(id)
      object["case"] = .string(caseName)
      object["variant"] = .string(variant)
    case .file(let file, let line):
      object["file"] = .string(file)
      object["line"] = .integer(line)
    }
    if let promptVersion { object["prompt_version"] = .string(promptVersion) }
    if let model { object["model"] = .string(model) }
    if let editor { object["editor"] = .string(editor) }
    object["added_at"] = .number(addedAt)
    return .object(object)
  }

  /// The lineage that such an object holds; nil when it isn't one.
  public init?(json: JSON) {
    func text(_ name: String) -> String? { json[name]?.string }
    let source: Source
    switch text("source").flatMap(ExampleFilter.Source.init) {
    case .run?:
      guard let run = text("run") else { return nil }
      source = .run(run, session: text("session") ?? "")
    case .correction?:
      guard let run = text("run") else { return nil }
      source = .correction(run: run, session: text("session") ?? "")
    case .preference?:
      guard let preferred = text("preferred"), let rejected = text("rejected") else { return nil }
      source = .preference(
        preferred: preferred, rejected: rejected, session: text("session") ?? "")
    case .evaluation?:
      guard let id = text("evaluation"), let caseName = text("case"),
        let variant = text("variant")
      else { return nil }
      source = .evaluation(id: id, caseName: caseName, variant: variant)
    case .file?:
      guard let file = text("file"), let line = json["line"]?.integer else { return nil }
      source = .file(file, line: line)
    case nil: return nil
    }
    self.init(
      source: source, promptVersion: text("prompt_version"), model: text("model"),
      editor: text("editor"), addedAt: json["added_at"]?.double ?? 0)
  }

  /// Where it comes from, for people: `run 01J… of 'refunds'`, `gold.jsonl:12`.
  public var sentence: String {
    var text =
      switch source {
      case .run(let run, let session): "run \(run) of '\(session)'"
      case .correction(let run, let session): "correction of run \(run) of '\(session)'"
      case .preference(let preferred, let rejected, let session):
        "run \(preferred) preferred to \(rejected) in '\(session)'"
      case .evaluation(let id, let caseName, let variant):
        "case '\(caseName)' of evaluation \(id), answered by '\(variant)'"
      case .file(let file, let line): "\(file):\(line)"
      }
    if let model { text += ", by \(model)" }
    if let promptVersion { text += ", prompt \(ContentHash.short(promptVersion))" }
    if let editor { text += ", edited by \(editor)" }
    return text
  }
}
