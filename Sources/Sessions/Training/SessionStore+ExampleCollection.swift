// Runs, corrections, picks and evaluations on their way into a training set, oldest first. What each
// comes to is FineTuning's; here is what is looked for, and that the cases of evaluations, which are
// tests, don't get in by the way.

import Core
import Evaluation
import FineTuning
import GRDB

import struct Foundation.Data

/// What of the store is to become examples.
public enum ExampleCollection: Hashable, Sendable {
  /// What corrections become.
  public enum CorrectionForm: String, Hashable, Sendable, CaseIterable {
    /// Supervised examples of the corrected text.
    case supervised
    /// The corrected text, preferred to the answer.
    case pairs
    case both
  }

  /// The runs that fit a query, with what was answered; a correction stands in its answer's place.
  case runs(RunQuery)
  /// One run, the same way.
  case run(Identifier)
  /// Those that were corrected.
  case corrections(RunQuery, as: CorrectionForm)
  /// Pairs of answers of which one was preferred, where one of them fits a query.
  case preferences(RunQuery, byModels: Bool)
  /// The passed answers of an evaluation; to a case of a test, on purpose.
  ///
  /// - Parameters:
  ///   - variant: whose answers; nil for all.
  ///   - failedBy: only of cases that this variant has not passed.
  case evaluation(Identifier, variant: String?, failedBy: String?)
}

extension SessionStore {
  /// Adds what is found to a training set, which is made where there is none; all of it or none.
  ///
  /// - Parameters:
  ///   - seconds: now, since 1970.
  ///   - editor: who corrected, where a correction is taken; as the machine calls them.
  ///
  /// Throws `trainingSetBusy`, and `noEvaluation` where there is none of that id.
  public func collect(
    _ collection: ExampleCollection, into set: String, keepsDuplicates: Bool = false,
    at seconds: Double, by editor: String? = nil
  ) throws -> CollectionReport {
    var report = CollectionReport()
    let collector = ExampleCollector(store: self, seconds: seconds, editor: editor)
    // What one run comes to is more than one example at times.
    var waiting: [IncomingExample] = []
    var next: () throws -> [CollectedItem]? = { nil }
    switch collection {
    case .runs(let query): next = try collector.runs(query)
    case .run(let id): next = try collector.run(id)
    case .corrections(let query, let form): next = try collector.corrections(query, as: form)
    case .preferences(let query, let byModels):
      next = try collector.preferences(query, byModels: byModels)
    case .evaluation(let id, let variant, let failedBy):
      next = try collector.evaluation(id, variant: variant, failedBy: failedBy)
    }
    report.appended = try appendExamples(to: set, keepsDuplicates: keepsDuplicates) {
      while waiting.isEmpty {
        guard let items = try next() else { return nil }
        for item in items {
          report.note(item.collected.losses)
          guard let example = item.collected.example, let lineage = item.lineage else { continue }
          waiting.append(IncomingExample(example, lineage: lineage))
        }
      }
      return waiting.removeFirst()
    }
    return report
  }
}

/// What something comes to, and where it is from; the latter is nil where nothing came of it.
struct CollectedItem {
  var collected: CollectedExample
  var lineage: ExampleLineage?

  init(_ collected: CollectedExample, _ lineage: ExampleLineage? = nil) {
    (self.collected, self.lineage) = (collected, lineage)
  }

  static func lost(_ loss: CollectionLoss) -> CollectedItem {
    CollectedItem(CollectedExample(lost: loss))
  }
}

/// Reads what is collected, one after the other.
struct ExampleCollector {
  let store: SessionStore
  let seconds: Double
  let editor: String?

  func runs(_ query: RunQuery) throws -> () throws -> [CollectedItem]? {
    let tests = try testInputs()
    var hits = try store.find(query, limit: .max)
    return {
      guard let hit = hits.popLast() else { return nil }
      guard let recorded = try store.recordedRun(hit.run) else { return [] }
      return [item(of: recorded, session: hit.sessionName, tests: tests)]
    }
  }

  func run(_ id: Identifier) throws -> () throws -> [CollectedItem]? {
    let tests = try testInputs()
    var recorded = try store.recordedRun(id)
    return {
      defer { recorded = nil }
      return try recorded.map {
        [item(of: $0, session: try store.sessionName($0.run.session), tests: tests)]
      }
    }
  }

  private func item(
    of recorded: RecordedRun, session: String, tests: Set<[String: String]>
  ) -> CollectedItem {
    if isTest(recorded.run, among: tests) { return .lost(.evaluationCase) }
    let correction = recorded.corrections.last?.text
    return CollectedItem(
      CollectedExample(recorded.run.request, answer: recorded.answer, correction: correction),
      lineage(of: recorded.run, session: session, isCorrected: correction != nil))
  }

  func corrections(
    _ query: RunQuery, as form: ExampleCollection.CorrectionForm
  ) throws -> () throws -> [CollectedItem]? {
    let tests = try testInputs()
    let corrected = try store.correctedRuns()
    var hits = try store.find(query, limit: .max).filter { corrected.contains($0.run) }
    return {
      guard let hit = hits.popLast() else { return nil }
      guard let recorded = try store.recordedRun(hit.run),
        let correction = recorded.corrections.last?.text
      else { return [] }
      if isTest(recorded.run, among: tests) { return [.lost(.evaluationCase)] }
      let lineage = lineage(of: recorded.run, session: hit.sessionName, isCorrected: true)
      let request = recorded.run.request
      var items: [CollectedItem] = []
      if form != .pairs {
        items.append(
          CollectedItem(
            CollectedExample(request, answer: recorded.answer, correction: correction), lineage))
      }
      if form != .supervised {
        items.append(
          CollectedItem(
            CollectedExample(
              request, preferred: recorded.answer, correction: correction,
              rejected: recorded.answer), lineage))
      }
      return items
    }
  }

