import Core

// Which passages of an index a question means; and where there are none, why.

struct AbsenceMeaning {
  /// Passages that are looked at: those of a file may be thousands.
  private static let mostPassages = 1000

  private(set) var passages: [Passage] = []
  /// The chunking that has them, where the one that is searched hasn't.
  private(set) var chunking: Chunking?
  /// What there is to say where there are none, as sentences.
  private(set) var problems: [String] = []

  init(
    of question: AbsenceQuestion, in index: any PassageStore, _ searched: Chunking?,
    _ isCancelled: () -> Bool
  ) throws {
    let all = try index.chunkings()
    let others = all.filter { $0 != searched ?? all.first }
    guard !question.readings.isEmpty else {
      problems = ["Name what is missed: a file, file:line, or a phrase in quotes."]
      return
    }
    for reading in question.readings {
      for chunking in [searched] + others.map(Optional.some) {
        passages = try index.passages(
          in: reading.source, line: reading.line, phrase: reading.phrase, chunking: chunking,
          limit: Self.mostPassages, isCancelled: isCancelled)
        if !passages.isEmpty {
          if chunking != searched { self.chunking = chunking }
          return
        }
      }
      if let source = reading.source {
        problems = try Self.problems(with: source, line: reading.line, in: index)
        if !problems.isEmpty { return }
      }
    }
    problems = Self.unknown(question)
  }

  /// What there is to say of a file that gave no passages; nothing where the index doesn't know it.
  private static func problems(
    with source: String, line: Int?, in index: any PassageStore
  ) throws -> [String] {
    let files = try index.files(named: source)
    guard let file = files.first else { return [] }
    if let reason = file.skipReason {
      return ["\(file.path) is not in the index: it was skipped (\(reason))."]
    }
    guard let line else { return ["\(file.path) is in the index, and has no text."] }
    return ["\(file.path) is in the index, but no passage holds its line \(line)."]
  }

  private static func unknown(_ question: AbsenceQuestion) -> [String] {
    let phrase = question.readings.last?.phrase ?? question.text
    var problems = ["No passage of the index holds '\(phrase)'."]
    if let name = question.readings.first?.source {
      problems = ["The index knows no file '\(name)', and no passage holds that as a phrase."]
      problems.append("To add a file or a folder: whet index add \(name.asShellWord)")
    }
    return problems
  }
}

extension String {
  /// As a shell takes it for one word that is no option, so that the line can be copied.
  fileprivate var asShellWord: String {
    let name = hasPrefix("-") ? "./" + self : self
    let isPlain = name.unicodeScalars.allSatisfy { scalar in
      scalar.properties.isAlphabetic || "0"..."9" ~= scalar
        || "-_./".unicodeScalars.contains(scalar)
    }
    return isPlain ? name : "'\(name.replacing("'", with: #"'\''"#))'"
  }
}
