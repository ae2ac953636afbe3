import Core
import Evaluation
import Foundation
import PlantedCauses
import Sessions
import Synchronization
import Testing

@testable import Runtime

// The diagnosis from end to end: documents in an index, a model behind a server, an evaluation whose
// failures have known causes.

@Suite struct PlantedDiagnosisTests {
  @Test(.timeLimit(.minutes(5)))
  func `of 200 failures whose cause is known, 95 of 100 are placed right`() throws {
    let world = PlantedWorld(seed: 11)
    let model = Mutex(PlantedModel(world, noise: 0.02, seed: 5))
    let server = try CountingServer { question, _ in
      .answer(model.withLock { $0.answer(to: question) })
    }
    let folder = NSTemporaryDirectory() + "whet-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let corpus = folder + "/corpus.jsonl"
    let lines = world.documents.map { document in
      (["id": .string(document.id), "text": .string(document.text)] as JSON).text
    }
    try Data(lines.joined(separator: "\n").utf8).write(to: URL(filePath: corpus))

    var settings = EvaluationSettings(
      folders: Folders(allIn: folder, share: nil), environment: [:],
      providers: [server.provider()], catalog: ModelCatalog(providers: [server.provider()]))
    settings.usesKeptAnswers = false
    let prompt = "{{#each passages}}{{text}}\n{{/each}}\n{{question}}"
    var retrieval = PlantedWorld.settings
    retrieval.method = .bm25
    var plan = EvaluationPlan(
      name: "planted", cases: world.cases.map(\.evaluated),
      variants: [
        EvaluationVariant(
          name: "searching", promptText: prompt,
          asked: Variant(
            ModelReference(provider: "test", model: "m"),
            context: .settings(retrieval, index: "planted")))
      ])
    plan.documents = ["planted": corpus]
    let store = try SessionStore(path: settings.folders.store)
    let run = try EvaluationRun(plan, settings: settings, store: store)
    #expect(try run.run { _ in } == .complete)
    let record = try #require(try store.evaluation(run.record.id))

    let diagnosis = try DiagnosisRun(
      of: "searching", in: record, plan: plan, settings: settings, store: store)
    let placements = try #require(try diagnosis.run())
    let causes = Dictionary(
      uniqueKeysWithValues: world.cases.map { ($0.evaluated.id, $0.cause) })
    #expect(placements.count > 150)
    let wrong = placements.filter { $0.cause != causes[$0.caseID] }
    let list = wrong.map { placement in
      let planted = causes[placement.caseID].map(\.rawValue) ?? ""
      return
        "\(placement.caseID): \(placement.cause.rawValue) for \(planted) (\(placement.evidenceText))"
    }
    #expect(
      Double(wrong.count) <= 0.05 * Double(placements.count),
      "\(wrong.count) of \(placements.count): \(list.joined(separator: "\n"))")
    print("placed right: \(placements.count - wrong.count) of \(placements.count)")
  }
}
