import Core

// Which examples go into which file. Sets may be larger than memory: it sees each example once, keeps a
// fingerprint of it, and says in the end where it goes.

/// Takes in examples, and assigns them to the parts of a split.
public struct WritePlan: Sendable {
  /// Why an example is in no file.
  public enum Omission: String, Hashable, Sendable, CaseIterable {
    case rejected
    case pending = "not approved yet"
    case secret = "a key or another secret in it"
    case evaluationCase = "asks what an evaluation asks"
    case format = "nothing that the format has a place for"
    case weight = "weighs nothing"
    case sample = "not in the sample"
  }

  private struct Entry {
    var fingerprint: ExampleFingerprint
    var stratum: UInt64
    var copies: UInt8
    var set: UInt8
  }

  private let settings: WriteSettings
  private let writer: ExampleWriter
  private let cases: NearCases
  private var entries: [Entry] = []
  /// For every example that was taken: its place among the entries, from 0, or why it has none.
  private var outcomes: [Outcome] = []

  private enum Outcome {
    case entry
    case omitted(Omission)
  }

  /// Nil for a format that can't be written.
  ///
  /// - Parameter cases: of all evaluations; no example that asks one of them is written.
  public init?(settings: WriteSettings, cases: NearCases) {
    guard let writer = ExampleWriter(format: settings.format) else { return nil }
    self.settings = settings
    self.writer = writer
    self.cases = cases
  }

  /// Takes the next example.
  ///
  /// - Parameter set: the place of its set among those that are mixed, 255 at most.
  public mutating func take(_ stored: StoredExample, ofSet set: Int = 0) {
    if let omission = omission(of: stored) {
      outcomes.append(.omitted(omission))
      return
    }
    outcomes.append(.entry)
    entries.append(
      Entry(
        fingerprint: ExampleFingerprint(stored.example), stratum: stratum(of: stored),
        copies: UInt8(clamping: copies(of: stored)), set: UInt8(clamping: set)))
  }

  private func copies(of stored: StoredExample) -> Int {
    let weights = stored.tags.compactMap { settings.weights[$0] }
    return min(weights.max() ?? 1, WriteSettings.mostCopies)
  }

  private func omission(of stored: StoredExample) -> Omission? {
    if stored.state == .rejected { return .rejected }
    if settings.onlyApproved, stored.state != .approved { return .pending }
    if copies(of: stored) < 1 { return .weight }
    if (try? writer.record(of: stored.example)) == nil { return .format }
    if cases.isNear(stored.example) { return .evaluationCase }
    return stored.example.holdsSecret ? .secret : nil
  }

  private func stratum(of stored: StoredExample) -> UInt64 {
    switch settings.stratum {
    case nil: 0
    case .tags(let beginning):
      FoldedText.hash(
        stored.tags.filter { $0.hasPrefix(beginning) }.sorted().joined(separator: "\n"))
    case .answer: FoldedText.hash(stored.example.answer.map(\.text).joined(separator: "\n"))
    case .source: FoldedText.hash(stored.lineage.source.kind.rawValue)
    }
  }

  // MARK: Assigning

  /// Where each example goes, in the order in which they were taken.
  public consuming func finish() -> WriteAssignment {
    var isKept = [Bool](repeating: true, count: entries.count)
    drawSample(&isKept)
    let parts = split(isKept)
    var assignment = WriteAssignment(partNames: settings.parts.map(\.name))
    var next = 0
    for outcome in outcomes {
      switch outcome {
      case .omitted(let omission): assignment.omit(omission)
      case .entry:
        if isKept[next] {
          assignment.add(
            part: parts[next], copies: entries[next].copies, entries[next].fingerprint)
        } else {
          assignment.omit(.sample)
        }
        next += 1
      }
    }
    return assignment
  }

  /// A number of its own for an example, that all other examples have no part in.
  private func draw(_ hash: UInt64) -> UInt64 {
    FoldedText.finish(hash &+ FoldedText.finish(settings.seed &+ 0x9E37_79B9_7F4A_7C15))
  }

  private func draw(of entry: Int) -> UInt64 {
    let fingerprint = entries[entry].fingerprint
    return draw(fingerprint.input &* 31 &+ fingerprint.answer)
  }

