// What is taken out of a session before it is shared: whatever a person's patterns match, and the texts
// of documents. Every text counts as free text but those that are named here, so that a member that
// is added later is looked through, too.

/// Why a pattern can't be used, in a sentence.
public struct RedactionError: Error, Hashable, Sendable, CustomStringConvertible {
  public let description: String
}

/// Takes texts out of what is recorded.
public struct Redaction {
  /// What stands in the place of a match, whatever its length.
  public static let mark = "████"

  let text: TextRedaction?
  private let withoutDocuments: Bool

  /// - Parameters:
  ///   - patterns: regular expressions, as Swift's `Regex` reads them.
  ///   - withoutDocuments: whether the texts of passages are left out, too; their labels stay.
  public init(patterns: [String], withoutDocuments: Bool = false) throws(RedactionError) {
    text = patterns.isEmpty ? nil : try TextRedaction(patterns: patterns)
    self.withoutDocuments = withoutDocuments
  }

  public func redacted(_ session: Session) -> Session {
    var session = session
    session.name = redacted(session.name)
    return session
  }

  /// Names that become the same are told apart by numbers.
  public func redacted(_ branches: [Branch]) -> [Branch] {
    var names: Set<String> = []
    return branches.map { branch in
      let base = Branch.name(from: redacted(branch.name)) ?? Self.mark
      var name = base
      var number = 2
      while !names.insert(name).inserted {
        name = "\(base) \(number)"
        number += 1
      }
      return Branch(name: name, moment: branch.moment)
    }
  }

  public func redacted(_ recorded: RecordedPreference) -> RecordedPreference {
    guard let text else { return recorded }
    var recorded = recorded
    let json = text.redacted(.object(recorded.preference.json), keeping: .preference)
    // Nothing by which a preference is read is free text.
    if let preference = Preference(json: json) { recorded.preference = preference }
    return recorded
  }

  /// The run without what is to be left out. Where anything of it matched, its stream is another one:
  /// made of what is left of the answer, with nothing of what was sent.
  public func redacted(_ recorded: RecordedRun) -> RecordedRun {
    var result = withoutDocuments ? recorded.withoutDocuments : recorded
    result.correctionDraft = nil
    guard let text else { return result }
    result.remark = Remark(
      score: result.remark.score, note: text.redacted(result.remark.note),
      tags: result.remark.tags.map(text.redacted))
    for index in result.corrections.indices {
      result.corrections[index].text = text.redacted(result.corrections[index].text)
    }
    let run = text.redacted(result.run)
    let answer = text.redacted(result.answer)
    guard run != result.run || answer != result.answer || text.isFound(in: result.events) else {
      return result
    }
    result.run = run
    result.answer = answer
    result.rebuildStream()
    return result
  }

  private func redacted(_ string: String) -> String { text?.redacted(string) ?? string }
}

extension TextRedaction {
  func redacted(_ run: Run) -> Run {
    let json = redacted(run.json, keeping: .run)
    // What the run is known by stays; if the rest can't be read, nothing of it is given away.
    guard var redacted = Run(json: json) else {
      return Run(
        id: run.id, session: run.session, parent: run.parent, batch: run.batch,
        startedAt: run.startedAt, column: run.column, promptText: Redaction.mark, inputs: [:],
        request: CompletionRequest(model: redacted(run.request.model), messages: []),
        step: run.step, repetition: run.repetition, price: run.price)
    }
    redacted.request.model = self.redacted(run.request.model)
    if let variant = run.variant { redacted.variant?.model = self.redacted(variant.model) }
    for index in redacted.request.passages.indices {
      // Places in a text that is another one now.
      let isSame = redacted.request.passages[index].text == run.request.passages[index].text
      if !isSame { redacted.request.passages[index].matches = [] }
    }
    return redacted
  }

  private func redacted(_ model: ModelReference) -> ModelReference {
    ModelReference(provider: redacted(model.provider), model: redacted(model.model))
  }

  func redacted(_ answer: Answer) -> Answer {
    var json = answer.json
    // Tokens are pieces of the text: a match is spread over several.
    if redacted(answer.text) != answer.text { json["logprobs"] = nil }
    return Answer(json: redacted(.object(json), keeping: .answer)) ?? Answer()
  }
}

/// The members of a record that are no free text, by their paths; lists add nothing to a path.
struct StructuralMembers {
  /// Members whose values stay.
  var kept: Set<String>
  /// Members below which names and numbers are anybody's, too.
  var open: Set<String> = []

  static let run = StructuralMembers(
    kept: [
      "id", "session", "parent", "batch", "request.model", "request.messages.role",
      "request.messages.content.type", "request.messages.metadata.purpose", "variant.model",
      "variant.version", "variant.context", "variant.context.retrieval.name",
    ],
    open: [
      "inputs", "origin.details", "request.messages.metadata", "request.parameters.tools",
      "request.parameters.response_schema", "variant.parameters.tools",
      "variant.parameters.response_schema",
    ])
  static let answer = StructuralMembers(kept: ["finish_reason"])
  static let preference = StructuralMembers(
    kept: [
      "first.run", "second.run", "first.variant.model", "second.variant.model",
      "first.variant.version", "second.variant.version", "first.variant.context",
      "second.variant.context", "outcome", "judge", "judge.model", "judge.rubric",
    ])
  /// A document of anybody's making.
  static let none = StructuralMembers(kept: [], open: [""])
}
