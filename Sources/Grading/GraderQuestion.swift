import Core

// What a grader must be told before it can grade: the replies of judge models, and embeddings.
// Grading asks nobody itself, so that questions can be cached, counted and replayed.

/// Something to ask a model.
public enum GraderQuestion: Hashable, Sendable, Identifiable {
  case judge(JudgeQuestion)
  /// The embeddings of texts, in their order.
  case embed([String])

  /// Names a question by what it asks: the same question has the same name on each run.
  public struct ID: Hashable, Sendable {
    /// 64 hexadecimal digits.
    public let text: String
  }

  public var id: ID {
    switch self {
    case .judge(let question): ID(text: ContentHash.of(question.json.text))
    case .embed(let texts):
      ID(text: ContentHash.of((["embed": .array(texts.map(JSON.string))] as JSON).text))
    }
  }
}

/// What a model said to a question.
public enum GraderReply: Hashable, Sendable {
  /// A judge's visible answer.
  case text(String)
  /// A vector for each text.
  case embeddings([[Float]])
}

/// What one vote of a judge model is asked.
public struct JudgeQuestion: Hashable, Sendable {
  public var messages: [Message]
  /// Of the prompt's front matter.
  public var parameters: Parameters
  /// The assertion's own model, else that of the prompt's front matter; nil for the evaluation's.
  public var model: String?
  /// Which one it is of several votes, from 1: each is asked for itself.
  public var vote: Int

  /// All that tells it from others.
  var json: JSON {
    [
      "messages": .array(messages.map(\.json)), "parameters": .object(parameters.json),
      "model": JSON(model), "vote": .integer(vote),
    ]
  }
}
