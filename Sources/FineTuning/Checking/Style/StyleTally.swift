// The answers of a set as they come: what is usual is known only at the end, so their traits are kept
// until then, 16 bytes each.

/// Collects answers' traits, and says at the end which drift.
public struct StyleTally: Sendable {
  private struct Entry {
    var traits: AnswerTraits
    var line: UInt32
  }

  private var chunks: [[Entry]] = []
  /// What the set's own answers are like.
  public private(set) var profile = StyleProfile()
  private static let chunkSize = 4096

  public init() {}

  /// Adds an answer. Those of preferences count by what is preferred.
  public mutating func add(_ traits: AnswerTraits, line: Int) {
    keep(Entry(traits: traits, line: UInt32(clamping: line)))
    profile.add(traits)
  }

  private mutating func keep(_ entry: Entry) {
    if chunks.last.map({ $0.count == Self.chunkSize }) ?? true {
      chunks.append([])
      chunks[chunks.count - 1].reserveCapacity(Self.chunkSize)
    }
    chunks[chunks.count - 1].append(entry)
  }

  /// Adds the answers that follow these.
  public mutating func merge(_ later: StyleTally) {
    // One by one: chunks that are hardly begun would add up.
    for chunk in later.chunks { for entry in chunk { keep(entry) } }
    profile.merge(later.profile)
  }

  /// Gives a finding for each way in which an answer drifts, in the order of the answers.
  /// - Parameter sample: the profile of answers that a person calls right; nil to go by the majority.
  public func finish(
    against sample: StyleProfile? = nil, _ take: (TrainingFinding) -> Void
  ) -> DriftSummary {
    let usual = sample ?? profile
    var summary = DriftSummary()
    for chunk in chunks {
      for entry in chunk {
        let drifts = StyleDrift.of(entry.traits, from: usual)
        summary.add(drifts)
        for drift in drifts {
          take(drift.finding(entry.traits, from: usual, line: Int(entry.line)))
        }
      }
    }
    return summary
  }
}
