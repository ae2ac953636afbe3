import Core
import Evaluation

// Graders that are models: what they are asked, and what follows from their votes. All that they are
// given to read is fenced, since answers, passages and cases come from anyone and may pretend to be
// the rubric.

extension AssertionCheck {
  /// One question for each vote.
  func judgeQuestions() throws(GradingError) -> [JudgeQuestion] {
    let file = try judgePrompt()
    let votes = try voteCount()
    let messages = try messages(of: file)
    var parameters = file.parameters
    // At a temperature of 0 all votes would be the same one.
    if votes > 1, parameters.temperature == 0 { parameters.temperature = 0.7 }
    return (1...votes).map { vote in
      JudgeQuestion(
        messages: messages, parameters: parameters, model: assertion.model ?? file.model,
        vote: vote)
    }
  }

  /// What most votes say; the score is their mean.
  func judged() throws(GradingError) -> Verdict {
    let questions = try judgeQuestions()
    var votes: [JudgeVote] = []
    for question in questions {
      guard case .text(let reply)? = replies[GraderQuestion.judge(question).id] else {
        throw error("has no reply of its judge")
      }
      if let vote = JudgeVote(in: reply, of: kind, assertion) { votes.append(vote) }
    }
    guard 2 * votes.count > questions.count else {
      throw error(
        questions.count == 1
          ? "has a reply of its judge that is no verdict"
          : "has \(votes.count) of \(questions.count) replies of its judge that are verdicts")
    }
    let passed = votes.count { $0.passed }
    guard 2 * passed != votes.count else {
      throw error("has as many votes for the answer as against it, and one that is no verdict")
    }
    let isPassed = 2 * passed > votes.count
    let score = votes.reduce(0) { $0 + $1.score } / Double(votes.count)
    let reason = votes.first { $0.passed == isPassed }?.reason ?? ""
    return Verdict(isPassed, score: score, Self.reason(reason, isPassed, votes, questions.count))
  }

  private static func reason(
    _ reason: String, _ isPassed: Bool, _ votes: [JudgeVote], _ asked: Int
  ) -> String {
    let said = reason.isEmpty ? "The judge \(isPassed ? "passes" : "fails") it." : reason
    guard asked > 1 else { return said }
    let agreeing = votes.count { $0.passed == isPassed }
    let unread = asked - votes.count
    return "\(agreeing) of \(votes.count) votes agree"
      + (unread > 0 ? " (\(unread) could not be read)" : "") + ": \(said)"
  }

  /// `config.votes`: an odd number, so that most of them say one thing.
  private func voteCount() throws(GradingError) -> Int {
    guard let given = assertion.config["votes"] else { return 1 }
    guard let votes = given.integer, (1...9).contains(votes), votes % 2 == 1 else {
      throw error("has votes that are none of 1, 3, 5, 7, 9")
    }
    return votes
  }

  // MARK: Prompts

  /// The file that `config.prompt` names, else the one that ships for the kind.
  private func judgePrompt() throws(GradingError) -> PromptFile {
    let text: String
    var path = "judges/\(kind.rawValue).prompt"
    if let given = assertion.config["prompt"]?.string {
      path = settings.path(of: given)
      do {
        text = try settings.readText(path)
      } catch {
        throw GradingError("\(assertion.name) has a prompt that can't be read: \(error)")
      }
    } else if let shipped = settings.judgePrompts[kind.rawValue] {
      text = shipped
    } else {
      throw error("has no prompt for its judge: name one in config.prompt")
    }
    let file: PromptFile
    do {
      file = try PromptFile(parsing: text, name: path)
    } catch {
      throw GradingError("\(assertion.name) has a prompt that can't be used: \(error)")
    }
    guard !file.isChain else { throw error("has a prompt of several steps: a judge has one") }
    return file
  }

  private func messages(of file: PromptFile) throws(GradingError) -> [Message] {
    let material = try material()
    let fence = JudgePrompt.fence(around: material.map(\.text))
    var values: [String: JSON] = [:]
    for (name, text) in material {
      values[name] = .string("\(fence) \(name)\n\(text)\n\(fence) end of \(name)")
    }
    do {
      let rendering = try file.messages(values: values, passages: [])
      guard rendering.missing.isEmpty else {
        throw error(
          "has a prompt with variables that nothing fills in "
            + "(\(rendering.missing.joined(separator: ", "))): there are "
            + material.map(\.name).joined(separator: ", "))
      }
      guard !rendering.messages.isEmpty else { throw error("has a prompt that is empty") }
      return rendering.messages
    } catch let error as GradingError {
      throw error
    } catch {
      throw GradingError("\(assertion.name) has a prompt that can't be filled in: \(error)")
    }
  }

  /// What the judge of a kind is given to read, by the names of the variables.
  private func material() throws(GradingError) -> [(name: String, text: String)] {
    var material = [("question", answer.question), ("answer", output)]
    switch kind {
    case .rubric, .closedQA: material.append(("criteria", try criteria()))
    case .factuality: material.append(("expected", try criteria()))
    case .contextRecall:
      material += [("expected", try criteria()), ("context", try context())]
    case .contextRelevance, .contextFaithfulness: material.append(("context", try context()))
    default: break
    }
    return material
  }

  /// The value as a text: an object is shown as JSON.
  private func criteria() throws(GradingError) -> String {
    switch assertion.value {
    case .object, .array: return assertion.value?.text(indent: 2) ?? ""
    default: return try text()
    }
  }

  private func context() throws(GradingError) -> String {
    guard let context = answer.context, !context.isEmpty else {
      throw error("needs passages, or an input named context, and there is none")
    }
    return context
  }
}
