import Core
import Evaluation
import Retrieval
import Sessions

// What failing cases were asked with, and what they would have needed: read from the store, and looked
// for in the index.

/// The failures of one variant of an evaluation.
struct FailedCases {
  /// How many passages are looked through for one that holds an answer.
  private static let candidates = 100

  let record: EvaluationRecord
  let variant: EvaluationVariant
  let prompt: VariantPrompt
  /// The index that the variant searches; nil for none.
  let ownIndex: String?
  /// The index that the right passages are looked for in; nil for none.
  let index: String?
  let searches: EvaluationSearches
  private let store: SessionStore
  /// The requests of the variant's answers, by case.
  private let requests: [String: String]
  private let rows = LabelledRows()

  /// What was read of the index for labels.
  private final class LabelledRows {
    var passages: [String: [Passage]]?
  }

  /// - Parameter index: stands in where the variant searches none.
  init(
    of variant: EvaluationVariant, in record: EvaluationRecord, index: String?,
    searches: EvaluationSearches, store: SessionStore
  ) throws {
    self.record = record
    self.variant = variant
    self.searches = searches
    self.store = store
    prompt = try VariantPrompt(variant)
    if case .settings(_, let own) = variant.asked.context { ownIndex = own } else { ownIndex = nil }
    self.index = ownIndex ?? index
    let place = record.variants.firstIndex { $0.name == variant.name }
    requests = try store.results(of: record.id).reduce(into: [:]) { requests, result in
      guard result.place.variant == place, let request = result.request,
        result.grade?.passed == false
      else { return }
      requests[record.cases[result.place.testCase].id] = request
    }
  }

  /// The cases of which an answer failed, in the order of the file.
  var cases: [EvaluationCase] {
    let failed = Set(
      record.results.filter { $0.variant == variant.name && $0.grade?.passed == false }
        .map(\.caseID))
    return record.cases.filter { failed.contains($0.id) }
  }

  /// The cases that could be graded.
  var measuredCount: Int {
    Set(record.results.filter { $0.variant == variant.name && $0.grade != nil }.map(\.caseID)).count
  }

  /// What a case was asked with. Waits for the index, which may ask servers.
  func failedCase(_ testCase: EvaluationCase) throws -> FailedCase {
    let results = record.results.filter {
      $0.variant == variant.name && $0.caseID == testCase.id
    }
    var tally = ExperimentTally()
    for result in results { tally.count(result.grade?.passed) }
    let failure = results.first { $0.grade?.passed == false }
    let request = try requests[testCase.id].flatMap { try store.keptRequest($0) }
    let given = request?.passages ?? []
    let question = prompt.file.question(values: prompt.values(of: testCase))
    let search = prompt.search(for: testCase)
    let settings = search?.1 ?? RetrievalSettings()
    return FailedCase(
      id: testCase.id, question: question, asked: tally, given: given, searches: search != nil,
      right: try right(
        for: testCase, question, given: given, settings, searches: search != nil),
      budget: settings.budget,
      firmness: FirmFormat(
        for: testCase, failed: failure?.grade, responseSchema: prompt.file.outputSchema)?.text,
      isOverLimits: failure?.grade?.failsOnlyLimits(of: testCase) ?? false,
      wasCut: failure?.finishReason == .length)
  }

  // MARK: The right passages

  /// The passages of rows that labels name, which are documents of their own, by their ids. The index is
  /// read through once for all of them.
  private func labelledRows(
    _ index: String, _ settings: RetrievalSettings
  ) throws -> [String: [Passage]] {
    if let known = rows.passages { return known }
    let wanted = Set(cases.flatMap(\.relevant).map(\.document))
    var found: [String: [Passage]] = [:]
    func take(_ passage: Passage) {
      guard let row = passage.row, wanted.contains(row) else { return }
      found[row, default: []].append(passage)
    }
    try searches.index(index).forEachPassage(
      of: settings.chunking, start: { _ in }, { passage, _ in take(passage) })
    rows.passages = found
    return found
  }

  private func right(
    for testCase: EvaluationCase, _ question: String, given: [Passage],
    _ settings: RetrievalSettings, searches isSearching: Bool
  ) throws -> RightContext {
    guard let index else {
      return .unknown(
        "The variant searches no index, and none is named to look for the right passages in: add "
          + "--index.")
    }
    // What a larger k, a larger budget or a reranker would bring in counts as found.
    var wide = settings
    wide.limit = max(settings.limit, PassageStanding.reach)
    wide.minimumScore = nil
    wide.diversity = 0
    let found = try searches.found(question, wide, index: index)
    func standing(_ passage: Passage) -> RightPassage {
      RightPassage(
        passage,
        standing: PassageStanding(
          of: passage, given: given, found: isSearching ? found : [], with: settings))
    }
    if !testCase.relevant.isEmpty {
      var missing: [String] = []
      var passages: [Passage] = []
      for judgment in testCase.relevant where judgment.grade ?? 1 > 0 {
        let labelled = try self.passages(of: judgment, index, settings)
        if labelled.isEmpty { missing.append(judgment.document) }
        passages += labelled.filter { one in !passages.contains { $0.origin == one.origin } }
      }
      if let answer = ExpectedAnswer(of: testCase) {
        passages = AnswerEvidence(question: question, answer: answer).narrowed(passages)
      }
      return .labelled(passages.map(standing), missing: missing)
    }
    guard let answer = ExpectedAnswer(of: testCase) else {
      return .unknown(
        "It has no labels, and nothing that is expected of it could stand in a passage: label the "
          + "passages that it needs with `relevant`.")
    }
    wide.limit = Self.candidates
    var candidates = try searches.found(question + " " + answer.searchText, wide, index: index)
    candidates += try searches.found(answer.searchText, wide, index: index)
    var seen: Set<PassageOrigin> = []
    candidates = (found + candidates).filter { seen.insert($0.origin).inserted }
    let holding = AnswerEvidence(question: question, answer: answer).passages(among: candidates)
    return holding.isEmpty ? .absent : .found(holding.map(standing))
  }

  /// The passages that a label means: those of the document, or of the part of it.
  private func passages(
    of judgment: Judgment, _ index: String, _ settings: RetrievalSettings
  ) throws -> [Passage] {
    var passages = try searches.index(index).passages(
      in: judgment.document, line: nil, phrase: nil, chunking: settings.chunking, limit: 2000,
      isCancelled: { false })
    if passages.isEmpty {
      passages = try labelledRows(index, settings)[judgment.document] ?? []
    }
    guard let span = judgment.span else { return passages }
    return passages.filter { $0.bytes.overlaps(span) }
  }
}
