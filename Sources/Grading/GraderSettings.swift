// What graders need to know of the world, given by whoever runs an evaluation.

/// Where graders find their files, and what they may use.
public struct GraderSettings: Sendable {
  /// Where paths in assertions begin: the folder of the evaluation's file.
  public var baseDirectory: String
  /// The text of the judge prompt that ships for each kind: `examples/judges/NAME.prompt` by NAME.
  public var judgePrompts: [String: String] = [:]
  /// The kinds of assertions that ask a judge: the names of the prompts that ship.
  public static let judgePromptNames = [
    "answer-relevance", "context-faithfulness", "context-recall", "context-relevance",
    "factuality", "llm-rubric", "model-graded-closedqa",
  ]
  /// Reads a text file for `config.prompt`; its error's text is shown.
  public var readText: @Sendable (_ path: String) throws -> String
  /// Carries out `sql-execution`; nil where nothing does.
  public var sqlExecution: (any SQLGrading)?
  /// From which cosine on texts are similar, where an assertion says nothing.
  public var similarityThreshold = 0.75
  /// How long a grader program may take, where an assertion says nothing.
  public var programSeconds = 10.0
  /// How many bytes a grader program may print.
  public var programOutput = 1 << 20
  /// All that a grader program sees of the environment.
  public var environment: [String: String] = [:]

  public init(
    baseDirectory: String, readText: @escaping @Sendable (_ path: String) throws -> String
  ) {
    self.baseDirectory = baseDirectory
    self.readText = readText
  }

  /// Where a path of an assertion leads.
  func path(of path: String) -> String {
    let path = path.hasPrefix("file://") ? String(path.dropFirst(7)) : path
    return path.hasPrefix("/") ? path : baseDirectory + "/" + path
  }
}
