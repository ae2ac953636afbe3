import Core

// "Why not?": which passages are meant, where they stand, what keeps them out, and what brings them
// in. It searches many times: for a worker thread.

/// Looks into why passages aren't among those that a prompt is given.
public struct AbsenceExamination {
  private let index: any PassageStore
  private let models: RememberedModels
  private let query: String
  private let settings: RetrievalSettings
  private let isCancelled: () -> Bool

  /// - Parameters:
  ///   - query: as it was typed.
  ///   - settings: by which the passages were found among which one is missed.
  public init(
    of query: String, with settings: RetrievalSettings, in index: any PassageStore,
    models: any RetrievalModels, isCancelled: @escaping () -> Bool = { false }
  ) {
    self.index = index
    self.models = RememberedModels(models)
    self.query = query
    self.settings = settings
    self.isCancelled = isCancelled
  }

  /// The answer to a question.
  ///
  /// Throws `IndexError`, what the models throw, and `CancellationError` once `isCancelled` says so.
  public func report(on question: AbsenceQuestion) throws -> AbsenceReport {
    var report = AbsenceReport(question: question.text, query: query)
    guard query.contains(where: { !$0.isWhitespace }) else {
      report.problems = ["There is nothing to search with: give the prompt a question."]
      return report
    }
    let meaning = try AbsenceMeaning(of: question, in: index, settings.chunking, isCancelled)
    report.problems = meaning.problems
    guard !meaning.passages.isEmpty else { return report }
    let trials = SearchTrials(
      index: index, models: models, chunking: meaning.chunking ?? settings.chunking,
      standardChunking: try index.chunkings().first, isCancelled: isCancelled)
    report.passages = try MissedPassages(
      trials: trials, query: query, settings: settings, otherChunking: meaning.chunking
    ).examine(meaning.passages)
    report.others = meaning.passages.count - report.passages.count
    return report
  }
}
