// A check from its first line to its report, as a value: whoever has lines can carry it out.

/// A check of a set, line after line.
public struct TrainingCheck: Sendable {
  public let settings: CheckSettings
  public private(set) var tally: CheckTally
  /// What answers are like that a person calls right; nil to go by the majority of the set.
  public var sample: StyleProfile?
  private var compared = ComparedSets()

  public init(settings: CheckSettings = CheckSettings()) {
    self.settings = settings
    tally = CheckTally(settings: settings)
  }

  /// Takes the next line, without its end.
  public mutating func take(_ line: [UInt8]) {
    let verdict = LineVerdict(of: line, format: settings.format, rules: settings.rules)
    tally.add(LineFacts(verdict, line: tally.lines + 1, settings: settings))
  }

  /// Takes the next example of a stored set; its number is above those before it.
  public mutating func take(_ stored: StoredExample) {
    let verdict = LineVerdict(
      of: stored.example.json, format: settings.format, rules: settings.rules)
    tally.add(LineFacts(verdict, line: stored.number, settings: settings))
  }

  /// Takes the lines of a part of the file that follows what was taken.
  public mutating func take(_ part: CheckTally) { tally.merge(part) }

  /// Begins another set, with which this one must share nothing.
  ///
  /// - Parameters:
  ///   - name: as findings call it, such as the name of its file.
  ///   - word: what its examples are called, such as `line`.
  public mutating func compare(with name: String, word: String = "line", group: ExampleGroup) {
    compared.begin(name, word: word, group: group)
    comparedGroup = group
  }

  /// Takes an example of the set that was begun last.
  ///
  /// - Parameter number: counted from 1 in its set, in order.
  public mutating func takeCompared(_ fingerprint: ExampleFingerprint, number: Int) {
    guard let place = compared.place(of: number) else { return }
    tally.likeness.append(fingerprint, line: place, group: comparedGroup)
  }

  private var comparedGroup = ExampleGroup.validation

  /// What came of it.
  public consuming func finish() -> CheckReport {
    findLikeness()
    let style = tally.style
    tally.style = StyleTally()
    let drift = style.finish(against: sample) { tally.add($0) }
    for (finding, count) in SetFindings.all(of: tally, settings) {
      tally.add(finding, count: count)
    }
    return CheckReport(tally, drift: drift)
  }

  private mutating func findLikeness() {
    let compared = compared
    let likeness = tally.likeness
    tally.likeness = LikenessIndex()
    // Several texts of one case stand beside each other: the gravest likeness is told.
    var pending: LikenessMatch?
    func tell() {
      if let finding = pending.flatMap(compared.finding) { tally.add(finding) }
      pending = nil
    }
    likeness.finish { match in
      if let last = pending, (last.line, last.group) == (match.line, match.group) {
        if match.similarity > last.similarity { pending = match }
      } else {
        tell()
        pending = match
      }
    }
    tell()
  }
}
