// What a judge model is asked: which of two answers is better, by a rubric that people write as a
// `.prompt` file. It is told no names, and all that it is given to read is fenced: answers and passages
// come from anyone, and may pretend to be the rubric.

/// A rubric, ready to be filled in with two answers.
public struct JudgePrompt: Hashable, Sendable {
  /// The rubric's file as it is written.
  public let text: String
  /// Where it is.
  public let path: String
  /// Names the rubric: another text is another judge.
  public let hash: String
  public let file: PromptFile

  /// The variables that a rubric is given: what is to be compared must be among those that it takes.
  public static let variables = ["question", "passages", "answer_1", "answer_2"]

  /// Throws `JudgePromptError` where the file can't be read as a prompt, or doesn't take both answers.
  public init(_ text: String, path: String) throws(JudgePromptError) {
    self.text = text
    self.path = path
    hash = ContentHash.of(text)
    do {
      file = try PromptFile(parsing: text, name: path)
    } catch {
      throw JudgePromptError(path: path, problem: "\(error)")
    }
    for variable in ["answer_1", "answer_2"] where !file.variables.contains(variable) {
      throw JudgePromptError(
        path: path, problem: "it takes no {{\(variable)}}: a rubric is given two answers")
    }
    guard !file.isChain else {
      throw JudgePromptError(path: path, problem: "it has several steps: a rubric has one")
    }
  }

  /// What a judge is sent about two answers, in this order.
  ///
  /// Throws `JudgePromptError` where a variable has no value, or the text comes to no message.
  public func messages(
    question: String, passages: [Passage], answers: (String, String)
  ) throws(JudgePromptError) -> [Message] {
    let passageText = passages.enumerated().map { "[\($0.offset + 1)] \($0.element.text)" }
      .joined(separator: "\n\n")
    let fence = Self.fence(around: [question, passageText, answers.0, answers.1])
    func fenced(_ name: String, _ text: String) -> JSON {
      .string("\(fence) \(name)\n\(text)\n\(fence) end of \(name)")
    }
    var file = file
    // A step's values stand above the passages that a search would find.
    file.stepValues = [
      "passages": passages.isEmpty ? "none" : fenced("passages", passageText)
    ]
    do {
      let rendering = try file.messages(
        values: [
          "question": fenced("question", question), "answer_1": fenced("answer 1", answers.0),
          "answer_2": fenced("answer 2", answers.1),
        ], passages: [])
      guard rendering.missing.isEmpty else {
        throw JudgePromptError(
          path: path,
          problem:
            "nothing fills in \(rendering.missing.joined(separator: ", ")): a rubric is given "
            + Self.variables.joined(separator: ", ")
            + "; give others a default in its input.default")
      }
      guard !rendering.messages.isEmpty else {
        throw JudgePromptError(path: path, problem: "it comes to no message")
      }
      return rendering.messages
    } catch let error as JudgePromptError {
      throw error
    } catch {
      throw JudgePromptError(path: path, problem: "\(error)")
    }
  }

  /// A run of `=` that none of the texts holds, so that nothing in them can end it.
  public static func fence(around texts: [String]) -> String {
    var longest = 0
    for text in texts {
      var run = 0
      for byte in text.utf8 {
        run = byte == UInt8(ascii: "=") ? run + 1 : 0
        longest = max(longest, run)
      }
    }
    return String(repeating: "=", count: max(8, longest + 4))
  }
}

/// Why a rubric can't be used, in one sentence.
public struct JudgePromptError: Error, Hashable, Sendable, CustomStringConvertible {
  public let path: String
  public let problem: String

  public init(path: String, problem: String) {
    self.path = path
    self.problem = problem
  }

  public var description: String { "The rubric \(path) can't be used: \(problem)." }
}
