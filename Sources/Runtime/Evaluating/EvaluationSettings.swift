import Completion
import Core
import Evaluation
import Foundation
import Grading
import Sessions

// What evaluations and diagnoses work with, and the trials that are made of it.

/// Servers, money and what was answered before.
public struct EvaluationSettings: Sendable {
  public var folders: Folders
  /// The variables that hold the providers' keys among others.
  public var environment: [String: String]
  public var providers: [Provider]
  public var catalog: ModelCatalog
  /// What all requests may cost together; nil for no limit.
  public var budget: Money?
  /// Whether answers that were kept are taken.
  public var usesKeptAnswers = true
  /// Answers that came with a file; they stand above the store's.
  public var recorded: RecordedAnswers?
  /// Whether no server is asked: what isn't kept can't be measured.
  public var isOffline = false
  /// Whether no variant is asked: answers that were kept are graded anew.
  public var onlyGrades = false
  /// Is given each answer that is used, whether it was kept or not, in any order.
  public var onAnswer: (@Sendable (KeptAnswer) -> Void)?

  public init(
    folders: Folders, environment: [String: String], providers: [Provider], catalog: ModelCatalog
  ) {
    self.folders = folders
    self.environment = environment
    self.providers = providers
    self.catalog = catalog
  }

  /// Trials of a plan's cases; makes the indexes that it names documents for.
  func trials(of plan: EvaluationPlan, store: SessionStore) throws -> Trials {
    Trials(
      queue: queue(of: plan, store: store), searches: try searches(of: plan),
      grader: Grader(graderSettings(of: plan)), judge: plan.judge, embedder: plan.embedder,
      onAnswer: onAnswer)
  }

  private func graderSettings(of plan: EvaluationPlan) -> GraderSettings {
    var settings = GraderSettings(baseDirectory: plan.folder) { try PromptFiles.read($0) }
    settings.judgePrompts = judgePrompts
    settings.sqlExecution = SQLExecutionGrader()
    // Nothing else of it: a key is no business of a program that a file names.
    for name in ["PATH", "HOME", "LANG", "LC_ALL", "TMPDIR"] {
      settings.environment[name] = environment[name]
    }
    return settings
  }

  /// The texts of the judges' prompts that ship, by their names.
  private var judgePrompts: [String: String] {
    guard let share = folders.share else { return [:] }
    let folder = share + "/examples/judges"
    let files = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return files.filter { $0.hasSuffix(".prompt") }.reduce(into: [:]) { prompts, file in
      prompts[String(file.dropLast(7))] = try? PromptFiles.read("\(folder)/\(file)")
    }
  }

  /// The searches of a plan's variants, over indexes that are brought up to date first.
  func searches(of plan: EvaluationPlan) throws -> EvaluationSearches {
    let searches = EvaluationSearches(
      folders: folders,
      models: SearchModels(
        folders: folders, environment: environment, providers: providers, catalog: catalog))
    for (index, documents) in plan.documents.sorted(by: { $0.key < $1.key }) {
      try searches.update(index, with: documents)
    }
    return searches
  }

  private func queue(of plan: EvaluationPlan, store: SessionStore) -> AnswerQueue {
    AnswerQueue(
      client: KeyedClient(keys: KeyRing(environment: environment)), providers: providers,
      catalog: catalog, budget: budget, mostRequests: plan.mostRequests, isOffline: isOffline
    ) { [recorded, usesKeptAnswers] hash, repetition in
      if let answer = recorded?.answer(to: hash, repetition: repetition) {
        return AnswerQueue.Found(answer: answer, cost: nil, isStored: false)
      }
      guard usesKeptAnswers,
        let kept = (try? store.keptAnswer(to: hash, repetition: repetition)) ?? nil
      else { return nil }
      return AnswerQueue.Found(answer: kept.answer, cost: kept.cost, isStored: true)
    }
  }
}
