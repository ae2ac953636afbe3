// The passed answers of an evaluation as examples: what a stronger model's variant gets right teaches
// the one that doesn't. The cases are tests, so that this is asked for by the evaluation's name only.

import Core
import Evaluation
import FineTuning
import GRDB

extension ExampleCollector {
  /// One answer to each case, the first that passed, of each variant that is asked for.
  func evaluation(
    _ id: Identifier, variant: String?, failedBy: String?
  ) throws -> () throws -> [CollectedItem]? {
    let names = try store.namesOfEvaluation(id)
    let chosen = try variant.map { [try place(of: $0, in: names)] } ?? Array(names.variants.indices)
    let failed = try failedBy.map { try place(of: $0, in: names) }
    let results = try store.results(of: names.id).sorted {
      ($0.place.testCase, $0.place.variant, $0.place.repetition)
        < ($1.place.testCase, $1.place.variant, $1.place.repetition)
    }
    let passed = Set(
      results.filter { $0.place.variant == failed && $0.grade?.passed == true }
        .map(\.place.testCase))
    let measured = Set(
      results.filter { $0.place.variant == failed && $0.grade != nil }.map(\.place.testCase))
    var seen = Set<[Int]>()
    var left = results.filter { result in
      let (testCase, variant) = (result.place.testCase, result.place.variant)
      guard result.grade?.passed == true, chosen.contains(variant), variant != failed,
        names.cases.indices.contains(testCase), names.variants.indices.contains(variant),
        // What couldn't be measured was no failure.
        failed == nil || measured.contains(testCase) && !passed.contains(testCase)
      else { return false }
      return seen.insert([testCase, variant]).inserted
    }[...]
    return {
      guard let result = left.popFirst() else { return nil }
      guard let hash = result.request, let request = try store.keptRequest(hash),
        let kept = try store.keptAnswer(to: hash, repetition: result.place.repetition)
      else { return [.lost(.noAnswer)] }
      let variant = names.variants[result.place.variant]
      return [
        CollectedItem(
          CollectedExample(request, answer: kept.answer),
          ExampleLineage(
            source: .evaluation(
              id: names.id, caseName: names.cases[result.place.testCase], variant: variant.name),
            promptVersion: ContentHash.of(variant.promptText), model: request.model.description,
            addedAt: seconds))
      ]
    }
  }

  private func place(of variant: String, in names: EvaluationNames) throws -> Int {
    guard let place = names.variants.firstIndex(where: { $0.name == variant }) else {
      throw SessionError.noVariant(
        named: variant, evaluation: names.id, variants: names.variants.map(\.name))
    }
    return place
  }
}

/// How an evaluation calls what its results have the places of.
struct EvaluationNames {
  var id: Identifier
  var cases: [String]
  var variants: [EvaluationVariant]
}

extension SessionStore {
  /// Of an evaluation by its id, or how that begins. Throws `noEvaluation` and `ambiguous`.
  fileprivate func namesOfEvaluation(_ id: Identifier) throws(SessionError) -> EvaluationNames {
    try readAside { db in
      let rows = try Row.fetchAll(
        db,
        sql: """
          SELECT id, variants_json, cases_json FROM evaluation
          WHERE id = :id OR substr(id, 1, length(:id)) = :id ORDER BY id = :id DESC LIMIT 5
          """, arguments: ["id": id])
      guard let row = rows.first, !id.isEmpty else { throw SessionError.noEvaluation(id: id) }
      guard rows.count == 1 || row[0] == id else {
        throw SessionError.ambiguous(name: id, matches: rows.map { $0[0] })
      }
      let cases = try JSON(parsing: row[2] as String).array ?? []
      let variants = try JSON(parsing: row[1] as String).array ?? []
      let names = EvaluationNames(
        id: row[0], cases: cases.compactMap { EvaluationCase(json: $0)?.id },
        variants: variants.compactMap { EvaluationVariant(json: $0) })
      // What can't be read is of a later whet: places would be those of other cases.
      guard names.cases.count == cases.count, names.variants.count == variants.count else {
        throw SessionError.laterStore(path: path)
      }
      return names
    }
  }
}
