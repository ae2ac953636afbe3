import Core
import Evaluation

// Which cases of an evaluation stand in a training set, word for word or nearly so. The cases are few and
// are kept; the examples may be any number, and pass by once.

/// Finds the cases that a training set comes near.
///
/// A text is the set of its runs of three words (A. Broder, On the resemblance and containment of documents,
/// 1997). A case is as near an example as the share of its runs that stand in what the example asks: a
/// prompt around the case's text makes no difference.
public struct NearCases: Sendable {
  /// From which likeness on a case is near.
  public let threshold: Double
  /// The examples that were looked at.
  public private(set) var exampleCount = 0
  /// The nearest example of each case, by the case's id.
  public private(set) var nearest: [String: NearExample] = [:]

  private let ids: [String]
  /// How many runs each case has.
  private let sizes: [Int]
  /// The cases that a run stands in, by the run's hash.
  private var places: [UInt64: [Int]] = [:]

  public static let usualThreshold = 0.8

  /// - Parameter threshold: from 0 to 1.
  public init(_ cases: [EvaluationCase], threshold: Double = Self.usualThreshold) {
    self.threshold = threshold
    ids = cases.map(\.id)
    var sizes: [Int] = []
    for (place, testCase) in cases.enumerated() {
      var runs: Set<UInt64> = []
      for text in testCase.askedTexts { runs.formUnion(WordRuns.hashes(of: text)) }
      sizes.append(runs.count)
      for run in runs { places[run, default: []].append(place) }
    }
    self.sizes = sizes
  }

  /// Looks at the next example; examples count from 1.
  public mutating func take(_ example: TrainingExample) {
    take(example, number: exampleCount + 1)
  }

  /// Looks at an example that has a number of its own.
  public mutating func take(_ example: TrainingExample, number: Int) {
    exampleCount += 1
    for (place, count) in shared(with: Self.runs(of: example)) {
      let likeness = Double(count) / Double(sizes[place])
      let known = nearest[ids[place]]
      // Of those as near, the first one counts, in whatever order cases are looked at.
      guard known.map({ $0.likeness < likeness }) ?? true else { continue }
      nearest[ids[place]] = NearExample(number: number, likeness: likeness)
    }
  }

  /// Whether an example asks what any case asks, or nearly so. A case of a few words stands in many texts by
  /// chance: such a one must be all that is asked.
  public func isNear(_ example: TrainingExample) -> Bool {
    if places.isEmpty { return false }
    let runs = Self.runs(of: example)
    return shared(with: runs).contains { place, count in
      sizes[place] < Self.fewestRuns
        ? count == sizes[place] && count == runs.count
        : Double(count) >= threshold * Double(sizes[place])
    }
  }

  private static let fewestRuns = 4

  private static func runs(of example: TrainingExample) -> Set<UInt64> {
    var runs: Set<UInt64> = []
    for message in example.input where message.role != "system" && message.role != "developer" {
      runs.formUnion(WordRuns.hashes(of: message.text))
    }
    return runs
  }

  /// How many runs each case has in common with others.
  private func shared(with runs: Set<UInt64>) -> [Int: Int] {
    var shared: [Int: Int] = [:]
    for run in runs { for place in places[run] ?? [] { shared[place, default: 0] += 1 } }
    return shared
  }

  /// The cases that are near an example, by their ids.
  public var near: [String: NearExample] { nearest.filter { $0.value.likeness >= threshold } }
}

extension EvaluationCase {
  /// What it asks: its inputs, but its own name and the passages that it brings.
  fileprivate var askedTexts: [String] {
    inputs.members.compactMap { member in
      if member.name == "passages" || member.name == "id" && member.value.string == id {
        return nil
      }
      return member.value.string ?? member.value.text
    }
  }
}

/// The runs of three words of a text.
struct WordRuns: FoldedTextReader, ~Copyable {
  private var words: [UInt64] = []

  private init() {}

  /// A hash of each run, without repeats; a text of fewer words is one run. Case and marks between words
  /// make no difference.
  static func hashes(of text: String) -> Set<UInt64> {
    var reader = WordRuns()
    FoldedText.read(text, &reader)
    let words = reader.words
    guard !words.isEmpty else { return [] }
    var runs: Set<UInt64> = []
    for start in 0...max(0, words.count - length) {
      var hash = LikenessHash()
      for word in words[start..<min(words.count, start + length)] { hash.add(word) }
      runs.insert(hash.value)
    }
    return runs
  }

  private static let length = 3

  mutating func word(_ hash: UInt64, _ bytes: Range<Int>) { words.append(hash) }
  mutating func mark(_ scalar: UInt32) {}
  mutating func gap() {}
}
