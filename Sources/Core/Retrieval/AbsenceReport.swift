// Why a passage isn't among those that a prompt is given, and what would bring it in. Every remedy
// was tried by whoever made the report.

/// An answer to "Why not?".
public struct AbsenceReport: Hashable, Sendable {
  /// What was asked, as it was typed.
  public var question: String
  /// What is searched with.
  public var query: String
  /// The passages that are meant, the nearest to being given first.
  public var passages: [AbsentPassage]
  /// How many more are meant, beyond those that were looked at.
  public var others: Int
  /// What there is to say where no passage is meant, as sentences.
  public var problems: [String]

  public init(
    question: String, query: String, passages: [AbsentPassage] = [], others: Int = 0,
    problems: [String] = []
  ) {
    self.question = question
    self.query = query
    self.passages = passages
    self.others = others
    self.problems = problems
  }
}

/// A passage that somebody misses.
public struct AbsentPassage: Hashable, Sendable {
  /// With its standing in every leg, however far down.
  public var passage: Passage
  /// Its place among what the search found, from 1; nil where it isn't there.
  public var rank: Int?
  /// Whether the prompt is given it after all.
  public var isGiven: Bool
  /// How its fused rank was found, where it isn't exact.
  public var fusionNote: String?
  public var obstacles: [Obstacle]
  public var words: [Word]
  /// The smallest changes first; empty where nothing that was tried brings it in.
  public var remedies: [Remedy]

  public init(
    passage: Passage, rank: Int? = nil, isGiven: Bool = false, fusionNote: String? = nil,
    obstacles: [Obstacle] = [], words: [Word] = [], remedies: [Remedy] = []
  ) {
    self.passage = passage
    self.rank = rank
    self.isGiven = isGiven
    self.fusionNote = fusionNote
    self.obstacles = obstacles
    self.words = words
    self.remedies = remedies
  }

  /// What keeps it out.
  public struct Obstacle: Hashable, Sendable {
    /// The step of a search at which it is lost.
    public enum Kind: String, Hashable, Sendable {
      case chunking, filter, words, legs, shortlist, reranker
      case minimumScore = "min-score"
      case diversity
      case limit = "k"
      case budget
    }

    public var kind: Kind
    /// A sentence for a reader.
    public var sentence: String

    public init(_ kind: Kind, _ sentence: String) {
      self.kind = kind
      self.sentence = sentence
    }
  }

  /// A word of the query, and what it does for this passage and for the last one that is given.
  public struct Word: Hashable, Sendable {
    public var text: String
    /// The share of the index's passages that hold it, from 0 to 1.
    public var share: Double
    /// What it adds to the score by words; 0 where the passage lacks it.
    public var contribution: Double
    /// The same for the last passage that is given.
    public var contributionToLast: Double

    public init(
      _ text: String, share: Double, contribution: Double, contributionToLast: Double
    ) {
      self.text = text
      self.share = share
      self.contribution = contribution
      self.contributionToLast = contributionToLast
    }
  }

  /// A change with which it is given; it was tried.
  public struct Remedy: Hashable, Sendable {
    /// `k=14`, `vector-weight=0.6`, `a query with 'refund' (in 3 % of passages)`: all of them together.
    public var changes: [String]
    public var settings: RetrievalSettings
    /// What is searched with.
    public var query: String
    /// Its place then, from 1.
    public var rank: Int

    public init(changes: [String], settings: RetrievalSettings, query: String, rank: Int) {
      self.changes = changes
      self.settings = settings
      self.query = query
      self.rank = rank
    }
  }
}