  /// Of each set as many as its share allows: those with the smallest draws, so that a set that grows
  /// keeps most of its sample.
  private func drawSample(_ isKept: inout [Bool]) {
    guard settings.sample != nil || settings.mix.count > 1 else { return }
    let shares = settings.mix.count > 1 ? settings.mix : [1]
    var bySet = [[Int]](repeating: [], count: shares.count)
    for entry in entries.indices {
      bySet[shares.count > 1 ? min(Int(entries[entry].set), shares.count - 1) : 0].append(entry)
    }
    let sum = shares.reduce(0, +)
    // The largest mixture for which no set is too small.
    var total = zip(bySet, shares).map { Double($0.count) * sum / $1 }.min() ?? 0
    if let sample = settings.sample { total = min(total, Double(sample)) }
    for (members, share) in zip(bySet, shares) {
      let count = Int((total * share / sum).rounded(.toNearestOrEven))
      guard count < members.count else { continue }
      let order = members.map { (draw: draw(of: $0), entry: $0) }
        .sorted { ($0.draw, $0.entry) < ($1.draw, $1.entry) }
      for (_, entry) in order[max(0, count)...] { isKept[entry] = false }
    }
  }

  /// The part of each entry. What asks the same is in one part, and what asks nearly the same as well.
  private func split(_ isKept: [Bool]) -> [UInt8] {
    var parts = [UInt8](repeating: 0, count: entries.count)
    guard settings.parts.count > 1 else { return parts }
    let kept = entries.indices.filter { isKept[$0] }
    if settings.stratum == nil {
      for entry in kept { parts[entry] = part(at: Double(inputDraw(entry)) / 0x1p64) }
    } else {
      splitByStratum(kept, &parts)
    }
    mendLeaks(kept, &parts)
    return parts
  }

  private func inputDraw(_ entry: Int) -> UInt64 { draw(entries[entry].fingerprint.input) }

  /// The part that a place between 0 and 1 is in.
  private func part(at place: Double) -> UInt8 {
    var end = 0.0
    for (number, part) in settings.parts.enumerated() {
      end += part.share
      if place < end { return UInt8(number) }
    }
    return UInt8(settings.parts.count - 1)
  }

  /// Exactly the share of each stratum; what asks the same goes where the first of it goes.
  private func splitByStratum(_ kept: [Int], _ parts: inout [UInt8]) {
    var members: [UInt64: [Int]] = [:]
    var firstOfInput: [UInt64: Int] = [:]
    for entry in kept {
      let input = entries[entry].fingerprint.input
      if firstOfInput[input] == nil {
        firstOfInput[input] = entry
        members[entries[entry].stratum, default: []].append(entry)
      }
    }
    for (_, group) in members {
      let order = group.map { (draw: inputDraw($0), entry: $0) }
        .sorted { ($0.draw, $0.entry) < ($1.draw, $1.entry) }
      for (place, item) in order.enumerated() {
        parts[item.entry] = part(at: (Double(place) + 0.5) / Double(order.count))
      }
    }
    for entry in kept {
      if let first = firstOfInput[entries[entry].fingerprint.input] { parts[entry] = parts[first] }
    }
  }

  /// Moves what is near an example of an earlier part into the first one, until nothing is. What was moved
  /// may be near others, which follow in the next round.
  private func mendLeaks(_ kept: [Int], _ parts: inout [UInt8]) {
    let groups = ExampleGroup.allCases
    while true {
      var index = LikenessIndex()
      for entry in kept {
        index.append(
          entries[entry].fingerprint, line: entry + 1, group: groups[Int(parts[entry])])
      }
      var movedInputs: Set<UInt64> = []
      index.finish { match in
        guard match.kind == .leak || match.kind == .nearLeak else { return }
        movedInputs.insert(entries[match.line - 1].fingerprint.input)
      }
      if movedInputs.isEmpty { return }
      // Copies of one question stay together, also those that were not named.
      for entry in kept where movedInputs.contains(entries[entry].fingerprint.input) {
        parts[entry] = 0
      }
    }
  }
}

extension TrainingExample {
  /// Whether anything in it is a key or a password; those that documentation shows don't count.
  public var holdsSecret: Bool {
    var texts = (messages + (rejected ?? [])).flatMap { message in
      [message.text, message.toolCalls?.text ?? "", message.name ?? ""]
    }
    if let tools { texts.append(tools.text) }
    return texts.contains { text in
      PrivateValues.find(in: text).contains { $0.kind.isSecret && !$0.isExample }
    }
  }
}
