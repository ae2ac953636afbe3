import Core

// What searches, the inspector and the commands need of an index, wherever its passages are kept: in
// a file of ours, or in somebody's database. It says nothing of how passages are found.

/// An index of passages.
///
/// May be used from several threads at once. Every call may wait for a disk or a server: call it on a
/// worker thread. They throw one sentence that says what to do (`IndexError` for an index in a file),
/// and `CancellationError` once `isCancelled` says so.
public protocol PassageStore: AnyObject, Sendable {
  /// Where it is kept, as a person would name it; without secrets.
  var place: String { get }

  func statistics() throws -> IndexStatistics
  /// The ways in which each document is cut; the first is searched when nobody names one.
  func chunkings() throws -> [Chunking]
  /// The embedders whose vectors it has, and how many passages have one, by name.
  func embedders() throws -> [(name: String, passages: Int)]
  /// How the files below each path that was added are read, by absolute paths.
  func readingSettings() throws -> [String: ReadingSettings]

  // MARK: Documents

  /// All documents, in the order in which they were indexed.
  func documents() throws -> [IndexedDocument]
  /// The text of a document as it was indexed, from its passages: every byte that isn't white space
  /// is in its place, and what is between passages is spaces.
  func text(of document: IndexedDocument) throws -> [UInt8]
  /// The absolute path of the file that a passage is from; nil when the index no longer has it.
  func path(of passage: Passage) throws -> String?
  /// Calls back with each passage of a chunking (nil for the first) and its document's number: a
  /// document after the other, and each in the order of its text.
  ///
  /// - Parameter start: called before the first one, with their number.
  func forEachPassage(
    of chunking: Chunking?, start: (Int) throws -> Void,
    _ body: (_ passage: Passage, _ document: Int64) throws -> Void
  ) throws

  // MARK: Searching

  /// Whose vectors a search by some settings looks through: the embedder that they name, or the last
  /// one that gave vectors to the passages of the chunking. Nil when there are no such vectors.
  ///
  /// Throws `EmbeddingError.noVectors` when there are none, and the settings want them.
  func embedder(for settings: RetrievalSettings) throws -> String?

  /// A ranking a query and leg: those by words first, then those by vectors.
  ///
  /// - Parameters:
  ///   - queries: those that are searched for by their words.
  ///   - vectors: those of queries; `embedder` made them.
  ///   - limit: of each ranking.
  func rankings(
    for queries: [String], vectors: [[Float]], of embedder: String?, limit: Int,
    _ settings: RetrievalSettings, isCancelled: () -> Bool
  ) throws -> [Ranking]

  /// Passages in the order of their ids' list, with the places of the words of some queries; those
  /// that are gone are left out.
  func passages(
    _ ids: [Int64], matching queries: [String], isCancelled: () -> Bool
  ) throws -> [Passage]

  /// The vectors of passages by an embedder, of length 1; those without one are left out.
  func vectors(of passages: [Int64], by embedder: String) throws -> [Int64: [Float]]

  // MARK: Inspecting

  /// What each term of a query adds to the scores of some passages, by the passages' ids; nothing
  /// for those that hold none of them. Terms come in the order of the query.
  func explanations(
    of passages: [Int64], for query: String, chunking: Chunking?
  ) throws -> [Int64: [TermWeight]]

  /// Where a passage stands in a search by words, however far down; nil when it holds no word of the
  /// query, or the index no longer has it. It need not fit the filter itself.
  func standing(
    of passage: Int64, for query: String, filter: PassageFilter, isCancelled: () -> Bool
  ) throws -> Standing?

  /// Where a passage stands in a search by vectors, however far down; nil when it has no vector. It
  /// need not fit the filter itself.
  func standing(
    of passage: Int64, for vector: [Float], of embedder: String, filter: PassageFilter,
    isCancelled: () -> Bool
  ) throws -> Standing?

  /// The passages of the same document and chunking before and after one; nil at its ends.
  func neighbours(of passage: Int64) throws -> (before: Passage?, after: Passage?)

  /// The passages that somebody means: those of a source, at a line, with a phrase in them; what is
  /// nil doesn't count. In the order of the index.
  func passages(
    in source: String?, line: Int?, phrase: String?, chunking: Chunking?, limit: Int,
    isCancelled: () -> Bool
  ) throws -> [Passage]

  /// The files of a name that the index knows, those included that it skipped.
  ///
  /// - Parameter name: an absolute path, a path as a search shows it, or the end of one.
  func files(named name: String) throws -> [IndexedFile]

  // MARK: Writing

  /// Reads what is new or changed below the paths, and drops what is gone from there; see
  /// `PassageIndex.add`.
  @discardableResult
  func add(
    _ paths: [String], reading settings: ReadingSettings, by chunkings: [Chunking],
    progress: (IndexProgress) -> Void, isCancelled: () -> Bool
  ) throws -> IndexReport

  /// Gives a vector to each passage, in all chunkings, that has none by this embedder; see
  /// `PassageIndex.embed`.
  @discardableResult
  func embed(
    with embedder: any Embedder, batch: Int, progress: (EmbeddingProgress) -> Void,
    isCancelled: () -> Bool
  ) throws -> EmbeddingReport
}

/// What an index holds.
public struct IndexStatistics: Equatable, Sendable {
  public var documents: Int
  public var passages: Int
  /// An estimate; see `TokenEstimate`.
  public var tokens: Int
  /// The size of the documents.
  public var bytes: Int
}

/// A file that an index knows.
public struct IndexedFile: Hashable, Sendable {
  /// As a search shows it.
  public var source: String
  /// The absolute path.
  public var path: String
  /// Why it has no passages, in a few words; nil for one that was read.
  public var skipReason: String?
}

extension PassageStore {
  /// As the requirement, for those who leave something open.
  public func explanations(
    of passages: [Int64], for query: String
  ) throws -> [Int64: [TermWeight]] {
    try explanations(of: passages, for: query, chunking: nil)
  }

  /// As the requirement, for those who leave something open.
  @discardableResult
  public func add(
    _ paths: [String], isCancelled: () -> Bool = { false }
  ) throws -> IndexReport {
    try add(
      paths, reading: ReadingSettings(), by: [], progress: { _ in }, isCancelled: isCancelled)
  }

  /// As the requirement, for those who leave something open.
  @discardableResult
  public func embed(
    with embedder: any Embedder, progress: (EmbeddingProgress) -> Void = { _ in },
    isCancelled: () -> Bool = { false }
  ) throws -> EmbeddingReport {
    try embed(with: embedder, batch: 256, progress: progress, isCancelled: isCancelled)
  }
}

/// The text of a document, put together from its passages in their order.
struct DocumentText {
  private(set) var bytes: [UInt8] = []

  /// - Parameter start: not before that of the passage before.
  mutating func append(_ text: String, at start: Int) {
    if start > bytes.count {
      bytes += [UInt8](repeating: UInt8(ascii: " "), count: start - bytes.count)
    }
    bytes += Array(text.utf8).dropFirst(bytes.count - start)
  }
}
