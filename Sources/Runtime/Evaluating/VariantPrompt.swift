import Core
import Evaluation
import Playground
import Retrieval

// What a variant asks of a case: its prompt filled in with the case's inputs and the passages that it
// is given. The same searches and the same requests as the panes make.

/// A variant of an evaluation, ready to be filled in.
struct VariantPrompt: Sendable {
  let variant: EvaluationVariant
  let file: PromptFile

  /// Throws `PromptError` where the prompt can't be read.
  init(_ variant: EvaluationVariant) throws {
    self.variant = variant
    let folder = variant.promptPath.map { String($0[..<($0.lastIndex(of: "/") ?? $0.startIndex)]) }
    var file = try PromptFile(
      parsing: variant.promptText, name: variant.promptPath?.fileName ?? variant.name,
      partials: folder.map { PromptFiles.partials(of: variant.promptText, in: $0) } ?? [:])
    file.parameters = variant.asked.parameters.over(file.parameters)
    self.file = file
  }

  /// What the variables are for a case.
  func values(of testCase: EvaluationCase) -> [String: JSON] {
    var values: [String: JSON] = [:]
    for member in testCase.inputs.members where member.name != "passages" {
      values[member.name] =
        member.value.string.map { file.value(ofInput: $0, for: member.name) } ?? member.value
    }
    return values
  }

  /// The variables of the prompt that a case gives no value for.
  func missing(in testCase: EvaluationCase) throws -> [String] {
    try StepChain(file).rehearsal.flatMap { step in
      try step.prompt.messages(values: values(of: testCase), passages: []).missing
    }
  }

  /// What is searched for; nil for a variant that is given no passages, and for a case that brings its
  /// own.
  func search(for testCase: EvaluationCase) -> (query: String, RetrievalSettings, index: String)? {
    guard testCase.inputs["passages"].flatMap(Passage.given) == nil,
      case .settings(let settings, let index) = variant.asked.context
    else { return nil }
    return (file.question(values: values(of: testCase)), settings, index)
  }

  /// The passages that a case brings along, where the variant takes any.
  func givenPassages(of testCase: EvaluationCase) -> [Passage] {
    if case .none = variant.asked.context { return [] }
    return testCase.inputs["passages"].flatMap(Passage.given) ?? []
  }

  /// The request of the step under way.
  ///
  /// - Parameters:
  ///   - firmness: what is added to the last question of the last step.
  ///   - givesPassages: whether a prompt that takes no passages is given them all the same, before its
  ///     last question.
  func request(
    of chain: StepChain, for testCase: EvaluationCase, found: [Passage], firmness: String? = nil,
    givesPassages: Bool = false
  ) throws -> CompletionRequest {
    let values = values(of: testCase)
    let passages = chain.passages(of: found)
    let filled = try chain.prompt.messages(values: values, passages: passages)
    if let problem = chain.problem(with: filled) { throw SearchFailure(description: problem) }
    var messages = filled.messages
    if givesPassages, !found.isEmpty, !file.variables.contains("passages") {
      messages.prependToLastUserMessage(found)
    }
    if let firmness, chain.isLast { messages.appendToLastUserMessage(firmness) }
    return CompletionRequest(
      model: variant.asked.model, messages: messages, parameters: file.parameters,
      question: file.question(values: values), passages: passages)
  }
}

extension [Message] {
  /// Puts passages before what a person asked last.
  fileprivate mutating func prependToLastUserMessage(_ passages: [Passage]) {
    guard let index = lastIndex(where: { $0.role == .user }) else { return }
    let texts = passages.enumerated().map {
      "[\($0.offset + 1)] \($0.element.label)\n\($0.element.text)"
    }
    self[index].parts.insert(
      .text("What is known about it:\n\n" + texts.joined(separator: "\n\n") + "\n\n"), at: 0)
  }

  /// Adds a paragraph to what a person asked last; where no person asked anything, a question.
  fileprivate mutating func appendToLastUserMessage(_ text: String) {
    if let index = lastIndex(where: { $0.role == .user }) {
      self[index].parts.append(.text("\n\n" + text))
    } else {
      append(Message(role: .user, text: text))
    }
  }
}

extension String {
  /// The last part of a path.
  var fileName: String { split(separator: "/").last.map(String.init) ?? self }
}
