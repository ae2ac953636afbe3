// A prompt as it once was: every text that was run is kept, whatever becomes of its file.

/// One text of a prompt that was run.
public struct PromptVersion: Hashable, Sendable {
  /// The `ContentHash` of the text.
  public var hash: String
  /// What the prompt's draft is kept under.
  public var prompt: String
  /// From 1 among the versions of the prompt, in the order of their first runs.
  public var number: Int
  public var text: String
  /// When it was first run; seconds since 1970.
  public var createdAt: Double
  /// The hash of the version that it was made from; nil for the first, or where nobody knows.
  public var parent: String?
  /// What a person called it.
  public var name: String?
  public var note: String
  public var score: VersionScore

  public init(
    prompt: String, number: Int, text: String, createdAt: Double, parent: String? = nil,
    name: String? = nil, note: String = "", score: VersionScore = VersionScore()
  ) {
    hash = ContentHash.of(text)
    self.prompt = prompt
    self.number = number
    self.text = text
    self.createdAt = createdAt
    self.parent = parent
    self.name = name
    self.note = note
    self.score = score
  }

  /// How lists and columns call it: its name, or `v3`.
  public var label: String { name ?? "v\(number)" }
}

/// What a version scored so far.
public struct VersionScore: Hashable, Sendable {
  public var runCount: Int
  /// Runs whose answers a person rated good.
  public var goodCount: Int
  /// Runs whose answers a person rated bad.
  public var badCount: Int

  public init(runCount: Int = 0, goodCount: Int = 0, badCount: Int = 0) {
    self.runCount = runCount
    self.goodCount = goodCount
    self.badCount = badCount
  }
}

/// What a person thinks of an answer.
public enum Rating: Int, Hashable, Sendable {
  case good = 1
  case bad = -1
}
