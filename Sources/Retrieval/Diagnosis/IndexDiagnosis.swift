// What is odd about an index, found without any query.

/// What a look at the passages of one chunking found.
public struct IndexDiagnosis: Equatable, Sendable {
  /// All passages of the chunking.
  public var passages: Int
  /// In the order of `IndexFinding.Kind`; nothing of a kind that wasn't found.
  public var findings: [IndexFinding]
}

/// One thing that is odd, with the places that show it best.
public struct IndexFinding: Equatable, Sendable {
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    case duplicate
    case nearDuplicate = "near-duplicate"
    case boilerplate
    case cutSentence = "cut-sentence"
    case tooLong = "too-long"
    case tooShort = "too-short"
    case unfindable
    case hub
  }

  public struct Example: Equatable, Sendable {
    /// The passages, the first one first; of many, a few.
    public var places: [PassagePlace]
    /// What was measured there.
    public var figure: String
    /// Some of the text.
    public var excerpt: String
  }

  public var kind: Kind
  /// How many passages are so; of boilerplate, how many lines.
  public var count: Int
  /// Of how many passages that were looked at.
  public var examined: Int
  /// The worst ones, ten at most.
  public var examples: [Example]
}

/// Where a passage stands.
public struct PassagePlace: Hashable, Sendable, CustomStringConvertible {
  /// Its row in the index.
  public var passage: Int64
  public var source: String
  /// The document's row in a file of many.
  public var row: String?
  public var lines: ClosedRange<Int>

  /// `tour/returns.md:12-40`; a row's name stands before the lines.
  public var description: String {
    let name = row.map { "\(source)#\($0)" } ?? source
    return lines.count == 1
      ? "\(name):\(lines.lowerBound)" : "\(name):\(lines.lowerBound)-\(lines.upperBound)"
  }
}

extension IndexFinding.Kind {
  /// What it is, and why it matters.
  public var reason: String {
    switch self {
    case .duplicate: "the same words stand in several passages: a prompt may be given them twice"
    case .nearDuplicate: "passages share most of their phrases: a prompt may be given them twice"
    case .boilerplate: "a line stands in many documents: it tells none of them from the others"
    case .cutSentence: "a passage ends in mid-sentence, which goes on in the next one"
    case .tooLong: "a passage is so long that embedding models read only its beginning"
    case .tooShort: "a passage says too little to be understood alone"
    case .unfindable: "a passage isn't found by its own most telling words: others rank better"
    case .hub: "a passage is found for queries that have little to do with each other"
    }
  }

  /// What can be done about it.
  public var advice: String {
    switch self {
    case .duplicate: "index one of the copies only, or name the others in a .gitignore"
    case .nearDuplicate: "index the newest version only, or search with more diversity"
    case .boilerplate: "take headers, footers and licences out before indexing"
    case .cutSentence: "cut by whole sentences: --chunking sentences-230"
    case .tooLong: "choose a smaller size: --chunking recursive-230"
    case .tooShort: "choose a larger size, or a strategy that joins paragraphs: structure"
    case .unfindable: "give it a heading of its own, look for duplicates, or search with vectors"
    case .hub:
      "look whether it is a list of words, an index or a table of contents, and leave it out"
    }
  }
}
