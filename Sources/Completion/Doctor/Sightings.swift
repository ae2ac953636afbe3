// What has been noticed so far in a stream: how often, when first, and a few examples.

import Core

/// How often a symptom was seen.
struct Sighting {
  /// When it was first seen: milliseconds since the run began.
  let time: Double
  var count = 0
  /// The first few that differ, each short and on one line.
  var examples: [String] = []

  /// Stands at the end of the examples when there are more.
  static let more = "…"
  private static let mostExamples = 8

  var hasEnoughExamples: Bool { examples.count > Self.mostExamples }

  mutating func add(example: String) {
    guard !example.isEmpty, !hasEnoughExamples, !examples.contains(example) else { return }
    examples.append(examples.count < Self.mostExamples ? example : Self.more)
  }
}

/// Everything that was seen in a stream.
struct Sightings {
  /// When the event came that is being looked at: milliseconds since the run began.
  var time = 0.0
  private var all: [Symptom: Sighting] = [:]

  /// - Parameters:
  ///   - example: hostile text; it is made short and put on one line.
  ///   - length: characters of the example at most.
  mutating func note(
    _ symptom: Symptom, _ example: String? = nil, count: Int = 1, length: Int = 60
  ) {
    var sighting = all.removeValue(forKey: symptom) ?? Sighting(time: time)
    sighting.count += count
    if let example, !sighting.hasEnoughExamples {
      sighting.add(example: example.shortened(to: length))
    }
    all[symptom] = sighting
  }

  /// By the time of the first sighting, then by row.
  var findings: [StreamFinding] {
    all.map { symptom, sighting in
      StreamFinding(
        row: symptom.row, sentence: symptom.sentence(sighting), count: sighting.count,
        time: sighting.time)
    }.sorted { ($0.time, $0.row, $0.sentence) < ($1.time, $1.row, $1.sentence) }
  }
}

extension String {
  /// On one line without controls, and at most so many characters long.
  fileprivate func shortened(to length: Int) -> String {
    if utf8.count <= length, utf8.allSatisfy({ 0x21..<0x7F ~= $0 }) { return self }
    // A character may hold any number of scalars.
    let start = unicodeScalars.prefix(length + 1)
    var shown = String.UnicodeScalarView()
    for scalar in start.prefix(length) {
      let isControl = [.control, .format, .lineSeparator, .paragraphSeparator]
        .contains(scalar.properties.generalCategory)
      shown.append(isControl ? " " : scalar)
    }
    let words = String(shown).split(separator: " ").joined(separator: " ")
    return start.count > length ? words + "…" : words
  }
}
