// What of a training set is written, and into which files.

/// How a set becomes files for training.
public struct WriteSettings: Hashable, Sendable {
  /// A file of the split.
  public struct Part: Hashable, Sendable {
    /// `train`, `validation` or `test`.
    public var name: String
    /// Of all examples, above 0 and up to 1.
    public var share: Double

    public init(_ name: String, _ share: Double) {
      self.name = name
      self.share = share
    }
  }

  /// What each part gets its share of, so that none is without it.
  public enum Stratum: Hashable, Sendable {
    /// The tags that begin so; an empty text is for all tags.
    case tags(String)
    /// The answer itself, as labels are.
    case answer
    /// Where it comes from: a run, a correction, a file.
    case source
  }

  public var format: RecordFormat = .messages
  /// Only what somebody approved; else all that nobody rejected.
  public var onlyApproved = false
  /// Their shares come to 1.
  public var parts = [Part("train", 1)]
  public var stratum: Stratum?
  /// Chance comes from it alone: the same set and seed give the same files.
  public var seed: UInt64 = 0
  /// So many examples at most, all sets together; nil for all.
  public var sample: Int?
  /// How often an example with a tag is written; the largest of several counts, and 0 leaves it out.
  public var weights: [String: Int] = [:]
  /// The share of each set, where several are mixed; empty takes all of all.
  public var mix: [Double] = []

  public init() {}

  public static let mostCopies = 100

  /// Parts by their percentages: `90/10` is training and validation, `80/10/10` has a test part, too.
  /// Nil for anything but two or three numbers above 0 that come to 100.
  public static func parts(_ text: String) -> [Part]? {
    let numbers = text.split(separator: "/", omittingEmptySubsequences: false).map {
      Int($0) ?? 0
    }
    guard 2...3 ~= numbers.count, numbers.allSatisfy({ 1...99 ~= $0 }),
      numbers.reduce(0, +) == 100
    else { return nil }
    return zip(["train", "validation", "test"], numbers).map { Part($0, Double($1) / 100) }
  }
}
