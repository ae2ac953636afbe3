import Core

// Whether an example fits a filter; and whether it can be said already from what a list knows of it, or
// from the bytes of its line, so that a million examples aren't read for what a few of them tell.

/// What can be known of an example without reading what it says.
public struct ExampleFacts: Hashable, Sendable {
  public var number: Int
  public var state: ExampleState
  public var tags: [String]
  public var tokens: Int
  public var turns: Int
  public var isPreference: Bool
  public var hasTools: Bool
  /// Nil where the filter doesn't ask for it (`ExampleFilter.asksForLineage`).
  public var lineage: ExampleLineage?

  public init(
    number: Int, state: ExampleState, tags: [String], tokens: Int, turns: Int, isPreference: Bool,
    hasTools: Bool, lineage: ExampleLineage?
  ) {
    self.number = number
    self.state = state
    self.tags = tags
    self.tokens = tokens
    self.turns = turns
    self.isPreference = isPreference
    self.hasTools = hasTools
    self.lineage = lineage
  }

  public init(_ stored: StoredExample) {
    self.init(
      number: stored.number, state: stored.state, tags: stored.tags, tokens: stored.tokens,
      turns: stored.example.turnCount, isPreference: stored.example.rejected != nil,
      hasTools: stored.example.tools != nil, lineage: stored.lineage)
  }
}

extension ExampleFilter {
  /// Whether an example fits.
  public func fits(_ stored: StoredExample) -> Bool {
    fits(ExampleFacts(stored), example: stored.example)
  }

  /// Whether an example fits that is given with its facts.
  public func fits(_ facts: ExampleFacts, example: TrainingExample) -> Bool {
    root.value { condition in facts.value(of: condition) ?? example.fits(condition) } ?? false
  }

  /// Whether an example fits, as far as the facts say; nil where it takes its text.
  public func fits(_ facts: ExampleFacts) -> Bool? { root.value(facts.value) }

  /// Whether an example may fit by its facts and the bytes of its line as `TrainingExample.json.text`
  /// has it; false is certain.
  public func mayFit(_ facts: ExampleFacts, line: UnsafeRawBufferPointer) -> Bool {
    root.value { condition in
      if let value = facts.value(of: condition) { return value }
      guard case .text(let text, _) = condition, Self.standsInLines(text),
        !ASCIISearch.contains(text, in: line),
        // A text may go on from one part of a turn to the next.
        !ASCIISearch.containsExactly("\"content\":[", in: line)
      else { return nil }
      return false
    } != false
  }

  /// Whether any condition is about where examples come from.
  public var asksForLineage: Bool {
    root.contains { condition in
      switch condition {
      case .source, .model, .isEdited, .figure(.line, _): true
      default: false
      }
    }
  }

  /// Whether a text stands in a line of JSON as it is.
  private static func standsInLines(_ text: String) -> Bool {
    text.utf8.allSatisfy { 0x20..<0x7F ~= $0 && $0 != 0x22 && $0 != 0x5C }
  }
}

extension ExampleFilter.Node {
  /// By Kleene's logic: what is unknown stays so unless the rest decides.
  fileprivate func value(_ leaf: (ExampleFilter.Condition) -> Bool?) -> Bool? {
    switch self {
    case .condition(let condition): return leaf(condition)
    case .not(let node): return node.value(leaf).map { !$0 }
    case .all(let nodes):
      var result: Bool? = true
      for node in nodes {
        guard let value = node.value(leaf) else {
          result = nil
          continue
        }
        if !value { return false }
      }
      return result
    case .any(let nodes):
      var result: Bool? = false
      for node in nodes {
        guard let value = node.value(leaf) else {
          result = nil
          continue
        }
        if value { return true }
      }
      return result
    }
  }

  fileprivate func contains(_ predicate: (ExampleFilter.Condition) -> Bool) -> Bool {
    switch self {
    case .condition(let condition): predicate(condition)
    case .not(let node): node.contains(predicate)
    case .all(let nodes), .any(let nodes): nodes.contains { $0.contains(predicate) }
    }
  }
}

extension ExampleFacts {
  /// Nil where the text says it.
  fileprivate func value(of condition: ExampleFilter.Condition) -> Bool? {
    switch condition {
    case .state(let wanted): state == wanted
    case .tag(let tag):
      tags.contains { $0 == tag || $0.lowercased() == tag.lowercased() }
    case .figure(let figure, let range): self.figure(figure).map(range.contains) ?? false
    case .source(let source): lineage?.source.kind == source
    case .model(let text): lineage?.model.map { ASCIISearch.contains(text, in: $0) } ?? false
    case .isPreference: isPreference
    case .isSupervised: !isPreference
    case .isEdited: lineage?.editor != nil
    case .hasTools: hasTools
    case .hasTags: !tags.isEmpty
    case .text, .pattern: nil
    }
  }

  private func figure(_ figure: ExampleFilter.Figure) -> Int? {
    switch figure {
    case .tokens: return tokens
    case .turns: return turns
    case .number: return number
    case .line:
      guard case .file(_, let line)? = lineage?.source else { return nil }
      return line
    }
  }
}

extension ExampleLineage.Source {
  /// By which a filter names it.
  public var kind: ExampleFilter.Source {
    switch self {
    case .run: .run
    case .correction: .correction
    case .preference: .preference
    case .evaluation: .evaluation
    case .file: .file
    }
  }
}

extension TrainingExample {
  /// Turns before the answer, and of it.
  public var turnCount: Int { input.count + answer.count }

  /// Whether a condition on the text holds.
  fileprivate func fits(_ condition: ExampleFilter.Condition) -> Bool {
    switch condition {
    case .text(let text, let part):
      turns(of: part).contains { ASCIISearch.contains(text, in: $0.text) }
    case .pattern(let pattern, let part):
      turns(of: part).contains { pattern.matches($0.text) }
    default: false
    }
  }

  private func turns(of part: ExampleFilter.Part) -> [TrainingMessage] {
    switch part {
    case .any: input + answer + (rejected ?? [])
    case .system: input.filter { $0.role == "system" || $0.role == "developer" }
    case .user: input.filter { $0.role == "user" }
    case .answer: answer
    case .rejected: rejected ?? []
    }
  }
}
