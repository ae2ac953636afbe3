import Core
import Dispatch
import Evaluation
import Playground
import Sessions

// Evaluations in the store, on the recorder's thread.

extension Recorder {
  func listEvaluations() {
    withStore(isAsked: true) { recorder, store in
      let rows = try store.evaluations().map { summary in
        EvaluationRow(summary, started: recorder.localTime.minute(summary.startedAt))
      }
      recorder.mailbox.post(.evaluations(.listed(rows)))
    }
  }

  func readEvaluation(_ id: Identifier) {
    withStore(isAsked: true) { recorder, store in
      guard let record = try store.evaluation(id) else { return }
      recorder.mailbox.post(.evaluations(.read(record)))
    }
  }

  /// The plan of an evaluation that was stopped, as it was; of a complete one, what its file says now.
  func planEvaluationAgain(_ id: Identifier) {
    withStore(isAsked: true) { recorder, store in
      guard let record = try store.evaluation(id) else { return }
      var plan = EvaluationPlan(
        name: record.name, path: record.path, cases: record.cases, variants: record.variants)
      plan.repeatCount = record.repeatCount
      let measured = record.results.count { $0.grade != nil }
      if measured == plan.cellCount {
        guard let path = record.path else {
          throw DatasetError(
            name: record.name, line: nil,
            problem: "it was made without a file, and is complete: there is nothing to run again")
        }
        plan = try EvaluationFiles.plan(at: path)
      } else {
        plan.takeTerms()
      }
      recorder.mailbox.post(.evaluations(.planned(plan)))
    }
  }

  /// Tells of all evaluations of the same cases as one ladder; what takes resampling is done elsewhere.
  func readLadder(of id: Identifier, on thread: DispatchQueue) {
    withStore(isAsked: true) { recorder, store in
      let all = try store.evaluations()
      guard let hash = all.first(where: { $0.id == id })?.datasetHash else { return }
      var records: [EvaluationRecord] = []
      for summary in all.reversed() where summary.datasetHash == hash {
        if let record = try store.evaluation(summary.id) { records.append(record) }
      }
      recorder.mailbox.work(on: thread) { [mailbox = recorder.mailbox, records] in
        do {
          mailbox.post(.evaluations(.ladder(try Ladder(records))))
        } catch {
          mailbox.post(.noticed(Notice(.error, "\(error)")))
        }
      }
    }
  }

  /// Tells of the last diagnosis on the cases of an evaluation, with the earlier ones.
  func readMap(of id: Identifier) {
    withStore(isAsked: true) { recorder, store in
      guard let summary = try store.evaluations().first(where: { $0.id == id }) else { return }
      let reports = try store.diagnoses(ofDataset: summary.datasetHash)
      guard let last = reports.last else {
        recorder.mailbox.post(
          .noticed(
            Notice(
              .information,
              "Nothing was diagnosed on these cases yet: `whet diagnose FILE` does it.")))
        return
      }
      let localTime = recorder.localTime
      let map = DiagnosisMap(last, earlier: Array(reports.dropLast())) { localTime.minute($0) }
      recorder.mailbox.post(.evaluations(.map(MapPage(last, map: map))))
    }
  }

  /// Takes the answers to a case into a session, and opens them.
  func open(_ opening: CaseOpening) {
    withStore(isAsked: true) { recorder, store in
      let session = Session(
        id: ImportedIdentifier.of("evaluation", opening.evaluation),
        name: "Evaluation \(opening.name)", createdAt: opening.startedAt)
      var runs: [RecordedRun] = []
      for result in try store.results(of: opening.evaluation)
      where result.place.testCase == opening.place {
        guard let column = opening.columns.firstIndex(where: { $0.place == result.place.variant }),
          let hash = result.request,
          let request = try store.keptRequest(hash),
          let kept = try store.keptAnswer(to: hash, repetition: result.place.repetition)
        else { continue }
        runs.append(
          opening.run(
            inColumn: column, result.place, request, kept.answer, session: session.id))
      }
      guard !runs.isEmpty else {
        recorder.mailbox.post(.noticed(Notice(.information, "The answer is no longer kept.")))
        return
      }
      // In the order of the columns: the first one's prompt is shown.
      runs.sort {
        ($0.run.column, $0.run.repetition ?? 0) < ($1.run.column, $1.run.repetition ?? 0)
      }
      runs = try store.takeIn(runs, session: session)
      recorder.mailbox.post(.runsLoaded(runs, .show))
    }
  }
}

extension CaseOpening {
  /// The run that an answer would have been in the panes.
  fileprivate func run(
    inColumn column: Int, _ place: EvaluationPlan.Place, _ request: CompletionRequest,
    _ answer: Answer, session: Identifier
  ) -> RecordedRun {
    let variant = columns[column].variant
    var asked = variant.asked
    asked.name = variant.name
    asked.repeatCount = min(repeatCount, Variant.repeatCounts.upperBound)
    let parts = [evaluation, "\(place.testCase)"]
    let inputs = testCase.inputs.members.filter { $0.name != "passages" }
    return RecordedRun(
      run: Run(
        id: ImportedIdentifier.of(
          "evaluation", parts[0], parts[1], "\(place.variant)", "\(place.repetition)"),
        session: session, batch: ImportedIdentifier.of("evaluation", parts[0], parts[1]),
        startedAt: startedAt,
        column: column,
        promptText: variant.promptText, promptPath: variant.promptPath,
        inputs: inputs.reduce(into: [:]) { $0[$1.name] = $1.value.string ?? $1.value.text },
        request: request, variant: asked,
        repetition: repeatCount > 1 ? place.repetition : nil,
        origin: RunOrigin(program: "whet eval", id: testCase.id)),
      answer: answer)
  }
}

extension EvaluationPlan {
  /// Takes what a record doesn't keep from the file, as far as it can be read: who judges, whose
  /// vectors, which documents.
  fileprivate mutating func takeTerms() {
    guard let path, let plan = try? EvaluationFiles.plan(at: path) else { return }
    mostRequests = plan.mostRequests
    judge = plan.judge
    embedder = plan.embedder
    documents = plan.documents
    omissions = plan.omissions
  }
}
