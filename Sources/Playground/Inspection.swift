import Core

// What the pages over the context ask of the world. Each piece of work has a number, under which its
// answer comes and by which it is given up.

/// A document that is to be read, for the passage that is from it.
public struct DocumentReading: Hashable, Sendable {
  public var number: Int
  /// The index by its name.
  public var index: String
  public var passage: Passage
  /// The cuts that are searched; nil for the index's first.
  public var chunking: Chunking?
  /// Other cuts to stand beside them.
  public var compared: Chunking?

  public init(
    number: Int, index: String, passage: Passage, chunking: Chunking?, compared: Chunking? = nil
  ) {
    self.number = number
    self.index = index
    self.passage = passage
    self.chunking = chunking
    self.compared = compared
  }
}

/// A passage that is to be looked into.
public struct PassageInspection: Hashable, Sendable {
  public var number: Int
  /// The index by its name.
  public var index: String
  public var passage: Passage
  /// Where the passage of the same document begins that is meant; nil for this one.
  public var start: Int?
  public var query: String
  public var settings: RetrievalSettings

  public init(
    number: Int, index: String, passage: Passage, start: Int? = nil, query: String,
    settings: RetrievalSettings
  ) {
    self.number = number
    self.index = index
    self.passage = passage
    self.start = start
    self.query = query
    self.settings = settings
  }
}

/// A passage whose source a person wants to see in a program of their own.
public struct SourceOpening: Hashable, Sendable {
  /// The index by its name.
  public var index: String
  public var passage: Passage
  /// From 1.
  public var line: Int

  public init(index: String, passage: Passage, line: Int) {
    self.index = index
    self.passage = passage
    self.line = line
  }
}

/// What an editor outside is to show, and not to change.
public enum OutsideView: Hashable, Sendable {
  /// A file at its place, which is a person's own; from line 1.
  case file(path: String, line: Int)
  /// A text that is in no file, by a name for it.
  case text(String, name: String, line: Int)
}

/// A "Why not?" that is to be answered.
public struct AbsenceRequest: Hashable, Sendable {
  public var number: Int
  /// The index by its name.
  public var index: String
  public var question: AbsenceQuestion
  public var query: String
  public var settings: RetrievalSettings

  public init(
    number: Int, index: String, question: AbsenceQuestion, query: String,
    settings: RetrievalSettings
  ) {
    self.number = number
    self.index = index
    self.question = question
    self.query = query
    self.settings = settings
  }
}

/// Settings that are to be measured by the judged queries of an index, beside others.
public struct RetrievalMeasuring: Hashable, Sendable {
  public var number: Int
  /// The index by its name.
  public var index: String
  public var before: RetrievalSettings
  public var now: RetrievalSettings

  public init(number: Int, index: String, before: RetrievalSettings, now: RetrievalSettings) {
    self.number = number
    self.index = index
    self.before = before
    self.now = now
  }
}

/// What came of such work.
public enum Inspection: Hashable, Sendable {
  case document(ReadDocument)
  /// Nil when the index no longer has the passage.
  case details(PassageDetails?)
  case absence(AbsenceReport)
  case measuring(done: Int, total: Int)
  /// Nil when nothing was judged.
  case measured(RetrievalComparison?)
  /// With a sentence that says why.
  case failed(String)
}