  func preferences(
    _ query: RunQuery, byModels: Bool
  ) throws -> () throws -> [CollectedItem]? {
    let tests = try testInputs()
    let fitting = query.isEmpty ? nil : Set(try store.find(query, limit: .max).map(\.run))
    var left = try store.allPreferences().filter { known in
      let preference = known.preference
      return (preference.judge.isPerson || byModels)
        && fitting.map {
          $0.contains(preference.first.run) || $0.contains(preference.second.run)
        } ?? true
    }[...]
    return {
      guard let known = left.popFirst() else { return nil }
      let preference = known.preference
      let isFirst = preference.outcome == .first
      guard isFirst || preference.outcome == .second, preference.isConsistent else {
        return [.lost(.noPreference)]
      }
      let (preferred, rejected) =
        isFirst
        ? (preference.first.run, preference.second.run)
        : (preference.second.run, preference.first.run)
      guard let good = try store.recordedRun(preferred), let bad = try store.recordedRun(rejected)
      else { return [.lost(.runMissing)] }
      if isTest(good.run, among: tests) || isTest(bad.run, among: tests) {
        return [.lost(.evaluationCase)]
      }
      guard good.run.request.messages == bad.run.request.messages else {
        return [.lost(.otherRequests)]
      }
      var lineage = lineage(of: good.run, session: known.session, isCorrected: false)
      lineage.source = .preference(
        preferred: preferred, rejected: rejected, session: known.session)
      return [
        CollectedItem(
          CollectedExample(good.run.request, preferred: good.answer, rejected: bad.answer),
          lineage)
      ]
    }
  }

  private func lineage(of run: Run, session: String, isCorrected: Bool) -> ExampleLineage {
    ExampleLineage(
      source: isCorrected
        ? .correction(run: run.id, session: session) : .run(run.id, session: session),
      promptVersion: ContentHash.of(run.promptText), model: run.request.model.description,
      editor: isCorrected ? editor : nil, addedAt: seconds)
  }

  // MARK: Tests

  /// What the cases of all evaluations are filled in with.
  private func testInputs() throws -> Set<[String: String]> {
    var tests = Set<[String: String]>()
    for testCase in try store.evaluatedDatasets().flatMap(\.cases) {
      let inputs = testCase.inputs.members.filter { $0.name != "passages" }
      guard !inputs.isEmpty else { continue }
      // As a run has them that a case was opened as.
      tests.insert(inputs.reduce(into: [:]) { $0[$1.name] = $1.value.string ?? $1.value.text })
    }
    return tests
  }

  /// Whether a run is an evaluation's answer, or asks what one of its cases asks.
  private func isTest(_ run: Run, among tests: Set<[String: String]>) -> Bool {
    if run.origin?.program == "whet eval" { return true }
    return !run.inputs.isEmpty && tests.contains(run.inputs)
  }
}

extension SessionStore {
  /// A run without its stream; nil when it isn't there.
  func recordedRun(_ id: Identifier) throws(SessionError) -> RecordedRun? {
    try read { db in try Self.record(of: id, in: db, withEvents: false) }
  }

  fileprivate func sessionName(_ id: Identifier) throws(SessionError) -> String {
    try read { db in
      try String.fetchOne(db, sql: "SELECT name FROM session WHERE id = ?", arguments: [id]) ?? ""
    }
  }

  fileprivate func correctedRuns() throws(SessionError) -> Set<Identifier> {
    try read { db in
      try Identifier.fetchSet(
        db, sql: "SELECT id FROM run WHERE number IN (SELECT run FROM correction)")
    }
  }

  /// All that was preferred, oldest first, with the session's name.
  fileprivate func allPreferences() throws(SessionError) -> [(
    preference: Preference, session: String
  )] {
    try read { db in
      let rows = try Row.fetchAll(
        db,
        sql: """
          SELECT preference.json, session.name
          FROM preference JOIN run ON run.number = preference.run
            JOIN session ON session.id = run.session
          WHERE \(Self.isNotPruned) ORDER BY preference.made_at, preference.id
          """)
      return try rows.compactMap { row in
        Preference(json: try JSON(parsing: row[0] as String)).map { ($0, row[1]) }
      }
    }
  }

  /// The cases of all evaluations of the store, those of the same dataset once, under the name of one of
  /// the evaluations.
  public func evaluatedDatasets() throws(SessionError) -> [(
    name: String, cases: [EvaluationCase]
  )] {
    try readAside { db in
      let rows = try Row.fetchCursor(
        db,
        sql: "SELECT name, cases_json FROM evaluation GROUP BY dataset_hash ORDER BY started_at")
      var datasets: [(name: String, cases: [EvaluationCase])] = []
      while let row = try rows.next() {
        let cases = try JSON(parsing: row[1] as String).array ?? []
        datasets.append((row[0], cases.compactMap { EvaluationCase(json: $0) }))
      }
      return datasets
    }
  }
}
